"""A workbook as values and defined names: what a begroting is read from, a file or a running Excel alike."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.exact import exact_decimal
from hoka_excel.workbook.admission import check_stream
from hoka_excel.workbook.encryption import deciphered
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from openpyxl import Workbook

SIGNIFICANT_DIGITS = 15
"""As many as Excel keeps; what stands behind them is the noise of binary fractions."""


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """The values of a sheet.

    Attributes:
        first: where the first value stands.
        rows: the values by row: whole numbers as `int`, other numbers as `float` or `Decimal`, errors as
            their text ("#N/A"), blanks as None.
        merged: the ranges that are merged into one cell, such as "A4:B4".
    """

    first: Position
    rows: Sequence[Sequence[object]]
    merged: tuple[str, ...] = ()

    def value(self, place: Position) -> object:
        """Give the value of a cell; None outside what the sheet holds."""
        row, column = place.row - self.first.row, place.column - self.first.column
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None


@dataclass(frozen=True, slots=True)
class SourceBook:
    """The values and defined names of a workbook.

    Attributes:
        file: its name, for messages.
        sheets: by name, in the order of the tabs.
        names: what each defined name refers to, such as "'Thema 1'!$A$4:$G$9".
    """

    file: str
    sheets: Mapping[str, SourceSheet]
    names: Mapping[str, str]


def source_in(path: Path, password: str | None = None) -> SourceBook:
    """Read the values of a workbook file, which `password` opens when it is encrypted.

    Raises:
        WorkbookError: the file is missing or cannot be read.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - only a reader of workbooks needs it

    if not path.exists():
        raise WorkbookError("begroting.missing_file", where=path)
    with deciphered(path, password) as stream, warnings.catch_warnings():
        check_stream(stream, path.name)
        warnings.simplefilter("ignore")
        try:
            workbook = load_workbook(stream, data_only=True)
        except Exception as error:
            raise WorkbookError("begroting.unreadable", where=path.name, detail=error) from error
    return source_of(workbook, path.name)


def source_of(workbook: "Workbook", file: str) -> SourceBook:
    """Take the values out of a workbook file."""
    sheets = {
        sheet.title: SourceSheet(
            Position(1, 1),
            tuple(sheet.iter_rows(values_only=True)),
            tuple(str(merged.coord) for merged in sheet.merged_cells.ranges),
        )
        for sheet in workbook.worksheets
    }
    names = {name: str(defined.value or "") for name, defined in workbook.defined_names.items()}
    return SourceBook(file, sheets, names)


def cell_number(value: float | Decimal) -> Decimal:
    """Take a cell's number without the noise of binary fractions.

    >>> cell_number(0.1 + 0.2)
    Decimal('0.3')
    """
    exact = exact_decimal(value)
    if exact and len(exact.as_tuple().digits) >= SIGNIFICANT_DIGITS:
        exact = Decimal(f"{value:.{SIGNIFICANT_DIGITS}g}")
    return exact.normalize() + Decimal(0)
