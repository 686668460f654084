"""On which cell of a begroting a subject of its plan stands."""

from collections.abc import Sequence

from hoka_excel.begroting.layout import (
    TABLE_COLUMNS,
    THEME_COLUMNS,
    BlockName,
    Layout,
    key_block,
    table_block,
)
from hoka_excel.begroting.monitoring_layout import MonitoringBlock
from hoka_excel.begroting.whereabouts_over_time import Spot, place_over_time
from hoka_excel.core.plan import AllocationKey, Table
from hoka_excel.core.plan_faults import Subject
from hoka_excel.workbook.addresses import address

_NUMBERS = {
    "gedrukt": (BlockName.RATE, 0),
    "rekentarief": (BlockName.RATE, 2),
    "procent": (MonitoringBlock.THRESHOLDS, 0),
    "bedrag": (MonitoringBlock.THRESHOLDS, 1),
}
"""The rectangle and row of each number that stands by itself, in the second column."""


def whereabouts(subject: Subject, layout: Layout) -> str:
    """Say on which cell a subject of the plan stands."""
    block, row, column = place_over_time(subject, layout) or _place(subject, layout)
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
