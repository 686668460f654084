"""The assumptions that belong to no single theme: the plan's state, the grant, the rate, locks."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.begroting.places.names import (
    GENERAL_ROWS,
    LOCKED_COLUMNS,
    PRINTED_GRANT_LABEL,
    RATE_ROWS,
    BlockName,
)
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.begroting.words import YES
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.plan import FteRate, Ref, State


def state_of(cells: Cells) -> State:
    """Read which figures the plan holds.

    Raises:
        WorkbookError: its state is none of ours.
    """
    block = cells.blocks[BlockName.GENERAL]
    cells.expect_column(block, GENERAL_ROWS)
    state = cells.choice(block, GENERAL_ROWS.index("Toestand"), 1, State)
    cells.stop_at_faults()
    assert state is not None
    return state


def grant_of(cells: Cells, years: Sequence[int], unit: Decimal) -> tuple[Figure, ...] | None:
    """Read the grant per year; None where the printed total stands for it."""
    block = cells.blocks[BlockName.GRANT]
    if cells.text(block, 1, 0) == PRINTED_GRANT_LABEL:
        return None
    return tuple(cells.figure(block, 1, column, unit) for column in range(1, 1 + len(years)))


def rate_of(cells: Cells) -> FteRate:
    """Read what one FTE costs."""
    block = cells.blocks[BlockName.RATE]
    cells.expect_column(block, RATE_ROWS)
    printed = Printed(cells.number(block, 0, 1), max(cells.number(block, 1, 1), Decimal(0)))
    return FteRate(printed, cells.number(block, 2, 1), inferred=cells.text(block, 3, 1) == YES)


def locked_of(cells: Cells) -> tuple[Ref, ...]:
    """Read which figures the controller says are right."""
    block = cells.blocks[BlockName.LOCKED]
    cells.expect_row(block, 0, LOCKED_COLUMNS)
    return tuple(
        Ref(cells.text(block, row, 1), cells.text(block, row, 0), int(cells.number(block, row, 2)))
        for row in range(1, block.height)
        if any(cells.text(block, row, column) for column in range(len(LOCKED_COLUMNS)))
    )
