"""Read any file of tables into grids: workbooks through calamine, .csv and .tsv ourselves.

What a file is, its first bytes say, not its name; a name that says otherwise is refused. Formulas, number
formats and what is hidden calamine does not tell; they are read beside it, except from the binary kinds.
"""

from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.grid import Grid, Spot
from hoka_excel.workbook.admission import check_directory, damage_reported
from hoka_excel.workbook.book_names import book_names
from hoka_excel.workbook.kinds import OPEN_DOCUMENT, OPEN_XML, TABLES, TEXTS
from hoka_excel.workbook.linked_books import linked_books
from hoka_excel.workbook.opendocument.sheets import CONTENT, is_cached, opendocument_notes
from hoka_excel.workbook.sheet_formulas import SheetNotes, sheet_notes
from hoka_excel.workbook.text_file import text_rows
from hoka_excel.workbook.text_notation import notation_of
from hoka_excel.workbook.values_process import ReadingError, SheetValues, reading

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OF_OLE = {".xls"}
_OF_ZIP = {
    **dict.fromkeys(OPEN_XML, "xl/workbook.xml"),
    **dict.fromkeys(OPEN_DOCUMENT, CONTENT),
    ".xlsb": "xl/workbook.bin",
}
"""The part that tells a kind of zip file."""
_FORMULAS_AHEAD = 1 << 15
"""How many formulas of a sheet are taken apart while its values are read, which takes about as long."""
_ENCRYPTED_PART = "encrypted-package"
"""All that LibreOffice leaves to be seen of a file that it encrypted whole."""


def read_grids(path: Path | str) -> list[Grid]:
    """Read every sheet of a file, hidden ones too; see `grids_in`."""
    with grids_in(path) as grids:
        return list(grids)


@contextmanager
def grids_in(path: Path | str) -> Iterator[Iterator[Grid]]:
    """Read the sheets of a file one by one, hidden ones too.

    The values are being read from now on: the first while the caller makes ready, the next while the caller
    looks at the sheet before.

    Args:
        path: the file.

    Raises:
        WorkbookError: the file is missing, damaged, encrypted, too large, no file of tables, or not what its
            name says.
    """
    source = Path(path)
    suffix = source.suffix.lower()
    if suffix not in TABLES:
        raise WorkbookError("read.unknown_kind", file=source.name, known=", ".join(TABLES))
    try:
        with source.open("rb") as stream:
            start = stream.read(8)
    except OSError as error:
        code = "file.unreadable" if source.exists() else "file.missing"
        raise WorkbookError(code, file=source.name, reason=error.strerror) from error
    if suffix in TEXTS:
        if start.startswith((b"PK\x03\x04", _OLE)):
            raise WorkbookError("read.wrong_name", file=source.name, suffix=suffix)
        yield iter([_text_grid(source)])
        return
    _check_content(source, suffix, start)
    try:
        bounds = (limits.CELLS.current, limits.READING_MB.in_bytes, limits.READING_SECONDS.current)
        with reading(source, *bounds) as sheets, closing(_workbook_grids(source, suffix, sheets)) as grids:
            yield grids
    except ReadingError as error:
        values = {"file": source.name, "sheet": error.detail, "reason": error.detail}
        reached = _REACHED.get(error.code)
        raise WorkbookError(_FAULTS[error.code], **values, **(reached.told if reached else {})) from error


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
        names = archive.namelist()
        if _ENCRYPTED_PART in names:
            raise WorkbookError("package.encrypted", file=source.name)
        if _OF_ZIP[suffix] not in names:
            raise WorkbookError("read.wrong_name", file=source.name, suffix=suffix)


def _workbook_grids(source: Path, suffix: str, sheets: Iterator[SheetValues]) -> Generator[Grid, None, None]:
    linked = linked_books(source) if suffix in OPEN_XML else {}
    for sheet, noted in _with_notes(sheets, _notes(source, suffix)):
        if suffix in OPEN_DOCUMENT and is_cached(sheet.name):
            continue
        _put(sheet.rows, noted.errors, source.name, sheet.name)
        yield Grid(
            sheet.name,
            sheet.rows,
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


def _put(rows: list[tuple[object, ...]], errors: Mapping[Spot, str], file: str, sheet: str) -> None:
    """Put errors that calamine leaves out where they stand; it ends a sheet at the last value it knows.

    Raises:
        WorkbookError: the sheet then spans more cells than are let in.
    """
    height = max([len(rows), *(row + 1 for row, _ in errors)])
    width = max([*map(len, rows), *(column + 1 for _, column in errors)], default=0)
    if height * width > limits.CELLS.current:
        raise WorkbookError("read.too_many_cells", file=file, sheet=sheet, **limits.CELLS.told)
    for (row, column), error in errors.items():
        rows.extend(() for _ in range(len(rows), row + 1))
        cells = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
        cells[column] = error
        rows[row] = tuple(cells)


_FAULTS = {
    "encrypted": "package.encrypted",
    "damaged": "package.damaged",
    "too_many_cells": "read.too_many_cells",
    "died": "read.died",
    "too_slow": "read.too_slow",
}
"""What to tell when the process that reads the values does not succeed."""
_REACHED = {
    "too_many_cells": limits.CELLS,
    "died": limits.READING_MB,
    "too_slow": limits.READING_SECONDS,
}
"""Which limit it has reached."""


def _text_grid(source: Path) -> Grid:
    size = source.stat().st_size
    if size > limits.TEXT_MB.in_bytes:
        raise WorkbookError("read.too_large", file=source.name, size=size >> 20, **limits.TEXT_MB.told)
    most = limits.CELLS.current
    rows: list[tuple[str, ...]] = []
    width = 0
    for _, row in text_rows(source):
        rows.append(tuple(row))
        width = max(width, len(row))
        if len(rows) * width > most:
            values = {"file": source.name, "sheet": source.stem}
            raise WorkbookError("read.too_many_cells", **values, **limits.CELLS.told)
    return Grid(source.stem, rows, number_format=notation_of(rows))
