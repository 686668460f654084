"""What became of the bookings of ledgers, as text for a terminal."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hoka_excel import limits
from hoka_excel.core.bookings.ledger import EURO
from hoka_excel.core.bookings.posted_actuals import PostedActual
from hoka_excel.core.bookings.posting import Posting, Tally, tally_of
from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Printed
from hoka_excel.core.messages import Language, Message, number_text
from hoka_excel.core.plan import Unit
from hoka_excel.ledgers.statement import Statement

MOST_SHOWN = 50
"""How many of the groups on no line are printed, and how many repeated bookings; JSON holds all."""

_CENT = Decimal("0.01")


def print_statement(console: Console, statement: Statement, language: Language) -> None:
    """Print per line and year what was posted, what is on no line and why, and that nothing is lost."""
    posting = statement.posting
    if statement.actuals:
        console.print(_posted_table(statement.actuals, language))
    if posting.unposted:
        console.print(_heading("ledger.unposted", language))
        console.print(_unposted_table(posting, language))
    for message in _messages(statement):
        console.print(Text(message.render(language)))


def print_changes(
    console: Console, statement: Statement, file: Path, language: Language, *, written: Path | None
) -> None:
    """Print which actuals changed, and where they were written; or that nothing was, in a dry run.

    Args:
        console: where to print.
        statement: with the actuals.
        file: what holds the plan.
        language: of the text.
        written: where the actuals were written, if anywhere.
    """
    for actual in statement.changed:
        old = statement.plan.actuals.get(actual.ref)
        values = {**actual.ref._asdict(), "new": actual.figure.value}
        shown = old.value if isinstance(old, Printed) else "–"
        console.print(Text(Message("ledger.change", {**values, "old": shown}).render(language)))
    code = "ledger.would_write" if written is None else "ledger.written"
    console.print(
        Text(Message(code, {"where": written or file, "count": len(statement.changed)}).render(language))
    )


def _posted_table(actuals: Sequence[PostedActual], language: Language) -> Table:
    names = ("table", "line", "year", "bookings", "amount", "actual", "left_out")
    table = _table(names, language, ("bookings", "amount", "actual", "left_out"))
    for actual in actuals:
        figure = number_text(actual.figure.value, language)
        left_out = number_text(_with_cents(actual.difference), language, "+") if actual.difference else ""
        table.add_row(
            *(Text(str(part)) for part in actual.ref),
            str(actual.tally.bookings),
            number_text(_with_cents(actual.tally.amount), language),
            figure if actual.unit is Unit.EUR else f"{figure} {actual.unit}",
            left_out,
        )
    return table


def _unposted_table(posting: Posting, language: Language) -> Table:
    names = ("cost_centre", "project", "account", "year", "bookings", "amount", "reason")
    table = _table(names, language, ("bookings", "amount"))
    for entry in posting.unposted[:MOST_SHOWN]:
        rules = {"rules": ", ".join(map(str, entry.rules))}
        table.add_row(
            *(Text(str(code)) for code in entry.codes),
            str(entry.tally.bookings),
            number_text(_with_cents(entry.tally.amount), language),
            Text(Message(f"ledger.gap.{entry.gap}", rules).render(language)),
        )
    return table


def _table(names: Sequence[str], language: Language, numbers: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        heading = Message(f"ledger.column.{name}").render(language)
        table.add_column(heading, justify="right" if name in numbers else "left", overflow="fold")
    return table


def _heading(code: str, language: Language) -> Text:
    return Text(Message(code).render(language), "bold")


def _messages(statement: Statement) -> Iterator[Message]:
    posting = statement.posting
    unshown = posting.unposted[MOST_SHOWN:]
    if unshown:
        rest = tally_of(entry.tally for entry in unshown)
        yield Message("ledger.more_unposted", {"groups": len(unshown), **_values(rest)})
    for rule, tally in sorted(posting.aside.items()):
        yield Message("ledger.aside", {"rule": rule, **_values(tally)})
    for currency, tally in sorted(posting.foreign.items()):
        yield Message("ledger.foreign", {"currency": currency, **_values(tally)})
    for currency, tally in sorted(posting.converted.items()):
        yield Message("ledger.converted", {"currency": currency, **_values(tally)})
    yield from _repetitions(posting)
    for table, line in statement.silent:
        yield Message("ledger.silent", {"table": table, "line": line})
    yield from statement.notes
    yield _balance(posting, statement.actuals)


def _repetitions(posting: Posting) -> Iterator[Message]:
    repeated = posting.repeated
    if repeated.count:
        yield Message("ledger.repeated", {"count": repeated.count})
    for booking in repeated.examples[:MOST_SHOWN]:
        values = {
            "place": booking.place,
            "document": booking.document or "–",
            "amount": _with_cents(booking.amount),
        }
        yield Message("ledger.repeated_booking", {**values, "description": booking.description})
    if repeated.unsearched:
        values = {"count": repeated.unsearched, "variable": limits.BOOKINGS.variable}
        yield Message("ledger.unsearched", values)


def _balance(posting: Posting, actuals: Sequence[PostedActual]) -> Message:
    """Say that what was read is where it is told to be, and what rounding leaves out of the figures."""
    read = posting.read.get(EURO, Tally())
    parts = {
        "posted": tally_of(posting.posted.values()).amount,
        "aside": tally_of(posting.aside.values()).amount,
        "unposted": tally_of(entry.tally for entry in posting.unposted).amount,
        "left_out": sum((actual.difference for actual in actuals), Decimal(0)),
    }
    shown = {part: _with_cents(amount) for part, amount in parts.items()}
    return Message("ledger.balance", {**_values(read), **shown})


def _with_cents(amount: Decimal) -> Decimal:
    """Write two decimals, and more only where an amount has them."""
    short = amount.normalize(EXACT)
    finer_than_cent = int(short.as_tuple().exponent) < int(_CENT.as_tuple().exponent)
    return short if finer_than_cent else amount.quantize(_CENT, context=EXACT)


def _values(tally: Tally) -> dict[str, object]:
    return {"amount": _with_cents(tally.amount), "bookings": tally.bookings}
