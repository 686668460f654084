"""The students that themes are divided by."""

from collections.abc import Sequence
from dataclasses import replace

from hoka_excel.begroting.places.students import (
    PROGRAMME_COLUMNS,
    STUDENT_ROWS,
    programmes_block,
    student_height,
    students_block,
)
from hoka_excel.begroting.reading.cells import Cells
from hoka_excel.core.plan import AllocationKey, Theme
from hoka_excel.core.students import LineCount, Programme, StudentCounts


def counted(cells: Cells, themes: Sequence[Theme], years: Sequence[int]) -> tuple[Theme, ...]:
    """Give the themes with the students that they are divided by."""
    return tuple(
        replace(theme, division=replace(theme.division, students=_students(cells, theme, years)))
        if isinstance(theme.division, AllocationKey) and students_block(theme.number) in cells.blocks
        else theme
        for theme in themes
    )


def _students(cells: Cells, theme: Theme, years: Sequence[int]) -> StudentCounts:
    block = cells.blocks[students_block(theme.number)]
    labels = [line.label for line in theme.table.lines]
    cells.expect_height(block, student_height(len(labels)))
    cells.expect_column(block, STUDENT_ROWS)
    days = tuple(cells.day(block, 2, column) for column in range(1, 1 + len(years)))
    first = len(STUDENT_ROWS) + 1
    lines = [
        LineCount(
            cells.text(block, row, 0),
            tuple(cells.number_if_any(block, row, column) for column in range(1, 1 + len(years))),
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
