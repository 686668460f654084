"""The look of the sheet Bevindingen after its rows have shifted: plain, in four calls.

A running Excel knows no quick way to style cells one by one; `hoka regenerate` gives the full look.
"""

from typing import TYPE_CHECKING

from hoka_excel.begroting.findings_sheet import FINDING_COLUMNS
from hoka_excel.excel.live_book import Entry, block
from hoka_excel.excel.memory import Block
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from xlwings import Book, Range

_FIRST_ROW = 4
"""The title and the master check above it never move."""
_TEXT = FINDING_COLUMNS.index("In woorden")


def has_shifted(made: Block, held: Block) -> bool:
    """Say whether the list of findings begins elsewhere than it did, or has become longer."""
    header = _header(made)
    return header is not None and (header != _header(held) or _filled(made) > _filled(held))


def clear_look(book: "Book", made: Block) -> None:
    """Take away what the cells held and how they looked, links included."""
    _below(book, made).clear()


def give_look(book: "Book", made: Block) -> None:
    """Wrap the sentences of the list, and give every row the height it needs."""
    header = _header(made)
    assert header is not None
    first = Position(made.first.row + header, made.first.column + _TEXT)
    block(book.sheets[made.sheet], first, len(made.rows) - header, 1).wrap_text = True
    _below(book, made).rows.autofit()


def _below(book: "Book", made: Block) -> "Range":
    height = len(made.rows) - _FIRST_ROW + made.first.row
    return block(book.sheets[made.sheet], Position(_FIRST_ROW, made.first.column), height, len(made.rows[0]))


def _header(contents: Block) -> int | None:
    """Find the row of the column headings, counted from 0."""
    wanted: list[Entry] = [f"'{column}" for column in FINDING_COLUMNS[:3]]
    return next((index for index, row in enumerate(contents.rows) if list(row[:3]) == wanted), None)


def _filled(contents: Block) -> int:
    return sum(any(entry is not None for entry in row) for row in contents.rows)
