"""What a macro wants to change in a running workbook: the cells of ours that differ, and the notes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hoka_excel.agenda.own_workbook import Contents
from hoka_excel.begroting.reading.source_book import cell_number
from hoka_excel.begroting.regenerate import owned
from hoka_excel.excel.live_book import Entry, LiveBook
from hoka_excel.excel.memory import Block
from hoka_excel.excel.notes import Note, wanted_notes
from hoka_excel.excel.rectangles import rectangles
from hoka_excel.workbook.sheets import Content, Formula, Link, Position, Sheet


@dataclass(frozen=True, slots=True)
class Revision:
    """What is to stand in the workbook.

    Attributes:
        blocks: the rectangles of ours that hold a cell that changes, with what they are to hold.
        notes: the note that each sheet is to have.
    """

    blocks: Sequence[Block] = ()
    notes: Sequence[Note] = ()


def revision_of(live: LiveBook, contents: Contents) -> Revision:
    """Compare what is to stand in a workbook of ours with what the running workbook holds.

    Only rectangles in which a cell changes are written; whatever is not ours is in none of them.
    """
    blocks: list[Block] = []
    for sheet in contents.sheets:
        wanted = _everything(sheet, live) if sheet.name in contents.whole else owned(sheet)
        for found in rectangles(wanted):
            places = [
                (Position(found.first.row + row, found.first.column + column), content)
                for row, contents in enumerate(found.rows)
                for column, content in enumerate(contents)
            ]
            if not all(_holds(live, sheet.name, place, content) for place, content in places):
                rows = [[_entry(content) for content in row] for row in found.rows]
                blocks.append(Block(sheet.name, found.first, rows, fitted=sheet.name == contents.listed))
    return Revision(blocks, wanted_notes(contents.masters, contents.reconciliation))


def _everything(sheet: Sheet, live: LiveBook) -> Mapping[Position, Content]:
    """Take a sheet that is wholly ours, with blanks for what it held before."""
    held = live.source.sheets[sheet.name]
    bottom = max(place.row for place in sheet.cells)
    right = max(place.column for place in sheet.cells)
    bottom = max(bottom, held.first.row + len(held.rows) - 1)
    contents = {place: cell.content for place, cell in sheet.cells.items()}
    return {
        place: contents.get(place)
        for row in range(1, bottom + 1)
        for column in range(1, right + 1)
        for place in [Position(row, column)]
    }


def _holds(live: LiveBook, sheet: str, place: Position, content: Content) -> bool:
    """Say whether a cell holds a content already."""
    value = live.source.sheets[sheet].value(place)
    formula = live.formula(sheet, place)
    match content:
        case Formula(expression):
            if live.entries is None:
                return True
            return formula is not None and _plain(formula) == _plain(f"={expression}")
        case Link():
            return value == content.text and _holds(live, sheet, place, content.formula)
        case bool() | str() | None:
            return formula is None and (value == content or (not value and not content))
        case Decimal() | int() if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return formula is None and cell_number(value) == content
        case _:
            return False


def _plain(formula: str) -> str:
    """Write a formula without what Excel leaves out or adds: spaces, needless quotes, capitals."""
    return re.sub(r"'(\w+)'!", r"\1!", formula).replace(" ", "").casefold()


def _entry(content: Content) -> Entry:
    """Write a content as what is assigned to a cell."""
    match content:
        case Formula(expression):
            return f"={expression}"
        case Link():
            return _entry(content.formula)
        case str() if content:
            return f"'{content}"
        case Decimal():
            return float(content)
        case date():
            return content.isoformat()
        case _:
            return None if content == "" else content
