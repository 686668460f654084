"""Relations over cells as linear equations over intervals.

A cell is the closed interval of true values that print as its figure; a cell that is wrong loses that
interval, an equation always holds. EUR = FTE x rate with a rate that is itself unknown stays linear: every
figure that is tied to those FTE stands for itself times the rate, between the rate times its two bounds.
What a rounded rate or share leaves open is an unknown of its own, never below zero.

>>> cells = {"total": Printed(3, 1), "a": Printed(1, 1), "b": Printed(2, 1)}
>>> [system] = systems_of(cells, [Sum("total", ["a", "b"])])
>>> {system.columns[column].key: int(factor) for column, factor in system.rows[0].factors.items()}
{'total': 1, 'a': -1, 'b': -1}
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from hoka_excel.core.figures import Printed, Reason
from hoka_excel.core.intervals import Interval
from hoka_excel.core.localising.groups import connected
from hoka_excel.core.localising.network_faults import measures, rate_key
from hoka_excel.core.relations import Cells, Rate, Ratio, Relation, Same, Share, Sum, keys_of
from hoka_excel.core.sums import merge
from hoka_excel.core.verdicts import Known, double_rounding_slack

LOWEST_RATE = Fraction(1, 10**6)
"""A rate lies above zero: no rate per FTE, in any unit of money, lies below this."""


class Span(NamedTuple):
    """All numbers from `low` to `high`, both included; None is without end."""

    low: Fraction | None
    high: Fraction | None


FREE = Span(None, None)
ANY_RATE = Span(LOWEST_RATE, None)
ROOM = Span(Fraction(0), None)


@dataclass(frozen=True, slots=True)
class Column:
    """One unknown of the equations.

    Attributes:
        key: the cell or rate; None for what a rounded rate or share leaves open.
        figure: the finest statement of the cell; None when no figure can be used.
        printed: what the figure leaves open.
        widened: the same, with the room of a figure that was rounded twice.
        dropped: what is left open when the figure is wrong.
        rate: the column of the rate that multiplies this unknown and its spans; None for most.
    """

    key: Hashable
    figure: Printed | None = None
    printed: Span = FREE
    widened: Span = FREE
    dropped: Span = FREE
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The factors times the unknowns add up to the constant, because of a relation."""

    factors: Mapping[int, Fraction]
    constant: Fraction
    relation: Relation


