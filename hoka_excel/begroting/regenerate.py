"""What a begroting is to hold after its allocations were recomputed, and which of its cells are ours."""

from collections.abc import Mapping
from dataclasses import replace

from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.read import ReadBegroting
from hoka_excel.core.cascade import recompute
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import State
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.workbook.sheets import Content, Formula, Position, Sheet
from hoka_excel.workbook.styles import RESULT


def revised(read: ReadBegroting) -> tuple[Layout, Reconciliation]:
    """Recompute a begroting unless it stands as published, and check it.

    Raises:
        WorkbookError: there is text or an error where a figure belongs.
    """
    if read.misfits:
        raise WorkbookError.of(read.misfits)
    plan = read.plan
    if plan.state is State.RECOMPUTED:
        plan = replace(recompute(plan), explanations=plan.explanations)
    layout = Layout(plan, read.layout.blocks)
    return layout, reconcile_plan(plan, layout.places())


def owned(sheet: Sheet) -> Mapping[Position, Content]:
    """Pick the cells of a sheet that are ours: formulas and results."""
    return {
        position: cell.content
        for position, cell in sheet.cells.items()
        if isinstance(cell.content, Formula) or cell.style == RESULT
    }
