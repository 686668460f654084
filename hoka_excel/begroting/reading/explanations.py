"""The controller's reasons, read from the list of checks wherever it stands on its sheet."""

from hoka_excel.begroting.layout import CHECK_COLUMNS, BlockName
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.core.plan import Explanation, Ref
from hoka_excel.workbook.sheets import Position


def explanations_of(cells: Cells) -> tuple[Explanation, ...]:
    """Read why differences are justified; of several reasons for one figure the first counts."""
    sheet = cells.book.sheets[cells.blocks[BlockName.CHECK_SHEET].sheet]
    reasons: dict[Ref, str] = {}
    is_below_header = False
    for row_number in range(sheet.first.row, sheet.first.row + len(sheet.rows)):
        row = tuple(sheet.value(Position(row_number, column)) for column in range(1, 1 + len(CHECK_COLUMNS)))
        if row == CHECK_COLUMNS:
            is_below_header = True
        elif is_below_header:
            named = dict(zip(CHECK_COLUMNS, row, strict=True))
            text, year = named["Toelichting"], named["Jaar"]
            if text and isinstance(year, int):
                reasons.setdefault(Ref(str(named["Tabel"]), str(named["Regel"]), year), str(text).strip())
    return tuple(Explanation(ref, text) for ref, text in reasons.items())