@dataclass(frozen=True, slots=True)
class System:
    """Equations that hang together.

    Attributes:
        columns: the unknowns.
        rows: the equations.
        pairs: per column of a rate, the columns of the EUR and FTE that it ties.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    pairs: Mapping[int, Sequence[tuple[int, int]]]


def systems_of(cells: Cells, relations: Sequence[Relation]) -> list[System]:
    """Write relations without faults as equations, one system for each set of cells that hangs together.

    A rate or share that is rounded, and is no key, belongs to its relation alone. Its EUR and FTE then have
    one sign: below zero where both are printed so, otherwise above.

    Args:
        cells: the figure (or its statements) per key; what cannot be read is left wholly open.
        relations: what must hold; see `network_faults`.

    Returns:
        The systems, in the order of their first relation. Cells in no relation are in none.
    """
    known = {key: merge(stated) for key, stated in cells.items()}
    figures = {key: merged for key, merged in known.items() if not isinstance(merged, Reason)}
    columns = _columns(figures, relations)
    place = {column.key: number for number, column in enumerate(columns)}
    rows = []
    for relation in relations:
        for inequality in _inequalities(relation, figures):
            factors = {place[key]: factor for key, factor in inequality.factors.items() if factor}
            multiplier = next(
                (rate for number in factors if (rate := columns[number].rate) is not None), None
            )
            constant = inequality.constant
            if constant and multiplier is not None:
                factors[multiplier] = -constant
                constant = Fraction(0)
            if inequality.has_room:
                factors[len(columns)] = Fraction(-1)
                columns.append(Column(None, None, ROOM, ROOM, ROOM))
            if factors:
                rows.append(Row(factors, constant, relation))
    return _split(columns, rows)


def _columns(figures: Mapping[Hashable, Known], relations: Sequence[Relation]) -> list[Column]:
    """List the rates and cells of the relations, the rates first."""
    measured = measures(relations)
    slacks = _slacks(figures, relations)
    rates = dict.fromkeys(key for relation in relations if (key := rate_key(relation)) is not None)
    place = {key: number for number, key in enumerate(rates)}
    columns = [_rate_column(key, figures.get(key)) for key in rates]
    for key in dict.fromkeys(key for relation in relations for key in keys_of(relation) if key not in rates):
        rate = next((place[rate] for rate in measured[key]), None)
        columns.append(_cell_column(key, figures.get(key), slacks.get(key, Fraction(0)), rate))
    return columns


def _rate_column(key: Hashable, known: Known | None) -> Column:
    if known is None:
        return Column(key, None, ANY_RATE, ANY_RATE, ANY_RATE)
    span = Span(max(known.interval.low, LOWEST_RATE), known.interval.high)
    return Column(key, known.figure, span, span, ANY_RATE)


def _cell_column(key: Hashable, known: Known | None, slack: Fraction, rate: int | None) -> Column:
    if known is None:
        return Column(key, rate=rate)
    wide = known.interval.widened(slack)
    return Column(
        key,
        known.figure,
        Span(known.interval.low, known.interval.high),
        Span(wide.low, wide.high),
        FREE,
        rate,
    )


def _slacks(figures: Mapping[Hashable, Known], relations: Sequence[Relation]) -> dict[Hashable, Fraction]:
    """Say how much further from the truth each figure may lie that was made from finer ones, in two steps.

    That can be the total of a sum, and either side of two statements of the same figure.
    """
    sources: list[tuple[Hashable, Sequence[Hashable]]] = []
    for relation in relations:
        match relation:
            case Sum(total, parts):
                sources.append((total, parts))
            case Same(a, b):
                sources += [(a, (b,)), (b, (a,))]
            case _:
                pass
    slacks: dict[Hashable, Fraction] = {}
    for key, finer in sources:
        units = [figures[source].figure.unit for source in finer if source in figures]
        if key in figures and units:
            slack = double_rounding_slack(figures[key].figure.unit, min(units))
            slacks[key] = max(slack, slacks.get(key, Fraction(0)))
    return slacks


class _Inequality(NamedTuple):
    """The factors times the cells equal the constant; with room, they reach it or exceed it."""

    factors: Mapping[Hashable, Fraction]
    constant: Fraction = Fraction(0)
    has_room: bool = False


def _inequalities(relation: Relation, figures: Mapping[Hashable, Known]) -> Iterator[_Inequality]:
    one = Fraction(1)
    match relation:
        case Sum(total, parts, weights):
            factors = defaultdict(Fraction, {total: one})
            for part, weight in zip(parts, weights, strict=True):
                factors[part] -= Fraction(weight)
            yield _Inequality(factors)
        case Same(a, b):
            yield _Inequality({a: one, b: -one} if a != b else {})
        case Rate(euro, fte, Printed() as rate, room):
            yield from _between(euro, fte, _turned(rate.interval, euro, fte, figures), Fraction(room))
        case Rate(euro, fte):
            yield _Inequality({euro: one, fte: -one})
        case Ratio(part, whole, weight, weights_total, room):
            share = Fraction(weight) / Fraction(weights_total)
            yield from _shared(
                part, whole, Interval(one, one), Interval(share, share), _Fixed(room=Fraction(room))
            )
        case Share(part, whole, own=own, top=top, rate=rate, room=room):
            factors_of_part = Interval(one, one) if rate is None else rate.interval
            fixed = _Fixed(Fraction(own), Fraction(top), Fraction(room))
            yield from _shared(part, whole, factors_of_part, relation.portions, fixed)


def _turned(rate: Interval, euro: Hashable, fte: Hashable, figures: Mapping[Hashable, Known]) -> Interval:
    """Swap the ends of a rounded rate where EUR and FTE are printed below zero."""
    below = all(key in figures and figures[key].figure.value < 0 for key in (euro, fte))
    return Interval(rate.high, rate.low) if below else rate


class _Fixed(NamedTuple):
    """The part's own fixed amount, those of all parts together, and the room that rounding left the part."""

    own: Fraction = Fraction(0)
    top: Fraction = Fraction(0)
    room: Fraction = Fraction(0)


