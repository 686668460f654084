"""Bookings of a ledger, and the rules that say to which line of a plan each of them belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from hoka_excel.core.bookings.code_patterns import ANY, Pattern, meet, takes

EURO = "EUR"
"""The currency that a plan counts in."""


class Booking(NamedTuple):
    """One line of a ledger.

    Attributes:
        year: the financial year it belongs to.
        day: when it was booked; None where the ledger tells only the year.
        cost_centre, project, account: its codes, "" where it has none.
        amount: what was spent, above zero; a credit note is below zero.
        currency: of the amount, by its code.
        converted_from: the currency that the ledger itself converted the amount from, "" when it did not.
        document: the number of the document.
        description: in the ledger's words.
        place: where it stands in the ledger.
    """

    year: int
    day: date | None
    cost_centre: str
    project: str
    account: str
    amount: Decimal
    currency: str
    converted_from: str
    document: str
    description: str
    place: str


class PlanLine(NamedTuple):
    """A line of a table of the plan."""

    table: str
    line: str


@dataclass(frozen=True, slots=True)
class LedgerRule:
    """Which bookings belong to a line: those with the cost centre, the project and the account it asks for.

    Attributes:
        line: where their amounts go; None for bookings that have nothing to do with the plan.
    """

    line: PlanLine | None
    cost_centre: Pattern = ANY
    project: Pattern = ANY
    account: Pattern = ANY

    @property
    def patterns(self) -> tuple[Pattern, Pattern, Pattern]:
        """What it asks for, in the order in which a booking tells its codes."""
        return self.cost_centre, self.project, self.account

    def clashes(self, other: "LedgerRule") -> bool:
        """Say whether a booking could fall under both rules and belong to two lines."""
        return self.line != other.line and all(map(meet, self.patterns, other.patterns))


def clashes(rules: Sequence[LedgerRule]) -> Iterator[tuple[int, int]]:
    """Find the rules, by their numbers from 1, that can claim one booking for different lines."""
    for (first, rule), (second, other) in combinations(enumerate(rules, 1), 2):
        if rule.clashes(other):
            yield first, second


class Claims:
    """Finds the rules that a booking falls under. Each code is held against the patterns once."""

    def __init__(self, rules: Sequence[LedgerRule]) -> None:
        self._patterns = list(zip(*(rule.patterns for rule in rules), strict=True))
        self._known: list[dict[str, int]] = [{} for _ in self._patterns]

    def on(self, *codes: str) -> list[int]:
        """Give the numbers, from 1, of the rules that take a cost centre, a project and an account."""
        taking = -1 if self._patterns else 0
        for known, patterns, code in zip(self._known, self._patterns, codes, strict=False):
            if code not in known:
                known[code] = sum(
                    1 << place for place, pattern in enumerate(patterns) if takes(pattern, code)
                )
            taking &= known[code]
        return [place + 1 for place in range(taking.bit_length()) if taking >> place & 1]
