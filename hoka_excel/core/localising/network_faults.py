"""What makes relations impossible to reason about together: every fault, with how to mend it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hoka_excel.core.figures import MISSING, Printed
from hoka_excel.core.localising.groups import connected
from hoka_excel.core.messages import Message
from hoka_excel.core.relations import Cells, Rate, Ratio, Relation, Share, Sum, keys_of
from hoka_excel.core.sums import merge
from hoka_excel.core.verdicts import Known

Names = Mapping[Any, str] | Callable[[Any], str] | None
"""The readable name of each cell, as a mapping or a function; None writes the keys themselves."""


def name_of(key: Hashable, names: Names) -> str:
    """Write the readable name of a cell; its key where it has none."""
    if names is None:
        return str(key)
    return names(key) if callable(names) else names.get(key, str(key))


def network_faults(cells: Cells, relations: Sequence[Relation], names: Names = None) -> list[Message]:
    """List every fault of the relations: unknown cells, totals of themselves, rates and measures.

    Args:
        cells: the figures; only their keys count here.
        relations: what must hold.
        names: the readable name of each cell.
    """
    return [
        *_unknown_cells(cells, relations, names),
        *_cyclic_totals(relations, names),
        *_impossible_terms(cells, relations, names),
        *_rooms_at_hidden_rates(relations, names),
        *_double_measures(cells, relations, names),
    ]


def _rooms_at_hidden_rates(relations: Sequence[Relation], names: Names) -> Iterator[Message]:
    """Find FTE that have room although their rate is a key: room is only known at a stated rate."""
    for relation in relations:
        if isinstance(relation, Rate) and relation.room and rate_key(relation) is not None:
            yield Message("network.room_at_hidden_rate", {"cell": name_of(relation.fte, names)})


def rate_key(relation: Relation) -> Hashable | None:
    """Name the key of the rate that a relation may share with others; None when it states a figure."""
    return relation.rate if isinstance(relation, Rate) and not isinstance(relation.rate, Printed) else None


def measures(relations: Iterable[Relation]) -> dict[Hashable, tuple[Hashable, ...]]:
    """Say for each cell by which rates it is measured, in order: of its own FTE and of FTE tied to it."""
    groups = connected(tie for relation in relations for tie in _alike(relation))
    group_of = {key: number for number, group in enumerate(groups) for key in group}
    found: list[dict[Hashable, None]] = [{} for _ in groups]
    for relation in relations:
        if isinstance(relation, Rate) and (rate := rate_key(relation)) is not None:
            found[group_of[relation.fte]][rate] = None
    return {key: tuple(found[number]) for key, number in group_of.items()}


def _alike(relation: Relation) -> list[tuple[Hashable, ...]]:
    """Group the cells of a relation by what they are measured in."""
    match relation:
        case Rate(euro, fte, rate):
            return [(euro,), (fte,)] if isinstance(rate, Printed) else [(euro,), (fte,), (rate,)]
        case Share(part, whole, rate=Printed()):
            return [(part,), (whole,)]
        case _:
            return [keys_of(relation)]


def _unknown_cells(cells: Cells, relations: Sequence[Relation], names: Names) -> Iterator[Message]:
    unknown = dict.fromkeys(key for relation in relations for key in keys_of(relation) if key not in cells)
    for key in unknown:
        yield Message("network.unknown_cell", {"cell": name_of(key, names)})


def _cyclic_totals(relations: Sequence[Relation], names: Names) -> Iterator[Message]:
    """Find totals that contain themselves, through sums in which nothing is deducted.

    With a deduction a total may come back among its own parts: a = b + c says the same as b = a - c.
    """
    parts: dict[Hashable, dict[Hashable, None]] = {}
    for relation in relations:
        match relation:
            case Sum(total, terms) if total in terms:
                yield Message("network.cyclic_total", {"cells": name_of(total, names)})
            case Sum(total, terms, weights) if all(weight > 0 for weight in weights):
                parts.setdefault(total, {}).update(dict.fromkeys(terms))
    for cycle in _cycles(parts):
        yield Message("network.cyclic_total", {"cells": ", ".join(name_of(key, names) for key in cycle)})


def _cycles(parts: Mapping[Hashable, Iterable[Hashable]]) -> Iterator[list[Hashable]]:
    """Walk the totals depth first; each way back to an open total is a cycle."""
    done: set[Hashable] = set()
    for start in parts:
        path: dict[Hashable, Iterator[Hashable]] = {}
        if start not in done:
            path[start] = iter(parts[start])
        while path:
            here = next(reversed(path))
            below = next(path[here], None)
            if below is None:
                done.add(here)
                del path[here]
            elif below in path:
                trail = list(path)
                yield trail[trail.index(below) :]
            elif below in parts and below not in done:
                path[below] = iter(parts[below])


def _impossible_terms(cells: Cells, relations: Sequence[Relation], names: Names) -> Iterator[Message]:
    for relation in relations:
        match relation:
            case Rate(_, part, rate) | Share(part, rate=rate) if rate is not None:
                stated = rate if isinstance(rate, Printed) else cells.get(rate, MISSING)
                known = merge(stated)
                if isinstance(known, Known) and known.interval.low <= 0:
                    values = {"cell": name_of(part, names), "rate": known.figure.value}
                    yield Message("network.rate_not_positive", values)
            case Ratio(part, _, _, weights_total) if weights_total == 0:
                yield Message("network.zero_weights", {"cell": name_of(part, names)})
            case _:
                pass


def _double_measures(cells: Cells, relations: Sequence[Relation], names: Names) -> Iterator[Message]:
    measured = measures(relations)
    for key in dict.fromkeys(key for relation in relations for key in keys_of(relation)):
        rates = measured.get(key, ())
        if len(rates) > 1 and key in cells:
            shown = ", ".join(name_of(rate, names) for rate in rates)
            yield Message("network.two_rates", {"cell": name_of(key, names), "rates": shown})
            return
    for relation in relations:
        for key in _plain(relation):
            if measured.get(key):
                yield Message(
                    "network.euro_and_fte",
                    {"cell": name_of(key, names), "rate": name_of(next(iter(measured[key])), names)},
                )
                return


def _plain(relation: Relation) -> tuple[Hashable, ...]:
    """List the cells that no shared rate may measure: EUR and rates, and FTE with a rate of their own."""
    match relation:
        case Rate(euro, fte, Printed()):
            return (euro, fte)
        case Rate(euro, _, rate):
            return (euro, rate)
        case Share(part, whole, rate=Printed()):
            return (part, whole)
        case _:
            return ()
