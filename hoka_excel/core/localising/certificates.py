"""Exact evidence about equations over intervals: that no true values exist, or that some do.

Equations added up with a multiplier each give one equation that must hold too. When the most its left side
can be lies below its right side, the figures in it cannot all be right. The multipliers may come from
anywhere: what is claimed here was computed in exact rationals.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from hoka_excel.core.localising.constraints import Span, System
from hoka_excel.core.localising.elimination import Equation, solve_near
from hoka_excel.core.localising.groups import connected

Spans = Sequence[Span]
"""What each column of a system leaves open."""

_NEGLIGIBLE = 1e-6
"""The part of a sum of rough numbers that counts as nothing."""


@dataclass(frozen=True, slots=True)
class Refutation:
    """Proof that no true values exist: these multiples of the equations add up to an impossible one.

    Attributes:
        multipliers: per row of the system.
        columns: the columns whose spans the proof rests on.
    """

    multipliers: Mapping[int, Fraction]
    columns: frozenset[int]


class Most(NamedTuple):
    """The most an expression can be, and the columns whose spans say so."""

    value: Fraction
    columns: frozenset[int]


def combined(system: System, multipliers: Mapping[int, Fraction]) -> tuple[dict[int, Fraction], Fraction]:
    """Add up multiples of the equations: the factors that are left, and the constant."""
    factors: defaultdict[int, Fraction] = defaultdict(Fraction)
    constant = Fraction(0)
    for number, multiplier in multipliers.items():
        row = system.rows[number]
        constant += multiplier * row.constant
        for column, factor in row.factors.items():
            factors[column] += multiplier * factor
    return {column: factor for column, factor in factors.items() if factor}, constant


def most(system: System, spans: Spans, factors: Mapping[int, Fraction]) -> Most | None:
    """Compute the most that the factors times the columns can be; None when there is no end to it."""
    total = Fraction(0)
    used = set()
    per_rate: defaultdict[int, Fraction] = defaultdict(Fraction)
    for column, factor in factors.items():
        if column in system.pairs:
            per_rate[column] += factor
            continue
        end = spans[column].high if factor > 0 else spans[column].low
        if end is None:
            return None
        used.add(column)
        if (rate := system.columns[column].rate) is None:
            total += factor * end
        else:
            per_rate[rate] += factor * end
    for rate, factor in per_rate.items():
        if not factor:
            continue
        end = spans[rate].high if factor > 0 else spans[rate].low
        if end is None:
            return None
        used.add(rate)
        total += factor * end
    return Most(total, frozenset(used))


def refute(system: System, spans: Spans, multipliers: Mapping[int, Fraction]) -> Refutation | None:
    """Check exactly whether these multiples of the equations contradict the spans."""
    factors, constant = combined(system, multipliers)
    reach = most(system, spans, factors)
    if reach is None or reach.value >= constant:
        return None
    return Refutation(
        {row: multiplier for row, multiplier in multipliers.items() if multiplier}, reach.columns
    )


def refutations(system: System, spans: Spans, rough: Mapping[int, float]) -> list[Refutation]:
    """Make exact refutations of rough multipliers: one for each part of them that contradicts by itself.

    Args:
        system: the equations.
        spans: what each column leaves open.
        rough: a multiplier per row, as a solver in floating point found them.

    Returns:
        None, one or more; each checked.
    """
    parts = connected(
        [("row", row), *(("column", column) for column in _touched(system, row))] for row in rough
    )
    found = []
    for part in parts:
        own = {row: rough[row] for kind, row in part if kind == "row"}
        exact = exact_multipliers(system, spans, own, {})
        if exact and (refutation := refute(system, spans, exact)):
            found.append(refutation)
    return found


def at_most(
    system: System, spans: Spans, objective: Mapping[int, Fraction], rough: Mapping[int, float]
) -> Fraction | None:
    """Bound an expression from above, with rough multipliers made exact.

    Returns:
        A value that the expression never exceeds; None when these multipliers show no end to it.
    """
    exact = exact_multipliers(system, spans, rough, objective)
    if exact is None:
        return None
    reach = most(system, spans, _less(objective, combined(system, exact)[0]))
    return None if reach is None else reach.value + combined(system, exact)[1]


def at_most_per_rate(
    system: System, spans: Spans, objective: Mapping[int, Fraction], rate: int, rough: Mapping[int, float]
) -> Fraction | None:
    """Bound an expression divided by a rate from above, with rough multipliers made exact.

    The rest is worth T + w x rate at the most, so the quotient w + T / rate.

    Returns:
        A value that the quotient never exceeds; None when these multipliers show no end to it.
    """
    exact = exact_multipliers(system, spans, rough, objective, rate)
    if exact is None:
        return None
    factors, constant = combined(system, exact)
    per_rate = Fraction(0)
    others = {}
    for number, factor in _less(objective, factors).items():
        if number == rate:
            per_rate += factor
        elif system.columns[number].rate == rate:
            end = spans[number].high if factor > 0 else spans[number].low
            if end is None:
                return None
            per_rate += factor * end
        else:
            others[number] = factor
    reach = most(system, spans, others)
    if reach is None:
        return None
    fixed = reach.value + constant
    low, high = spans[rate]
    if not fixed or (fixed < 0 and high is None):
        return per_rate
    end = low if fixed > 0 else high
    return None if not end else per_rate + fixed / end


def _less(objective: Mapping[int, Fraction], factors: Mapping[int, Fraction]) -> dict[int, Fraction]:
    nothing = Fraction(0)
    return {
        column: value
        for column in dict.fromkeys((*objective, *factors))
        if (value := objective.get(column, nothing) - factors.get(column, nothing))
    }


def exact_multipliers(
    system: System,
    spans: Spans,
    rough: Mapping[int, float],
    objective: Mapping[int, Fraction],
    divisor: int | None = None,
) -> dict[int, Fraction] | None:
    """Find exact multipliers near rough ones, such that what must cancel does.

    What must cancel: a column that is open on the side that counts, and a rate without an upper bound. What
    should cancel: every column that nearly does.

    Args:
        system: the equations.
        spans: what each column leaves open.
        rough: the rough multipliers.
        objective: the factors from which the combined equation is taken; empty for a refutation, whose
            multipliers may be scaled.
        divisor: the column of the rate by which the objective is divided; then what is not times that rate
            should cancel, rather than the rate.
    """
    if not rough:
        return {}
    largest = max(rough, key=lambda row: abs(rough[row]))
    scale = 1.0 if objective else abs(rough[largest])
    guess = {row: Fraction(value / scale).limit_denominator(10**6) for row, value in rough.items()}
    required: list[Equation[int]] = []
    if not objective:
        required.append(({largest: Fraction(1)}, guess[largest]))
    near = _Cancelling(system, spans, guess, objective, divisor)
    return solve_near([*required, *near.required], near.wished, guess)


class _Cancelling:
    """The equations over multipliers that say which columns cancel.

    Attributes:
        required: where the span is open on the side that counts.
        wished: where the column nearly cancels.
    """

    def __init__(
        self,
        system: System,
        spans: Spans,
        guess: Mapping[int, Fraction],
        objective: Mapping[int, Fraction],
        divisor: int | None,
    ) -> None:
        self.required: list[Equation[int]] = []
        self.wished: list[Equation[int]] = []
        by_column: defaultdict[int, dict[int, Fraction]] = defaultdict(dict)
        constants: dict[int, Fraction] = {}
        for row in guess:
            constants[row] = -system.rows[row].constant
            for column, factor in system.rows[row].factors.items():
                by_column[column][row] = factor
        sign = -1 if objective else 1
        fixed = _Tally(constants, Fraction(0))
        per_rate: defaultdict[int, _Tally] = defaultdict(lambda: _Tally({}, Fraction(0)))
        for column in dict.fromkeys((*by_column, *objective)):
            tally = _Tally(by_column.get(column, {}), objective.get(column, Fraction(0)))
            if column in system.pairs:
                per_rate[column].add(tally, Fraction(1), guess)
                continue
            value, size = tally.at(guess)
            span = spans[column]
            end = span.high if value * sign > 0 else span.low
            rate = system.columns[column].rate
            if size and abs(value) <= _NEGLIGIBLE * size:
                (self.required if None in span else self.wished).append(tally.equation())
            elif end is None:
                self.required.append(tally.equation())
            else:
                (fixed if rate is None else per_rate[rate]).add(tally, end, guess)
        for rate, tally in per_rate.items():
            value, size = tally.at(guess)
            if rate != divisor and size and abs(value) <= _NEGLIGIBLE * size:
                (self.required if spans[rate].high is None else self.wished).append(tally.equation())
        value, size = fixed.at(guess)
        if divisor is not None and size and abs(value) <= _NEGLIGIBLE * size:
            self.required.append(fixed.equation())


class _Tally:
    """A sum of multipliers times factors, less a constant, and the size of its terms."""

    def __init__(self, factors: Mapping[int, Fraction], constant: Fraction) -> None:
        self.factors = dict(factors)
        self.constant = constant
        self.size = 0.0

    def add(self, other: "_Tally", times: Fraction, guess: Mapping[int, Fraction]) -> None:
        """Add a multiple of another sum."""
        self.size += other.at(guess)[1] * abs(float(times))
        self.constant += other.constant * times
        for row, factor in other.factors.items():
            self.factors[row] = self.factors.get(row, Fraction(0)) + factor * times

    def at(self, guess: Mapping[int, Fraction]) -> tuple[float, float]:
        """Value the sum at rough multipliers: what is left, and the size of its terms."""
        terms = [factor * guess[row] for row, factor in self.factors.items()]
        size = self.size or sum(abs(float(term)) for term in terms) + abs(float(self.constant))
        return float(sum(terms) - self.constant), size

    def equation(self) -> Equation[int]:
        """Say that the sum is nothing."""
        return self.factors, self.constant


def _touched(system: System, row: int) -> list[int]:
    """List the columns of a row, with the rates that multiply them."""
    columns = list(system.rows[row].factors)
    return columns + [rate for column in columns if (rate := system.columns[column].rate) is not None]
