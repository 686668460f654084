"""The repairs of one system: conflicts with their proof, what mends each cell, and the rates that fit."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

from hoka_excel.core.errors import NetworkError
from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.localising.certificates import Refutation
from hoka_excel.core.localising.conflicts import CellMend, ConflictGroup, Contradiction, TwiceRounded
from hoka_excel.core.localising.constraints import Column, Span, System
from hoka_excel.core.localising.extents import extent
from hoka_excel.core.localising.network_faults import Names, name_of
from hoka_excel.core.localising.proofs import proof_of
from hoka_excel.core.localising.search import Answer, Group, Search, UnhittableError
from hoka_excel.core.localising.solver import OutOfTimeError
from hoka_excel.core.localising.witnesses import satisfies
from hoka_excel.core.messages import Message

MOST_REPAIRS = 1000
"""How many repairs are listed at the most, of a group of conflicts and of the whole."""

_MOST_RATE_REPAIRS = 24
"""For how many repairs the interval of a rate is worked out one by one."""

_FINEST = Decimal("1e-9")
"""How far the ends of an exact figure are written out."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a controller asked for.

    Attributes:
        locked: cells that may not be called wrong.
        weights: what changing a cell costs; 1 where not given.
        double_rounding: whether figures may have been rounded twice.
        deadline: the moment of `time.monotonic` to stop at.
        names: the readable name of each cell.
    """

    locked: frozenset[Hashable]
    weights: Mapping[Hashable, Fraction]
    double_rounding: bool
    deadline: float | None
    names: Names


@dataclass(frozen=True, slots=True)
class SystemRepairs:
    """What was found about one system; see `Localisation` for the fields."""

    groups: tuple[ConflictGroup, ...]
    rates: Mapping[Hashable, Span]
    twice_rounded: tuple[TwiceRounded, ...]
    notes: tuple[Message, ...]
    proven: bool
    finished: bool
    at_least: Fraction
    programmes: int


def repaired(system: System, request: Request) -> SystemRepairs:
    """Find the smallest repairs of a system.

    Raises:
        NetworkError: locked cells contradict each other.
    """
    return _Repairs(system, request).found()


class _Repairs:
    def __init__(self, system: System, request: Request) -> None:
        self.system = system
        self.names = request.names
        self.double_rounding = request.double_rounding
        self.deadline = request.deadline
        cells = [
            number
            for number, column in enumerate(system.columns)
            if column.figure is not None and column.key not in request.locked
        ]
        self.spans = [c.widened if request.double_rounding else c.printed for c in system.columns]
        self.search = Search(
            system,
            self.spans,
            {number: system.columns[number].dropped for number in cells},
            {n: request.weights.get(system.columns[n].key, Fraction(1)) for n in cells},
            request.deadline,
        )
        try:
            self.answer: Answer = self.search.run(MOST_REPAIRS)
        except UnhittableError as error:
            shown = ", ".join(
                name_of(system.columns[number].key, self.names) for number in sorted(error.refutation.columns)
            )
            proof = proof_of(system, self.spans, error.refutation, self.names).text
            raise NetworkError("network.contradictory_locks", cells=shown, proof=proof) from error

    def found(self) -> SystemRepairs:
        finished = self.answer.finished
        mends: dict[tuple[frozenset[int], int], Span] = {}
        rates: dict[int, Span] = {}
        twice: tuple[TwiceRounded, ...] = ()
        try:
            rates = self._rates()
            mends = self._mends()
            twice = tuple(self._twice_rounded())
        except OutOfTimeError:
            finished = False
        return SystemRepairs(
            groups=tuple(self._group(group, mends) for group in self.answer.groups),
            rates={self.system.columns[rate].key: span for rate, span in rates.items()},
            twice_rounded=twice,
            notes=tuple(self._untenable_rates(rates)),
            proven=self.answer.proven,
            finished=finished,
            at_least=self.answer.at_least,
            programmes=self.search.trials.solver.programmes,
        )

    def _mends(self) -> dict[tuple[frozenset[int], int], Span]:
        """Bound the true value of each cell of each repair."""
        first = self.answer.first
        return {
            (choice, cell): extent(self.search.trials, first - group.choices[0] | choice, cell)
            for group in self.answer.groups
            for choice in group.choices
            for cell in sorted(choice)
        }

    def _rates(self) -> dict[int, Span]:
        """Bound each rate, over all repairs; over what they all leave open where they are too many."""
        groups = [group.choices for group in self.answer.groups]
        if prod(map(len, groups)) <= _MOST_RATE_REPAIRS:
            choices = [frozenset[int]().union(*combination) for combination in product(*groups)]
        else:
            choices = [frozenset(cell for group in groups for choice in group for cell in choice)]
        return {
            rate: _hull([extent(self.search.trials, choice, rate) for choice in choices])
            for rate in self.system.pairs
        }

    def _group(self, group: Group, mends: Mapping[tuple[frozenset[int], int], Span]) -> ConflictGroup:
        return ConflictGroup(
            tuple(sorted((self._contradiction(one) for one in group.conflicts), key=_clearest_first)),
            tuple(
                tuple(
                    _mend(self.system.columns[cell], mends.get((choice, cell), Span(None, None)))
                    for cell in sorted(choice)
                )
                for choice in group.choices
            ),
            group.complete,
        )

    def _contradiction(self, refutation: Refutation) -> Contradiction:
        proof = proof_of(self.system, self.spans, refutation, self.names)
        keys = (self.system.columns[column] for column in refutation.columns)
        return Contradiction(
            frozenset(column.key for column in keys if column.figure is not None),
            proof.text,
            proof.low,
            proof.high,
            tuple((self.system.rows[row].relation, times) for row, times in refutation.multipliers.items()),
        )

    def _twice_rounded(self) -> Iterator[TwiceRounded]:
        """Find the fewest cells that need the room of a double rounding, under the first repair."""
        columns = self.system.columns
        first = self.answer.first
        wider = {
            number: column.widened
            for number, column in enumerate(columns)
            if self.double_rounding and column.widened != column.printed and number not in first
        }
        if not wider:
            return
        spans = [column.dropped if n in first else column.printed for n, column in enumerate(columns)]
        point = self.search.trials.point(first)
        if point is not None and satisfies(self.system, spans, point):
            return
        search = Search(self.system, spans, wider, dict.fromkeys(wider, Fraction(1)), self.deadline)
        chosen = search.run(1).first
        for number in sorted(chosen):
            low, high = extent(search.trials, chosen, number)
            yield _chain(columns[number], low, high, self.names)

    def _untenable_rates(self, rates: Mapping[int, Span]) -> Iterator[Message]:
        """Say of each rate that is wrong in every repair which rates would do."""
        for rate, (low, high) in rates.items():
            column = self.system.columns[rate]
            wrong = [all(rate in choice for choice in group.choices) for group in self.answer.groups]
            if column.figure is not None and any(wrong) and low is not None and high is not None:
                yield Message(
                    "network.untenable_rate",
                    {
                        "name": name_of(column.key, self.names),
                        "rate": column.figure.value,
                        "low": _cents(low.__mul__(100).__floor__()),
                        "high": _cents(high.__mul__(100).__ceil__()),
                    },
                )


def _clearest_first(conflict: Contradiction) -> tuple[int, Fraction]:
    """Put the fewest cells first, and then the bounds that lie farthest apart."""
    low, high = conflict.low, conflict.high
    return len(conflict.cells), Fraction(0) if low is None or high is None else high - low


def _hull(spans: list[Span]) -> Span:
    """Take the smallest span around all of them."""
    lows = [low for low, _ in spans if low is not None]
    highs = [high for _, high in spans if high is not None]
    return Span(
        min(lows) if len(lows) == len(spans) else None, max(highs) if len(highs) == len(spans) else None
    )


def _mend(column: Column, true_values: Span) -> CellMend:
    """List the figures that leave a true value open: from half a unit below it to half a unit above."""
    assert column.figure is not None
    unit = Fraction(column.figure.unit or _FINEST)
    room = Fraction(column.figure.unit) / 2
    low, high = true_values
    least = None if low is None else ((low - room) / unit).__ceil__()
    greatest = None if high is None else ((high + room) / unit).__floor__()
    if least is not None and greatest is not None and least > greatest:
        least, greatest = greatest, least
    step = column.figure.unit or _FINEST
    return CellMend(
        column.key,
        column.figure.value,
        true_values,
        None if least is None else _multiple(least, step, column),
        None if greatest is None else _multiple(greatest, step, column),
    )


def _multiple(count: int, step: Decimal, column: Column) -> Decimal:
    """Write a multiple of a step; of an exact figure without zeros at the end."""
    assert column.figure is not None
    value = EXACT.multiply(Decimal(count), step)
    return value if column.figure.unit else value.normalize(EXACT) + Decimal(0)


def _cents(count: int) -> Decimal:
    return Decimal(count).scaleb(-2, EXACT)


def _chain(column: Column, low: Fraction | None, high: Fraction | None, names: Names) -> TwiceRounded:
    """Write how a true value was rounded to a tenth of the unit, and that to the unit."""
    assert column.figure is not None
    figure = column.figure
    near = Fraction(figure.value)
    value = max(low, min(high, near)) if low is not None and high is not None else near
    between = figure.unit.scaleb(-1, EXACT)
    chain = (
        round_half_up(value, between.scaleb(-1, EXACT)),
        round_half_up(value, between),
        figure.value,
    )
    values = {"cell": name_of(column.key, names), "finest": chain[0], "finer": chain[1], "figure": chain[2]}
    return TwiceRounded(column.key, chain, Message("network.twice_rounded", values))
