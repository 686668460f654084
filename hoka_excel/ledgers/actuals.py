"""Actuals from ledgers: read the bookings, post them to the lines of a plan, and say what became of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from hoka_excel import limits
from hoka_excel.core.bookings.ledger import clashes
from hoka_excel.core.bookings.posted_actuals import posted_actuals
from hoka_excel.core.bookings.posting import posting
from hoka_excel.core.errors import UsageError
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan
from hoka_excel.ledgers.mapping import LedgerMapping
from hoka_excel.ledgers.reading import Ledgers
from hoka_excel.ledgers.statement import Statement
from hoka_excel.ledgers.writing import PlanFileTarget, Target, WorkbookTarget


def warnings_of(mapping: LedgerMapping) -> list[Message]:
    """Tell, before a booking is read, which rules can claim one booking for different lines."""
    return [
        Message("ledger.clash", {"first": first, "second": second})
        for first, second in clashes(mapping.rules)
    ]


def posted(paths: Sequence[Path], mapping: LedgerMapping, plan: Plan) -> Statement:
    """Post the bookings of ledgers to the lines of a plan.

    Args:
        paths: of the ledgers; each is read once.
        mapping: the rules, for lines of the plan.
        plan: with the actuals it has so far.

    Raises:
        HokaError: a ledger cannot be read; its faults are listed.
    """
    ledgers = Ledgers(paths, mapping)
    found = posting(ledgers.bookings(), mapping.rules, plan, limits.BOOKINGS.current)
    booked = {(ref.table, ref.line) for ref in found.posted}
    ruled = dict.fromkeys(rule.line for rule in mapping.rules if rule.line is not None)
    return Statement(
        paths,
        plan,
        found,
        posted_actuals(found, plan),
        [line for line in ruled if line not in booked],
        list(clashes(mapping.rules)),
        ledgers.notes,
    )


def target_of(plan: Path, workbook: Path | None, out: Path | None) -> Target:
    """Read what the actuals go into: the begroting if there is one, else the plan file.

    Raises:
        UsageError: the output has the name of another kind of file.
        HokaError: the file cannot be read; its faults are listed.
    """
    target = PlanFileTarget.at(plan) if workbook is None else WorkbookTarget.at(workbook)
    suffix = target.path.suffix
    if out is not None and out.suffix.lower() != suffix.lower():
        raise UsageError("ledger.other_kind", where=out, suffix=suffix)
    return target


def write(target: Target, statement: Statement, out: Path | None, back_up: Callable[[Path], object]) -> Path:
    """Write posted actuals to `out`, or in their own place.

    Args:
        target: what they go into.
        statement: with the actuals.
        out: where to write; None for the target's own place.
        back_up: keeps a copy of a file that is about to be replaced.

    Returns:
        Where they were written.

    Raises:
        HokaError: the file cannot be written; nothing has changed.
    """
    place = target.path if out is None else out
    if place.exists() and place.samefile(target.path):
        if not statement.changed:
            return place
        back_up(place)
    target.write(statement.actuals, place)
    return place
