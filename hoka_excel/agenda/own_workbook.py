"""A workbook of ours, a begroting or an agenda alike: what it says, and what is to stand in it.

What we own in it are the results, totals and checks of our tables, and the sheets that are written anew every
time. What a controller fills in, and every other sheet, stays as it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hoka_excel.agenda.content import agenda_sheets
from hoka_excel.agenda.places.names import AgendaBlock, AgendaSheet
from hoka_excel.agenda.read import ReadAgenda, agenda_in
from hoka_excel.agenda.reconciling import reconcile_fresh
from hoka_excel.begroting.content import begroting_of
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import AGENDA_PREFIX, BlockName, SheetName, master_block
from hoka_excel.begroting.read import ReadBegroting, begroting_in
from hoka_excel.begroting.reading.source_book import SourceBook, source_in
from hoka_excel.begroting.regenerate import owned, revised
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import State
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.cells import rewrite
from hoka_excel.workbook.edits import STRICT, Change, Rules
from hoka_excel.workbook.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Contents:
    """What is to stand in a workbook of ours.

    Attributes:
        sheets: in the order of the tabs.
        whole: the sheets that are written anew every time.
        listed: the sheet that lists the findings.
        masters: the cell of the master check, by sheet.
        reconciliation: what the checks found.
        is_recomputed: whether the results are recomputed rather than left as published.
    """

    sheets: tuple[Sheet, ...]
    whole: tuple[str, ...]
    listed: str
    masters: Mapping[str, str]
    reconciliation: Reconciliation
    is_recomputed: bool

    def write(self, source: Path, target: Path | None, rules: Rules = STRICT) -> list[Change]:
        """Write what we own into a copy of `source` at `target`; nowhere when `target` is None."""
        cells = {sheet.name: owned(sheet) for sheet in self.sheets if sheet.name not in self.whole}
        whole = [sheet for sheet in self.sheets if sheet.name in self.whole]
        return rewrite(source, target, cells, whole, rules)


@dataclass(frozen=True, slots=True)
class OwnWorkbook:
    """A workbook of ours.

    Attributes:
        title: what it is called.
        reconciled: judges every check, each figure as it stands.
        standing: gives its contents with every figure as it stands.
        recomputed: gives its contents with every result recomputed; raises a `WorkbookError` when there is
            text or an error where a figure belongs, and a `PlanError` or `AllocationError` when its
            assumptions cannot be carried out.
    """

    title: str
    reconciled: Callable[[], Reconciliation]
    standing: Callable[[], Contents]
    recomputed: Callable[[], Contents]


def own_workbook(path: Path, password: str | None = None) -> OwnWorkbook:
    """Read a workbook of ours from its file.

    Raises:
        WorkbookError: it cannot be read, or is none of ours; all faults are listed.
    """
    return own_workbook_in(source_in(path, password))


def own_workbook_in(book: SourceBook) -> OwnWorkbook:
    """Read a workbook of ours from its values.

    Raises:
        WorkbookError: it is none of ours, or no sound one; all faults are listed.
    """
    if any(name.startswith(AGENDA_PREFIX) for name in book.names):
        return _agenda(agenda_in(book))
    return _begroting(begroting_in(book))


def regenerate(path: str | Path, out: str | Path | None = None, *, rules: Rules = STRICT) -> Reconciliation:
    """Recompute and check a workbook of ours, and write the results and findings back.

    A begroting as published keeps its figures; only its checks and findings are written anew.

    Args:
        path: the workbook.
        out: where to write; by default the workbook itself is replaced in one instant.
        rules: what may be passed over, and the password of an encrypted workbook, which stays encrypted.

    Raises:
        WorkbookError: the workbook cannot be read or written; nothing has changed.
        PlanError, AllocationError: its assumptions cannot be carried out; nothing has changed.
    """
    source = Path(path)
    contents = own_workbook(source, rules.password).recomputed()
    contents.write(source, source if out is None else Path(out), rules)
    return contents.reconciliation


def _agenda(read: ReadAgenda) -> OwnWorkbook:
    def contents(reconciliation: Reconciliation) -> Contents:
        layout = read.layout
        whole = tuple(layout[name].sheet for name in (AgendaBlock.CHECK_SHEET, AgendaBlock.FINDING_SHEET))
        masters = _masters([layout[master_block(sheet)] for sheet in AgendaSheet])
        sheets = agenda_sheets(layout, reconciliation)
        return Contents(sheets, whole, whole[-1], masters, reconciliation, is_recomputed=True)

    def recomputed() -> Contents:
        if read.misfits:
            raise WorkbookError.of(read.misfits)
        return contents(reconcile_fresh(read.layout))

    return OwnWorkbook(read.agenda.title, read.reconciled, lambda: contents(read.reconciled()), recomputed)


def _begroting(read: ReadBegroting) -> OwnWorkbook:
    def contents(layout: Layout, reconciliation: Reconciliation) -> Contents:
        keys = (*(theme.table.name for theme in layout.plan.themes), *SheetName)
        return Contents(
            begroting_of(layout, reconciliation).sheets,
            tuple(layout.whole_sheets),
            layout[BlockName.FINDING_SHEET].sheet,
            _masters([layout[name] for key in keys if (name := master_block(key)) in layout.blocks]),
            reconciliation,
            is_recomputed=layout.plan.state is State.RECOMPUTED,
        )

    def reconciled() -> Reconciliation:
        return reconcile_plan(read.plan, read.layout.places())

    def standing() -> Contents:
        return contents(read.layout, reconciled())

    return OwnWorkbook(read.plan.title, reconciled, standing, lambda: contents(*revised(read)))


def _masters(blocks: list[Block]) -> dict[str, str]:
    return {block.sheet: address(block.at(0, 1)) for block in blocks}
