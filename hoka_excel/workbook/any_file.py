"""Read any file of tables into grids: workbooks through calamine, .csv and .tsv ourselves.

What a file is, its first bytes say, not its name; a name that says otherwise is refused. Formulas, number
formats and what is hidden calamine does not tell; they are read beside it, except from the binary kinds.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.admission import check_directory, damage_reported
from hoka_excel.workbook.kinds import OPEN_DOCUMENT, OPEN_DOCUMENT_CONTENT, OPEN_XML, TABLES, TEXTS
from hoka_excel.workbook.values_process import ReadingError, reading

if TYPE_CHECKING:
    from hoka_excel.tables.grid import Grid

# What is done with the values is imported while they are being read: that, and numpy, take as long to load.
# ruff: noqa: PLC0415

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OF_OLE = {".xls"}
_OF_ZIP = {
    **dict.fromkeys(OPEN_XML, "xl/workbook.xml"),
    **dict.fromkeys(OPEN_DOCUMENT, OPEN_DOCUMENT_CONTENT),
    ".xlsb": "xl/workbook.bin",
}
"""The part that tells a kind of zip file."""
_ENCRYPTED_PART = "encrypted-package"
"""All that LibreOffice leaves to be seen of a file that it encrypted whole."""


def read_grids(path: Path | str) -> list["Grid"]:
    """Read every sheet of a file, hidden ones too; see `grids_in`."""
    with grids_in(path) as grids:
        return list(grids)


@contextmanager
def grids_in(path: Path | str) -> Iterator[Iterator["Grid"]]:
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
        from hoka_excel.workbook.text_grid import text_grid

        yield iter([text_grid(source)])
        return
    _check_content(source, suffix, start)
    try:
        bounds = (limits.CELLS.current, limits.READING_MB.in_bytes, limits.READING_SECONDS.current)
        with reading(source, *bounds) as sheets:
            from hoka_excel.workbook.noted_grids import noted_grids

            with closing(noted_grids(source, sheets)) as grids:
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
