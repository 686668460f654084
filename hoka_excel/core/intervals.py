"""Closed intervals of exact rationals: what is known of a figure that was rounded.

>>> Interval(Fraction(1), Fraction(2)) + Interval(Fraction(-1), Fraction(0))
Interval(low=Fraction(0, 1), high=Fraction(2, 1))
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Self


@dataclass(frozen=True, slots=True)
class Interval:
    """All rationals from `low` to `high`, both included; empty when `low` > `high`."""

    low: Fraction
    high: Fraction

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in the interval."""
        return self.low > self.high

    def __add__(self, other: Self) -> "Interval":
        """All sums of a number of each."""
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Self) -> "Interval":
        """All differences of a number of each."""
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Self) -> "Interval":
        """All products of a number of each."""
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def scaled(self, factor: Fraction) -> "Interval":
        """All numbers of this interval times `factor`."""
        return Interval(
            min(self.low * factor, self.high * factor), max(self.low * factor, self.high * factor)
        )

    def divided(self, other: "Interval") -> "Interval":
        """All quotients of a number of each; `other` lies wholly above zero."""
        return self * Interval(1 / other.high, 1 / other.low)

    def shifted(self, by: Fraction) -> "Interval":
        """All numbers of this interval plus `by`."""
        return Interval(self.low + by, self.high + by)

    def widened(self, by: Fraction) -> "Interval":
        """The interval with `by` added at both ends."""
        return Interval(self.low - by, self.high + by)

    def __contains__(self, number: Fraction) -> bool:
        """Whether `number` lies in the interval; its ends do."""
        return self.low <= number <= self.high

    def meets(self, other: "Interval") -> bool:
        """Whether the two share a number; touching ends do."""
        return self.low <= other.high and other.low <= self.high

    def within(self, other: "Interval") -> "Interval":
        """The numbers that lie in both."""
        return Interval(max(self.low, other.low), min(self.high, other.high))
