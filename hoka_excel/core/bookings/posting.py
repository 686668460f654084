"""Post the bookings of a ledger to the lines of a plan, so that no cent is lost.

Every booking ends in one place: on a line, under a rule that sets it aside, among the amounts that are not
posted and why, or, in another currency, among the amounts per currency. What was read is added up apart from
that, and a posting in which the two differ cannot be made.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from hoka_excel.core.bookings.ledger import EURO, Booking, Claims, LedgerRule, PlanLine
from hoka_excel.core.bookings.repeated_bookings import RepeatedBookings
from hoka_excel.core.errors import LedgerError
from hoka_excel.core.exact import EXACT
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan, Ref


class Tally(NamedTuple):
    """An amount and the number of bookings that make it."""

    amount: Decimal = Decimal(0)
    bookings: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Add two tallies, to the last digit."""
        return Tally(EXACT.add(self.amount, other.amount), self.bookings + other.bookings)


class Codes(NamedTuple):
    """What bookings that are told together have in common."""

    cost_centre: str
    project: str
    account: str
    year: int


class Gap(StrEnum):
    """Why an amount is on no line."""

    NO_RULE = "no_rule"
    TWO_LINES = "two_lines"
    OTHER_YEAR = "other_year"


class Unposted(NamedTuple):
    """Bookings that are on no line.

    Attributes:
        codes: what they have in common.
        gap: why they are on no line.
        rules: the numbers from 1 of the rules that claim them for different lines; else empty.
        tally: how much and how many.
    """

    codes: Codes
    gap: Gap
    rules: tuple[int, ...]
    tally: Tally


@dataclass(frozen=True, slots=True)
class Posting:
    """Where the bookings of a ledger went; amounts in EUR unless said otherwise.

    Attributes:
        read: all that was read, per currency, in that currency.
        posted: what belongs to each figure of the plan.
        aside: what each rule, by its number from 1, keeps out of the plan.
        unposted: what is on no line, the largest amounts first.
        foreign: what was booked in other currencies, per currency, in that currency; it is on no line.
        converted: the part of what was read in EUR that the ledger itself converted, per original currency.
        repeated: bookings that occur more than once; they count each time.
    """

    read: Mapping[str, Tally]
    posted: Mapping[Ref, Tally]
    aside: Mapping[int, Tally]
    unposted: tuple[Unposted, ...]
    foreign: Mapping[str, Tally]
    converted: Mapping[str, Tally]
    repeated: RepeatedBookings

    def __post_init__(self) -> None:
        """Hold what was read against where it went.

        Raises:
            LedgerError: a cent or a booking was lost or counted twice.
        """
        went = {EURO: self.total, **self.foreign}
        for currency in {**self.read, **went}:
            read, told = self.read.get(currency, Tally()), went.get(currency, Tally())
            if read != told:
                raise LedgerError("ledger.unbalanced", currency=currency, read=read.amount, told=told.amount)

    @property
    def total(self) -> Tally:
        """All EUR, on lines or not."""
        return tally_of(
            [*self.posted.values(), *self.aside.values(), *(entry.tally for entry in self.unposted)]
        )

    @property
    def is_complete(self) -> bool:
        """Whether every booking is on a line or set aside by a rule."""
        return not self.unposted and not self.foreign


def tally_of(tallies: Iterable[Tally]) -> Tally:
    """Add up any number of tallies."""
    total = Tally()
    for tally in tallies:
        total = total.plus(tally)
    return total


