"""A begroting as sheets: the one description of what the workbook holds, for building and regenerating."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hoka_excel.begroting.about_sheet import put_about
from hoka_excel.begroting.actuals_sheet import put_actuals
from hoka_excel.begroting.assumption_sheet import put_assumptions
from hoka_excel.begroting.check_sheet import (
    VERDICT_COLUMN,
    CheckRows,
    check_rows,
    master_formula,
    master_text,
    put_checks,
)
from hoka_excel.begroting.findings_sheet import FINDING_COLUMNS, FIRST_ROW, put_findings
from hoka_excel.begroting.layout import (
    Block,
    BlockName,
    Layout,
    SheetName,
    actuals_block,
    foot_block,
    master_block,
    table_block,
)
from hoka_excel.begroting.sheet_draft import SheetDraft, text_heights
from hoka_excel.begroting.table_sheets import given_lines, put_foot, put_table
from hoka_excel.core.checks import checks_of
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.plan import State, Table, Theme
from hoka_excel.core.version import VERSION
from hoka_excel.workbook.addresses import Area, address
from hoka_excel.workbook.sheets import Formula, Position, Sheet
from hoka_excel.workbook.styles import LABEL, MASTER, SUBTITLE, TITLE


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
        SheetName.ACTUALS: _actuals(layout),
        SheetName.CHECKS: _checks(layout, reconciliation),
        SheetName.FINDINGS: _findings(reconciliation),
    }
    sheets = tuple(_headed(key, sheet, layout, reconciliation) for key, sheet in drafts.items())
    return Begroting(sheets, layout.names)


def _headed(key: str, sheet: Sheet, layout: Layout, reconciliation: Reconciliation) -> Sheet:
    """Put the title, the master check and the state on top of a sheet, and name it as the layout does."""
    plan = layout.plan
    block = layout[master_block(key)]
    draft = SheetDraft()
    draft.put(Position(1, 1), sheet.title, TITLE)
    draft.put(block.at(0, 0), "Hoofdcontrole", LABEL)
    draft.put(block.at(0, 1), Formula(master_formula(layout), master_text(reconciliation)), MASTER)
    draft.put(Position(3, 1), f"{plan.faculty}, {plan.institution} – {STATE_WORDS[plan.state]}", SUBTITLE)
    verdicts = (address(block.at(0, 1)), *sheet.verdicts)
    return replace(sheet, name=block.sheet, cells={**draft.cells, **sheet.cells}, verdicts=verdicts)


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
    return Sheet(SheetName.ASSUMPTIONS, "Uitgangspunten", draft.cells, widths, one_page=True)


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
    return Sheet(name, tables[0].title, draft.cells, {1: 46, **years}, frozen=first, verdicts=tuple(verdicts))


def _actuals(layout: Layout) -> Sheet:
    draft = SheetDraft()
    put_actuals(draft, layout)
    years = dict.fromkeys(range(2, 2 + len(layout.plan.years)), 15)
    title = "Realisatie naast begroting"
    later = [layout[actuals_block(theme.table.name)].top - 1 for theme in layout.plan.themes[1:]]
    return Sheet(
        SheetName.ACTUALS,
        title,
        draft.cells,
        {1: 46, **years},
        frozen=Position(4, 2),
        repeated_rows=(1, 3),
        page_breaks=tuple(later),
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


def _findings(reconciliation: Reconciliation) -> Sheet:
    draft = SheetDraft()
    listed = put_findings(draft, reconciliation)
    words = FINDING_COLUMNS.index("In woorden") + 1
    texts = {place.row: str(cell.content) for place, cell in draft.cells.items() if place.column == words}
    verdicts = Area(Position(listed.first.row + 1, 1), Position(listed.last.row, 1))
    return Sheet(
        SheetName.FINDINGS,
        "Bevindingen: wat niet aansluit",
        draft.cells,
        widths=dict(enumerate((18, 16, 21, 36, 7, 12, 12, 11, 11, 60, 24), 1)),
        heights=text_heights(texts, width=68),
        frozen=Position(FIRST_ROW, 1),
        repeated_rows=(1, FIRST_ROW - 1),
        verdicts=(str(verdicts),),
        filtered=str(listed),
    )


def _span(block: Block, top: int, left: int, bottom: int | None = None, right: int | None = None) -> str:
    """Write a range of a rectangle without its sheet; one row and up to the last column where left out."""
    last = block.at(top if bottom is None else bottom, block.width - 1 if right is None else right)
    return f"{address(block.at(top, left))}:{address(last)}"
