"""Check one total: do the parts add up to it, as far as their printed digits can tell?

>>> from hoka_excel.core.figures import Printed
>>> check_sum([Printed("109953", 1), Printed("148400", 1)], Printed("258354", 1)).verdict
<Verdict.ROUNDING: 'rounding'>
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from hoka_excel.core.exact import EXACT, exact_decimal
from hoka_excel.core.figures import Figure, Printed, Reason, Unreadable
from hoka_excel.core.intervals import Interval
from hoka_excel.core.verdicts import Judgement, Known, judge, untestable

SumCheck = Judgement
Stated = Figure | Sequence[Figure]
"""A figure, or the same figure stated more than once."""


def check_sum(
    parts: Sequence[Stated], total: Stated, weights: Sequence[int | Decimal] | None = None
) -> SumCheck:
    """Judge whether the weighted parts add up to the total.

    Args:
        parts: the figures that make the total. A part may be a list: the same figure stated more than once;
            consistent statements narrow each other.
        total: the stated total, or a list of its statements.
        weights: one per part, in order; 1 each when left out, -1 for a deduction.

    Returns:
        The judgement; `difference` is stated minus recomputed, in the unit of the figures.

    Raises:
        ValueError: `weights` and `parts` differ in length.

    Source:
        XBRL Calculations 1.1, mode "round".
    """
    factors = [Decimal(1)] * len(parts) if weights is None else [exact_decimal(weight) for weight in weights]
    known = merge_all(total, *parts)
    if isinstance(known, Reason):
        return untestable(known)
    stated, *terms = known
    expected = Decimal(0)
    given = Interval(Fraction(0), Fraction(0))
    for term, factor in zip(terms, factors, strict=True):
        expected = EXACT.add(expected, EXACT.multiply(factor, term.figure.value))
        given += term.interval.scaled(Fraction(factor))
    finest = min((term.figure.unit for term in terms), default=Decimal(0))
    return judge(stated, expected, given, finest)


def merge_all(*stated: Stated) -> list[Known] | Reason:
    """Merge the statements of each figure; the reason of the first one that cannot be used, if any."""
    known = []
    for statements in stated:
        merged = merge(statements)
        if isinstance(merged, Reason):
            return merged
        known.append(merged)
    return known


def merge(stated: Stated) -> Known | Reason:
    """Reduce the statements of one figure to the finest of them and the true values all leave open.

    Returns:
        The statement with the finest resolution and the common interval; or the reason why the figure
        cannot be used: it is unreadable, has digits beyond its resolution, or its statements contradict
        each other.
    """
    statements = [stated] if isinstance(stated, Printed | Unreadable) else list(stated)
    if not statements:
        return Reason.MISSING
    figures: list[Printed] = []
    for statement in statements:
        if isinstance(statement, Unreadable):
            return statement.reason
        if statement.has_excess_digits:
            return Reason.EXCESS_DIGITS
        figures.append(statement)
    common = reduce(Interval.within, (figure.interval for figure in figures))
    if common.is_empty:
        return Reason.CONTRADICTION
    return Known(min(figures, key=lambda figure: figure.unit), common)
