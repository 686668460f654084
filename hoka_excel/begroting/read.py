"""Read a begroting back from its workbook: the plan it holds, and where everything stands.

Places are found by defined names, then by the labels inside them, so that a workbook still reads after a
controller has inserted rows, moved a table or renamed a sheet. Every fault is listed at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hoka_excel.begroting.places.binding_years import binding_blocks
from hoka_excel.begroting.places.grant import GrantBlock
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import keyed_themes, monitoring_blocks
from hoka_excel.begroting.places.names import (
    AGENDA_PREFIX,
    CHECK_BLOCKS,
    NAME_PREFIX,
    BlockName,
    SheetName,
    actuals_block,
    foot_block,
    key_block,
    master_block,
    table_block,
)
from hoka_excel.begroting.places.scenarios import SCENARIO_BLOCKS
from hoka_excel.begroting.places.standard_layout import check_blocks, standard_layout
from hoka_excel.begroting.places.students import student_blocks
from hoka_excel.begroting.places.whereabouts import whereabouts
from hoka_excel.begroting.reading.assumptions import grant_of, locked_of, rate_of, state_of
from hoka_excel.begroting.reading.binding_years import binding_of
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.begroting.reading.explanations import explanations_of
from hoka_excel.begroting.reading.grant import changes_of
from hoka_excel.begroting.reading.head import head_in
from hoka_excel.begroting.reading.monitoring import openings_of, reasons_of, thresholds_of
from hoka_excel.begroting.reading.scenarios import scenarios_of
from hoka_excel.begroting.reading.source_book import SourceBook, source_in
from hoka_excel.begroting.reading.students import counted
from hoka_excel.begroting.reading.tables import TableRow, actuals_of, table_of, table_rows, years_above
from hoka_excel.begroting.reading.themes import ThemeRow, theme_of, theme_rows
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.faults.plan import faults_of
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan


@dataclass(frozen=True, slots=True)
class ReadBegroting:
    """A begroting as its workbook holds it.

    Attributes:
        plan: what it says.
        layout: where it says so.
        misfits: cells that hold text or an error where a figure belongs; their figures are `Unreadable`.
    """

    plan: Plan
    layout: Layout
    misfits: tuple[Message, ...]


def read_begroting(path: str | Path) -> ReadBegroting:
    """Read a begroting workbook.

    Raises:
        WorkbookError: the file cannot be read, or is no sound begroting; all faults are listed.
    """
    return begroting_in(source_in(Path(path)))


def begroting_in(book: SourceBook) -> ReadBegroting:
    """Read a begroting from the values of its workbook.

    Raises:
        WorkbookError: it is no sound begroting; all faults are listed.
    """
    if any(name.startswith(AGENDA_PREFIX) for name in book.names):
        raise WorkbookError("begroting.is_agenda", where=book.file)
    if not any(name.startswith(NAME_PREFIX) for name in book.names):
        raise WorkbookError("begroting.not_ours", where=book.file)
    cells = Cells(book)
    cells.find(name for name in BlockName if name not in CHECK_BLOCKS)
    tables, themes = table_rows(cells), theme_rows(cells)
    cells.find(_named_after(tables, themes))
    own, keyed = [row.table for row in themes], [row.number for row in themes if row.has_key]
    cells.find_present([*monitoring_blocks(own, keyed), master_block(SheetName.CARRY_OVER)])
    cells.find_groups([binding_blocks(own), tuple(GrantBlock), SCENARIO_BLOCKS, *map(student_blocks, keyed)])
    plan = _plan(cells, tables, themes)
    layout = Layout(plan, {**cells.blocks, **check_blocks(plan, cells.blocks[BlockName.CHECK_SHEET].sheet)})
    _check_shapes(cells, layout)
    cells.faults += faults_of(plan, lambda subject: whereabouts(subject, layout))
    cells.stop_at_faults()
    return ReadBegroting(plan, layout, tuple(cells.misfits))


def _named_after(tables: Sequence[TableRow], themes: Sequence[ThemeRow]) -> list[str]:
    """List the rectangles that this plan's tables and themes have."""
    names = [row.name for row in tables]
    own = [row.table for row in themes]
    return [
        *(block(name) for name in names for block in (table_block, foot_block)),
        *(actuals_block(name) for name in own if name in names),
        *(key_block(row.number) for row in themes if row.has_key),
        *(master_block(sheet) for sheet in (*own, *SheetName) if sheet != SheetName.CARRY_OVER),
    ]


def _plan(cells: Cells, table_list: Sequence[TableRow], theme_list: Sequence[ThemeRow]) -> Plan:
    years = years_above(cells, [row.name for row in table_list])
    tables = {row.name: table_of(cells, row, years) for row in table_list}
    found = [theme for row in theme_list if (theme := theme_of(cells, row, tables)) is not None]
    cells.stop_at_faults()
    themes = counted(cells, found, years)
    own = [theme.table for theme in themes]
    integral = [table for table in tables.values() if table not in own]
    if len(integral) != 2:
        cells.note("begroting.integral_tables", found=len(integral))
        cells.stop_at_faults()
    euros, ftes = integral
    plan = Plan(
        **head_in(cells, cells.blocks[BlockName.GENERAL])._asdict(),
        state=state_of(cells),
        years=years,
        grant=grant_of(cells, years, euros.resolution),
        rate=rate_of(cells),
        themes=themes,
        euros=euros,
        ftes=ftes,
        actuals=actuals_of(cells, own, years),
        openings=openings_of(cells, own, years),
        thresholds=thresholds_of(cells),
        reasons=reasons_of(cells, own, years),
        locked=locked_of(cells),
        explanations=explanations_of(cells),
        changes=changes_of(cells, years),
        binding_until=binding_of(cells),
        scenarios=scenarios_of(cells),
        notes=cells.texts(cells.blocks[BlockName.NOTES]),
    )
    cells.stop_at_faults()
    return plan


def _check_shapes(cells: Cells, layout: Layout) -> None:
    """Note rectangles that do not have the rows their table asks for."""
    wanted = standard_layout(layout.plan).blocks
    own = [theme.table.name for theme in layout.plan.themes]
    for name in (*map(actuals_block, own), *monitoring_blocks(own, keyed_themes(layout.plan))):
        block = cells.blocks.get(name)
        if block is not None and block.height != wanted[name].height:
            where, height = cells.where(block, 0, 0), wanted[name].height
            cells.note("begroting.block_height", where=where, found=block.height, wanted=height)
