"""Read any file of tables into grids: .xlsx .xlsm .xlsb .xls .ods through calamine, .csv and .tsv ourselves.

What a file is, its first bytes say, not its name; a name that says otherwise is refused. Formulas, number
formats and what is hidden are read from .xlsx and .xlsm.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.grid import Grid
from hoka_excel.workbook.limits import check_package, damage_reported
from hoka_excel.workbook.sheet_formulas import SheetNotes, sheet_notes

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv")
"""The files that can be read."""

MOST_CELLS = 20_000_000
"""The most cells, empty ones included, that a sheet may span."""

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OF_OLE = {".xls"}
_OF_ZIP = {
    ".xlsx": "xl/workbook.xml",
    ".xlsm": "xl/workbook.xml",
    ".xlsb": "xl/workbook.bin",
    ".ods": "content.xml",
}
_DELIMITERS = ";\t,|"
_LINES_TRIED = 50
_MOST_FIELD = 1 << 20


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
    check_package(source)
    with damage_reported(source.name), ZipFile(source) as archive:
        if _OF_ZIP[suffix] not in archive.namelist():
            raise WorkbookError("read.wrong_name", file=source.name, suffix=suffix)


def _workbook_grids(source: Path, suffix: str) -> Iterator[Grid]:
    from python_calamine import (  # noqa: PLC0415 - only files other than text need it
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    notes = sheet_notes(source) if suffix in (".xlsx", ".xlsm") else {}
    try:
        with CalamineWorkbook.from_path(source) as book:
            for number, about in enumerate(book.sheets_metadata):
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_index(number)
                if sheet.total_height * sheet.total_width > MOST_CELLS:
                    raise WorkbookError(
                        "read.too_many_cells", file=source.name, sheet=about.name, limit=MOST_CELLS
                    )
                noted = notes.get(about.name, SheetNotes())
                yield Grid(
                    about.name,
                    sheet.to_python(skip_empty_area=False),
                    noted.formulas,
                    noted.formats,
                    about.visible is not SheetVisibleEnum.Visible,
                    noted.hidden_rows,
                    noted.hidden_columns,
                )
    except PasswordError as error:
        raise WorkbookError("package.encrypted", file=source.name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise WorkbookError("package.damaged", file=source.name, reason=error) from error


def _text_grid(source: Path) -> Grid:
    text = _decoded(source)
    delimiter = _delimiter(text)
    csv.field_size_limit(_MOST_FIELD)
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise WorkbookError("read.no_table", file=source.name, reason=error) from error
    if len(rows) * max(map(len, rows), default=0) > MOST_CELLS:
        raise WorkbookError("read.too_many_cells", file=source.name, sheet=source.stem, limit=MOST_CELLS)
    return Grid(source.stem, rows)


def _decoded(source: Path) -> str:
    """Read text as UTF-8, UTF-16 with its mark, or the encoding of Excel on Windows.

    Raises:
        WorkbookError: some lines are in one encoding and some in another, or it is no text at all.
    """
    data = source.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in_encoding(data, "utf-16", source)
    if b"\0" in data[: 1 << 16]:
        raise WorkbookError("read.no_text", file=source.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.isascii() and _is_utf_8(line):
            raise WorkbookError("read.mixed_encodings", file=source.name, line=number)
    return _in_encoding(data, "cp1252", source)


def _in_encoding(data: bytes, encoding: str, source: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WorkbookError("read.no_text", file=source.name) from error


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(text: str) -> str:
    """Find the sign between the columns: the one that gives most lines the same number of columns."""
    lines = text[: 1 << 18].splitlines()[:_LINES_TRIED]

    def regularity(delimiter: str) -> tuple[int, int]:
        widths: Sequence[int] = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        wide = Counter(width for width in widths if width > 1)
        return max(((count, width) for width, count in wide.items()), default=(0, 0))

    return max(_DELIMITERS, key=regularity)
