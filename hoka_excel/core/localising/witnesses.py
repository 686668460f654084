"""Exact true values that satisfy equations over intervals: the evidence that a repair suffices."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from hoka_excel.core.localising.certificates import Spans
from hoka_excel.core.localising.constraints import Span, System
from hoka_excel.core.localising.elimination import Equation, solve_near
from hoka_excel.core.localising.solver import Outcome

_NEAR = Fraction(1, 10**5)
"""How near to an end of its span, in parts of the span, a rough value is taken to lie at that end."""

_FINE = 10**9

Values = Sequence[Fraction]
"""A value per column."""


def satisfies(system: System, spans: Spans, values: Values) -> bool:
    """Check exactly whether the values lie in their spans and solve the equations."""
    for column, value, (low, high) in zip(system.columns, values, spans, strict=True):
        times = 1 if column.rate is None else values[column.rate]
        if (low is not None and value < low * times) or (high is not None and value > high * times):
            return False
    return all(
        sum(factor * values[column] for column, factor in row.factors.items()) == row.constant
        for row in system.rows
    )


def witness(system: System, spans: Spans, outcome: Outcome) -> Values | None:
    """Find exact true values near rough ones that were found with these spans; None when that fails."""
    if not system.pairs:
        near = Grid(system, spans, outcome.base, outcome.steps).nearest({}, outcome)
        if near is not None:
            return near
    return solved_near(system, spans, outcome)


def solved_near(system: System, spans: Spans, outcome: Outcome) -> Values | None:
    """Solve for exact true values near rough ones; None when neither attempt below succeeds.

    Values at an end of their span are put there and the others solved for; or else all are solved for at
    once, ends included. Either is checked exactly.
    """
    rough = [outcome.value(number) for number in range(len(system.columns))]
    for fixed, wished in (
        (_at_ends(system, spans, rough), []),
        ({}, _end_equations(system, spans, rough)),
    ):
        values = _completed(system, rough, fixed, wished)
        if values is not None and satisfies(system, spans, values):
            return values
    return None


class Grid:
    """Whole-number arithmetic for a system without rates, where figures of few resolutions have corners.

    All values are counted in halves of the finest part in which any span or equation is written.
    """

    def __init__(self, system: System, spans: Spans, base: Values, steps: Values) -> None:
        """Take a system, what its columns leave open, and the points and steps that outcomes deviate from."""
        ends = [end for span in spans for end in span if end is not None]
        self._parts = 2 * lcm(
            *{end.denominator for end in ends}, *{r.constant.denominator for r in system.rows}
        )
        self._spans = [self._ends(span) for span in spans]
        self._base = [_counted(value, self._parts) for value in base]
        self._steps = [float(step) * self._parts for step in steps]
        self._rows = []
        for row in system.rows:
            times = lcm(*(factor.denominator for factor in row.factors.values()))
            factors = [(column, _counted(factor, times)) for column, factor in row.factors.items()]
            self._rows.append((factors, _counted(row.constant, self._parts) * times))

    def nearest(self, loosened: Mapping[int, Span], outcome: Outcome) -> Values | None:
        """Put each rough value at the nearest whole number; None when that does not satisfy all exactly."""
        values = [
            start + round(step * deviation)
            for start, step, deviation in zip(self._base, self._steps, outcome.deviations, strict=True)
        ]
        for column, start in outcome.moved.items():
            values[column] += _counted(start, self._parts) - self._base[column]
        spans = self._spans.copy()
        for column, span in loosened.items():
            spans[column] = self._ends(span)
        for value, (low, high) in zip(values, spans, strict=True):
            if (low is not None and value < low) or (high is not None and value > high):
                return None
        for factors, constant in self._rows:
            if sum(factor * values[column] for column, factor in factors) != constant:
                return None
        return [Fraction(value, self._parts) for value in values]

    def _ends(self, span: Span) -> tuple[int | None, int | None]:
        low, high = span
        return (
            None if low is None else _counted(low, self._parts),
            None if high is None else _counted(high, self._parts),
        )


def _counted(value: Fraction, parts: int) -> int:
    """Count a number in parts of one, rounded down where it is no whole number of them."""
    return value.numerator * parts // value.denominator


def _at_ends(system: System, spans: Spans, rough: Values) -> dict[int, Fraction]:
    """Name the columns that lie at an end of their span, and that end; not those times a rate."""
    ends = {}
    for number, (column, value, span) in enumerate(zip(system.columns, rough, spans, strict=True)):
        if column.rate is None and (end := _near_end(value, span.low, span.high)) is not None:
            ends[number] = end
    return ends


def _near_end(value: Fraction, low: Fraction | None, high: Fraction | None) -> Fraction | None:
    width = Fraction(1) if low is None or high is None else high - low
    for end in (low, high):
        if end is not None and abs(value - end) <= width * _NEAR:
            return end
    return None


def _end_equations(system: System, spans: Spans, rough: Values) -> list[Equation[int]]:
    """Say of each column at an end of its span that it is there, those times a rate included."""
    equations: list[Equation[int]] = []
    for number, (column, value, (low, high)) in enumerate(zip(system.columns, rough, spans, strict=True)):
        if column.rate is None:
            if (end := _near_end(value, low, high)) is not None:
                equations.append(({number: Fraction(1)}, end))
        elif rough[column.rate] and (end := _near_end(value / rough[column.rate], low, high)) is not None:
            equations.append(({number: Fraction(1), column.rate: -end}, Fraction(0)))
    return equations


def _completed(
    system: System, rough: Values, fixed: Mapping[int, Fraction], wished: Sequence[Equation[int]]
) -> Values | None:
    """Solve the equations for the columns that are not fixed."""
    equations: list[Equation[int]] = []
    for row in system.rows:
        known = sum(factor * fixed[column] for column, factor in row.factors.items() if column in fixed)
        left = {column: factor for column, factor in row.factors.items() if column not in fixed}
        equations.append((left, row.constant - known))
    guess = {number: value.limit_denominator(_FINE) for number, value in enumerate(rough)}
    solved = solve_near(equations, wished, guess)
    if solved is None:
        return None
    return [fixed.get(number, solved.get(number, value)) for number, value in guess.items()]
