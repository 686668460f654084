"""An export of a ledger: .csv, .tsv, .xlsx or .xlsm, its rows streamed."""

import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.bookings.ledger import Booking
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.core.messages import Message
from hoka_excel.ledgers.cell_readings import Amounts, decimal_mark_of
from hoka_excel.ledgers.columns import Columns, Field, columns_of
from hoka_excel.ledgers.row_bookings import RowReader
from hoka_excel.workbook.admission import check_package
from hoka_excel.workbook.text_file import text_rows

if TYPE_CHECKING:
    from openpyxl import Workbook

Row = tuple[int, Sequence[object]]
"""The number of a row in its file, from 1, and its cells."""

_ROWS_SAMPLED = 10_000
"""From so many rows it is found how the ledger writes its amounts."""
_ROWS_A_BATCH = 1_000


@dataclass(slots=True)
class ExportFile:
    """An export of a ledger, to be read once.

    Attributes:
        path: where it is.
        headings: the headings of columns that are told apart from the words known here.
        needed: the codes that the rules look at.
        mark: the sign before the decimals, where that is told.
        notes: what else there is to tell, once it has been read.
    """

    path: Path
    headings: Mapping[Field, str]
    needed: Collection[Field]
    mark: DecimalMark | None = None
    notes: list[Message] = field(default_factory=list)

    def bookings(self) -> Iterator[Booking]:
        """Read the rows below the headings in order; in memory that does not grow with their number.

        Raises:
            LedgerError: columns are missing or may be taken for each other, or rows cannot be read.
            WorkbookError: the file is missing or damaged, or no table.
        """
        is_text = self.path.suffix.lower() in (".csv", ".tsv")
        rows: Iterator[Row] = text_rows(self.path) if is_text else _sheet_rows(self.path)
        sample = list(islice(rows, _ROWS_SAMPLED))
        at, columns = columns_of([row for _, row in sample], self.headings, self.needed, self.path.name)
        mark = self.mark or decimal_mark_of(_amount_texts(sample[at + 1 :], columns))
        width = len(sample[at][1])
        below = chain(sample[at + 1 :], rows)
        reader = RowReader(self.path.name, columns, width, Amounts(mark))
        # What stands beside a table on a sheet is a note; in a text it means that cells have shifted.
        yield from reader.bookings(below if is_text else ((number, row[:width]) for number, row in below))
        self.notes += reader.notes


def _amount_texts(rows: Sequence[Row], columns: Columns) -> list[str]:
    places = [columns[field] for field in (Field.AMOUNT, Field.DEBIT, Field.CREDIT) if field in columns]
    cells = (row[place] for _, row in rows for place in places if place < len(row))
    return [cell for cell in cells if isinstance(cell, str)]


def _sheet_rows(path: Path) -> Iterator[Row]:
    """Read the first sheet that holds anything, row by row.

    Raises:
        WorkbookError: the file is missing, damaged, or no workbook.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only workbooks need it

    check_package(path)
    rows = _rows_of(lambda: load_workbook(path, read_only=True, data_only=True))
    while batch := _quietly(lambda: list(islice(rows, _ROWS_A_BATCH)), path.name):
        yield from batch


def _rows_of(load: Callable[[], "Workbook"]) -> Iterator[Row]:
    book = load()
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = enumerate(sheet.iter_rows(values_only=True), start=1)
            first = next((row for row in rows if any(cell is not None for cell in row[1])), None)
            if first is not None:
                yield first
                yield from rows
                return
    finally:
        book.close()


def _quietly(read: Callable[[], list[Row]], file: str) -> list[Row]:
    """Read rows without the warnings that openpyxl gives of what it passes over.

    Raises:
        WorkbookError: the workbook is damaged.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return read()
        except Exception as error:
            raise WorkbookError("package.damaged", file=file, reason=error) from error
