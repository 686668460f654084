"""Write places of a sheet as Excel does, and read them: C14, B4:D9.

>>> position("$C$14"), address(Position(14, 3))
(Position(row=14, column=3), 'C14')
>>> Position(5, 2) in area("A4:B9"), str(area("D2")), str(area("B:C"))
(True, 'D2', 'B1:C1048576')
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoka_excel.core.errors import UsageError
from hoka_excel.tables.grid import column_letters
from hoka_excel.workbook.excel_bounds import COLUMNS, ROWS
from hoka_excel.workbook.sheets import Position

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")


def column_number(letters: str) -> int:
    """Count a column from 1 by its capital letters: AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(place: Position) -> str:
    """Write a place as letters and row number."""
    return f"{column_letters(place.column)}{place.row}"


def position(text: str) -> Position:
    """Read a cell such as C14 or $C$14.

    Raises:
        UsageError: `text` is no cell, or lies outside the largest sheet.
    """
    found = _CELL.fullmatch(text)
    if not found:
        raise UsageError("cells.no_address", cell=text)
    place = Position(int(found[2]), column_number(found[1].upper()))
    if place.row > ROWS or place.column > COLUMNS:
        raise UsageError("cells.no_address", cell=text)
    return place


def is_address(text: str) -> bool:
    """Say whether `text` reads as one cell."""
    return _CELL.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, from its first to its last, both included."""

    first: Position
    last: Position

    def __contains__(self, place: Position) -> bool:
        """Say whether `place` lies in the block."""
        return (
            self.first.row <= place.row <= self.last.row
            and self.first.column <= place.column <= self.last.column
        )

    def overlaps(self, other: "Area") -> bool:
        """Say whether the blocks have a cell in common."""
        rows = self.first.row <= other.last.row and other.first.row <= self.last.row
        return rows and self.first.column <= other.last.column and other.first.column <= self.last.column

    def __str__(self) -> str:
        """Write the block as B4:D9, one cell as B4."""
        ends = dict.fromkeys((address(self.first), address(self.last)))
        return ":".join(ends)


def area(text: str) -> Area:
    """Read a block such as B4:D9, one cell, whole columns such as B:D, or whole rows such as 4:9.

    Raises:
        UsageError: `text` names no block of cells.
    """
    first, _, last = text.replace("$", "").partition(":")
    if last and first.isalpha() and last.isalpha():
        return Area(position(f"{first}1"), position(f"{last}{ROWS}"))
    if last and first.isdigit() and last.isdigit():
        return Area(position(f"A{first}"), position(f"{column_letters(COLUMNS)}{last}"))
    return Area(position(first), position(last or first))


def areas(text: str) -> tuple[Area, ...]:
    """Read blocks apart by spaces, as `sqref` attributes list them.

    Raises:
        UsageError: `text` names something other than blocks of cells.
    """
    return tuple(area(part) for part in text.split())


def covering(places: Sequence[Position] | Mapping[Position, object], *others: Area) -> Area:
    """Find the smallest block that holds `places` (at least one) and the `others`."""
    corners = [*places, *(corner for other in others for corner in (other.first, other.last))]
    rows, columns = [corner.row for corner in corners], [corner.column for corner in corners]
    return Area(Position(min(rows), min(columns)), Position(max(rows), max(columns)))
