"""References: the operands of a formula that point at cells.

>>> reference_in("Blad1!B$2:B4", "SUM").area
(1, 1, 3, 1)
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""

_ROWS, _COLUMNS = 1_048_576, 16_384
_CORNER = re.compile(r"(?:(\$?)([A-Za-z]{1,3}))?(?:(\$?)([0-9]{1,7}))?")


class Reference(NamedTuple):
    """One operand of a formula that points at cells.

    Attributes:
        sheet: the sheet it names; None for the formula's own.
        area: the cells.
        fixed: which of first row, first column, last row, last column carry a dollar sign.
        function: the innermost function it is a direct argument of; empty at the top.
        in_arithmetic: whether it stands beside an arithmetic operator.
        in_product: whether it stands beside a sign of multiplication or division.
    """

    sheet: str | None
    area: Area
    fixed: tuple[bool, bool, bool, bool]
    function: str = ""
    in_arithmetic: bool = False
    in_product: bool = False

    @property
    def is_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.area[:2] == self.area[2:]

    def with_area(self, area: Area) -> "Reference":
        """Point the same operand at other cells."""
        return Reference(self.sheet, area, self.fixed, self.function, self.in_arithmetic, self.in_product)

    def seen_from(self, spot: tuple[int, int]) -> tuple[object, ...]:
        """Write where it points as it reads from a cell (R1C1)."""
        row, column = spot
        first_row, first_column, last_row, last_column = self.area
        row_fixed, column_fixed, last_row_fixed, last_column_fixed = self.fixed
        return (
            self.sheet,
            self.fixed,
            first_row if row_fixed else first_row - row,
            first_column if column_fixed else first_column - column,
            last_row if last_row_fixed else last_row - row,
            last_column if last_column_fixed else last_column - column,
        )


def reference_in(
    text: str, function: str, *, in_arithmetic: bool = False, in_product: bool = False
) -> Reference | None:
    """Read an operand such as B4, Blad1!$B$4:C9, B:B or 4:9; None when it is a name."""
    sheet, _, place = text.rpartition("!")
    first, _, last = place.partition(":")
    corners = [corner for corner in (_corner(first), _corner(last or first)) if corner is not None]
    is_name = not last and None in corners[0][:2] if corners else True
    of_several_sheets = ":" in sheet and "[" not in sheet
    if len(corners) < 2 or is_name or of_several_sheets:
        return None
    (row, column, row_fixed, column_fixed), (end_row, end_column, end_row_fixed, end_column_fixed) = corners
    return Reference(
        sheet.strip("'").replace("''", "'") if sheet else None,
        (
            0 if row is None else row,
            0 if column is None else column,
            _ROWS - 1 if end_row is None else end_row,
            _COLUMNS - 1 if end_column is None else end_column,
        ),
        (
            row_fixed or row is None,
            column_fixed or column is None,
            end_row_fixed or end_row is None,
            end_column_fixed or end_column is None,
        ),
        function,
        in_arithmetic,
        in_product,
    )


def _corner(text: str) -> tuple[int | None, int | None, bool, bool] | None:
    """Read A1, $A$1, A or 1 as row, column and which of them are fixed; None when it is a name."""
    match = _CORNER.fullmatch(text)
    if match is None:
        return None
    column_sign, letters, row_sign, digits = match.groups()
    row = row_of(digits) if digits else None
    column = column_of(letters.upper()) if letters else None
    if not (letters or digits) or (digits and row is None) or (letters and column is None):
        return None
    return row, column, bool(row_sign), bool(column_sign)


def row_of(digits: str) -> int | None:
    """Read the number of a row, from 0; None past the last one."""
    row = int(digits) - 1
    return row if 0 <= row < _ROWS else None


@lru_cache(maxsize=1 << 14)
def column_of(letters: str) -> int | None:
    """Read the capitals of a column, from 0; None past the last one."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if column <= _COLUMNS else None


def spots(area: Area, height: int, width: int) -> Iterator[tuple[int, int]]:
    """List the cells of an area that lie within a grid of this size, row by row."""
    first_row, first_column, last_row, last_column = area
    for row in range(first_row, min(last_row, height - 1) + 1):
        for column in range(first_column, min(last_column, width - 1) + 1):
            yield row, column
