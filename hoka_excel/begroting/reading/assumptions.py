"""The assumptions that belong to no single theme: the plan's own words, the grant, the rate, locks, notes."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.begroting.assumption_sheet import YES
from hoka_excel.begroting.layout import (
    GENERAL_ROWS,
    LOCKED_COLUMNS,
    PRINTED_GRANT_LABEL,
    RATE_ROWS,
    BlockName,
)
from hoka_excel.begroting.reading.cells import Cells, shown
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.plan import FteRate, Ref, State


class General(NamedTuple):
    """What a plan is called, whose it is, and which figures it holds."""

    title: str
    institution: str
    faculty: str
    version: str
    day: date
    source: str
    state: State


def general_of(cells: Cells) -> General:
    """Read what the plan is.

    Raises:
        WorkbookError: its state is none of ours.
    """
    block = cells.blocks[BlockName.GENERAL]
    cells.expect_column(block, GENERAL_ROWS)
    title, institution, faculty, version, day, source, state = (
        cells.value(block, row, 1) for row in range(len(GENERAL_ROWS))
    )
    if state not in set(State):
        where, choices = cells.where(block, len(GENERAL_ROWS) - 1, 1), ", ".join(State)
        cells.note("begroting.no_choice", where=where, text=shown(state), choices=choices)
        cells.stop_at_faults()
    return General(
        shown(title),
        shown(institution),
        shown(faculty),
        shown(version),
        day.date() if isinstance(day, datetime) else date.min,
        shown(source),
        State(str(state)),
    )


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


def notes_of(cells: Cells) -> tuple[str, ...]:
    """Read what a reader must know."""
    return cells.texts(cells.blocks[BlockName.NOTES])
