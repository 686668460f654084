"""The sheet Scenario's: the plan and its scenarios side by side, per table, line and year.

A scenario is a whole recomputation, which no formula carries out. Its figures stand there as results and are
written anew whenever the begroting is; totals and differences are live.
"""

from decimal import Decimal

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.scenarios import SCENARIO_SHEET, SETTING_COLUMNS
from hoka_excel.begroting.sheets.draft import SheetDraft, amount_format, difference_format
from hoka_excel.begroting.sheets.parts import Parts
from hoka_excel.begroting.sheets.scenario_list import setting_cells, value_format
from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Figure, value_of
from hoka_excel.core.plan import Table
from hoka_excel.core.scenarios import Comparison
from hoka_excel.workbook.sheets import GENERAL, Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, HEADER, LABEL, RESULT, SECTION, TOTAL, YEAR

_FIRST_ROW = 5
_EXPLANATION = (
    "Elk scenario is het hele plan, herberekend met de uitgangspunten die het anders stelt.",
    """Excel rekent de uitkomsten niet zelf na: Herberekenen of hoka regenerate schrijft ze opnieuw. \
Totalen en verschillen rekenen wel mee.""",
)
PLAN = "Het plan, herberekend"


def scenario_sheet(comparison: Comparison) -> Sheet:
    """Lay out the whole sheet."""
    draft = SheetDraft()
    for row, text in enumerate(_EXPLANATION, _FIRST_ROW):
        draft.put(Position(row, 1), text, LABEL)
    row = _put_settings(draft, comparison, _FIRST_ROW + len(_EXPLANATION) + 1)
    breaks = []
    for index in range(len(comparison.plan.tables)):
        breaks.append(row)
        row = _put_table(draft, comparison, index, row) + 1
    years = dict.fromkeys(range(2, 2 + max(len(comparison.plan.years), len(SETTING_COLUMNS))), 15)
    return Sheet(
        SCENARIO_SHEET,
        "Scenario's naast het plan",
        draft.cells,
        {1: 46, **years},
        frozen=Position(4, 2),
        repeated_rows=(1, 3),
        page_breaks=tuple(breaks),
    )


def _put_settings(draft: SheetDraft, comparison: Comparison, row: int) -> int:
    """Set what every scenario sets otherwise; give the row below it."""
    draft.put(Position(row, 1), "Wat de scenario's anders stellen", SECTION)
    draft.row(Position(row + 1, 1), SETTING_COLUMNS, HEADER)
    row += 2
    for scenario, _ in comparison.scenarios:
        for setting in scenario.settings:
            cells = (scenario.name, *setting_cells(setting))
            formats = (*[GENERAL] * (len(cells) - 2), YEAR, value_format(setting.lever))
            for column, (content, shown) in enumerate(zip(cells, formats, strict=True), 1):
                draft.put(Position(row, column), content, LABEL, shown)
            row += 1
    return row + 1


def _put_table(draft: SheetDraft, comparison: Comparison, index: int, row: int) -> int:
    """Set a table of the plan, then that of each scenario and what it adds; give the row below it."""
    planned = comparison.plan.tables[index]
    made = [plan.tables[index] for _, plan in comparison.scenarios]
    titles = [PLAN]
    for number, (scenario, _) in enumerate(comparison.scenarios, 1):
        titles += [f"Scenario {number}: {scenario.name}", f"Scenario {number} min het plan"]
    labels = [line.label for line in planned.rows]
    block = Block(SCENARIO_SHEET, row + 1, 1, len(titles) * (1 + len(labels)), 1 + len(comparison.plan.years))
    parts = Parts(block, titles, labels)
    draft.put(block.at(-1, 0), f"{planned.name}: {planned.title} ({planned.unit})", SECTION)
    parts.put_labels(draft, comparison.plan.years, totals=1)
    _put_figures(draft, parts, PLAN, planned)
    for name, difference, table in zip(titles[1::2], titles[2::2], made, strict=True):
        _put_figures(draft, parts, name, table)
        _put_differences(draft, parts, (name, difference), (planned, table))
    return row + 1 + block.height


def _put_figures(draft: SheetDraft, parts: Parts, title: str, table: Table) -> None:
    """Set the figures of a table as results, and its total as a live sum."""
    shown, last = amount_format(table.unit, table.resolution), len(table.lines)
    for line, found in enumerate(table.rows):
        for year, figure in enumerate(found.figures):
            value = value_of(figure)
            if line == last:
                summed = Formula(f"SUM({parts.column(title, last, year)})", value)
                draft.put(parts.at(title, line, year), summed, TOTAL, shown)
            else:
                draft.put(parts.at(title, line, year), value, RESULT, shown)


def _put_differences(
    draft: SheetDraft, parts: Parts, titles: tuple[str, str], tables: tuple[Table, Table]
) -> None:
    """Set what a scenario adds to the plan, line by line, in the second of its two parts."""
    name, difference = titles
    planned, made = tables
    shown = difference_format(made.unit, made.resolution)
    for line, (before, after) in enumerate(zip(planned.rows, made.rows, strict=True)):
        for year, (old, new) in enumerate(zip(before.figures, after.figures, strict=True)):
            expression = f"{parts.cell(name, line, year)}-{parts.cell(PLAN, line, year)}"
            gap = EXACT.subtract(_known(new), _known(old))
            draft.put(parts.at(difference, line, year), Formula(expression, gap), CHECK, shown)


def _known(figure: Figure) -> Decimal:
    return value_of(figure) or Decimal(0)
