"""The projects of an agenda, each gathered from its rows on several sheets."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.agenda.places.names import (
    AIM_COLUMNS,
    AMOUNT_COLUMNS,
    COST_COLUMNS,
    SHARE_COLUMNS,
    AgendaBlock,
    shares_block,
    source_block,
)
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.reading.cells import Cells, shown
from hoka_excel.core.agenda.projects import Axis, Project, Shares, Status
from hoka_excel.core.figures import value_of

_EXACT = Decimal(0)


def projects_of(cells: Cells, years: Sequence[int], sources: int) -> tuple[Project, ...]:
    """Read every project.

    Args:
        cells: the workbook, its rectangles found.
        years: of the agenda.
        sources: how many sources it has.
    """
    costs, aims = cells.blocks[AgendaBlock.COSTS], cells.blocks[AgendaBlock.AIMS]
    cells.expect_row(costs, 0, COST_COLUMNS)
    cells.expect_row(aims, 0, AIM_COLUMNS)
    paid = [cells.blocks[source_block(number)] for number in range(1, 1 + sources)]
    for block in paid:
        cells.expect_row(block, 0, AMOUNT_COLUMNS)
    for block in (costs, *paid):
        _expect_years(cells, block, years)
    for axis in Axis:
        cells.expect_row(cells.blocks[shares_block(axis)], 0, SHARE_COLUMNS)
    return tuple(
        Project(
            number=int(cells.number(costs, row, COST_COLUMNS.index("Nummer"))),
            name=cells.text(costs, row, COST_COLUMNS.index("Project")),
            status=_status(cells, costs, row),
            place=cells.text(aims, row, AIM_COLUMNS.index("Vindplaats")),
            aim=cells.text(aims, row, AIM_COLUMNS.index("Kwaliteitsdoel")),
            evidence=cells.text(aims, row, AIM_COLUMNS.index("Onderbouwing")),
            shares=tuple(_shares(cells, cells.blocks[shares_block(axis)], row) for axis in Axis),
            costs=_amounts(cells, costs, row, len(years)),
            financing=tuple(_amounts(cells, block, row, len(years)) for block in paid),
        )
        for row in range(1, costs.height - 1)
    )


def _expect_years(cells: Cells, block: Block, years: Sequence[int]) -> None:
    """Note where a table has another year above its amounts than the agenda has."""
    for column, year in enumerate(years, len(AMOUNT_COLUMNS)):
        found = cells.value(block, 0, column)
        if found != year:
            where = cells.where(block, 0, column)
            cells.note("begroting.other_year", where=where, found=shown(found), wanted=year)


def _status(cells: Cells, block: Block, row: int) -> Status:
    return cells.choice(block, row, COST_COLUMNS.index("Bedragen"), Status) or Status.EXAMPLE


def _shares(cells: Cells, block: Block, row: int) -> Shares:
    columns = range(len(SHARE_COLUMNS), block.width - 1)
    parts = tuple(_whole(cells, block, row, column) for column in columns)
    return Shares(parts, _whole(cells, block, row, SHARE_COLUMNS.index("Geheel")))


def _whole(cells: Cells, block: Block, row: int, column: int) -> int:
    """Read a whole number; a blank cell is none of the parts."""
    if cells.text(block, row, column) == "":
        return 0
    number = cells.number(block, row, column)
    if number != number.to_integral_value():
        cells.note("agenda.no_whole_share", where=cells.where(block, row, column), text=number)
    return int(number)


def _amounts(cells: Cells, block: Block, row: int, years: int) -> tuple[Decimal, ...]:
    """Read amounts; a blank cell is nothing, and so is what is no number, once that is noted."""
    first = len(AMOUNT_COLUMNS)
    figures = [cells.figure(block, row, column, _EXACT) for column in range(first, first + years)]
    return tuple(value_of(figure) or Decimal(0) for figure in figures)
