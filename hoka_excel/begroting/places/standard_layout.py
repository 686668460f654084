"""How a fresh begroting is laid out: which rectangle stands where, given its plan."""

from hoka_excel.begroting.places.binding_years import binding_shapes, subtitle_block
from hoka_excel.begroting.places.blocks import FIRST_ROW, SPARE_ROWS, Block, Shape, stacked
from hoka_excel.begroting.places.checks import check_sheet_blocks
from hoka_excel.begroting.places.grant import grant_shapes
from hoka_excel.begroting.places.layout import Layout, checked_figures
from hoka_excel.begroting.places.monitoring import (
    CARRY_OVER_WORDS,
    carry_over_shapes,
    follow_up_shape,
    proportion_shapes,
    threshold_shape,
)
from hoka_excel.begroting.places.names import (
    ACTUALS_PARTS,
    CHECK_BLOCKS,
    CHECK_COLUMNS,
    FOOT_ROWS,
    GENERAL_ROWS,
    KEY_COLUMNS,
    LOCKED_COLUMNS,
    RATE_ROWS,
    TABLE_COLUMNS,
    THEME_COLUMNS,
    THEME_FOOT_ROWS,
    BlockName,
    SheetName,
    actuals_block,
    foot_block,
    key_block,
    master_block,
    table_block,
)
from hoka_excel.begroting.places.scenarios import SCENARIO_SHEET, ScenarioBlock, scenario_shapes
from hoka_excel.begroting.places.students import student_shapes
from hoka_excel.core.plan import AllocationKey, Plan, Table

_NOTES_ROW = 26
"""The sheet Toelichting: the notes of the plan stand below its own explanation."""


def standard_layout(plan: Plan) -> Layout:
    """Lay out a fresh begroting."""
    years = len(plan.years)
    blocks: dict[str, Block] = {}
    for theme in plan.themes:
        blocks |= _table_blocks(theme.table.name, [theme.table], len(THEME_FOOT_ROWS), years)
    blocks |= _table_blocks(SheetName.INTEGRAL, [plan.euros, plan.ftes], len(FOOT_ROWS), years)
    blocks |= _assumption_blocks(plan)
    blocks |= _actuals_blocks(plan)
    blocks |= stacked(SheetName.CARRY_OVER, carry_over_shapes(plan), FIRST_ROW + CARRY_OVER_WORDS)
    blocks |= check_blocks(plan, SheetName.CHECKS)
    sheets = [*(theme.table.name for theme in plan.themes), *SheetName]
    blocks |= {master_block(sheet): Block(sheet, 2, 1, 1, 2) for sheet in sheets}
    blocks[BlockName.NOTES] = Block(SheetName.ABOUT, _NOTES_ROW, 2, max(1, len(plan.notes)), 1)
    blocks[BlockName.CHECK_SHEET] = Block(SheetName.CHECKS, 1, 1, 1, 1)
    blocks[BlockName.FINDING_SHEET] = Block(SheetName.FINDINGS, 1, 1, 1, 1)
    if plan.scenarios:
        blocks[ScenarioBlock.SHEET] = Block(SCENARIO_SHEET, 1, 1, 1, 1)
        blocks[master_block(SCENARIO_SHEET)] = Block(SCENARIO_SHEET, 2, 1, 1, 2)
    if plan.binding_until is not None:
        tables = [*(theme.table.name for theme in plan.themes), SheetName.INTEGRAL]
        blocks |= {subtitle_block(sheet): Block(sheet, 3, 1, 1, 1) for sheet in tables}
    return Layout(plan, blocks)


def chart_row(layout: Layout) -> int:
    """Give the row where the chart begins: below everything on the sheet of the integral tables."""
    foot = layout[foot_block(layout.plan.ftes.name)]
    return foot.top + foot.height + 1


def _table_blocks(sheet: str, tables: list[Table], feet: int, years: int) -> dict[str, Block]:
    """Stack tables on a sheet as the appendix does, and their live checks below them."""
    blocks = {}
    row = FIRST_ROW
    for table in tables:
        blocks[table_block(table.name)] = Block(sheet, row, 1, len(table.rows) + 1, years + 1)
        row += len(table.rows) + 2
    for table in tables:
        blocks[foot_block(table.name)] = Block(sheet, row + 1, 1, feet, years + 1)
        row += feet + 2
    return blocks


def _assumption_blocks(plan: Plan) -> dict[str, Block]:
    """Stack the assumptions, a heading above each."""
    shapes: list[Shape] = [
        (BlockName.GENERAL, len(GENERAL_ROWS), 2),
        (BlockName.GRANT, 2, len(plan.years) + 1),
        *binding_shapes(plan),
        *grant_shapes(plan),
        (BlockName.RATE, len(RATE_ROWS), 2),
        (BlockName.THEMES, len(plan.themes) + 2, len(THEME_COLUMNS)),
        *(
            shape
            for theme in plan.themes
            if isinstance(theme.division, AllocationKey)
            for shape in (
                (key_block(theme.number), len(theme.division.shares) + 2, len(KEY_COLUMNS)),
                *student_shapes(plan, theme),
            )
        ),
        (BlockName.TABLES, len(plan.tables) + 1, len(TABLE_COLUMNS)),
        (BlockName.LOCKED, 1 + len(plan.locked) + SPARE_ROWS, len(LOCKED_COLUMNS)),
        (BlockName.PRECISION, 1, 2),
        threshold_shape(),
        *scenario_shapes(plan),
    ]
    return stacked(SheetName.ASSUMPTIONS, shapes)


def _actuals_blocks(plan: Plan) -> dict[str, Block]:
    """Stack plan against actuals per theme and what follows from it, then how the money was shared."""
    shapes: list[Shape] = []
    for theme in plan.themes:
        height = len(ACTUALS_PARTS) * (1 + len(theme.table.rows))
        shapes.append((actuals_block(theme.table.name), height, 1 + len(plan.years)))
        shapes.append(follow_up_shape(plan, theme))
    return stacked(SheetName.ACTUALS, [*shapes, *proportion_shapes(plan)])


def check_blocks(plan: Plan, sheet: str) -> dict[str, Block]:
    """Lay out the sheet of checks."""
    return check_sheet_blocks(sheet, CHECK_BLOCKS, checked_figures(plan), len(plan.years), len(CHECK_COLUMNS))
