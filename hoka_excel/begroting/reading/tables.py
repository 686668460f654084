"""The tables of the appendix and what was spent on their lines."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.begroting.places.names import TABLE_COLUMNS, BlockName, actuals_block, table_block
from hoka_excel.begroting.reading.cells import Cells, shown
from hoka_excel.core.figures import MISSING, Figure
from hoka_excel.core.plan import Line, Ref, Table, Unit


class TableRow(NamedTuple):
    """A table as the list on Uitgangspunten describes it."""

    name: str
    title: str
    unit: Unit
    resolution: Decimal


def table_rows(cells: Cells) -> list[TableRow]:
    """List the tables of the plan.

    Raises:
        WorkbookError: the list cannot be read.
    """
    block = cells.blocks[BlockName.TABLES]
    cells.expect_row(block, 0, TABLE_COLUMNS)
    rows = []
    for row in range(1, block.height):
        unit = cells.choice(block, row, 1, Unit)
        if unit is not None:
            name, title = cells.text(block, row, 0), cells.text(block, row, 3)
            rows.append(TableRow(name, title, unit, cells.number(block, row, 2)))
    cells.stop_at_faults()
    return rows


def years_above(cells: Cells, tables: Sequence[str]) -> tuple[int, ...]:
    """Read the years above every table; they are the same everywhere.

    Raises:
        WorkbookError: they are not, or are no years.
    """
    block = cells.blocks[table_block(tables[0])]
    read = (cells.year(block, 0, column) for column in range(1, block.width))
    years = [year for year in read if year]
    for name in tables[1:]:
        other = cells.blocks[table_block(name)]
        for column, year in enumerate(years, 1):
            found = cells.value(other, 0, column) if column < other.width else None
            if found != year:
                where = cells.where(other, 0, column)
                cells.note("begroting.other_year", where=where, found=shown(found), wanted=year)
    cells.stop_at_faults()
    return tuple(years)


def table_of(cells: Cells, row: TableRow, years: Sequence[int]) -> Table:
    """Read a table: its lines, and its total last."""
    block = cells.blocks[table_block(row.name)]
    lines = []
    for offset in range(1, block.height):
        label = cells.text(block, offset, 0)
        if not label:
            cells.note("begroting.no_label", where=cells.where(block, offset, 0))
        figures = tuple(
            cells.figure(block, offset, column, row.resolution) for column in range(1, 1 + len(years))
        )
        lines.append(Line(label, figures))
    return Table(row.name, row.title, row.unit, row.resolution, tuple(lines[:-1]), lines[-1])


def actuals_of(cells: Cells, tables: Sequence[Table], years: Sequence[int]) -> dict[Ref, Figure]:
    """Read what was spent on every line, where it is known."""
    spent = {}
    for table in tables:
        block = cells.blocks[actuals_block(table.name)]
        first = 1 + len(table.rows)
        for row, line in enumerate(table.lines, first + 1):
            for column, year in enumerate(years, 1):
                figure = cells.figure(block, row, column, table.resolution)
                if figure is not MISSING:
                    spent[Ref(table.name, line.label, year)] = figure
    return spent
