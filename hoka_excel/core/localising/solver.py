"""The one place where localisation uses floating point: linear programmes and a choice of cells (SciPy).

Nothing said here counts before it has been checked exactly elsewhere. To keep the numbers small whatever the
size of the figures, everything is a deviation from a point that is computed exactly, measured in half units.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any

import numpy as np
import scipy  # loads optimize and sparse when they are first asked for

from hoka_excel.core.localising.certificates import Spans
from hoka_excel.core.localising.constraints import Span, System
from hoka_excel.core.localising.starting_points import StartingPoint

FEASIBLE = 1e-7
"""A total violation, in half units, that is taken for none until exact arithmetic says otherwise."""

_NOTHING = 1e-9
_HALF = 0.5

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
        self._scaled = [n for n, column in enumerate(system.columns) if column.rate is not None]
        self._start = StartingPoint(system, self.spans)
        self.base, self.steps = self._start.base, self._start.steps
        self._units = [float(step) for step in self.steps]
        terms = [
            {column: float(factor) * self._units[column] for column, factor in row.factors.items()}
            for row in system.rows
        ]
        self._sizes = [max(map(abs, term.values())) for term in terms]
        self._room = np.array([self._left(row, {}) for row in range(len(terms))])
        self._ends = np.array([self._end(number, span, {}) for number, span in enumerate(self.spans)])
        entries = [
            (number, column, value / self._sizes[number])
            for number, term in enumerate(terms)
            for column, value in term.items()
        ]
        rows, columns, factors = zip(*entries, strict=True)
        self._matrix = scipy.sparse.csr_array(
            (factors, (rows, columns)), shape=(len(system.rows), len(system.columns))
        )
        slack = scipy.sparse.identity(len(system.rows), format="csr")
        self._elastic = scipy.sparse.csr_array(scipy.sparse.hstack([self._matrix, slack, -slack]))

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
        self, cost: Floats, matrix: "scipy.sparse.csr_array", loosened: Mapping[int, Span], times: float = 1.0
    ) -> Outcome | None:
        self.programmes += 1
        moved = self._start.moved(loosened)
        bounds = np.tile([0.0, np.inf], (len(cost), 1))
        bounds[: len(self.base)] = self._ends
        for column in loosened:
            bounds[column] = self._end(column, loosened[column], moved)
        equal = self._room.copy()
        for row in {row for column in moved for row in self._start.rows_of[column]}:
            equal[row] = self._left(row, moved)
        upper, room = self._scaled_bounds(loosened, moved, len(cost))
        minimise: Callable[..., Any] = scipy.optimize.linprog  # its stubs know no sparse matrices
        result = minimise(
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
            int(row): times * float(marginals[row]) / self._sizes[row]
            for row in np.flatnonzero(np.abs(marginals) > _NOTHING)
        }
        deviations = result.x[: len(self.base)].tolist()
        return Outcome(float(result.fun), multipliers, self.base, moved, self.steps, deviations)

    def _end(self, column: int, span: Span, moved: Mapping[int, Fraction]) -> tuple[float, float]:
        """Say how far a column may deviate, in steps; one that is times a rate is bounded by rows."""
        is_open = self.system.columns[column].rate is not None
        start, unit = moved.get(column, self.base[column]), self._units[column]
        return (
            -np.inf if span.low is None or is_open else float(span.low - start) / unit,
            np.inf if span.high is None or is_open else float(span.high - start) / unit,
        )

    def _left(self, row: int, moved: Mapping[int, Fraction]) -> float:
        """Say what the deviations in a row must add up to, in its largest term."""
        return float(self._start.residual(row, moved)) / self._sizes[row]

    def _scaled_bounds(
        self, loosened: Mapping[int, Span], moved: Mapping[int, Fraction], width: int
    ) -> tuple["scipy.sparse.csr_array | None", list[float] | None]:
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
        return scipy.sparse.csr_array((factors, (rows, columns)), shape=(len(room), width)), room


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
    hits = scipy.sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(conflicts), len(cells)))
    result = scipy.optimize.milp(
        [weights[cell] for cell in cells],
        constraints=scipy.optimize.LinearConstraint(hits, 1, np.inf),
        integrality=np.ones(len(cells), dtype=np.int64),
        bounds=scipy.optimize.Bounds(0, 1),
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
