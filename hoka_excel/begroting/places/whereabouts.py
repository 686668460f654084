"""On which cell of a begroting a subject of its plan stands."""

from collections.abc import Sequence

from hoka_excel.begroting.places.binding_years import BINDING_BLOCK
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.grant import INDEXATION_ROWS, REVISION_COLUMNS, GrantBlock
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import MonitoringBlock
from hoka_excel.begroting.places.names import TABLE_COLUMNS, THEME_COLUMNS, BlockName, key_block, table_block
from hoka_excel.begroting.places.scenarios import ScenarioBlock
from hoka_excel.begroting.places.students import STUDENT_ROWS, programmes_block, students_block
from hoka_excel.core.faults.subjects import Subject
from hoka_excel.core.plan import AllocationKey, Table
from hoka_excel.workbook.addresses import address

Spot = tuple[Block, int, int]
"""A rectangle and the offsets of a cell in it."""

_NUMBERS = {
    "gedrukt": (BlockName.RATE, 0),
    "rekentarief": (BlockName.RATE, 2),
    "procent": (MonitoringBlock.THRESHOLDS, 0),
    "bedrag": (MonitoringBlock.THRESHOLDS, 1),
}
"""The rectangle and row of each number that stands by itself, in the second column."""


def whereabouts(subject: Subject, layout: Layout) -> str:
    """Say on which cell a subject of the plan stands."""
    block, row, column = _dated(subject, layout) or _place(subject, layout)
    return f"{block.sheet}!{address(block.at(row, column))}"


def _place(subject: Subject, layout: Layout) -> Spot:
    match subject:
        case ("thema", int(index), "aandeel"):
            block, row, column = layout[BlockName.THEMES], 1 + index, THEME_COLUMNS.index("Aandeel")
        case ("thema", int(index), "verdeling", ("aandelen" | "vast") as part, str(line)):
            theme = layout.plan.themes[index]
            assert isinstance(theme.division, AllocationKey)
            row = 1 + [share.line for share in theme.division.shares].index(line)
            block, column = layout[key_block(theme.number)], 1 if part == "aandelen" else 3
        case ("thema", int(index), "verdeling", *_):
            theme = layout.plan.themes[index]
            keyed = isinstance(theme.division, AllocationKey)
            block, row, column = layout[key_block(theme.number) if keyed else BlockName.THEMES], 0, 0
        case ("thema", int(index), "tabel", *rest):
            block, row, column = _line(layout, layout.plan.themes[index].table, rest)
        case ("integraal", str(unit), *rest):
            block, row, column = _line(layout, layout.plan.euros if unit == "eur" else layout.plan.ftes, rest)
        case ("tarief" | "signalering", str(part)):
            name, row = _NUMBERS[part]
            block, column = layout[name], 1
        case ("toegekend", *_):
            block, row, column = layout[BlockName.GRANT], 1, 0
        case ("vast", int(index)):
            block, row, column = layout[BlockName.LOCKED], 1 + index, 0
        case ("toelichting", *_):
            block, row, column = layout[BlockName.CHECK_SHEET], 0, 0
        case _:
            block, row, column = layout[BlockName.THEMES], 0, 0
    return block, row, column


def _line(layout: Layout, table: Table, rest: Sequence[str | int]) -> Spot:
    match rest:
        case ["regels", str(label)]:
            return layout[table_block(table.name)], 1 + [line.label for line in table.rows].index(label), 0
        case ["stap"]:
            names = [entry.name for entry in layout.plan.tables]
            return (
                layout[BlockName.TABLES],
                1 + names.index(table.name),
                TABLE_COLUMNS.index("Gedrukt tot op"),
            )
        case _:
            return layout[table_block(table.name)], 0, 0


def _dated(subject: Subject, layout: Layout) -> Spot | None:
    """Find the cell of a subject, of a scenario the list that names it; None for what is something else."""
    match subject:
        case ("prijspeil",):
            return layout[GrantBlock.INDEXATION], 0, 1
        case ("taakstellend_tot",):
            return layout[BINDING_BLOCK], 0, 1
        case ("indexatie" | "bijstelling", *_):
            return _change(subject, layout)
        case ("scenario", *_):
            return layout[ScenarioBlock.LIST], 0, 0
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
            return layout[GrantBlock.INDEXATION], INDEXATION_ROWS.index(label), column
        case ("bijstelling", int(index), *part):
            column = REVISION_COLUMNS.index(str(*part).capitalize()) if part else 0
            return layout[GrantBlock.REVISIONS], 1 + index, column
        case _:
            return layout[GrantBlock.REVISIONS], 0, 0


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
