"""The controller's reasons, read from the list of checks wherever it stands on its sheet."""

from hoka_excel.begroting.places.names import CHECK_COLUMNS, BlockName
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.core.plan import Explanation, Ref


def explanations_of(cells: Cells) -> tuple[Explanation, ...]:
    """Read why differences are justified; of several reasons for one figure the first counts."""
    reasons: dict[Ref, str] = {}
    for named in cells.below_header(cells.blocks[BlockName.CHECK_SHEET].sheet, CHECK_COLUMNS):
        text, year = named["Toelichting"], named["Jaar"]
        if text and isinstance(year, int):
            reasons.setdefault(Ref(str(named["Tabel"]), str(named["Regel"]), year), str(text).strip())
    return tuple(Explanation(ref, text) for ref, text in reasons.items())