def _between(euro: Hashable, fte: Hashable, rate: Interval, room: Fraction) -> Iterator[_Inequality]:
    """Write EUR = FTE x rate for a rate between two ends, the FTE within `room` of what it should be."""
    one = Fraction(1)
    if rate.low == rate.high and not room:
        yield _Inequality({euro: one, fte: -rate.low})
    else:
        yield _Inequality({euro: one, fte: -rate.low}, -room * rate.low, has_room=True)
        yield _Inequality({euro: -one, fte: rate.high}, -room * rate.high, has_room=True)


def _shared(
    part: Hashable, whole: Hashable, rate: Interval, share: Interval, fixed: _Fixed
) -> Iterator[_Inequality]:
    """Write part x rate = (whole - top) x share + own, for a part above zero and a whole above the top."""
    own, top, room = fixed
    if rate.low == rate.high and share.low == share.high and not room:
        yield _Inequality({part: rate.low, whole: -share.low}, own - top * share.low)
    else:
        low, high = own - top * share.low, top * share.high - own
        yield _Inequality({part: rate.high, whole: -share.low}, low - room * rate.high, has_room=True)
        yield _Inequality({part: -rate.low, whole: share.high}, high - room * rate.low, has_room=True)


def subsystem(system: System, numbers: Sequence[int]) -> tuple[System, list[int], list[int]]:
    """Take some rows of a system apart.

    Returns:
        The rows as a system, and the columns and rows of the first system that its own stand for, in order.
    """
    columns = list(
        dict.fromkeys(column for number in numbers for column in _tied(system.columns, system.rows[number]))
    )
    return _part(system.columns, [system.rows[number] for number in numbers], columns), columns, list(numbers)


def _split(columns: Sequence[Column], rows: Sequence[Row]) -> list[System]:
    """Part the equations into systems that share no unknown."""
    groups = connected(_tied(columns, row) for row in rows)
    group_of = {number: index for index, group in enumerate(groups) for number in group}
    rows_of: list[list[Row]] = [[] for _ in groups]
    for row in rows:
        rows_of[group_of[next(iter(row.factors))]].append(row)
    return [_part(columns, own_rows, group) for group, own_rows in zip(groups, rows_of, strict=True)]


def _tied(columns: Sequence[Column], row: Row) -> Iterator[int]:
    """List the columns of a row, with the rates that multiply them."""
    for number in row.factors:
        yield number
        if (rate := columns[number].rate) is not None:
            yield rate


def _part(columns: Sequence[Column], rows: Sequence[Row], numbers: Sequence[int]) -> System:
    """Renumber some columns and the rows over them."""
    place = {number: index for index, number in enumerate(numbers)}
    own = tuple(
        column if column.rate is None else replace(column, rate=place[column.rate])
        for column in (columns[number] for number in numbers)
    )
    return System(
        own,
        tuple(
            Row({place[n]: factor for n, factor in row.factors.items()}, row.constant, row.relation)
            for row in rows
        ),
        _pairs(own, rows),
    )


def _pairs(columns: Sequence[Column], rows: Sequence[Row]) -> dict[int, list[tuple[int, int]]]:
    """Say which EUR and FTE each shared rate ties."""
    place = {column.key: number for number, column in enumerate(columns) if column.key is not None}
    pairs: dict[int, list[tuple[int, int]]] = {
        rate: [] for column in columns if (rate := column.rate) is not None
    }
    for row in rows:
        if isinstance(row.relation, Rate) and (key := rate_key(row.relation)) is not None:
            pairs.setdefault(place[key], []).append((place[row.relation.euro], place[row.relation.fte]))
    return pairs
