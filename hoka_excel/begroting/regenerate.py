"""Regenerate a begroting: recompute its allocations, check everything, write what we own.

What we own are the results, totals and checks of our tables and the sheets Aansluiting and Bevindingen. What
a controller fills in, and every other sheet, stays as it is.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hoka_excel.begroting.content import begroting_of
from hoka_excel.begroting.layout import BlockName, Layout
from hoka_excel.begroting.read import ReadBegroting, read_begroting
from hoka_excel.core.cascade import recompute
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import State
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.workbook.cells import Change, rewrite
from hoka_excel.workbook.sheets import Content, Formula, Position, Sheet
from hoka_excel.workbook.styles import RESULT


def regenerate(path: str | Path, out: str | Path | None = None) -> Reconciliation:
    """Recompute and check a begroting, and write the results and findings back.

    A begroting as published keeps its figures; only its checks and findings are written anew.

    Args:
        path: the workbook.
        out: where to write; by default the workbook itself is replaced in one instant.

    Raises:
        WorkbookError: the workbook cannot be read or written; nothing has changed.
        PlanError, AllocationError: its assumptions cannot be carried out; nothing has changed.
    """
    source = Path(path)
    layout, reconciliation = recomputed(source)
    write(source, source if out is None else Path(out), layout, reconciliation)
    return reconciliation


def recomputed(source: Path) -> tuple[Layout, Reconciliation]:
    """Read a begroting, recompute it unless it stands as published, and check it."""
    return revised(read_begroting(source))


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


def write(source: Path, target: Path | None, layout: Layout, reconciliation: Reconciliation) -> list[Change]:
    """Write what we own into a copy of `source` at `target`; nowhere when `target` is None."""
    sheets = {sheet.name: sheet for sheet in begroting_of(layout, reconciliation).sheets}
    whole = [sheets.pop(layout[name].sheet) for name in (BlockName.CHECK_SHEET, BlockName.FINDING_SHEET)]
    return rewrite(source, target, {name: owned(sheet) for name, sheet in sheets.items()}, whole)


def owned(sheet: Sheet) -> Mapping[Position, Content]:
    """Pick the cells of a sheet that are ours: formulas and results."""
    return {
        position: cell.content
        for position, cell in sheet.cells.items()
        if isinstance(cell.content, Formula) or cell.style == RESULT
    }
