"""What the projects of an agenda refer to: its own words, its years, sources, themes and programmes."""

from datetime import date, datetime
from typing import NamedTuple

from hoka_excel.agenda.layout import (
    GENERAL_ROWS,
    MEMBER_COLUMNS,
    SOURCE_COLUMNS,
    AgendaBlock,
    members_block,
)
from hoka_excel.begroting.assumption_sheet import NO, YES
from hoka_excel.begroting.blocks import Block
from hoka_excel.begroting.reading.cells import Cells, shown
from hoka_excel.core.agenda.projects import Axis, Member, Source


class General(NamedTuple):
    """What an agenda is called and whose it is."""

    title: str
    institution: str
    faculty: str
    version: str
    day: date
    source: str


def general_of(cells: Cells) -> General:
    """Read what the agenda is."""
    block = cells.blocks[AgendaBlock.GENERAL]
    cells.expect_column(block, GENERAL_ROWS)
    title, institution, faculty, version, day, source = (
        cells.value(block, row, 1) for row in range(len(GENERAL_ROWS))
    )
    made = day.date() if isinstance(day, datetime) else date.min
    return General(shown(title), shown(institution), shown(faculty), shown(version), made, shown(source))


def years_of(cells: Cells) -> tuple[int, ...]:
    """Read the years of the agenda."""
    block = cells.blocks[AgendaBlock.YEARS]
    return tuple(_year(cells, block, row, 1) for row in range(block.height))


def sources_of(cells: Cells) -> tuple[Source, ...]:
    """Read where the money comes from."""
    block = cells.blocks[AgendaBlock.SOURCES]
    cells.expect_row(block, 0, SOURCE_COLUMNS)
    sources = []
    for row in range(1, block.height):
        name, description, place, tested = (cells.text(block, row, column) for column in range(4))
        if tested not in {YES, NO}:
            where, choices = cells.where(block, row, 3), f"{YES}, {NO}"
            cells.note("begroting.no_choice", where=where, text=tested, choices=choices)
        first, last = (
            None if cells.value(block, row, column) is None else _year(cells, block, row, column)
            for column in (4, 5)
        )
        sources.append(Source(name, description, place, tested == YES, first, last))
    return tuple(sources)


def members_of(cells: Cells, axis: Axis) -> tuple[Member, ...]:
    """Read what an axis divides over."""
    block = cells.blocks[members_block(axis)]
    cells.expect_row(block, 0, MEMBER_COLUMNS)
    members = []
    for row in range(1, block.height):
        name, detail, place = (cells.text(block, row, column) for column in range(3))
        number = cells.value(block, row, 3)
        numbered = None if number is None else int(cells.number(block, row, 3))
        members.append(Member(name, detail, place, numbered))
    return tuple(members)


def _year(cells: Cells, block: Block, row: int, column: int) -> int:
    year = cells.value(block, row, column)
    if isinstance(year, bool) or not isinstance(year, int):
        cells.note("begroting.no_year", where=cells.where(block, row, column), text=shown(year))
        return 0
    return year
