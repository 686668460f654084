"""An agenda as sheets: the one description of what its workbook holds, for building and regenerating."""

from collections.abc import Mapping, Sequence

from hoka_excel.agenda.about_sheet import put_about
from hoka_excel.agenda.assumption_sheet import put_assumptions
from hoka_excel.agenda.check_sheet import put_checks
from hoka_excel.agenda.division_sheet import put_division
from hoka_excel.agenda.eligibility_sheet import put_eligibility
from hoka_excel.agenda.labels import when_example
from hoka_excel.agenda.layout import (
    CHECK_COLUMNS,
    FOOT_ROWS,
    GENERAL_ROWS,
    AgendaBlock,
    AgendaLayout,
    AgendaSheet,
    foot_block,
    shares_block,
    total_lines,
    totals_block,
)
from hoka_excel.agenda.live_looks import missing_aims, missing_shares, wrong_amounts
from hoka_excel.agenda.project_sheet import put_projects
from hoka_excel.agenda.relation_sheets import put_aims, put_shares
from hoka_excel.agenda.totals_sheet import CheckRows, put_totals
from hoka_excel.begroting.blocks import Block
from hoka_excel.begroting.check_sheet import master_formula, master_text
from hoka_excel.begroting.findings_sheet import findings_sheet
from hoka_excel.begroting.layout import master_block
from hoka_excel.begroting.sheet_draft import SheetDraft, headed, text_heights
from hoka_excel.core.agenda.agenda_checks import AgendaCheck, agenda_checks
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.findings import Reconciliation
from hoka_excel.workbook.addresses import Area
from hoka_excel.workbook.sheets import Cell, Formula, Position, Sheet
from hoka_excel.workbook.styles import STYLES

_NAME, _STATUS, _AMOUNT = 48.0, 13.0, 15.0
"""Widths of the columns that hold a project, the status of its amounts, and an amount."""
_HEAD = (1, 3)
"""The rows that are repeated on every page: title, master check, subtitle."""


def agenda_sheets(layout: AgendaLayout, reconciliation: Reconciliation) -> tuple[Sheet, ...]:
    """Lay out the agenda of `layout` and what its checks found, in the order of the tabs."""
    checks = agenda_checks(layout.agenda, {})
    rows = {
        (check.kind, check.ref): (index, finding)
        for index, (check, finding) in enumerate(zip(checks, reconciliation.checks, strict=True))
    }
    sheets = {
        AgendaSheet.ABOUT: _about(layout),
        AgendaSheet.ASSUMPTIONS: _assumptions(layout),
        AgendaSheet.PROJECTS: _projects(layout),
        AgendaSheet.SHARES: _shares(layout),
        AgendaSheet.AIMS: _aims(layout),
        AgendaSheet.ELIGIBILITY: _eligibility(layout),
        AgendaSheet.TOTALS: _totals(layout, rows),
        AgendaSheet.DIVISION: _division(layout),
        AgendaSheet.CHECKS: _checks(layout, checks, reconciliation),
        AgendaSheet.FINDINGS: findings_sheet(AgendaSheet.FINDINGS, reconciliation),
    }
    master = Formula(master_formula(layout[AgendaBlock.COUNTS]), master_text(reconciliation))
    return tuple(
        headed(sheet, layout[master_block(key)], master, _subtitle(layout)) for key, sheet in sheets.items()
    )


def _subtitle(layout: AgendaLayout) -> Formula:
    general = layout[AgendaBlock.GENERAL]
    faculty, institution = (
        general.address(GENERAL_ROWS.index(row), 1) for row in ("Faculteit", "Instelling")
    )
    told = when_example(layout, " – voorbeeld: de bedragen staan niet in de bron", "")
    whose = f"{layout.agenda.faculty}, {layout.agenda.institution}"
    return Formula(f'{faculty}&", "&{institution}&{told.expression}', f"{whose}{told.value}")


