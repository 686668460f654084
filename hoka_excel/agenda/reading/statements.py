"""What a workbook states of its agenda: its totals, the controller's reasons, and the notes."""

from decimal import Decimal

from hoka_excel.agenda.agenda_file import KIND_WORDS
from hoka_excel.agenda.layout import CHECK_COLUMNS, AgendaBlock, total_lines, totals_block
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.core.agenda.projects import Agenda, AgendaRef, Reason
from hoka_excel.core.agenda.totals import total_ref
from hoka_excel.core.figures import Figure


def totals_of_workbook(cells: Cells, agenda: Agenda) -> dict[AgendaRef, Figure]:
    """Read every total as it stands."""
    stated = {}
    for table, labels in total_lines(agenda).items():
        block = cells.blocks[totals_block(table)]
        for row, label in enumerate(labels, 1):
            for column, period in enumerate(agenda.periods, 1):
                ref = total_ref(agenda, table, label, period)
                stated[ref] = cells.figure(block, row, column, Decimal(0))
    return stated


def reasons_of(cells: Cells) -> tuple[Reason, ...]:
    """Read why differences are justified; of several reasons for one check the first counts."""
    reasons: dict[tuple[str, AgendaRef], Reason] = {}
    for named in cells.below_header(cells.blocks[AgendaBlock.CHECK_SHEET].sheet, CHECK_COLUMNS):
        text, kind = named["Toelichting"], KIND_WORDS.get(str(named["Soort"]))
        if text and kind is not None:
            ref = AgendaRef(str(named["Tabel"]), str(named["Regel"]), str(named["Jaar"]))
            reasons.setdefault((kind, ref), Reason(kind, ref, str(text).strip()))
    return tuple(reasons.values())


def notes_of(cells: Cells) -> tuple[str, ...]:
    """Read what a reader must know."""
    return cells.texts(cells.blocks[AgendaBlock.NOTES])
