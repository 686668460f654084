"""What a controller fills in to follow the plan: opening balances, thresholds, and reasons for deviations.

A begroting that was made before these rectangles existed simply has none of it.
"""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.begroting.places.monitoring import (
    CARRY_OVER_STEPS,
    FOLLOW_UP_PARTS,
    THRESHOLD_ROWS,
    MonitoringBlock,
    carry_over_block,
    follow_up_block,
)
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.core.figures import MISSING, Figure
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.plan import Ref, Table


def thresholds_of(cells: Cells) -> Thresholds | None:
    """Read what a deviation must pass to be signalled; None when neither threshold is filled in."""
    block = cells.blocks.get(MonitoringBlock.THRESHOLDS)
    if block is None:
        return None
    cells.expect_column(block, THRESHOLD_ROWS)
    given = [bool(cells.text(block, row, 1)) for row in range(len(THRESHOLD_ROWS))]
    if not any(given):
        return None
    share, amount = (cells.number(block, row, 1) if known else Decimal(0) for row, known in enumerate(given))
    return Thresholds(share.scaleb(2), amount)


def openings_of(cells: Cells, tables: Sequence[Table], years: Sequence[int]) -> dict[Ref, Figure]:
    """Read what the lines of the themes brought along into the first year, where that is filled in."""
    found = {}
    for table in tables:
        block = cells.blocks.get(carry_over_block(table.name))
        if block is not None:
            for index, line in enumerate(table.lines):
                figure = cells.figure(block, 1 + index * len(CARRY_OVER_STEPS), 2, table.resolution)
                if figure is not MISSING:
                    found[Ref(table.name, line.label, years[0])] = figure
    return found


def reasons_of(cells: Cells, tables: Sequence[Table], years: Sequence[int]) -> dict[Ref, str]:
    """Read why what was spent deviates from the budget, in the controller's words."""
    found = {}
    for table in tables:
        block = cells.blocks.get(follow_up_block(table.name))
        if block is not None:
            first = FOLLOW_UP_PARTS.index("Toelichting") * (1 + len(table.rows)) + 1
            for row, line in enumerate(table.rows, first):
                for column, year in enumerate(years, 1):
                    if text := cells.text(block, row, column):
                        found[Ref(table.name, line.label, year)] = text
    return found
