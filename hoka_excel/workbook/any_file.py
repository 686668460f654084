"""Read any file of tables into grids: .xlsx .xlsm .xlsb .xls .ods through calamine, .csv and .tsv ourselves.

What a file is, its first bytes say, not its name; a name that says otherwise is refused. Formulas, number
formats and what is hidden are read from .xlsx and .xlsm.
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.grid import Grid
from hoka_excel.workbook.limits import check_directory, damage_reported
from hoka_excel.workbook.linked_books import linked_books
from hoka_excel.workbook.sheet_formulas import SheetNotes, sheet_notes
from hoka_excel.workbook.text_file import text_rows
from hoka_excel.workbook.values_process import MEMORY_BYTES, SECONDS, ReadingError, reading

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
"""The files that can be read."""

MOST_CELLS = 20_000_000
"""The most cells, empty ones included, that the sheets of a file may span together."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OF_OLE = {".xls"}
_OF_ZIP = {
    ".xlsx": "xl/workbook.xml",
    ".xlsm": "xl/workbook.xml",
    ".xlsb": "xl/workbook.bin",
    ".ods": "content.xml",
}
_MOST_TEXT_BYTES = 256 << 20


def read_grids(path: Path | str) -> list[Grid]:
    """Read every sheet of a file, hidden ones too.

    Args:
        path: the file.

    Raises:
        WorkbookError: the file is missing, damaged, encrypted, too large, no file of tables, or not what its
            name says.
    """
    source = Path(path)
    suffix = source.suffix.lower()
    if suffix not in SUFFIXES:
        raise WorkbookError("read.unknown_kind", file=source.name, known=", ".join(SUFFIXES))
    try:
        with source.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        code = "file.unreadable" if source.exists() else "file.missing"
        raise WorkbookError(code, file=source.name, reason=error.strerror) from error
    if suffix in (".csv", ".tsv"):
        if start.startswith((b"PK\x03\x04", _OLE)):
            raise WorkbookError("read.wrong_name", file=source.name, suffix=suffix)
        return [_text_grid(source)]
    _check_content(source, suffix, start)
    return list(_workbook_grids(source, suffix))


def _check_content(source: Path, suffix: str, start: bytes) -> None:
    """Refuse content that its name denies, and zip files that could kill a reader."""
    if start.startswith(_OLE):
        if suffix not in _OF_OLE:
            raise WorkbookError("package.encrypted", file=source.name)
        return
    if not start.startswith(b"PK"):
        raise WorkbookError("read.wrong_name", file=source.name, suffix=suffix)
    if suffix in _OF_OLE:
        raise WorkbookError("read.wrong_name", file=source.name, suffix=suffix)
    with damage_reported(source.name), ZipFile(source) as archive:
        check_directory(archive.infolist(), source.name)
        if _OF_ZIP[suffix] not in archive.namelist():
            raise WorkbookError("read.wrong_name", file=source.name, suffix=suffix)


def _workbook_grids(source: Path, suffix: str) -> Iterator[Grid]:
    try:
        with reading(source, MOST_CELLS) as sheets:
            is_open_xml = suffix in (".xlsx", ".xlsm")
            notes = sheet_notes(source) if is_open_xml else {}
            linked = linked_books(source) if is_open_xml else {}
            for sheet in sheets:
                noted = notes.get(sheet.name, SheetNotes())
                yield Grid(
                    sheet.name,
                    sheet.rows,
                    noted.formulas,
                    noted.formats,
                    sheet.hidden,
                    noted.hidden_rows,
                    noted.hidden_columns,
                    linked=linked,
                )
    except ReadingError as error:
        raise WorkbookError(
            _FAULTS[error.code],
            file=source.name,
            sheet=error.detail,
            reason=error.detail,
            limit=MOST_CELLS,
            gigabytes=MEMORY_BYTES >> 30,
            seconds=Decimal(SECONDS).normalize(),
        ) from error


_FAULTS = {
    "encrypted": "package.encrypted",
    "damaged": "package.damaged",
    "too_many_cells": "read.too_many_cells",
    "died": "read.died",
    "too_slow": "read.too_slow",
}
"""What to tell when the process that reads the values does not succeed."""


def _text_grid(source: Path) -> Grid:
    size = source.stat().st_size
    if size > _MOST_TEXT_BYTES:
        values = {"size": size >> 20, "limit": _MOST_TEXT_BYTES >> 20}
        raise WorkbookError("read.too_large", file=source.name, **values)
    rows, width = [], 0
    for _, row in text_rows(source):
        rows.append(tuple(row))
        width = max(width, len(row))
        if len(rows) * width > MOST_CELLS:
            raise WorkbookError("read.too_many_cells", file=source.name, sheet=source.stem, limit=MOST_CELLS)
    return Grid(source.stem, rows)
