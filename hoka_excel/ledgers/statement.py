"""What became of the bookings of ledgers: all there is to tell of a posting."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hoka_excel.core.bookings.ledger import PlanLine
from hoka_excel.core.bookings.posted_actuals import PostedActual
from hoka_excel.core.bookings.posting import Posting
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan


@dataclass(frozen=True, slots=True)
class Statement:
    """What there is to tell of a posting.

    Attributes:
        ledgers: where the bookings came from.
        plan: the plan they were posted to, with the actuals it had before.
        posting: where they went.
        actuals: what that comes to in the tables of the plan.
        silent: the lines that have a rule, and no bookings.
        clashes: the rules, by their numbers from 1, that can claim a booking for different lines.
        notes: what the ledgers themselves gave rise to.
    """

    ledgers: Sequence[Path]
    plan: Plan
    posting: Posting
    actuals: Sequence[PostedActual]
    silent: Sequence[PlanLine]
    clashes: Sequence[tuple[int, int]]
    notes: Sequence[Message]

    @property
    def changed(self) -> tuple[PostedActual, ...]:
        """The actuals that differ from those the plan had."""
        return tuple(actual for actual in self.actuals if self.plan.actuals.get(actual.ref) != actual.figure)
