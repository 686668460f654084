"""Which years of a begroting are binding."""

from hoka_excel.begroting.places.binding_years import BINDING_BLOCK, BINDING_ROWS
from hoka_excel.begroting.reading.cells import Cells


def binding_of(cells: Cells) -> int | None:
    """Read the last binding year."""
    if BINDING_BLOCK not in cells.blocks:
        return None
    block = cells.blocks[BINDING_BLOCK]
    cells.expect_height(block, len(BINDING_ROWS))
    cells.expect_column(block, BINDING_ROWS)
    return cells.year_if_any(block, 0, 1)
