"""What the projects of an agenda refer to: its years, sources, themes and programmes."""

from hoka_excel.agenda.places.names import MEMBER_COLUMNS, SOURCE_COLUMNS, AgendaBlock, members_block
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.begroting.words import NO, YES
from hoka_excel.core.agenda.projects import Axis, Member, Source


def years_of(cells: Cells) -> tuple[int, ...]:
    """Read the years of the agenda."""
    block = cells.blocks[AgendaBlock.YEARS]
    return tuple(cells.year(block, row, 1) for row in range(block.height))


def sources_of(cells: Cells) -> tuple[Source, ...]:
    """Read where the money comes from."""
    block = cells.blocks[AgendaBlock.SOURCES]
    cells.expect_row(block, 0, SOURCE_COLUMNS)
    sources = []
    for row in range(1, block.height):
        name, description, place = (cells.text(block, row, column) for column in range(3))
        tested = cells.choice(block, row, 3, (YES, NO))
        first, last = (cells.year_if_any(block, row, column) for column in (4, 5))
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
