"""Read an agenda back from its workbook: what it says, where it says so, and the totals it states.

Places are found by defined names, then by the labels inside them. Every fault is listed at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import (
    CHECK_BLOCKS,
    AgendaBlock,
    AgendaSheet,
    foot_block,
    members_block,
    shares_block,
    source_block,
    totals_block,
)
from hoka_excel.agenda.places.standard_layout import check_blocks, table_blocks
from hoka_excel.agenda.places.whereabouts import whereabouts
from hoka_excel.agenda.reading.assumptions import members_of, sources_of, years_of
from hoka_excel.agenda.reading.projects import projects_of
from hoka_excel.agenda.reading.statements import reasons_of, totals_of_workbook
from hoka_excel.begroting.places.names import AGENDA_PREFIX, master_block
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.begroting.reading.head import head_in
from hoka_excel.begroting.reading.source_book import SourceBook, source_in
from hoka_excel.core.agenda.checks import reconcile_agenda
from hoka_excel.core.agenda.faults import agenda_faults
from hoka_excel.core.agenda.projects import Agenda, AgendaRef, Axis
from hoka_excel.core.agenda.totals import SOURCES, TABLES
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.figures import Figure
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Message


@dataclass(frozen=True, slots=True)
class ReadAgenda:
    """An agenda as its workbook holds it.

    Attributes:
        agenda: what it says.
        layout: where it says so.
        stated: its totals as they stand.
        misfits: cells that hold text or an error where an amount is filled in; they count as nothing.
    """

    agenda: Agenda
    layout: AgendaLayout
    stated: Mapping[AgendaRef, Figure]
    misfits: tuple[Message, ...]

    def reconciled(self) -> Reconciliation:
        """Judge every check of the agenda, its totals as they stand."""
        return reconcile_agenda(self.agenda, self.stated, self.layout.places())


def read_agenda(path: str | Path) -> ReadAgenda:
    """Read the workbook of an agenda.

    Raises:
        WorkbookError: the file cannot be read, or is no sound agenda; all faults are listed.
    """
    return agenda_in(source_in(Path(path)))


def agenda_in(book: SourceBook) -> ReadAgenda:
    """Read an agenda from the values of its workbook.

    Raises:
        WorkbookError: it is no sound agenda; all faults are listed.
    """
    if not any(name.startswith(AGENDA_PREFIX) for name in book.names):
        raise WorkbookError("agenda.not_ours", where=book.file)
    cells = Cells(book)
    cells.find(_NAMES)
    years, sources = years_of(cells), sources_of(cells)
    cells.find(source_block(number) for number in range(1, 1 + len(sources)))
    agenda = Agenda(
        **head_in(cells, cells.blocks[AgendaBlock.GENERAL])._asdict(),
        years=years,
        sources=sources,
        themes=members_of(cells, Axis.OWN_THEMES),
        sector_themes=members_of(cells, Axis.SECTOR_THEMES),
        programmes=members_of(cells, Axis.PROGRAMMES),
        projects=projects_of(cells, years, len(sources)),
        reasons=reasons_of(cells),
        notes=cells.texts(cells.blocks[AgendaBlock.NOTES]),
    )
    _check_shapes(cells, agenda)
    cells.faults += agenda_faults(agenda, lambda subject: whereabouts(subject, agenda, cells.blocks))
    cells.stop_at_faults()
    sheet = cells.blocks[AgendaBlock.CHECK_SHEET].sheet
    layout = AgendaLayout(agenda, {**cells.blocks, **check_blocks(agenda, sheet)})
    misfits = tuple(cells.misfits)
    return ReadAgenda(agenda, layout, totals_of_workbook(cells, agenda), misfits)


_NAMES = (
    *(name for name in AgendaBlock if name not in CHECK_BLOCKS),
    *(block(axis) for axis in Axis for block in (members_block, shares_block)),
    *(block(table) for table in (*TABLES.values(), SOURCES) for block in (totals_block, foot_block)),
    *(master_block(sheet) for sheet in AgendaSheet),
)
"""The rectangles that every agenda has, besides one per source."""


def _check_shapes(cells: Cells, agenda: Agenda) -> None:
    """Note rectangles that have not the rows and columns that the lists of the agenda ask for."""
    for name, wanted in table_blocks(agenda).items():
        block = cells.blocks[name]
        if name != AgendaBlock.NOTES and (block.height, block.width) != (wanted.height, wanted.width):
            cells.note(
                "agenda.other_shape",
                where=cells.where(block, 0, 0),
                found=f"{block.height} x {block.width}",
                wanted=f"{wanted.height} x {wanted.width}",
            )
    cells.stop_at_faults()
