"""A copy of someone's workbook with the sheet Bevindingen; the workbook itself is never touched."""

from dataclasses import replace
from pathlib import Path

from hoka_excel.begroting.sheets.findings import findings_sheet
from hoka_excel.core.errors import UsageError
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Message
from hoka_excel.report.copies import MARK, PLACE_OF_MARK, SHEET, refuse_own_source
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.cells import rewrite
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.encryption import unlocked
from hoka_excel.workbook.kinds import OPEN_XML
from hoka_excel.workbook.sheets import Cell, Position, Sheet
from hoka_excel.workbook.styles import SUBTITLE, TITLE

_PLACE_OF_TITLE = Position(1, 1)


def write_copy(source: Path, target: Path, reconciliation: Reconciliation) -> str:
    """Copy a workbook and add a sheet with what its check found, last and under a name that is free.

    Returns:
        The name of the sheet.

    Raises:
        UsageError: no sheet can be added to this kind of file, or to this one.
        WorkbookError: the file is no sound workbook, or the copy cannot be written.
    """
    refuse_own_source(source, target)
    if source.suffix.lower() not in OPEN_XML or target.suffix.lower() != source.suffix.lower():
        raise UsageError("copy.kind", where=source)
    with unlocked(source, None) as package:
        taken = {tab.name.casefold() for tab in Book.of(Draft(package)).tabs()}
    names = (SHEET, *(f"{SHEET} ({number})" for number in range(2, len(taken) + 3)))
    name = next(name for name in names if name.casefold() not in taken)
    target.parent.mkdir(parents=True, exist_ok=True)
    rewrite(source, target, {}, [_titled(findings_sheet(name, reconciliation), reconciliation)])
    return name


def _titled(sheet: Sheet, reconciliation: Reconciliation) -> Sheet:
    status = Message(f"status.{reconciliation.status}").render()
    head = {
        _PLACE_OF_TITLE: Cell(sheet.title, TITLE),
        PLACE_OF_MARK: Cell(MARK + status, SUBTITLE),
    }
    return replace(sheet, cells={**head, **sheet.cells})
