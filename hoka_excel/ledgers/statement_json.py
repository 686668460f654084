"""What became of the bookings of ledgers, as JSON for scripts; amounts are decimal strings."""

import json
from pathlib import Path

from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.bookings.posted_actuals import PostedActual
from hoka_excel.core.bookings.posting import Tally
from hoka_excel.core.messages import Language
from hoka_excel.ledgers.statement import Statement

SCHEMA = 1


def statement_json(statement: Statement, language: Language, written: Path | None) -> str:
    """Write all of it.

    Args:
        statement: what to tell.
        language: of the notes.
        written: where the actuals were written, if anywhere.
    """
    posting, repeated = statement.posting, statement.posting.repeated
    changed = {actual.ref for actual in statement.changed}
    whole = {
        "schema": SCHEMA,
        "ledgers": [str(path) for path in statement.ledgers],
        "complete": posting.is_complete,
        "read": {currency: _plain(tally) for currency, tally in posting.read.items()},
        "posted": [_actual(actual) | {"changed": actual.ref in changed} for actual in statement.actuals],
        "aside": [{"rule": rule, **_plain(tally)} for rule, tally in sorted(posting.aside.items())],
        "unposted": [
            {**entry.codes._asdict(), "reason": entry.gap, "rules": entry.rules, **_plain(entry.tally)}
            for entry in posting.unposted
        ],
        "foreign": {currency: _plain(tally) for currency, tally in posting.foreign.items()},
        "converted": {currency: _plain(tally) for currency, tally in posting.converted.items()},
        "repeated": {
            "count": repeated.count,
            "unsearched": repeated.unsearched,
            "examples": [_booking(booking) for booking in repeated.examples],
        },
        "silent": [line._asdict() for line in statement.silent],
        "clashes": [list(pair) for pair in statement.clashes],
        "notes": [note.render(language) for note in statement.notes],
        "written": None if written is None else str(written),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _actual(actual: PostedActual) -> dict[str, object]:
    return {
        **actual.ref._asdict(),
        **_plain(actual.tally),
        "actual": f"{actual.figure.value:f}",
        "unit": actual.unit,
        "left_out": f"{actual.difference:f}",
    }


def _plain(tally: Tally) -> dict[str, object]:
    return {"amount": f"{tally.amount:f}", "bookings": tally.bookings}


def _booking(booking: Booking) -> dict[str, object]:
    shown = {"day": None if booking.day is None else booking.day.isoformat(), "amount": f"{booking.amount:f}"}
    return {**booking._asdict(), **shown}
