"""Can one share per line, the same every year, explain a row of figures? Decided exactly, with the proof.

A line that is shared out pro rata satisfies (amount - top) x share + own = figure x rate in every year, with
one unknown share, not below zero, and one unknown rate. Each year bounds the share from below and above, in
terms of the rate; two bounds that cross leave rates on one side only. No rate is left when one pair of bounds
excludes every rate, or two pairs exclude each other's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from hoka_excel.core.intervals import Interval


class Year(NamedTuple):
    """What is known of one year: the amount that is shared out in EUR, and the line's figure."""

    year: int
    amount: Interval
    figure: Interval


class Bound(NamedTuple):
    """A bound that a year sets on the share: slope x rate + constant."""

    year: int
    slope: Fraction
    constant: Fraction

    def at(self, rate: Fraction) -> Fraction:
        """The bound at one rate."""
        return self.slope * rate + self.constant


@dataclass(frozen=True, slots=True)
class Clash:
    """Two bounds on the share that exclude each other, at every rate that was open or beyond `rate`.

    Attributes:
        low: the year that asks for the higher share.
        high: the year that allows only the lower.
        rates: the rates at which both can hold; may be empty.
    """

    low: Bound
    high: Bound
    rates: Interval

    def nearest_rate(self, rates: Interval) -> Fraction:
        """The rate of `rates` at which the two bounds come nearest to each other."""
        gap = self.low.slope - self.high.slope
        return rates.high if gap < 0 else rates.low


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether one share explains all years.

    Attributes:
        rates: the rates that are left; empty when none.
        clashes: when none is left, the one or two pairs of bounds that prove it; else nothing.
    """

    rates: Interval
    clashes: tuple[Clash, ...]

    @property
    def fits(self) -> bool:
        """Whether some share and rate explain all years."""
        return not self.clashes


def explain(years: Sequence[Year], rates: Interval, *, top: Fraction, own: Fraction) -> Outcome:
    """Decide whether one share explains the figures of a line.

    Args:
        years: what is known, by year; every amount lies above `top`.
        rates: the rates that are open, in EUR per unit of the figures; above zero.
        top: the fixed amounts in EUR that are taken off first.
        own: the fixed amount in EUR that this line gets on top of its share.

    Returns:
        The rates that are left, or the proof that none is. A single pair of bounds is preferred as proof, the
        one that is furthest apart.
    """
    lows = [_bound(y.year, y.figure.low, y.amount.high - top, own) for y in years]
    highs = [_bound(y.year, y.figure.high, y.amount.low - top, own) for y in years]
    clashes = [Clash(low, high, _common(low, high, rates)) for low in lows for high in highs]
    alone = [clash for clash in clashes if clash.rates.is_empty]
    if alone:
        return Outcome(Interval(Fraction(1), Fraction(0)), (max(alone, key=lambda c: _gap(c, rates)),))
    least = max(clashes, key=lambda clash: clash.rates.low)
    most = min(clashes, key=lambda clash: clash.rates.high)
    left = least.rates.within(most.rates)
    return Outcome(left, (least, most) if left.is_empty else ())


def _bound(year: int, figure: Fraction, base: Fraction, own: Fraction) -> Bound:
    return Bound(year, figure / base, -own / base)


def _common(low: Bound, high: Bound, rates: Interval) -> Interval:
    """The rates at which `low` does not lie above `high`."""
    slope, room = low.slope - high.slope, high.constant - low.constant
    if slope == 0:
        return rates if room >= 0 else Interval(Fraction(1), Fraction(0))
    edge = room / slope
    return rates.within(Interval(rates.low, edge) if slope > 0 else Interval(edge, rates.high))


def _gap(clash: Clash, rates: Interval) -> Fraction:
    rate = clash.nearest_rate(rates)
    return clash.low.at(rate) - clash.high.at(rate)
