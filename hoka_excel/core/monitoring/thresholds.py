"""When a deviation is large enough to be explained.

>>> both = Thresholds(percentage=Decimal(5), amount=Decimal(10_000))
>>> both.passed(Decimal(-12_000), Decimal(300_000)), both.passed(Decimal(12_000), Decimal(100_000))
(False, True)
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a deviation from the budget must pass to be signalled: both thresholds.

    "More than 5 % and more than EUR 10,000" keeps a large share of a small line from being signalled, and a
    small share of a large one. A threshold of 0 does not count: any deviation passes it. A deviation exactly
    as large as a threshold does not pass it.

    Attributes:
        percentage: of the budget of the line.
        amount: in EUR; FTE are valued at the rate worked with.
    """

    percentage: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)

    def passed(self, difference: Decimal, budget: Decimal, value: Decimal = Decimal(1)) -> bool:
        """Say whether a deviation passes both thresholds; spending without a budget passes the percentage.

        Args:
            difference: from the budget, either way.
            budget: in the same unit.
            value: of one such unit, in EUR.
        """
        size = abs(Fraction(difference))
        return size * 100 > Fraction(self.percentage) * abs(Fraction(budget)) and size * Fraction(
            value
        ) > Fraction(self.amount)
