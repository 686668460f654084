"""Whose workbook a file is, by its defined names: a begroting of ours, an agenda of ours, or another's."""

from pathlib import Path
from zipfile import ZipFile

from hoka_excel.begroting.places.names import AGENDA_PREFIX, NAME_PREFIX
from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.admission import check_directory, check_kind, damage_reported, opened_file

_WORKBOOK_PART = "xl/workbook.xml"


def is_begroting(path: Path) -> bool:
    """Say whether a workbook is a begroting of ours: whether it has any of our defined names.

    Raises:
        WorkbookError: the file is missing or no sound workbook.
    """
    return _has_names(path, NAME_PREFIX)


def is_agenda(path: Path) -> bool:
    """Say whether a workbook is an agenda of ours: whether it has any of its defined names.

    Raises:
        WorkbookError: the file is missing or no sound workbook.
    """
    return _has_names(path, AGENDA_PREFIX)


def _has_names(path: Path, prefix: str) -> bool:
    if not path.exists():
        raise WorkbookError("begroting.missing_file", where=path)
    with opened_file(path) as stream, damage_reported(path.name):
        check_kind(stream.read(8), path.name)
        with ZipFile(stream) as package:
            check_directory(package.infolist(), path.name)
            return _WORKBOOK_PART in package.namelist() and prefix.encode() in package.read(_WORKBOOK_PART)
