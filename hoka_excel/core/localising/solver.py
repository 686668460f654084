"""The one place where localisation uses floating point: linear programmes and a choice of cells (SciPy).

Nothing said here counts before it has been checked exactly elsewhere. To keep the numbers small whatever the
size of the figures, everything is a deviation from a point that is computed exactly, measured in half units.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from time import monotonic
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, hstack, identity

from hoka_excel.core.localising.certificates import Spans
from hoka_excel.core.localising.constraints import Span, System

FEASIBLE = 1e-7
"""A total violation, in half units, that is taken for none until exact arithmetic says otherwise."""

_ONE = Fraction(1)
_NOTHING = 1e-9
_HALF = 0.5

_minimise: Callable[..., Any] = linprog
"""`linprog` without its stubs, which know no sparse matrices."""

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


class OutOfTimeError(Exception):
    """The deadline has passed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a linear programme found, in rough numbers.

    Attributes:
        violation: by how much the equations fail in total, in half units; the objective, when it has one.
        multipliers: per row that counts, how much the outcome depends on it.
        base: the exact point per column from which the values deviate, but for those that moved.
        moved: the other points, per column.
        steps: the unit in which each column deviates.
        deviations: how many of those units each column deviates.
    """

    violation: float
    multipliers: Mapping[int, float]
    base: Sequence[Fraction]
    moved: Mapping[int, Fraction]
    steps: Sequence[Fraction]
    deviations: Sequence[float]

    def value(self, column: int) -> Fraction:
        """Give the rough value of a column."""
        start = self.moved.get(column, self.base[column])
        return start + self.steps[column] * Fraction(self.deviations[column])


class Solver:
    """Linear programmes over one system; the matrix is built once.

    Attributes:
        base: the exact point per column from which values deviate when nothing is loosened.
        steps: the unit in which each column deviates.
        programmes: how many have been solved.
    """

    def __init__(self, system: System, spans: Spans, deadline: float | None = None) -> None:
        """Take a system, what its columns leave open when nothing is wrong, and a moment of `monotonic`."""
        self.system = system
        self.spans = tuple(spans)
        self.deadline = deadline
        self.programmes = 0
        self._rows_of: defaultdict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(system.rows):
            for column in row.factors:
                self._rows_of[column].append(number)
        self._scaled = [n for n, column in enumerate(system.columns) if column.rate is not None]
        self.base = self._starting_point()
        self.steps = self._column_steps()
        self._left = [self._residual(number, {}) for number in range(len(system.rows))]
        self._sizes = [
            max(abs(factor) * self.steps[column] for column, factor in row.factors.items())
            for row in system.rows
        ]
        self._room = np.array(
            [float(left / size) for left, size in zip(self._left, self._sizes, strict=True)]
        )
        self._ends = np.array([self._end(number, span, {}) for number, span in enumerate(self.spans)])
        entries = [
            (number, column, float(factor * self.steps[column] / self._sizes[number]))
            for number, row in enumerate(system.rows)
            for column, factor in row.factors.items()
        ]
        rows, columns, factors = zip(*entries, strict=True)
        self._matrix = csr_array((factors, (rows, columns)), shape=(len(system.rows), len(system.columns)))
        slack = identity(len(system.rows), format="csr")
        self._elastic = csr_array(hstack([self._matrix, slack, -slack]))

    def violation(self, loosened: Mapping[int, Span]) -> Outcome:
        """Find values that break the equations as little as can be, with some columns loosened.

        Args:
            loosened: the columns that leave open something else than usual.

        Raises:
            OutOfTimeError: the deadline passed.
        """
        count = len(self.system.rows)
        cost = np.concatenate([np.zeros(len(self.system.columns)), np.ones(2 * count)])
        outcome = self._solved(cost, self._elastic, loosened)
        return outcome or Outcome(np.inf, {}, self.base, {}, self.steps, [0.0] * len(self.base))

    def greatest(self, objective: Mapping[int, Fraction], loosened: Mapping[int, Span]) -> Outcome | None:
        """Find values that make the objective as great as can be; None when there is no end to it.

        Raises:
            OutOfTimeError: the deadline passed.
        """
        cost = np.zeros(len(self.system.columns))
        for column, factor in objective.items():
            cost[column] = -float(factor * self.steps[column])
        return self._solved(cost / np.abs(cost).max(), self._matrix, loosened, -float(np.abs(cost).max()))

    def _solved(
        self, cost: Floats, matrix: csr_array, loosened: Mapping[int, Span], times: float = 1.0
    ) -> Outcome | None:
        self.programmes += 1
        moved = self._moved(loosened)
        bounds = np.tile([0.0, np.inf], (len(cost), 1))
        bounds[: len(self.base)] = self._ends
        for column in loosened:
            bounds[column] = self._end(column, loosened[column], moved)
        equal = self._room.copy()
        for row in {row for column in moved for row in self._rows_of[column]}:
            equal[row] = float(self._residual(row, moved) / self._sizes[row])
        upper, room = self._scaled_bounds(loosened, moved, len(cost))
        result = _minimise(
            cost,
            A_eq=matrix,
            b_eq=equal,
            A_ub=upper,
            b_ub=room,
            bounds=bounds,
            method="highs",
            options={"time_limit": seconds_left(self.deadline), "presolve": False},
        )
        if result.status == 1:
            raise OutOfTimeError
        if result.x is None:
            return None
        marginals = result.eqlin.marginals
        multipliers = {
            int(row): times * float(marginals[row]) / float(self._sizes[row])
            for row in np.flatnonzero(np.abs(marginals) > _NOTHING)
        }
        deviations = result.x[: len(self.base)].tolist()
        return Outcome(float(result.fun), multipliers, self.base, moved, self.steps, deviations)

    def _end(self, column: int, span: Span, moved: Mapping[int, Fraction]) -> tuple[float, float]:
        """Say how far a column may deviate, in steps; one that is times a rate is bounded by rows."""
        is_open = self.system.columns[column].rate is not None
        start, step = moved.get(column, self.base[column]), self.steps[column]
        return (
            -np.inf if span.low is None or is_open else float((span.low - start) / step),
            np.inf if span.high is None or is_open else float((span.high - start) / step),
        )

    def _scaled_bounds(
        self, loosened: Mapping[int, Span], moved: Mapping[int, Fraction], width: int
    ) -> tuple[csr_array | None, list[float] | None]:
        """Write rate x low <= column <= rate x high as rows that lie below a constant."""
        entries: list[tuple[int, int, float]] = []
        room: list[float] = []
        for number in self._scaled:
            rate = self.system.columns[number].rate
            for end, sign in zip(loosened.get(number, self.spans[number]), (-1, 1), strict=True):
                if end is None or rate is None:
                    continue
                step, per_rate = self.steps[number], end * self.steps[rate]
                size = max(step, abs(per_rate))
                start = moved.get(number, self.base[number])
                entries.append((len(room), number, float(sign * step / size)))
                entries.append((len(room), rate, float(-sign * per_rate / size)))
                room.append(float(sign * (end * self.base[rate] - start) / size))
        if not room:
            return None, None
        rows, columns, factors = zip(*entries, strict=True)
        return csr_array((factors, (rows, columns)), shape=(len(room), width)), room

    def _starting_point(self) -> list[Fraction]:
        """Put each column in the middle of what it leaves open, or where its equations put it."""
        base: dict[int, Fraction] = {}
        for number in self.system.pairs:
            base[number] = self._likely_rate(number)
        for number, (column, (low, high)) in enumerate(zip(self.system.columns, self.spans, strict=True)):
            if number not in base and low is not None and high is not None:
                base[number] = (low + high) / 2 * (1 if column.rate is None else base[column.rate])
        self._settle(base, set(range(len(self.spans))) - set(base))
        return [base[number] for number in range(len(self.spans))]

    def _likely_rate(self, rate: int) -> Fraction:
        """Take the middle one of the rates that its pairs suggest."""
        low, high = self.spans[rate]
        if low is not None and high is not None:
            return (low + high) / 2
        suggested = []
        for euro, fte in self.system.pairs[rate]:
            figures = self.system.columns[euro].figure, self.system.columns[fte].figure
            if figures[0] and figures[1] and figures[1].value and figures[0].value / figures[1].value > 0:
                suggested.append(Fraction(figures[0].value) / Fraction(figures[1].value))
        return median_low(suggested) if suggested else _ONE

    def _settle(self, base: dict[int, Fraction], missing: set[int]) -> None:
        """Fill in columns one equation at a time; those that none determines start at nothing."""
        queue = [row for column in missing for row in self._rows_of[column]]
        while queue:
            number = queue.pop()
            factors = self.system.rows[number].factors
            unknown = [column for column in factors if column in missing]
            if len(unknown) != 1:
                continue
            [column] = unknown
            known = sum(factor * base[other] for other, factor in factors.items() if other != column)
            base[column] = (self.system.rows[number].constant - known) / factors[column]
            low, high = self.spans[column]
            base[column] = max(base[column], low) if low is not None and high is None else base[column]
            missing.discard(column)
            queue += self._rows_of[column]
        for column in missing:
            base[column] = Fraction(0)

    def _moved(self, loosened: Mapping[int, Span]) -> dict[int, Fraction]:
        """Move the starting point of what is loosened to where its equations put it."""
        missing = [
            column for column, span in loosened.items() if None in span and column not in self.system.pairs
        ]
        if not missing:
            return {}
        near = {
            c for column in missing for row in self._rows_of[column] for c in self.system.rows[row].factors
        }
        base = {column: self.base[column] for column in near.difference(missing)}
        self._settle(base, set(missing))
        return {column: base[column] for column in missing}

    def _residual(self, number: int, moved: Mapping[int, Fraction]) -> Fraction:
        row = self.system.rows[number]
        return row.constant - sum(
            factor * moved.get(column, self.base[column]) for column, factor in row.factors.items()
        )

    def _column_steps(self) -> list[Fraction]:
        """Choose the unit in which each column deviates: half of what its figure leaves open."""
        steps: dict[int, Fraction] = {}
        for number, (column, (low, high)) in enumerate(zip(self.system.columns, self.spans, strict=True)):
            if number not in self.system.pairs and low is not None and high is not None and low < high:
                times = _ONE if column.rate is None else self.base[column.rate]
                steps[number] = (high - low) / 2 * times
        least = min(steps.values(), default=_ONE)
        for rate, pairs in self.system.pairs.items():
            largest = max((abs(self.base[fte]) / self.base[rate] for _, fte in pairs), default=_ONE)
            steps[rate] = least / max(largest, _ONE)
        return [steps.get(number, least) for number in range(len(self.spans))]


def lightest_choice(
    conflicts: Collection[frozenset[int]], weights: Mapping[int, int], deadline: float | None = None
) -> frozenset[int]:
    """Choose cells of the least total weight, at least one from each conflict.

    Raises:
        OutOfTimeError: the deadline passed.
    """
    cells = sorted({cell for conflict in conflicts for cell in conflict})
    place = {cell: number for number, cell in enumerate(cells)}
    entries = [(row, place[cell]) for row, conflict in enumerate(conflicts) for cell in conflict]
    rows, columns = zip(*entries, strict=True)
    hits = csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(conflicts), len(cells)))
    result = milp(
        [weights[cell] for cell in cells],
        constraints=LinearConstraint(hits, 1, np.inf),
        integrality=np.ones(len(cells), dtype=np.int64),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds_left(deadline), "mip_rel_gap": 0},
    )
    if result.x is None or result.status != 0:
        raise OutOfTimeError
    return frozenset(cell for cell in cells if result.x[place[cell]] > _HALF)


def seconds_left(deadline: float | None) -> float:
    """Say how long until a moment of `monotonic`; without end when there is none.

    Raises:
        OutOfTimeError: it has passed.
    """
    if deadline is None:
        return float("inf")
    left = deadline - monotonic()
    if left <= 0:
        raise OutOfTimeError
    return left
