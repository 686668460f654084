"""Named rectangles on a sheet: what the places of a begroting and of a quality agenda are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from hoka_excel.tables.grid import column_letters
from hoka_excel.workbook.addresses import Area
from hoka_excel.workbook.sheets import Position

Shape = tuple[str, int, int]
"""The defined name of a rectangle, its height and its width."""

FIRST_ROW = 4
"""Every sheet: title in row 1, master check in row 2, content from row 4."""
SPARE_ROWS = 4
"""How many empty rows a controller finds below a list."""


@dataclass(frozen=True, slots=True)
class Block:
    """A named rectangle; offsets inside it count from 0."""

    sheet: str
    top: int
    left: int
    height: int
    width: int

    def at(self, row: int, column: int) -> Position:
        """Give the position on the sheet of an offset in the rectangle."""
        return Position(self.top + row, self.left + column)

    def address(self, row: int, column: int) -> str:
        """Give the absolute address of one cell, with its sheet."""
        return f"{quoted(self.sheet)}!{_absolute(self.at(row, column))}"

    def span(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Give the absolute address of a range inside the rectangle, with its sheet."""
        return f"{quoted(self.sheet)}!{_absolute(self.at(*first))}:{_absolute(self.at(*last))}"

    def area(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """Give a range inside the rectangle as formulas and settings of its own sheet write it."""
        return str(Area(self.at(*first), self.at(*last)))

    @property
    def reference(self) -> str:
        """The whole rectangle as a defined name refers to it."""
        return self.span((0, 0), (self.height - 1, self.width - 1))


def quoted(sheet: str) -> str:
    """Write a sheet name as formulas do, always in quotes."""
    return "'" + sheet.replace("'", "''") + "'"


def _absolute(position: Position) -> str:
    return f"${column_letters(position.column)}${position.row}"


def stacked(sheet: str, shapes: Sequence[Shape], row: int = FIRST_ROW) -> dict[str, Block]:
    """Stack rectangles from a row down, with room for a heading above each."""
    blocks = {}
    for name, height, width in shapes:
        blocks[name] = Block(sheet, row + 1, 1, height, width)
        row += height + 2
    return blocks
