"""The verdict on one relation between figures, and the one rule that decides it.

A relation ties when some true values, each within half a printed unit of its figure, satisfy it: the
interval of what the other figures give overlaps the interval of the stated one (XBRL Calculations 1.1,
mode "round": closed intervals).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Printed, Reason
from hoka_excel.core.intervals import Interval


class Verdict(StrEnum):
    """What a check found; the catalogue holds the words a controller reads."""

    EXACT = "exact"
    ROUNDING = "rounding"
    DOUBLE_ROUNDING = "double_rounding"
    MISMATCH = "mismatch"
    UNTESTABLE = "untestable"
    EXPLAINED = "explained"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one relation, with the figures it rests on.

    Attributes:
        verdict: exact, rounding, double_rounding, mismatch or untestable.
        stated: the figure that is checked; None when untestable.
        expected: what the other figures give; None when untestable.
        difference: stated - expected; None when untestable.
        tolerance: the largest difference, in the direction of `difference`, that rounding explains; None
            when untestable.
        bounds: the stated figures that rounding would explain; None when untestable.
        slack: how far outside the bounds a figure may lie that was rounded twice.
        reason: why the check is untestable; None otherwise.
    """

    verdict: Verdict
    stated: Decimal | None = None
    expected: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    bounds: Interval | None = None
    slack: Fraction = Fraction(0)
    reason: Reason | None = None


def untestable(reason: Reason) -> Judgement:
    """Say that a check cannot be made, and why."""
    return Judgement(Verdict.UNTESTABLE, reason=reason)


class Known(NamedTuple):
    """A figure and the true values that all statements of it leave open."""

    figure: Printed
    interval: Interval


def judge(stated: Known, expected: Decimal, given: Interval, finest: Decimal) -> Judgement:
    """Decide whether a stated figure and what others give can both be true.

    Args:
        stated: the figure that is checked.
        expected: the single value the other figures give when each is taken at face value.
        given: the interval they give.
        finest: the finest resolution among those figures; 0 when one of them is exact.
    """
    figure, known = stated
    value = Fraction(figure.value)
    bounds = Interval(given.low - (known.high - value), given.high + (value - known.low))
    slack = double_rounding_slack(figure.unit, finest)
    difference = EXACT.subtract(figure.value, expected)
    if difference == 0:
        verdict = Verdict.EXACT
    elif value in bounds:
        verdict = Verdict.ROUNDING
    elif value in bounds.widened(slack):
        verdict = Verdict.DOUBLE_ROUNDING
    else:
        verdict = Verdict.MISMATCH
    room = bounds.high - Fraction(expected) if difference >= 0 else Fraction(expected) - bounds.low
    tolerance = cut(room, figure.unit / 100)
    return Judgement(verdict, figure.value, expected, difference, tolerance, bounds, slack)


def double_rounding_slack(unit: Decimal, finest: Decimal) -> Fraction:
    """Say how much further from the truth a figure may lie that was rounded twice.

    2.249 rounded to 2.25 and then to 2.3 lies half a unit (0.05) plus half a tenth of a unit (0.005) off at
    most. There is no step in between when the other figures are no finer than a tenth of the unit.

    Args:
        unit: the resolution of the stated figure.
        finest: the finest resolution among the figures it was made from.
    """
    between = Fraction(unit) / 10
    return between / 2 if Fraction(finest) <= between else Fraction(0)


def cut(number: Fraction, step: Decimal = Decimal(0)) -> Decimal:
    """Write a number as a decimal, cut (never raised) to a multiple of `step`, or to twelve places."""
    step = step or Decimal("1e-12")
    multiple = (number / Fraction(step)).__floor__()
    return EXACT.multiply(Decimal(multiple), step).normalize(EXACT) + Decimal(0)