def _about(layout: AgendaLayout) -> Sheet:
    draft = SheetDraft()
    put_about(draft, layout)
    title = "Toelichting op deze kwaliteitsagenda"
    widths = {1: 18.0, 2: 110.0}
    heights = _heights(draft, {2: 125})
    return Sheet(AgendaSheet.ABOUT, title, draft.cells, widths, heights=heights, one_page=True)


def _assumptions(layout: AgendaLayout) -> Sheet:
    draft = SheetDraft()
    put_assumptions(draft, layout)
    return Sheet(
        AgendaSheet.ASSUMPTIONS,
        "Uitgangspunten",
        draft.cells,
        {1: _NAME, 2: 58, 3: 40, **dict.fromkeys(range(4, 7), 12)},
        heights=_heights(draft, {1: 54, 2: 70, 3: 46}),
        one_page=True,
    )


def _projects(layout: AgendaLayout) -> Sheet:
    draft = SheetDraft()
    put_projects(draft, layout)
    return Sheet(
        AgendaSheet.PROJECTS,
        "Projecten: kosten en financiering",
        draft.cells,
        {1: _NAME, 2: _STATUS, 3: 11, **_amounts(layout, 4)},
        frozen=Position(4, 2),
        repeated_rows=_HEAD,
        page_breaks=_page_breaks([*layout.amount_blocks().values(), layout[AgendaBlock.UNCOVERED]]),
        rules=wrong_amounts(layout),
    )


def _shares(layout: AgendaLayout) -> Sheet:
    draft = SheetDraft()
    put_shares(draft, layout)
    blocks = [layout[shares_block(axis)] for axis in Axis]
    widths = {4 + column: width for column, width in enumerate(_word_widths(layout))}
    return Sheet(
        AgendaSheet.SHARES,
        "Aandelen: bij welke thema's en opleidingen hoort een project?",
        draft.cells,
        {1: _NAME, 2: _STATUS, 3: 9, **widths},
        heights=dict.fromkeys((block.top for block in blocks), 41),
        rules=missing_shares(layout),
        frozen=Position(4, 2),
        repeated_rows=_HEAD,
    )


def _aims(layout: AgendaLayout) -> Sheet:
    draft = SheetDraft()
    put_aims(draft, layout)
    return Sheet(
        AgendaSheet.AIMS,
        "Kwaliteitsdoelen en onderbouwing",
        draft.cells,
        {1: _NAME, 2: _STATUS, 3: 56, 4: 56, 5: 40},
        heights=_heights(draft, {3: 58, 4: 58, 5: 42}),
        rules=missing_aims(layout),
        frozen=Position(layout[AgendaBlock.AIMS].top + 1, 2),
        repeated_rows=(1, layout[AgendaBlock.AIMS].top),
    )


def _eligibility(layout: AgendaLayout) -> Sheet:
    draft = SheetDraft()
    put_eligibility(draft, layout)
    tests, outcomes = layout[AgendaBlock.ELIGIBILITY], layout[AgendaBlock.OUTCOMES]
    return Sheet(
        AgendaSheet.ELIGIBILITY,
        "Toelaatbaarheid voor middelen van de kwaliteitsafspraken",
        draft.cells,
        {1: _NAME, 2: _STATUS, 3: 17, 4: 52, 5: _AMOUNT, **dict.fromkeys(range(6, 11), 14)},
        heights=_heights(draft, {4: 58}),
        frozen=Position(4, 2),
        repeated_rows=_HEAD,
        verdicts=(_area(outcomes, (1, 0), (3, 0)), _area(tests, (1, 2), (tests.height - 1, 2))),
    )


def _totals(layout: AgendaLayout, rows: CheckRows) -> Sheet:
    draft = SheetDraft()
    put_totals(draft, layout, rows)
    names = list(total_lines(layout.agenda))
    feet = [layout[foot_block(name)] for name in names]
    last = len(FOOT_ROWS) - 1
    return Sheet(
        AgendaSheet.TOTALS,
        "Totalen: dezelfde middelen, vier keer geteld",
        draft.cells,
        {1: _NAME, **_amounts(layout, 2)},
        frozen=Position(4, 2),
        repeated_rows=_HEAD,
        page_breaks=_page_breaks([layout[totals_block(name)] for name in names], feet),
        verdicts=tuple(_area(foot, (last, 1), (last, foot.width - 1)) for foot in feet),
    )


