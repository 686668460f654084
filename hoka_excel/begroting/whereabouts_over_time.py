"""On which cell stands what changes over the years of a plan."""

from collections.abc import Sequence

from hoka_excel.begroting.blocks import Block
from hoka_excel.begroting.layout import Layout
from hoka_excel.begroting.layout_over_time import (
    INDEXATION_ROWS,
    REVISION_COLUMNS,
    STUDENT_ROWS,
    TimeBlock,
    programmes_block,
    students_block,
)
from hoka_excel.core.plan import AllocationKey
from hoka_excel.core.plan_faults import Subject

Spot = tuple[Block, int, int]
"""A rectangle and the offsets of a cell in it."""


def place_over_time(subject: Subject, layout: Layout) -> Spot | None:
    """Find the cell of a subject, of a scenario the list that names it; None for what is something else."""
    match subject:
        case ("prijspeil",):
            return layout[TimeBlock.INDEXATION], 0, 1
        case ("taakstellend_tot",):
            return layout[TimeBlock.BINDING], 0, 1
        case ("indexatie" | "bijstelling", *_):
            return _change(subject, layout)
        case ("scenario", *_):
            return layout[TimeBlock.SCENARIOS], 0, 0
        case ("thema", int(index), "verdeling", "studenten", *rest):
            return _students(index, rest, layout)
        case _:
            return None


def _change(subject: Subject, layout: Layout) -> Spot:
    """Find an indexation by its year, a revision by its row."""
    match subject:
        case ("indexatie", int(index), str(part)):
            label = "Doorgifte" if part == "doorgifte" else "Percentage"
            year = layout.plan.changes.indexations[index].year
            column = 1 + layout.plan.years.index(year)
            return layout[TimeBlock.INDEXATION], INDEXATION_ROWS.index(label), column
        case ("bijstelling", int(index), *part):
            column = REVISION_COLUMNS.index(str(*part).capitalize()) if part else 0
            return layout[TimeBlock.REVISIONS], 1 + index, column
        case _:
            return layout[TimeBlock.REVISIONS], 0, 0


def _students(index: int, rest: Sequence[str | int], layout: Layout) -> Spot:
    theme = layout.plan.themes[index]
    assert isinstance(theme.division, AllocationKey)
    students = theme.division.students
    assert students is not None
    block = layout[students_block(theme.number)]
    match rest:
        case ["peildatum"]:
            return block, STUDENT_ROWS.index("Peildatum"), 1
        case ["aantallen", str(line)]:
            return block, len(STUDENT_ROWS) + 1 + [entry.line for entry in students.lines].index(line), 0
        case ["opleidingen", str(code)]:
            codes = [programme.code for programme in students.programmes]
            return layout[programmes_block(theme.number)], 1 + codes.index(code), 1
        case _:
            return block, len(STUDENT_ROWS), 0
