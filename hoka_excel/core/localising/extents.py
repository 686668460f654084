"""Between which bounds the true value of a cell or rate must lie, given everything else.

A bound is shown by multiples of the equations and computed exactly; None is no bound found. Where equations
nearby give a bound, it counts when exact true values of the whole system reach it; otherwise all equations
together give one.
"""

from fractions import Fraction

from hoka_excel.core.localising.certificates import at_most, at_most_per_rate
from hoka_excel.core.localising.constraints import Span
from hoka_excel.core.localising.solver import Outcome, Solver
from hoka_excel.core.localising.trials import Trials
from hoka_excel.core.localising.witnesses import witness

_MOST_ROUNDS = 30
_FINE = 10**9
_SIGNS = (Fraction(-1), Fraction(1))


def extent(trials: Trials, chosen: frozenset[int], column: int) -> Span:
    """Bound the true value of a column; of one that stands for itself times a rate, the value by itself.

    Args:
        trials: the system and what its columns leave open.
        chosen: the columns that are loosened.
        column: the column.

    Raises:
        OutOfTimeError: the deadline passed.
    """
    found = _nearby(trials, chosen, column)
    low, high = (found[sign] if sign in found else _greatest(trials, chosen, column, sign) for sign in _SIGNS)
    return Span(None if low is None else -low, high)


def _nearby(trials: Trials, chosen: frozenset[int], column: int) -> dict[Fraction, Fraction]:
    """Find the most that a column times each sign can be, where equations around it are enough to tell."""
    found: dict[Fraction, Fraction] = {}
    point = trials.point(chosen)
    if point is None:
        return found
    spans = trials.spans_with(chosen)
    for near in trials.surroundings.around({column}):
        own, place = near.spans(spans, point), near.columns.index(column)
        solver = Solver(near.part, own, trials.deadline)
        for sign in (sign for sign in _SIGNS if sign not in found):
            best = solver.greatest({place: sign}, {})
            if best is None:
                return found
            bound = at_most(trials.system, spans, {column: sign}, near.multipliers(best.multipliers))
            values = witness(near.part, own, best)
            if bound is not None and values is not None and sign * values[place] == bound:
                found[sign] = bound
        if len(found) == len(_SIGNS):
            break
    return found


def _greatest(trials: Trials, chosen: frozenset[int], column: int, sign: Fraction) -> Fraction | None:
    system, solver = trials.system, trials.solver
    loosened, spans = trials.loosened(chosen), trials.spans_with(chosen)
    rate = system.columns[column].rate
    if rate is None:
        best = solver.greatest({column: sign}, loosened)
        return None if best is None else at_most(system, spans, {column: sign}, best.multipliers)
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
    return at_most_per_rate(system, spans, {column: sign}, rate, outcome.multipliers)
