"""A begroting as sheets: the one description of what the workbook holds, for building and regenerating."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hoka_excel.begroting.places.binding_years import subtitle_block
from hoka_excel.begroting.places.checks import check_rows
from hoka_excel.begroting.places.layout import Layout, checked_figures
from hoka_excel.begroting.places.monitoring import MonitoringBlock
from hoka_excel.begroting.places.names import BlockName, SheetName, master_block
from hoka_excel.begroting.places.scenarios import SCENARIO_SHEET
from hoka_excel.begroting.sheets.about import about_sheet
from hoka_excel.begroting.sheets.actuals import actuals_sheet
from hoka_excel.begroting.sheets.assumptions import assumptions_sheet
from hoka_excel.begroting.sheets.binding_years import binding_text
from hoka_excel.begroting.sheets.carry_over import broken_sums, carry_over_sheet
from hoka_excel.begroting.sheets.checks import checks_sheet
from hoka_excel.begroting.sheets.draft import headed
from hoka_excel.begroting.sheets.findings import findings_sheet
from hoka_excel.begroting.sheets.master_check import NOT_TIED, master_formula, master_text
from hoka_excel.begroting.sheets.scenarios import scenario_sheet
from hoka_excel.begroting.sheets.tables import table_sheet
from hoka_excel.begroting.sheets.wrong_figures import CHECK_LIST, check_list
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import State
from hoka_excel.core.scenarios import compare_scenarios
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.sheets import Cell, Formula, Sheet
from hoka_excel.workbook.styles import SUBTITLE


@dataclass(frozen=True, slots=True)
class Begroting:
    """The sheets of a begroting and the defined names in it.

    Attributes:
        sheets: in the order of the tabs.
        names: what each defined name refers to.
    """

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str]


STATE_WORDS = {State.PUBLISHED: "zoals gepubliceerd", State.RECOMPUTED: "herberekend"}


def begroting_of(layout: Layout, reconciliation: Reconciliation) -> Begroting:
    """Lay out the plan of `layout` and what its checks found."""
    plan = layout.plan
    rows = check_rows(checked_figures(plan), reconciliation)
    themes = {
        theme.table.name: table_sheet(theme.table.name, [theme.table], theme, layout, rows)
        for theme in plan.themes
    }
    drafts: dict[str, Sheet] = {
        SheetName.ABOUT: about_sheet(layout),
        SheetName.ASSUMPTIONS: assumptions_sheet(layout),
        **themes,
        SheetName.INTEGRAL: table_sheet(SheetName.INTEGRAL, [plan.euros, plan.ftes], None, layout, rows),
        SheetName.ACTUALS: actuals_sheet(layout),
        **({SheetName.CARRY_OVER: carry_over_sheet(layout)} if layout.is_monitored else {}),
        **({SCENARIO_SHEET: scenario_sheet(compare_scenarios(plan))} if layout.has_scenarios else {}),
        SheetName.CHECKS: checks_sheet(layout, reconciliation),
        SheetName.FINDINGS: findings_sheet(SheetName.FINDINGS, reconciliation),
    }
    sheets = tuple(_headed(key, sheet, layout, reconciliation) for key, sheet in drafts.items())
    return Begroting(sheets, {**layout.names, CHECK_LIST: check_list(layout)})


def _headed(key: str, sheet: Sheet, layout: Layout, reconciliation: Reconciliation) -> Sheet:
    """Put the title, the master check and the state on top of a sheet, and name it as the layout does."""
    plan = layout.plan
    master = Formula(_master_formula(layout), master_text(reconciliation))
    subtitle = f"{plan.faculty}, {plan.institution} – {STATE_WORDS[plan.state]}"
    made = headed(sheet, layout[master_block(key)], master, subtitle)
    if subtitle_block(key) not in layout.blocks:
        return made
    place = layout[subtitle_block(key)].at(0, 0)
    return replace(made, cells={**made.cells, place: Cell(binding_text(subtitle, layout), SUBTITLE)})


def _master_formula(layout: Layout) -> str:
    """Write the master check; where all checks tie, the sums on the sheet Meenemen must be whole too."""
    counts = layout[BlockName.COUNTS]
    formula = master_formula(counts)
    if not layout.is_monitored:
        return formula
    mismatches = counts.address(list(Verdict).index(Verdict.MISMATCH), 1)
    words = f"{NOT_TIED}: blad {layout[MonitoringBlock.CARRY_OVER].sheet}".replace('"', '""')
    return f'IF(AND({mismatches}=0,{broken_sums(layout)}>0),"{words}",{formula})'
