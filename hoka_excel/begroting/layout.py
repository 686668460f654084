"""Where everything of a begroting stands: named rectangles on sheets.

Each rectangle has a defined name in the workbook, so that it is found again after a controller has inserted
rows, moved a table or renamed a sheet. Formulas take every address from here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hoka_excel.begroting.blocks import FIRST_ROW, Block, stacked
from hoka_excel.begroting.defined_names import slug
from hoka_excel.begroting.layout_over_time import (
    AVAILABLE_ROWS,
    SCENARIOS,
    TimeBlock,
    grant_shapes,
    scenario_shapes,
    student_shapes,
)
from hoka_excel.begroting.monitoring_layout import (
    CARRY_OVER_WORDS,
    carry_over_shapes,
    follow_up_shape,
    keyed_themes,
    monitoring_blocks,
    proportion_shapes,
    threshold_shape,
)
from hoka_excel.core.checks import Check, Kind, available_figures, available_ref, checks_of
from hoka_excel.core.findings import Place
from hoka_excel.core.plan import AllocationKey, Plan, Ref, Table
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.addresses import address


class SheetName(StrEnum):
    """The sheets that do not depend on the plan; the themes' sheets carry the names of their tables."""

    ABOUT = "Toelichting"
    ASSUMPTIONS = "Uitgangspunten"
    INTEGRAL = "Begroting integraal"
    ACTUALS = "Realisatie"
    CARRY_OVER = "Meenemen"
    CHECKS = "Aansluiting"
    FINDINGS = "Bevindingen"


NAME_PREFIX = "Hoka_"
"""How every defined name of ours begins."""

AGENDA_PREFIX = f"{NAME_PREFIX}agenda_"
"""How those of a quality agenda begin."""


class BlockName(StrEnum):
    """The defined names that do not depend on the plan."""

    GENERAL = "Hoka_algemeen"
    GRANT = "Hoka_toekenning"
    RATE = "Hoka_tarief"
    THEMES = "Hoka_themas"
    TABLES = "Hoka_tabellen"
    LOCKED = "Hoka_vaststaande_bedragen"
    PRECISION = "Hoka_rekenprecisie"
    NOTES = "Hoka_opmerkingen"
    CHECK_SHEET = "Hoka_aansluiting"
    FINDING_SHEET = "Hoka_bevindingen"
    COUNTS = "Hoka_oordelen"
    OVERVIEW = "Hoka_overzicht"
    CHECKS = "Hoka_controles"


def table_block(name: str) -> str:
    """Name the rectangle of a table: header, lines and total."""
    return f"Hoka_tabel_{slug(name)}"


def foot_block(name: str) -> str:
    """Name the rectangle of live checks below a table."""
    return f"Hoka_controle_{slug(name)}"


def key_block(number: int) -> str:
    """Name the rectangle of the allocation key of a theme."""
    return f"Hoka_sleutel_{number}"


def actuals_block(name: str) -> str:
    """Name the rectangle of plan against actuals of a theme's table."""
    return f"Hoka_realisatie_{slug(name)}"


def master_block(sheet: str) -> str:
    """Name the cell that repeats the master check on a sheet."""
    return f"Hoka_hoofdcontrole_{slug(sheet)}"


def subtitle_block(sheet: str) -> str:
    """Name the cell that says which of the years on a sheet are binding."""
    return f"Hoka_ondertitel_{slug(sheet)}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The rectangles of one begroting, by defined name."""

    plan: Plan
    blocks: Mapping[str, Block]

    @property
    def names(self) -> dict[str, str]:
        """What every defined name refers to."""
        unnamed = (BlockName.COUNTS, BlockName.OVERVIEW, BlockName.CHECKS)
        return {name: block.reference for name, block in self.blocks.items() if name not in unnamed}

    def __getitem__(self, name: str) -> Block:
        """Give the rectangle with a defined name."""
        return self.blocks[name]

    @property
    def whole_sheets(self) -> tuple[str, ...]:
        """The sheets that are written whole every time, as their tabs call them."""
        names = (BlockName.CHECK_SHEET, BlockName.FINDING_SHEET, TimeBlock.SCENARIO_SHEET)
        return tuple(self.blocks[name].sheet for name in names if name in self.blocks)

    @property
    def has_scenarios(self) -> bool:
        """Whether the list of scenarios and the sheet of what they give are there."""
        return TimeBlock.SCENARIO_SHEET in self.blocks

    @property
    def is_monitored(self) -> bool:
        """Whether the rectangles for following the plan are there; an older begroting has none of them."""
        names = monitoring_blocks([theme.table.name for theme in self.plan.themes], keyed_themes(self.plan))
        return all(name in self.blocks for name in (*names, master_block(SheetName.CARRY_OVER)))

    def figure(self, ref: Ref) -> tuple[Block, int, int]:
        """Give the rectangle of a figure and its offsets in it."""
        column = 1 + self.plan.years.index(ref.year)
        if self.plan.changes and ref == available_ref(self.plan, ref.year):
            return self[TimeBlock.AVAILABLE], AVAILABLE_ROWS.index(ref.line), column
        table = next(table for table in self.plan.tables if table.name == ref.table)
        row = 1 + [line.label for line in table.rows].index(ref.line)
        return self[table_block(table.name)], row, column

    def address(self, ref: Ref) -> str:
        """Give the address of a figure."""
        block, row, column = self.figure(ref)
        return block.address(row, column)

    def places(self) -> dict[Ref, Place]:
        """Give the place of every figure of the plan, and of what is available per year."""
        found = {}
        for ref in available_figures(self.plan):
            block, row, column = self.figure(ref)
            found[ref] = Place(block.sheet, address(block.at(row, column)))
        for table in self.plan.tables:
            block = self[table_block(table.name)]
            for row, line in enumerate(table.rows, 1):
                for column, year in enumerate(self.plan.years, 1):
                    cell = address(block.at(row, column))
                    found[Ref(table.name, line.label, year)] = Place(block.sheet, cell)
        return found


