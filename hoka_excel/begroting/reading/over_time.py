"""What changes over the years: binding years, indexation, revisions, counted students, scenarios."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from hoka_excel.begroting.layout import SheetName, master_block, subtitle_block
from hoka_excel.begroting.layout_over_time import (
    AVAILABLE_ROWS,
    BINDING_ROWS,
    GRANT_BLOCKS,
    INDEXATION_ROWS,
    PROGRAMME_COLUMNS,
    REVISION_COLUMNS,
    SCENARIOS,
    SETTING_COLUMNS,
    STUDENT_ROWS,
    TimeBlock,
    programmes_block,
    student_height,
    students_block,
)
from hoka_excel.begroting.reading.cells import Cells, is_number, shown
from hoka_excel.begroting.scenario_list import IN_PERCENT
from hoka_excel.begroting.source_book import cell_number
from hoka_excel.core.grant import GrantChanges, Indexation, Revision
from hoka_excel.core.levers import Lever, Scenario, Setting
from hoka_excel.core.plan import AllocationKey, Theme
from hoka_excel.core.students import LineCount, Programme, StudentCounts


def find_over_time(cells: Cells, tables: Sequence[str], keyed: Sequence[int]) -> None:
    """Find those of these rectangles that the begroting has; what belongs together is there in full.

    Args:
        cells: the workbook.
        tables: the names of the themes' own tables.
        keyed: the numbers of the themes with a key.

    Raises:
        WorkbookError: some are missing, broken or merged; all of them are listed.
    """
    groups = [
        (TimeBlock.BINDING, *map(subtitle_block, (*tables, SheetName.INTEGRAL))),
        GRANT_BLOCKS,
        (TimeBlock.SCENARIOS, TimeBlock.SCENARIO_SHEET, master_block(SCENARIOS)),
        *((students_block(number), programmes_block(number)) for number in keyed),
    ]
    cells.find(name for group in groups if cells.book.names.keys() & {*group} for name in group)


def binding_of(cells: Cells) -> int | None:
    """Read the last binding year."""
    if TimeBlock.BINDING not in cells.blocks:
        return None
    block = cells.blocks[TimeBlock.BINDING]
    cells.expect_height(block, len(BINDING_ROWS))
    cells.expect_column(block, BINDING_ROWS)
    return _year(cells, TimeBlock.BINDING, 0, 1)


def changes_of(cells: Cells, years: Sequence[int]) -> GrantChanges:
    """Read what became of the grant."""
    if TimeBlock.AVAILABLE not in cells.blocks:
        return GrantChanges()
    block = cells.blocks[TimeBlock.AVAILABLE]
    cells.expect_height(block, len(AVAILABLE_ROWS))
    cells.expect_column(block, AVAILABLE_ROWS)
    block = cells.blocks[TimeBlock.INDEXATION]
    cells.expect_height(block, len(INDEXATION_ROWS))
    cells.expect_column(block, INDEXATION_ROWS)
    level = _year(cells, TimeBlock.INDEXATION, 0, 1)
    percent, passed_on = (INDEXATION_ROWS.index(label) for label in ("Percentage", "Doorgifte"))
    indexations = []
    for column, year in enumerate(years, 1):
        parts = [cells.text(block, row, column) for row in (percent, passed_on)]
        if parts[0]:
            rise = _in_percent(cells.number(block, percent, column))
            part = _in_percent(cells.number(block, passed_on, column)) if parts[1] else Decimal(100)
            indexations.append(Indexation(year, rise, part))
    return GrantChanges(level, tuple(indexations), tuple(_revisions(cells)))


def _in_percent(fraction: Decimal) -> Decimal:
    """Write a fraction as a percentage, without zeros at its end."""
    return (fraction * 100).normalize() + Decimal(0)


def _year(cells: Cells, name: str, row: int, column: int) -> int | None:
    """Read a year; None where there is none."""
    block = cells.blocks[name]
    value = cells.value(block, row, column)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not is_number(value) or cell_number(value) % 1:
        cells.note("begroting.no_year", where=cells.where(block, row, column), text=shown(value))
        return None
    return int(value)


def _revisions(cells: Cells) -> Iterator[Revision]:
    block = cells.blocks[TimeBlock.REVISIONS]
    cells.expect_row(block, 0, REVISION_COLUMNS)
    for row in range(1, block.height):
        if any(cells.text(block, row, column) for column in range(len(REVISION_COLUMNS))):
            day, year = _day(cells, TimeBlock.REVISIONS, row, 1), _year(cells, TimeBlock.REVISIONS, row, 2)
            if year is None and not cells.text(block, row, 2):
                cells.note("begroting.no_year", where=cells.where(block, row, 2), text="")
            amount = cells.number(block, row, 3)
            yield Revision(day, cells.text(block, row, 0), year or 0, amount)


def _day(cells: Cells, name: str, row: int, column: int) -> date:
    """Read a day; the first of all days stands for what is none, once that is noted."""
    block = cells.blocks[name]
    value = cells.value(block, row, column)
    if not isinstance(value, datetime | date):
        cells.note("begroting.no_day", where=cells.where(block, row, column), text=shown(value))
        return date.min
    return value.date() if isinstance(value, datetime) else value


def counted(cells: Cells, themes: Sequence[Theme], years: Sequence[int]) -> tuple[Theme, ...]:
    """Give the themes with the students that they are divided by."""
    return tuple(
        replace(theme, division=replace(theme.division, students=_students(cells, theme, years)))
        if isinstance(theme.division, AllocationKey) and students_block(theme.number) in cells.blocks
        else theme
        for theme in themes
    )


def _students(cells: Cells, theme: Theme, years: Sequence[int]) -> StudentCounts:
    name = students_block(theme.number)
    block = cells.blocks[name]
    labels = [line.label for line in theme.table.lines]
    cells.expect_height(block, student_height(len(labels)))
    cells.expect_column(block, STUDENT_ROWS)
    days = tuple(_day(cells, name, 2, column) for column in range(1, 1 + len(years)))
    first = len(STUDENT_ROWS) + 1
    lines = [
        LineCount(
            cells.text(block, row, 0),
            tuple(_count(cells, name, row, column) for column in range(1, 1 + len(years))),
        )
        for row in range(first, first + len(labels))
    ]
    is_counted = any(count is not None for line in lines for count in line.counts)
    listed = cells.blocks[programmes_block(theme.number)]
    cells.expect_row(listed, 0, PROGRAMME_COLUMNS)
    programmes = tuple(
        Programme(cells.text(listed, row, 1), cells.text(listed, row, 0))
        for row in range(1, listed.height)
        if cells.text(listed, row, 0) or cells.text(listed, row, 1)
    )
    source, institution = cells.text(block, 0, 1), cells.text(block, 1, 1)
    return StudentCounts(days, source, institution, tuple(lines) if is_counted else (), programmes)


def _count(cells: Cells, name: str, row: int, column: int) -> Decimal | None:
    block = cells.blocks[name]
    return cells.number(block, row, column) if cells.text(block, row, column) else None


def scenarios_of(cells: Cells) -> tuple[Scenario, ...]:
    """Read what the scenarios set, those of one name together, in the order of their first rows."""
    if TimeBlock.SCENARIOS not in cells.blocks:
        return ()
    block = cells.blocks[TimeBlock.SCENARIOS]
    cells.expect_row(block, 0, SETTING_COLUMNS)
    found: dict[str, list[Setting]] = {}
    for row in range(1, block.height):
        name, *others = (cells.text(block, row, column) for column in range(len(SETTING_COLUMNS)))
        if any(others) or name:
            settings = found.setdefault(name, [])
            if any(others):
                settings += _setting(cells, row)
    return tuple(Scenario(name, tuple(settings)) for name, settings in found.items())


def _setting(cells: Cells, row: int) -> list[Setting]:
    """Read one setting; none when what is amiss in it was noted."""
    block = cells.blocks[TimeBlock.SCENARIOS]
    lever, table, line = (cells.text(block, row, column) for column in (1, 2, 3))
    if lever not in set(Lever):
        where, choices = cells.where(block, row, 1), ", ".join(Lever)
        cells.note("begroting.no_choice", where=where, text=lever, choices=choices)
        return []
    value = cells.number(block, row, 5)
    value = _in_percent(value) if lever in IN_PERCENT else value
    return [Setting(Lever(lever), table, line, _year(cells, TimeBlock.SCENARIOS, row, 4), value)]
