"""What became of the grant: its indexations and revisions."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from hoka_excel.begroting.places.grant import AVAILABLE_ROWS, INDEXATION_ROWS, REVISION_COLUMNS, GrantBlock
from hoka_excel.begroting.reading.cells import Cells, in_percent
from hoka_excel.core.grant import GrantChanges, Indexation, Revision


def changes_of(cells: Cells, years: Sequence[int]) -> GrantChanges:
    """Read what became of the grant."""
    if GrantBlock.AVAILABLE not in cells.blocks:
        return GrantChanges()
    block = cells.blocks[GrantBlock.AVAILABLE]
    cells.expect_height(block, len(AVAILABLE_ROWS))
    cells.expect_column(block, AVAILABLE_ROWS)
    block = cells.blocks[GrantBlock.INDEXATION]
    cells.expect_height(block, len(INDEXATION_ROWS))
    cells.expect_column(block, INDEXATION_ROWS)
    level = cells.year_if_any(block, 0, 1)
    percent, passed_on = (INDEXATION_ROWS.index(label) for label in ("Percentage", "Doorgifte"))
    indexations = []
    for column, year in enumerate(years, 1):
        parts = [cells.text(block, row, column) for row in (percent, passed_on)]
        if parts[0]:
            rise = in_percent(cells.number(block, percent, column))
            part = in_percent(cells.number(block, passed_on, column)) if parts[1] else Decimal(100)
            indexations.append(Indexation(year, rise, part))
    return GrantChanges(level, tuple(indexations), tuple(_revisions(cells)))


def _revisions(cells: Cells) -> Iterator[Revision]:
    block = cells.blocks[GrantBlock.REVISIONS]
    cells.expect_row(block, 0, REVISION_COLUMNS)
    for row in range(1, block.height):
        if any(cells.text(block, row, column) for column in range(len(REVISION_COLUMNS))):
            day, year, amount = (
                cells.day(block, row, 1),
                cells.year(block, row, 2),
                cells.number(block, row, 3),
            )
            yield Revision(day, cells.text(block, row, 0), year, amount)
