"""What a workbook states of its agenda: its totals, and the controller's reasons."""

from decimal import Decimal

from hoka_excel.agenda.places.layout import total_lines
from hoka_excel.agenda.places.names import CHECK_COLUMNS, AgendaBlock, totals_block
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.begroting.words import kinds_by_word
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
    kinds = kinds_by_word()
    for named in cells.below_header(cells.blocks[AgendaBlock.CHECK_SHEET].sheet, CHECK_COLUMNS):
        text, kind = named["Toelichting"], kinds.get(str(named["Soort"]))
        if text and kind is not None:
            ref = AgendaRef(str(named["Tabel"]), str(named["Regel"]), str(named["Jaar"]))
            reasons.setdefault((kind, ref), Reason(kind, ref, str(text).strip()))
    return tuple(reasons.values())
