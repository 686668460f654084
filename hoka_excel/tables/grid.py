"""A neutral grid of typed cells: one sheet, table or text file, whatever it was read from.

Rows and columns count from 0; `cell_name` writes them as Excel does.

>>> cell_name(7, 27)
'AB8'
"""

from collections.abc import Collection, KeysView, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from hoka_excel.core.findings import Place
from hoka_excel.tables.names import Names

Spot = tuple[int, int]
"""Row and column, counted from 0."""

Cells = Sequence[Sequence[object]]
"""Values, row by row; rows may differ in length."""

ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
"""The error values of a sheet, as text."""
_NUMBERS = (int, float, Decimal)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as data.

    Attributes:
        name: of the sheet, or of the file where there are no sheets.
        cells: the values, row by row; rows may differ in length.
        formulas: the live formulas, without "=", by spot.
        formats: the number formats other than General, by spot, where the file has them.
        hidden: whether the sheet itself is hidden.
        hidden_rows: rows that do not show.
        hidden_columns: columns that do not show.
        number_format: how texts write numbers, such as "Space Comma"; None when each column tells.
        linked: the names of the other workbooks that formulas read, by what stands between brackets.
        names: what its formulas call cells by.
    """

    name: str
    cells: Cells
    formulas: Mapping[Spot, str] = field(default_factory=dict)
    formats: Mapping[Spot, str] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    number_format: str | None = None
    linked: Mapping[str, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    def value(self, row: int, column: int) -> object:
        """Give the value of a cell; None outside the grid."""
        if 0 <= row < len(self.cells) and 0 <= column < len(cells := self.cells[row]):
            content = cells[column]
            return None if content == "" else content
        return None

    def place(self, spot: Spot) -> Place:
        """Name a cell for a finding."""
        return Place(self.name, cell_name(*spot))

    def is_hidden(self, spot: Spot) -> bool:
        """Whether a cell does not show."""
        return self.hidden or spot[0] in self.hidden_rows or spot[1] in self.hidden_columns


def errors_among(texts: KeysView[str]) -> Collection[str]:
    """Choose the error values."""
    return texts & ERRORS


def with_errors(cells: Cells, errors: Mapping[Spot, str]) -> Cells:
    """Put errors where they stand, beyond the rows too; the very same cells where there are none."""
    if not errors:
        return cells
    rows = [list(row) for row in cells]
    for (row, column), error in errors.items():
        rows.extend([] for _ in range(len(rows), row + 1))
        rows[row].extend([None] * (column + 1 - len(rows[row])))
        rows[row][column] = error
    return rows


def cell_name(row: int, column: int) -> str:
    """Write a place as letters and row number."""
    return f"{column_letters(column + 1)}{row + 1}"


def cell_spot(name: str) -> Spot:
    """Read a place written as letters and row number.

    >>> cell_spot("AB8")
    (7, 27)
    """
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


@cache
def column_letters(column: int) -> str:
    """Name a column that counts from 1: 28 is AB."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def is_number(content: object) -> bool:
    """Whether a cell holds a number: neither text, nor a date, nor a truth value."""
    return isinstance(content, _NUMBERS) and not isinstance(content, bool)
