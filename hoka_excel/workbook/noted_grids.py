"""The sheets of a workbook: the values that calamine reads, with what it does not tell.

Formulas, number formats and what is hidden are read beside the values, while these are being read.
"""

from collections.abc import Collection, Generator, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.grid import Grid, Spot, with_errors
from hoka_excel.tables.packed_cells import PackedCells
from hoka_excel.workbook.book_names import book_names
from hoka_excel.workbook.kinds import OPEN_DOCUMENT, OPEN_XML
from hoka_excel.workbook.linked_books import linked_books
from hoka_excel.workbook.opendocument.sheets import is_cached, opendocument_notes
from hoka_excel.workbook.sheet_formulas import SheetNotes, sheet_notes
from hoka_excel.workbook.values_process import SheetValues

_FORMULAS_AHEAD = 1 << 15
"""How many formulas of a sheet are taken apart while its values are read, which takes about as long."""


def noted_grids(source: Path, sheets: Iterator[SheetValues]) -> Generator[Grid, None, None]:
    """Give the sheets of a workbook as grids, one by one.

    Args:
        source: the workbook.
        sheets: the values of its sheets, which are being read.

    Raises:
        WorkbookError: its parts are damaged, or a sheet spans more cells than are let in.
    """
    suffix = source.suffix.lower()
    linked = linked_books(source) if suffix in OPEN_XML else {}
    for sheet, noted in _with_notes(sheets, _notes(source, suffix)):
        if suffix in OPEN_DOCUMENT and is_cached(sheet.name):
            continue
        _check_extent(sheet.cells, noted.errors, source.name, sheet.name)
        yield Grid(
            sheet.name,
            with_errors(sheet.cells, noted.errors),
            noted.formulas,
            noted.formats,
            sheet.hidden,
            noted.hidden_rows,
            noted.hidden_columns,
            linked=linked,
            names=noted.names,
        )


def _with_notes(
    sheets: Iterator[SheetValues], notes: Iterator[tuple[str, SheetNotes]]
) -> Iterator[tuple[SheetValues, SheetNotes]]:
    """Pair sheets with their notes; these are read first, since the values are still being read."""
    read = dict(islice(notes, 1))
    for sheet in sheets:
        while sheet.name not in read and (more := dict(islice(notes, 1))):
            read |= more
        yield sheet, read.get(sheet.name, SheetNotes())
        read |= islice(notes, 1)


def _notes(source: Path, suffix: str) -> Iterator[tuple[str, SheetNotes]]:
    if suffix in OPEN_XML:
        names = book_names(source)
        for sheet, notes in sheet_notes(source):
            _take_apart(notes.formulas.values())
            yield sheet, replace(notes, names=names[sheet])
    elif suffix in OPEN_DOCUMENT:
        yield from opendocument_notes(source).items()


def _take_apart(formulas: Collection[str]) -> None:
    """Take formulas apart, since the values are still being read; what was parsed is remembered."""
    if formulas:
        from hoka_excel.tables.audit.formulas import parse  # noqa: PLC0415 - openpyxl is heavy

        for formula in islice(formulas, _FORMULAS_AHEAD):
            parse(formula)


def _check_extent(cells: PackedCells, errors: Collection[Spot], file: str, sheet: str) -> None:
    """Refuse a sheet that errors beyond its last value make span too much; calamine ends it at that value.

    Raises:
        WorkbookError: it then spans more cells than are let in.
    """
    height = max([len(cells), *(row + 1 for row, _ in errors)])
    width = max([cells.width, *(column + 1 for _, column in errors)])
    if height * width > limits.CELLS.current:
        raise WorkbookError("read.too_many_cells", file=file, sheet=sheet, **limits.CELLS.told)
