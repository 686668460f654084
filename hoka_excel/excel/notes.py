"""One note per sheet, beside its master check, that tells which of its cells do not tie and why.

The colours of those cells are no macro's business: every table carries a rule that looks its figures up in
the list of checks. Every note takes a call to Excel of its own, so a sheet has one, however much is wrong.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.verdicts import Verdict

if TYPE_CHECKING:
    from xlwings import Book

NOTE_TITLE = "HoKa"
_TOLD = (Verdict.MISMATCH, Verdict.UNTESTABLE)
_LONGEST = 8_000
"""Characters of a note; the sheet Bevindingen tells everything."""


@dataclass(frozen=True, slots=True)
class Note:
    """The note of a sheet.

    Attributes:
        sheet, cell: where it hangs.
        text: what it says; "" for none.
    """

    sheet: str
    cell: str
    text: str


def wanted_notes(masters: Mapping[str, str], reconciliation: Reconciliation) -> list[Note]:
    """Write the note of every sheet with a master check, and of every other one where something is wrong.

    Args:
        masters: the cell of the master check, by sheet.
        reconciliation: what the checks found.
    """
    lines: dict[str, list[str]] = {sheet: [] for sheet in masters}
    first: dict[str, str] = {}
    for finding in reconciliation.findings:
        if finding.verdict in _TOLD:
            sheet, cell = finding.place
            lines.setdefault(sheet, []).append(f"{cell}: {finding.message.render()}")
            first.setdefault(sheet, cell)
    return [
        Note(
            sheet,
            masters.get(sheet) or first[sheet],
            "\n".join([NOTE_TITLE, *told])[:_LONGEST] if told else "",
        )
        for sheet, told in lines.items()
    ]


def texts(notes: Sequence[Note]) -> Mapping[str, str]:
    """Give the text of the note of every sheet that has one."""
    return {note.sheet: note.text for note in notes if note.text}


def exchange_notes(book: "Book", standing: list[Note], wanted: Sequence[Note]) -> None:
    """Have each sheet show the note that is wanted; a note that the controller put there stays.

    Args:
        book: the workbook.
        standing: our notes that stand; kept up to date after each step, so that a failure tells how far it
            came.
        wanted: those that are to stand. A sheet that is not among them loses its note.
    """
    there = {sheet.name for sheet in book.sheets}
    standing[:] = [note for note in standing if note.sheet in there]
    held = {note.sheet: note for note in standing}
    gone = [Note(note.sheet, note.cell, "") for note in standing if note.sheet not in texts(wanted)]
    for note in {**{note.sheet: note for note in gone}, **{note.sheet: note for note in wanted}}.values():
        old = held.get(note.sheet)
        if note.sheet not in there or note.text == (old.text if old else ""):
            continue
        with suppress(NotImplementedError):  # an older Excel behind the add-in has no notes to give
            if _put(book, note, is_ours=old is not None):
                standing[:] = [other for other in standing if other is not old] + (
                    [note] if note.text else []
                )


def _put(book: "Book", note: Note, *, is_ours: bool) -> bool:
    """Put one note, or take it away; say whether that was ours to do."""
    cell = book.sheets[note.sheet].range(note.cell).impl  # the range itself asks Excel twice each time
    found = cell.note
    if found is None:
        if note.text:
            cell.add_note(note.text)
    elif not is_ours:
        return False
    elif note.text:
        found.text = note.text
    else:
        found.delete()
    return True