def posting(
    bookings: Iterable[Booking], rules: Sequence[LedgerRule], plan: Plan, most_known: int | None = None
) -> Posting:
    """Post bookings to the lines of a plan.

    Memory grows with the number of different codes, not with the number of bookings.

    Args:
        bookings: in any order; they are read once.
        rules: whose lines are lines of the plan. Bookings that rules claim for different lines go to none.
        plan: tells the years.
        most_known: how many bookings are remembered, to find those that occur again; None for all.

    Raises:
        LedgerError: a rule is for a line that no theme of the plan has.
        HokaError: whatever reading the bookings raises.
    """
    _refuse_unknown_lines(rules, plan)
    repeated = RepeatedBookings()
    claims = Claims(rules)
    groups, read = _added_up(repeated.watching(bookings, most_known))
    posted: defaultdict[Ref, Tally] = defaultdict(Tally)
    aside: defaultdict[int, Tally] = defaultdict(Tally)
    foreign: defaultdict[str, Tally] = defaultdict(Tally)
    converted: defaultdict[str, Tally] = defaultdict(Tally)
    unposted: defaultdict[tuple[Codes, Gap, tuple[int, ...]], Tally] = defaultdict(Tally)
    for (codes, currency, converted_from), tally in groups.items():
        if currency != EURO:
            foreign[currency] = foreign[currency].plus(tally)
            continue
        if converted_from:
            converted[converted_from] = converted[converted_from].plus(tally)
        numbers = claims.on(codes.cost_centre, codes.project, codes.account)
        match _destination(codes, numbers, rules, plan):
            case Ref() as ref:
                posted[ref] = posted[ref].plus(tally)
            case int(rule):
                aside[rule] = aside[rule].plus(tally)
            case gap, claiming:
                subject = (codes, gap, claiming)
                unposted[subject] = unposted[subject].plus(tally)
    entries = [Unposted(*subject, tally) for subject, tally in unposted.items()]
    entries.sort(key=lambda entry: (-abs(entry.tally.amount), entry.codes))
    return Posting(read, dict(posted), dict(aside), tuple(entries), dict(foreign), dict(converted), repeated)


def _refuse_unknown_lines(rules: Sequence[LedgerRule], plan: Plan) -> None:
    """Refuse rules for lines that no theme of the plan has.

    Raises:
        LedgerError: each such rule, by its number from 1.
    """
    known = {PlanLine(theme.table.name, line.label) for theme in plan.themes for line in theme.table.lines}
    faults = [
        Message("ledger.unknown_line", {"rule": number, **rule.line._asdict()})
        for number, rule in enumerate(rules, 1)
        if rule.line is not None and rule.line not in known
    ]
    if faults:
        raise LedgerError.of(faults)


class _Group(NamedTuple):
    """What decides where a booking goes."""

    codes: Codes
    currency: str
    converted_from: str


@dataclass(slots=True)
class _Sum:
    """A tally while it grows."""

    amount: Decimal = Decimal(0)
    bookings: int = 0


def _added_up(bookings: Iterable[Booking]) -> tuple[dict[_Group, Tally], dict[str, Tally]]:
    """Add bookings up by what decides where they go and, apart from that, by currency."""
    sums: defaultdict[tuple[str, str, str, int, str, str], _Sum] = defaultdict(_Sum)
    totals: defaultdict[str, _Sum] = defaultdict(_Sum)
    add = EXACT.add
    for year, _, cost_centre, project, account, amount, currency, converted_from, *_ in bookings:
        for grown in sums[cost_centre, project, account, year, currency, converted_from], totals[currency]:
            grown.amount = add(grown.amount, amount)
            grown.bookings += 1
    groups = {
        _Group(Codes(cost_centre, project, account, year), *rest): Tally(grown.amount, grown.bookings)
        for (cost_centre, project, account, year, *rest), grown in sums.items()
    }
    return groups, {currency: Tally(total.amount, total.bookings) for currency, total in totals.items()}


def _destination(
    codes: Codes, numbers: Sequence[int], rules: Sequence[LedgerRule], plan: Plan
) -> Ref | int | tuple[Gap, tuple[int, ...]]:
    """Say where bookings go: to a figure, to the rule that sets them aside, or why nowhere.

    Args:
        codes: of the bookings.
        numbers: of the rules that they fall under, from 1.
        rules: all of them.
        plan: tells the years.
    """
    lines = {rules[number - 1].line for number in numbers}
    if lines == {None}:
        return numbers[0]
    if codes.year not in plan.years:
        return Gap.OTHER_YEAR, ()
    match list(lines):
        case []:
            return Gap.NO_RULE, ()
        case [PlanLine(table, line)]:
            return Ref(table, line, codes.year)
        case _:
            return Gap.TWO_LINES, tuple(numbers)
