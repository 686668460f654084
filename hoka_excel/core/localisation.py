"""Which cells are wrong when all relations must hold together, proven exactly.

>>> from hoka_excel.core.figures import Printed
>>> from hoka_excel.core.relations import Same, Sum
>>> cells = {"total": Printed(452096, 1), "a": Printed(318000, 1), "b": Printed(133814, 1)}
>>> cells["again"] = Printed(451814, 1)
>>> found = locate(cells, [Sum("total", ["a", "b"]), Same("total", "again")])
>>> found.repairs, found.proven
([frozenset({'total'})], True)
>>> [[mend]] = found.groups[0].repairs
>>> mend.low, mend.high
(Decimal('451813'), Decimal('451815'))
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from math import prod
from time import monotonic
from typing import TypeVar

from hoka_excel.core.errors import NetworkError
from hoka_excel.core.exact import exact_decimal
from hoka_excel.core.localising.conflicts import ConflictGroup, Contradiction, TwiceRounded
from hoka_excel.core.localising.constraints import Span, systems_of
from hoka_excel.core.localising.network_faults import Names, name_of, network_faults, rate_key
from hoka_excel.core.localising.repairs import MOST_REPAIRS, Request, SystemRepairs, repaired
from hoka_excel.core.messages import Message
from hoka_excel.core.relations import Cells, Relation, keys_of
from hoka_excel.core.sums import Stated


@dataclass(frozen=True, slots=True)
class Localisation:
    """Which cells can be wrong.

    Attributes:
        groups: the conflicts, by what hangs together; none when all figures can be true.
        rates: per rate key, the interval of rates that goes with all cells outside a smallest repair; where
            repairs tie, the hull over all of them. An end is None where there is none.
        twice_rounded: the cells that had to be rounded twice, under the first of the repairs.
        proven: whether every claim here was checked exactly: each repair suffices, none is lighter.
        at_least: what every repair weighs at the least; the weight of the smallest one when proven.
        programmes: how many linear programmes over a whole system were solved.
        unused: cells in no relation; they are in no repair.
        notes: what else to tell: a rate that cannot be held, a search that was cut short.
    """

    groups: tuple[ConflictGroup, ...]
    rates: Mapping[Hashable, Span]
    twice_rounded: tuple[TwiceRounded, ...]
    proven: bool
    at_least: Fraction
    programmes: int
    unused: tuple[Hashable, ...]
    notes: tuple[Message, ...]

    @property
    def repairs(self) -> list[frozenset[Hashable]]:
        """All smallest sets of cells to change; none when all figures can be true.

        One repair of each group, in all combinations, `MOST_REPAIRS` of them at the most.
        """
        if not self.groups:
            return []
        combinations = product(*(group.repairs for group in self.groups))
        return [
            frozenset(mend.cell for repair in combination for mend in repair)
            for combination in islice(combinations, MOST_REPAIRS)
        ]

    @property
    def complete(self) -> bool:
        """Whether `repairs` lists every smallest repair."""
        within = prod(len(group.repairs) for group in self.groups) <= MOST_REPAIRS
        return self.proven and within and all(group.complete for group in self.groups)

    @property
    def conflicts(self) -> list[Contradiction]:
        """The conflicts of all groups; every repair has a cell of each."""
        return [conflict for group in self.groups for conflict in group.conflicts]


Key = TypeVar("Key", bound=Hashable)


def locate(  # noqa: PLR0913 - a request has this many sides; all but two are named
    cells: Mapping[Key, Stated],
    relations: Iterable[Relation],
    *,
    locked: Collection[Hashable] = (),
    weights: Mapping[Key, int | Decimal] | None = None,
    double_rounding: bool = True,
    time_limit: float | None = None,
    names: Names = None,
) -> Localisation:
    """Find the smallest sets of cells that must be wrong for all relations to hold together.

    A cell stands for every true value that prints as its figure; one that is wrong can be any value. A cell
    without a usable figure can be any value too, and is never called wrong. A rate that is a key among the
    cells can be wrong like any cell; one that is a key and no cell is unknown, above zero, and the same
    wherever the key stands.

    Args:
        cells: the figure (or its statements) per key.
        relations: what must hold.
        locked: cells that are right, because the controller says so.
        weights: what changing a cell costs, above zero; 1 where not given. A smallest repair costs least.
        double_rounding: whether a figure that is also stated finer may have been rounded from a rounded one.
        time_limit: how many seconds to search at the most; without end when None.
        names: the readable name of each cell, for proofs and messages.

    Returns:
        The smallest repairs with their proof. When time runs out: one repair that may not be smallest, and
        `proven` is False.

    Raises:
        NetworkError: the relations are faulty (every fault is listed), or locked cells contradict each other.
    """
    figures: Cells = dict[Hashable, Stated](cells.items())
    rules = tuple(relations)
    faults = network_faults(figures, rules, names)
    faults += [
        Message("network.unknown_lock", {"cell": name_of(k, names)}) for k in locked if k not in figures
    ]
    costs: dict[Hashable, Decimal] = {key: exact_decimal(weight) for key, weight in (weights or {}).items()}
    faults += [
        Message("network.weight_not_positive", {"cell": name_of(key, names), "weight": weight})
        for key, weight in costs.items()
        if weight <= 0
    ]
    if faults:
        raise NetworkError.of(faults)
    request = Request(
        locked=frozenset(locked),
        weights={key: Fraction(weight) for key, weight in costs.items()},
        double_rounding=double_rounding,
        deadline=None if time_limit is None else monotonic() + time_limit,
        names=names,
    )
    found = [repaired(system, request) for system in systems_of(figures, rules)]
    used = {key for relation in rules for key in keys_of(relation)} | {rate_key(rule) for rule in rules}
    return Localisation(
        groups=tuple(group for part in found for group in part.groups),
        rates={key: span for part in found for key, span in part.rates.items()},
        twice_rounded=tuple(cell for part in found for cell in part.twice_rounded),
        proven=all(part.proven for part in found),
        at_least=sum((part.at_least for part in found), Fraction(0)),
        programmes=sum(part.programmes for part in found),
        unused=tuple(key for key in figures if key not in used),
        notes=tuple(_notes(found, time_limit)),
    )


def _notes(found: Sequence[SystemRepairs], time_limit: float | None) -> Iterator[Message]:
    for part in found:
        yield from part.notes
    finished = all(part.finished for part in found)
    if not all(part.proven for part in found):
        yield Message("network.undecided") if finished else _late("network.not_proven", time_limit)
    elif not finished:
        yield _late("network.not_finished", time_limit)
    if not all(group.complete for part in found for group in part.groups):
        yield Message("network.more_repairs")


def _late(code: str, time_limit: float | None) -> Message:
    return Message(code, {"seconds": exact_decimal(time_limit or 0)})
