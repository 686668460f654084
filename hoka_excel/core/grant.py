"""What is available per year: the grant, indexed since its price level, and then revised.

Wages and prices rise. The indexation of a year (loon- en prijsbijstelling) may be passed on in full or in
part; a revision (bijstelling) adds or takes an amount in the middle of the term.

>>> full, half = Indexation(2020, Decimal("2.1")), Indexation(2021, Decimal(3), passed_on=Decimal(50))
>>> changes = GrantChanges(2019, (full, half))
>>> changes.factor(2021)
Fraction(207263, 200000)
>>> changes.available(Decimal(893_217), 2021, step=Decimal(1)).amount
Decimal('925654')
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.exact import EXACT, round_half_up


@dataclass(frozen=True, slots=True)
class Indexation:
    """By how much wages and prices rose.

    Attributes:
        year: the first year that it counts in.
        percent: the rise, in percent of the year before; below zero for a fall.
        passed_on: the part of it that is passed on, in percent.
    """

    year: int
    percent: Decimal
    passed_on: Decimal = Decimal(100)

    @property
    def factor(self) -> Fraction:
        """What an amount is multiplied by."""
        return 1 + Fraction(self.percent) * Fraction(self.passed_on) / 10_000


@dataclass(frozen=True, slots=True)
class Revision:
    """An amount that was added to a year, or taken from it, after the grant.

    Attributes:
        day: when it was decided.
        reason: why, in the controller's words.
        year: whose amount it changes.
        amount: in EUR, below zero when less became available.
    """

    day: date
    reason: str
    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Available:
    """How the amount of one year came about, in EUR.

    Attributes:
        granted: as granted.
        indexation: what indexation added.
        revisions: what all revisions of the year add.
    """

    granted: Decimal
    indexation: Decimal
    revisions: Decimal

    @property
    def amount(self) -> Decimal:
        """What there is to share out."""
        return EXACT.add(EXACT.add(self.granted, self.indexation), self.revisions)


@dataclass(frozen=True, slots=True)
class GrantChanges:
    """What became of a grant after it was given.

    Attributes:
        price_level: the year whose wages and prices the grant is stated in; indexations after it count. None
            when the plan states none, and then it has no indexations.
        indexations: in the order of their years, one a year.
        revisions: as listed.
    """

    price_level: int | None = None
    indexations: tuple[Indexation, ...] = ()
    revisions: tuple[Revision, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything that a grant as given does not show."""
        return self != GrantChanges()

    def factor(self, year: int) -> Fraction:
        """Multiply the indexations after the price level, up to and including `year`."""
        factor = Fraction(1)
        for indexation in self.indexations:
            if self.price_level is not None and self.price_level < indexation.year <= year:
                factor *= indexation.factor
        return factor

    def available(self, granted: Decimal, year: int, step: Decimal) -> Available:
        """Index the grant of a year, rounded half up to `step`, and add its revisions."""
        factor = self.factor(year)
        indexed = granted if factor == 1 else round_half_up(Fraction(granted) * factor, step)
        revised = sum((entry.amount for entry in self.revisions if entry.year == year), Decimal(0))
        return Available(granted, EXACT.subtract(indexed, granted), revised)
