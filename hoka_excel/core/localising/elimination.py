"""Solve linear equations exactly, near a rough solution.

A solver in floating point finds which solution is wanted; here it becomes an exact one. Unknowns that the
equations leave open take their rough value, the others follow.

>>> solution = solve_near([({"x": Fraction(3), "y": Fraction(1)}, Fraction(2))], [], {"y": Fraction(1, 2)})
>>> {name: str(value) for name, value in solution.items()}
{'y': '1/2', 'x': '1/2'}
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Unknown = TypeVar("Unknown", bound=Hashable)
Equation = tuple[Mapping[Unknown, Fraction], Fraction]
"""The factors of the unknowns, and what they add up to."""


def solve_near(
    required: Sequence[Equation[Unknown]],
    wished: Sequence[Equation[Unknown]],
    guess: Mapping[Unknown, Fraction],
) -> dict[Unknown, Fraction] | None:
    """Solve the required equations, and as many of the wished ones as go with them, in their order.

    Args:
        required: equations that must hold.
        wished: equations that hold at the rough solution, as far as it can tell.
        guess: the rough value of each unknown; 0 where there is none.

    Returns:
        A value for every unknown; None when the required equations contradict each other.
    """
    counts = Counter(unknown for factors, _ in (*required, *wished) for unknown in factors)
    solved: dict[Unknown, Equation[Unknown]] = {}
    for factors, constant in sorted(required, key=lambda equation: len(equation[0])):
        left, rest = _reduced(factors, constant, solved)
        if left:
            _add(left, rest, solved, counts)
        elif rest:
            return None
    for factors, constant in wished:
        left, rest = _reduced(factors, constant, solved)
        if left:
            _add(left, rest, solved, counts)
    free = dict.fromkeys((*guess, *counts))
    values = {unknown: guess.get(unknown, Fraction(0)) for unknown in free if unknown not in solved}
    for unknown in reversed(solved):
        factors, constant = solved[unknown]
        values[unknown] = constant - sum(factor * values[other] for other, factor in factors.items())
    return values


def _reduced(
    factors: Mapping[Unknown, Fraction], constant: Fraction, solved: Mapping[Unknown, Equation[Unknown]]
) -> tuple[dict[Unknown, Fraction], Fraction]:
    """Put what is solved into an equation."""
    left = {unknown: factor for unknown, factor in factors.items() if factor}
    pending = [unknown for unknown in left if unknown in solved]
    while pending:
        unknown = pending.pop()
        factor = left.pop(unknown, None)
        if factor is None:
            continue
        others, value = solved[unknown]
        constant -= factor * value
        for other, share in others.items():
            total = left.get(other, 0) - factor * share
            if total:
                left[other] = total
                if other in solved:
                    pending.append(other)
            else:
                left.pop(other, None)
    return left, constant


def _add(
    left: dict[Unknown, Fraction],
    rest: Fraction,
    solved: dict[Unknown, Equation[Unknown]],
    counts: Mapping[Unknown, int],
) -> None:
    """Solve an equation for the unknown that occurs least, so that others stay short."""
    unknown = min(left, key=counts.__getitem__)
    factor = left.pop(unknown)
    solved[unknown] = ({other: share / factor for other, share in left.items()}, rest / factor)
