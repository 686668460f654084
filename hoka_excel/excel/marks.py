"""Coloured cells with a note, where something does not tie; the next run takes them away again."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.excel.memory import Colour, Mark
from hoka_excel.workbook.styles import VERDICT_COLOURS

if TYPE_CHECKING:
    from xlwings import Book, Note, Range, Sheet

NOTE_TITLE = "HoKa"
_MARKED = (Verdict.MISMATCH, Verdict.UNTESTABLE)
_FILL = VERDICT_COLOURS["verschil"][1]
_LONGEST_ADDRESS = 250
"""Excel takes a list of cells of at most 255 characters."""
_BLACK = (0, 0, 0)


def wanted_marks(reconciliation: Reconciliation, fills: Mapping[tuple[str, str], str | None]) -> list[Mark]:
    """List the cells to mark, each with the findings about it.

    Args:
        reconciliation: what was found.
        fills: the colour that the style of each cell has, by sheet and cell.
    """
    texts: dict[tuple[str, str], list[str]] = {}
    for finding in reconciliation.findings:
        if finding.verdict in _MARKED:
            texts.setdefault((finding.place.sheet, finding.place.cell), []).append(finding.message.render())
    return [
        Mark(*place, _rgb(fill) if (fill := fills.get(place)) else None, "\n".join([NOTE_TITLE, *lines]))
        for place, lines in texts.items()
    ]


def exchange_marks(book: "Book", standing: list[Mark], wanted: Sequence[Mark]) -> None:
    """Take away the marks that stand and are not wanted, and put those that are; the others stay.

    A cell gets its former colour back, also where it has moved since: its note moved along. A cell with a
    note of its own keeps it.

    Args:
        book: the workbook.
        standing: the marks that stand; kept up to date before each step, so that a failure tells how far it
            came.
        wanted: the marks that are to stand.
    """
    there = {sheet.name for sheet in book.sheets}
    standing[:] = [mark for mark in standing if mark.sheet in there]
    for name in sorted({mark.sheet for mark in (*standing, *wanted)}):
        sheet = book.sheets[name]
        notes = _notes(sheet)
        here = [mark for mark in standing if mark.sheet == name]
        found = {mark: _found(mark, notes) for mark in here}
        asked = [mark for mark in wanted if mark.sheet == name]
        new = [mark for mark in asked if not _stands(mark, found.values())]
        gone = {mark: at for mark, at in found.items() if not _stands(at, asked)}
        for fill, alike in groupby(sorted(gone.values(), key=_by_fill), key=lambda mark: mark.fill):
            for together in _together(book, sheet, [mark.cell for mark in alike]):
                together.color = fill
        for mark, at in gone.items():
            standing.remove(mark)
            if at.text:
                notes.pop(at.cell)[0].delete()
        if new:
            _put(book, sheet, new, set(notes), standing)


def _put(book: "Book", sheet: "Sheet", new: Sequence[Mark], noted: set[str], standing: list[Mark]) -> None:
    fills = _fills(book, sheet, new)
    put = [
        replace(mark, fill=fill, text="" if mark.cell in noted else mark.text)
        for mark, fill in zip(new, fills, strict=True)
    ]
    standing += put
    for together in _together(book, sheet, [mark.cell for mark in put]):
        together.color = _rgb(_FILL)
    with suppress(NotImplementedError):  # an older Excel behind the add-in has no notes to give
        for mark in put:
            if mark.text:
                sheet.range(mark.cell).add_note(mark.text)


def _notes(sheet: "Sheet") -> "dict[str, tuple[Note, str]]":
    """Read the notes of a sheet and their texts, by cell; none where the host shows none."""
    try:
        return {_cell(note.location): (note, note.text) for note in sheet.notes}
    except NotImplementedError:
        return {}


def _stands(mark: Mark, among: Iterable[Mark]) -> bool:
    """Say whether a mark is one of others; the note may be the cell's own."""
    return any(
        (mark.sheet, mark.cell) == (other.sheet, other.cell)
        and (mark.text == other.text or not mark.text or not other.text)
        for other in among
    )


def _found(mark: Mark, notes: "Mapping[str, tuple[Note, str]]") -> Mark:
    """Find a mark by its note, which moves along when a controller inserts rows."""
    if not mark.text:
        return mark
    cells = [cell for cell, (_, text) in notes.items() if text == mark.text]
    if not cells:
        return replace(mark, text="")
    return mark if mark.cell in cells else replace(mark, cell=cells[0])


def _cell(place: "Range") -> str:
    return place.address.replace("$", "").rpartition("!")[2]


def _by_fill(mark: Mark) -> tuple[int, ...]:
    return mark.fill or ()


def same_marks(some: Sequence[Mark], others: Sequence[Mark]) -> bool:
    """Say whether two lists hold the same marks, in any order."""
    return len(some) == len(others) and all(_stands(mark, others) for mark in some)


def _fills(book: "Book", sheet: "Sheet", marks: Sequence[Mark]) -> list[Colour | None]:
    """Read the colours of cells: in one call where they are all alike.

    The add-in shows no colours; there the colour of the cell's style stands for it.
    """
    cells = [mark.cell for mark in marks]
    try:
        found = {_fill(together) for together in _together(book, sheet, cells)}
        if len(found) == 1 and _BLACK not in found:
            return [*found] * len(cells)
        return [_fill(sheet.range(cell)) for cell in cells]
    except NotImplementedError:
        return [mark.fill for mark in marks]


def _fill(cells: "Range") -> Colour | None:
    """Read one colour; Excel calls different colours black."""
    try:
        found = cells.color
    except TypeError:
        return _BLACK
    return None if found is None else (found[0], found[1], found[2])


def _together(book: "Book", sheet: "Sheet", cells: Sequence[str]) -> "list[Range]":
    """Address cells as few ranges; the add-in knows no lists of cells."""
    if book.app.engine.type == "remote":
        return [sheet.range(cell) for cell in cells]
    lists: list[str] = []
    for cell in cells:
        if lists and len(lists[-1]) + len(cell) < _LONGEST_ADDRESS:
            lists[-1] += f",{cell}"
        else:
            lists.append(cell)
    return [sheet.range(address) for address in lists]


def _rgb(colour: str) -> Colour:
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue
