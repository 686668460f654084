"""The scenarios of a plan as a workbook of their own."""

from dataclasses import replace

from hoka_excel.begroting.fresh_file import Properties, bytes_of
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.begroting.sheets.scenarios import scenario_sheet
from hoka_excel.core.scenarios import Comparison
from hoka_excel.workbook.sheets import Position
from hoka_excel.workbook.styles import SUBTITLE, TITLE


def scenario_workbook(comparison: Comparison) -> bytes:
    """Make an .xlsx file of the sheet Scenario's alone."""
    plan, sheet = comparison.plan, scenario_sheet(comparison)
    draft = SheetDraft()
    draft.put(Position(1, 1), sheet.title, TITLE)
    draft.put(Position(2, 1), plan.title, SUBTITLE)
    draft.put(Position(3, 1), f"{plan.faculty}, {plan.institution}", SUBTITLE)
    titled = replace(sheet, cells={**draft.cells, **sheet.cells})
    return bytes_of([titled], {}, Properties(sheet.title, plan.institution, plan.day))
