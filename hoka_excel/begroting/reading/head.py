"""What stands above a plan or quality agenda, in its workbook."""

from datetime import date, datetime

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.names import HEAD_ROWS
from hoka_excel.begroting.reading.cells import Cells, shown
from hoka_excel.core.head import Head


def head_in(cells: Cells, block: Block) -> Head:
    """Read the head from the first rows of a rectangle; a day that is none is the first of all."""
    cells.expect_column(block, HEAD_ROWS)
    title, institution, faculty, version, day, source = (
        cells.value(block, row, 1) for row in range(len(HEAD_ROWS))
    )
    made = day.date() if isinstance(day, datetime) else date.min
    return Head(shown(title), shown(institution), shown(faculty), shown(version), made, shown(source))
