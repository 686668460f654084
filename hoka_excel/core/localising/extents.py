"""Between which bounds the true value of a cell or rate must lie, given everything else.

A bound is shown by multiples of the equations and computed exactly; None is no bound found.
"""

from collections.abc import Mapping
from fractions import Fraction

from hoka_excel.core.localising.certificates import at_most, at_most_per_rate
from hoka_excel.core.localising.constraints import Span
from hoka_excel.core.localising.solver import Outcome, Solver

_MOST_ROUNDS = 30
_FINE = 10**9


def extent(solver: Solver, loosened: Mapping[int, Span], column: int) -> Span:
    """Bound the true value of a column; of one that stands for itself times a rate, the value by itself.

    Args:
        solver: the system and what its columns leave open.
        loosened: the columns that leave open something else than usual.
        column: the column.

    Raises:
        OutOfTimeError: the deadline passed.
    """
    high = _greatest(solver, loosened, column, Fraction(1))
    low = _greatest(solver, loosened, column, Fraction(-1))
    return Span(None if low is None else -low, high)


def _greatest(solver: Solver, loosened: Mapping[int, Span], column: int, sign: Fraction) -> Fraction | None:
    spans = [loosened.get(number, span) for number, span in enumerate(solver.spans)]
    rate = solver.system.columns[column].rate
    if rate is None:
        best = solver.greatest({column: sign}, loosened)
        return None if best is None else at_most(solver.system, spans, {column: sign}, best.multipliers)
    better: Outcome | None = solver.violation(loosened)
    reached: Fraction | None = None
    for _ in range(_MOST_ROUNDS):
        if better is None:
            return None
        outcome = better
        quotient = (sign * outcome.value(column) / outcome.value(rate)).limit_denominator(_FINE)
        if reached is not None and quotient <= reached:
            break
        reached = quotient
        better = solver.greatest({column: sign, rate: -quotient}, loosened)
    return at_most_per_rate(solver.system, spans, {column: sign}, rate, outcome.multipliers)
