"""Infer a rate or share that the source does not state from the figures that were made with it.

>>> simplest(Interval(Fraction("84272.21"), Fraction("84272.63")))
Decimal('84272.4')
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.intervals import Interval

_MOST_DECIMALS = 12


def deepest(intervals: Sequence[Interval]) -> Interval | None:
    """Find where most of `intervals` overlap; of equals the lowest. None where there are none.

    Figures that contradict the others then do not spoil what the others agree on.
    """
    found: Interval | None = None
    depth = 0
    for low in sorted(interval.low for interval in intervals):
        over = [interval for interval in intervals if low in interval]
        if len(over) > depth:
            found, depth = Interval(low, min(interval.high for interval in over)), len(over)
    return found


def simplest(interval: Interval) -> Decimal:
    """Choose the number with the fewest decimals in `interval`, of those the one nearest to its middle."""
    middle = (interval.low + interval.high) / 2
    for decimals in range(_MOST_DECIMALS):
        value = round_half_up(middle, Decimal(1).scaleb(-decimals))
        if Fraction(value) in interval:
            return value
    return round_half_up(middle, Decimal(1).scaleb(-_MOST_DECIMALS))


def inferred_rate(pairs: Sequence[tuple[Figure, Figure]], printed: Interval) -> Decimal | None:
    """Infer the rate from pairs of the same amount in EUR and in FTE.

    Args:
        pairs: figures in EUR and in FTE; what cannot be read, or an FTE that may be zero, says nothing.
        printed: the rates that the printed rate leaves open.

    Returns:
        The simplest rate that fits most pairs and the printed rate; None where no pair says anything.
    """
    found = [
        euro.interval.divided(fte.interval).within(printed)
        for euro, fte in pairs
        if isinstance(euro, Printed) and isinstance(fte, Printed) and fte.interval.low > 0
    ]
    agreed = deepest([interval for interval in found if not interval.is_empty])
    return None if agreed is None else simplest(agreed)


def inferred_share(shares: Sequence[Interval]) -> Printed:
    """Infer a share from what each year leaves open of it, in as many decimals as the years bear out.

    Where the years contradict each other, the share is given so coarsely that it fits every year; where
    nothing does, it fits most of them.

    Args:
        shares: at least one interval, one per year.
    """
    agreed = deepest(shares)
    assert agreed is not None
    value = simplest(agreed)
    unit = Decimal(1).scaleb(int(value.as_tuple().exponent))
    if all(agreed.meets(share) and Fraction(value) in share for share in shares):
        return Printed(value, unit)
    middle = (agreed.low + agreed.high) / 2
    for decimals in range(_MOST_DECIMALS, 0, -1):
        unit = Decimal(1).scaleb(-decimals)
        for step in (0, -1, 1):
            coarse = EXACT.add(round_half_up(middle, unit), EXACT.multiply(Decimal(step), unit))
            if all(Printed(coarse, unit).interval.meets(share) for share in shares):
                return Printed(coarse, unit)
    return Printed(value, Decimal(1).scaleb(int(value.as_tuple().exponent)))
