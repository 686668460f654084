"""A begroting as sheets: the one description of what the workbook holds, for building and regenerating."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hoka_excel.begroting.about_sheet import put_about
from hoka_excel.begroting.actuals_sheet import actuals_sheet
from hoka_excel.begroting.assumption_sheet import put_assumptions
from hoka_excel.begroting.blocks import Block
from hoka_excel.begroting.carry_over_sheet import broken_sums, carry_over_sheet
from hoka_excel.begroting.check_sheet import (
    CHECK_LIST,
    VERDICT_COLUMN,
    CheckRows,
    check_list,
    check_rows,
    master_formula,
    master_text,
    put_checks,
    wrong_figures,
)
from hoka_excel.begroting.findings_sheet import findings_sheet
from hoka_excel.begroting.grant_part import binding_text
from hoka_excel.begroting.layout import (
    BlockName,
    Layout,
    SheetName,
    foot_block,
    master_block,
    subtitle_block,
    table_block,
)
from hoka_excel.begroting.layout_over_time import SCENARIOS
from hoka_excel.begroting.monitoring_layout import MonitoringBlock
from hoka_excel.begroting.scenario_sheet import scenario_sheet
from hoka_excel.begroting.sheet_draft import SheetDraft, headed, text_heights
from hoka_excel.begroting.table_sheets import given_lines, put_foot, put_table
from hoka_excel.core.checks import checks_of
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import State, Table, Theme
from hoka_excel.core.scenarios import compare_scenarios
from hoka_excel.core.verdicts import Verdict
from hoka_excel.core.version import VERSION
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Cell, Formula, Position, Sheet
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
    rows = check_rows(checks_of(plan), reconciliation)
    integral = _tables(SheetName.INTEGRAL, [plan.euros, plan.ftes], None, layout, rows)
    themes = {
        theme.table.name: _tables(theme.table.name, [theme.table], theme, layout, rows)
        for theme in plan.themes
    }
    drafts: dict[str, Sheet] = {
        SheetName.ABOUT: _about(layout),
        SheetName.ASSUMPTIONS: _assumptions(layout),
        **themes,
        SheetName.INTEGRAL: integral,
        SheetName.ACTUALS: actuals_sheet(layout),
        **({SheetName.CARRY_OVER: carry_over_sheet(layout)} if layout.is_monitored else {}),
        **({SCENARIOS: scenario_sheet(compare_scenarios(plan))} if layout.has_scenarios else {}),
        SheetName.CHECKS: _checks(layout, reconciliation),
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
    words = f"sluit niet aan: blad {layout[MonitoringBlock.CARRY_OVER].sheet}".replace('"', '""')
    return f'IF(AND({mismatches}=0,{broken_sums(layout)}>0),"{words}",{formula})'


def _about(layout: Layout) -> Sheet:
    draft = SheetDraft()
    put_about(draft, layout, VERSION)
    texts = {place.row: str(cell.content) for place, cell in draft.cells.items() if place.column == 2}
    heights = text_heights(texts, width=125)
    title = "Toelichting op deze begroting"
    return Sheet(SheetName.ABOUT, title, draft.cells, widths={1: 18, 2: 110}, heights=heights, one_page=True)


def _assumptions(layout: Layout) -> Sheet:
    draft = SheetDraft()
    put_assumptions(draft, layout)
    widths = {1: 46, 2: 26, **dict.fromkeys(range(3, 8), 16)}
    sheet = Sheet(SheetName.ASSUMPTIONS, "Uitgangspunten", draft.cells, widths, one_page=True)
    if max(place.row for place in draft.cells) <= _MOST_ON_A_PAGE:
        return sheet
    return replace(sheet, one_page=False, repeated_rows=(1, 3), page_breaks=_whole_blocks(layout))


_MOST_ON_A_PAGE = 75
"""As many rows as can still be read when all of them are printed on one page."""
_ROWS_OF_A_PAGE = 36
"""As many rows as a page holds when it is one page wide, those that are repeated left out."""


def _whole_blocks(layout: Layout) -> tuple[int, ...]:
    """Begin a page at the heading of every rectangle of assumptions that the page before cannot hold."""
    breaks: list[int] = []
    own = layout[BlockName.GENERAL].sheet
    for block in sorted(layout.blocks.values(), key=lambda block: block.top):
        heading = block.top - 1
        if block.sheet == own and block.top + block.height - (breaks or [0])[-1] > _ROWS_OF_A_PAGE:
            breaks.append(heading)
    return tuple(breaks)


def _tables(
    name: str, tables: Sequence[Table], theme: Theme | None, layout: Layout, rows: CheckRows
) -> Sheet:
    draft = SheetDraft()
    verdicts = []
    for table in tables:
        put_table(draft, table, layout.plan, given_lines(theme) if theme else [], layout)
        put_foot(draft, table, theme, layout, rows)
        block = layout[foot_block(table.name)]
        verdicts += [_span(block, row, 1) for row in range(2, block.height, 3)]
    years = dict.fromkeys(range(2, 2 + len(layout.plan.years)), 15)
    first = layout[table_block(tables[0].name)].at(1, 1)
    return Sheet(
        name,
        tables[0].title,
        draft.cells,
        {1: 46, **years},
        frozen=first,
        verdicts=tuple(verdicts),
        rules=tuple(wrong_figures(table, layout) for table in tables),
    )


def _checks(layout: Layout, reconciliation: Reconciliation) -> Sheet:
    draft = SheetDraft()
    put_checks(draft, checks_of(layout.plan), reconciliation, layout)
    overview, checks = layout[BlockName.OVERVIEW], layout[BlockName.CHECKS]
    return Sheet(
        SheetName.CHECKS,
        "Aansluiting: alle controles",
        draft.cells,
        widths={1: 17, 2: 38, **dict.fromkeys(range(3, 13), 15), 13: 34},
        frozen=Position(4, 1),
        repeated_rows=(1, 3),
        verdicts=(
            _span(overview, 1, 3, overview.height - 1),
            _span(checks, 1, VERDICT_COLUMN, checks.height - 1, VERDICT_COLUMN),
        ),
        filtered=_span(checks, 0, 0, checks.height - 1),
    )


def _span(block: Block, top: int, left: int, bottom: int | None = None, right: int | None = None) -> str:
    """Write a range of a rectangle without its sheet; one row and up to the last column where left out."""
    last = block.at(top if bottom is None else bottom, block.width - 1 if right is None else right)
    return f"{address(block.at(top, left))}:{address(last)}"