FOOT_ROWS = ("Som van de regels", "Totaal min som", "Telcontrole")
THEME_FOOT_ROWS = (*FOOT_ROWS, "Begroting integraal", "Totaal min integraal", "Verbandscontrole")
ACTUALS_PARTS = ("Begroting", "Realisatie", "Verschil", "Voortgang")
GENERAL_ROWS = ("Titel", "Instelling", "Faculteit", "Versie", "Datum", "Bron", "Toestand")
GRANT_LABEL = "Toegekend bedrag"
PRINTED_GRANT_LABEL = "Gedrukt totaal (het plan noemt geen ander bedrag)"
RATE_ROWS = ("Tarief zoals gedrukt", "Gedrukt tot op", "Rekentarief", "Rekentarief afgeleid")
THEME_COLUMNS = ("Naam", "Nummer", "Aandeel", "Tabel", "Verdeling", "Sleutel of sluitpost", "Afgeleid")
KEY_COLUMNS = ("Regel", "Aandeel", "Gedrukt tot op", "Vast bedrag")
TABLE_COLUMNS = ("Tabel", "Eenheid", "Gedrukt tot op", "Titel")
LOCKED_COLUMNS = ("Regel", "Tabel", "Jaar")
_SPARE_LOCKS = 4
"""How many empty rows a controller finds to lock figures in."""

CHECK_COLUMNS = (
    "Soort",
    "Regel",
    "Tabel",
    "Jaar",
    "Gesteld",
    "Herrekend",
    "Verschil",
    "Ondergrens",
    "Bovengrens",
    "Speling",
    "Samenhang",
    "Oordeel",
    "Toelichting",
)

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
        blocks[TimeBlock.SCENARIO_SHEET] = Block(SCENARIOS, 1, 1, 1, 1)
        blocks[master_block(SCENARIOS)] = Block(SCENARIOS, 2, 1, 1, 2)
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
    shapes: list[tuple[str, int, int]] = [
        (BlockName.GENERAL, len(GENERAL_ROWS), 2),
        (BlockName.GRANT, 2, len(plan.years) + 1),
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
        (BlockName.LOCKED, 1 + len(plan.locked) + _SPARE_LOCKS, len(LOCKED_COLUMNS)),
        (BlockName.PRECISION, 1, 2),
        threshold_shape(),
        *scenario_shapes(plan),
    ]
    return stacked(SheetName.ASSUMPTIONS, shapes)


def _actuals_blocks(plan: Plan) -> dict[str, Block]:
    """Stack plan against actuals per theme and what follows from it, then how the money was shared."""
    shapes: list[tuple[str, int, int]] = []
    for theme in plan.themes:
        height = len(ACTUALS_PARTS) * (1 + len(theme.table.rows))
        shapes.append((actuals_block(theme.table.name), height, 1 + len(plan.years)))
        shapes.append(follow_up_shape(plan, theme))
    return stacked(SheetName.ACTUALS, [*shapes, *proportion_shapes(plan)])


def check_blocks(plan: Plan, sheet: str) -> dict[str, Block]:
    """Lay out the sheet of checks; it is written whole every time, so its rectangles carry no names."""
    checks = checks_of(plan)
    shapes: list[tuple[str, int, int]] = [
        (BlockName.COUNTS, len(Verdict) + 1, 2),
        (BlockName.OVERVIEW, 1 + len(overview_rows(checks)), 3 + len(plan.years)),
        (BlockName.CHECKS, 1 + len(checks), len(CHECK_COLUMNS)),
    ]
    return stacked(sheet, shapes)


def overview_rows(checks: Sequence[Check]) -> dict[tuple[Kind, str, str], list[int]]:
    """Group the checks by kind, table and line; each group holds its check of every year, in order."""
    rows: dict[tuple[Kind, str, str], list[int]] = {}
    for index, check in enumerate(checks):
        rows.setdefault((check.kind, check.stated.table, check.stated.line), []).append(index)
    return rows