def _division(layout: AgendaLayout) -> Sheet:
    draft = SheetDraft()
    put_division(draft, layout)
    block = layout[AgendaBlock.DIVISION]
    return Sheet(
        AgendaSheet.DIVISION,
        "Verdeling: elk bedrag op de cent over de aandelen",
        draft.cells,
        {1: _NAME, 2: 14, 3: 44, **_amounts(layout, 4)},
        frozen=Position(block.top + 1, 4),
        repeated_rows=(1, block.top),
        filtered=_area(block, (0, 0), (block.height - 1, block.width - 1)),
    )


def _checks(layout: AgendaLayout, checks: Sequence[AgendaCheck], reconciliation: Reconciliation) -> Sheet:
    draft = SheetDraft()
    put_checks(draft, checks, reconciliation, layout)
    overview, block = layout[AgendaBlock.OVERVIEW], layout[AgendaBlock.CHECKS]
    verdict, last = CHECK_COLUMNS.index("Oordeel"), block.height - 1
    return Sheet(
        AgendaSheet.CHECKS,
        "Aansluiting: alle controles",
        draft.cells,
        {1: 17, 2: 58, 3: 17, **_amounts(layout, 4), len(CHECK_COLUMNS): 26},
        frozen=Position(4, 1),
        repeated_rows=_HEAD,
        verdicts=(
            _area(overview, (1, 3), (overview.height - 1, overview.width - 1)),
            _area(block, (1, verdict), (last, verdict)),
        ),
        filtered=_area(block, (0, 0), (last, block.width - 1)),
    )


def _page_breaks(blocks: Sequence[Block], feet: Sequence[Block] = ()) -> tuple[int, ...]:
    """Begin a new page before a table that would not fit on the page whole, with what is below it."""
    breaks: list[int] = []
    start = blocks[0].top - 1
    for index, block in enumerate(blocks):
        last = feet[index] if feet else block
        if last.top + last.height - start > _PAGE_ROWS and block is not blocks[0]:
            start = block.top - 1
            breaks.append(start)
    return tuple(breaks)


_PAGE_ROWS = 40
"""How many rows fit on a page of A4 landscape when the columns do."""


def _word_widths(layout: AgendaLayout) -> list[float]:
    """Give every column of shares room for the longest word above it."""
    widths: list[float] = []
    for axis in Axis:
        for column, member in enumerate((*layout.agenda.members(axis), None)):
            longest = 0 if member is None else max(map(len, member.label.split()))
            wanted = max(12.0, longest + 3.0)
            if column == len(widths):
                widths.append(wanted)
            widths[column] = max(widths[column], wanted)
    return widths


def _amounts(layout: AgendaLayout, first: int) -> dict[int, float]:
    """Give the columns with an amount per year, and their sum, one width."""
    return dict.fromkeys(range(first, first + len(layout.agenda.periods)), _AMOUNT)


def _heights(draft: SheetDraft, widths: Mapping[int, int]) -> dict[int, float]:
    """Give rows the height that the longest of their wrapped texts needs, by column and its width."""
    heights: dict[int, float] = {}
    for column, width in widths.items():
        texts = {place.row: _text(cell) for place, cell in draft.cells.items() if place.column == column}
        for row, height in text_heights(texts, width).items():
            heights[row] = max(height, heights.get(row, 0))
    return heights


def _text(cell: Cell) -> str:
    """Give the text of a cell that wraps; nothing for any other."""
    content = cell.content.value if isinstance(cell.content, Formula) else cell.content
    return content if isinstance(content, str) and STYLES[cell.style].wrap else ""


def _area(block: Block, first: tuple[int, int], last: tuple[int, int]) -> str:
    return str(Area(block.at(*first), block.at(*last)))
