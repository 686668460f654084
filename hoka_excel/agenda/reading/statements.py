"""What a workbook states of its agenda: its totals, the controller's reasons, and the notes."""

from decimal import Decimal

from hoka_excel.agenda.agenda_file import KIND_WORDS
from hoka_excel.agenda.layout import CHECK_COLUMNS, AgendaBlock, total_lines, totals_block
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.core.agenda.projects import Agenda, AgendaRef, Reason
from hoka_excel.core.agenda.totals import total_ref
from hoka_excel.core.figures import Figure
from hoka_excel.workbook.sheets import Position


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
    sheet = cells.book.sheets[cells.blocks[AgendaBlock.CHECK_SHEET].sheet]
    reasons: dict[tuple[str, AgendaRef], Reason] = {}
    is_below_header = False
    for row_number in range(sheet.first.row, sheet.first.row + len(sheet.rows)):
        row = tuple(sheet.value(Position(row_number, column)) for column in range(1, 1 + len(CHECK_COLUMNS)))
        if row == CHECK_COLUMNS:
            is_below_header = True
        elif is_below_header:
            named = dict(zip(CHECK_COLUMNS, row, strict=True))
            text, kind = named["Toelichting"], KIND_WORDS.get(str(named["Soort"]))
            if text and kind is not None:
                ref = AgendaRef(str(named["Tabel"]), str(named["Regel"]), str(named["Jaar"]))
                reasons.setdefault((kind, ref), Reason(kind, ref, str(text).strip()))
    return tuple(reasons.values())


def notes_of(cells: Cells) -> tuple[str, ...]:
    """Read what a reader must know."""
    block = cells.blocks[AgendaBlock.NOTES]
    return tuple(text for row in range(block.height) if (text := cells.text(block, row, 0)))
