"""The sheet Totalen: the same money in four tables, each ending in the same grand total."""

from hoka_excel.agenda.places.layout import AgendaLayout, total_lines
from hoka_excel.agenda.places.names import (
    AMOUNT_COLUMNS,
    CHECK_COLUMNS,
    DIVISION_COLUMNS,
    FOOT_ROWS,
    SOURCES_FOOT_ROWS,
    AgendaBlock,
    AgendaSheet,
    foot_block,
    source_block,
    totals_block,
)
from hoka_excel.agenda.sheets.labels import example_marked, member_label, source_name
from hoka_excel.agenda.sheets.page import HEAD, NAME_WIDTH, amount_widths, page_breaks
from hoka_excel.agenda.sheets.projects import AMOUNT
from hoka_excel.begroting.places.checks import CheckedFigure, CheckRows
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.begroting.words import word
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.agenda.totals import SOURCES, TABLES, TOTAL, TotalsTable, total_ref, totals_of
from hoka_excel.core.check_kinds import Kind
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import GENERAL, Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, HEADER, LABEL, RESULT, SECTION, TOTAL_LABEL, VERDICT, YEAR
from hoka_excel.workbook.styles import TOTAL as TOTAL_STYLE

FINANCED = "Gefinancierd"
DIFFERENCE = '+"€" #,##0.00;[Red]-"€" #,##0.00;"€" 0.00'


def totals_sheet(layout: AgendaLayout, rows: CheckRows) -> Sheet:
    """Lay out the four tables."""
    draft = SheetDraft()
    _put_totals(draft, layout, rows)
    names = list(total_lines(layout.agenda))
    feet = [layout[foot_block(name)] for name in names]
    last = len(FOOT_ROWS) - 1
    return Sheet(
        AgendaSheet.TOTALS,
        "Totalen: dezelfde middelen, vier keer geteld",
        draft.cells,
        {1: NAME_WIDTH, **amount_widths(layout, 2)},
        frozen=Position(4, 2),
        repeated_rows=HEAD,
        page_breaks=page_breaks([layout[totals_block(name)] for name in names], feet),
        verdicts=tuple(foot.area((last, 1), (last, foot.width - 1)) for foot in feet),
    )


def _put_totals(draft: SheetDraft, layout: AgendaLayout, rows: CheckRows) -> None:
    """Set the four tables, with a live check below each."""
    for table in totals_of(layout.agenda):
        _put_table(draft, layout, table)
        _put_foot(draft, layout, table, rows)


def _put_table(draft: SheetDraft, layout: AgendaLayout, table: TotalsTable) -> None:
    agenda, block = layout.agenda, layout[totals_block(table.name)]
    draft.put(block.at(-1, 0), example_marked(layout, f"{FINANCED} – {table.name}"), SECTION)
    draft.put(block.at(0, 0), example_marked(layout, "EUR"), HEADER)
    draft.row(block.at(0, 1), agenda.years, HEADER, YEAR)
    draft.put(block.at(0, block.width - 1), TOTAL, HEADER)
    for row, (label, amounts) in enumerate(table.rows.items(), 1):
        is_total = row == len(table.rows)
        named = label if is_total else _label(layout, table, row)
        draft.put(block.at(row, 0), named, TOTAL_LABEL if is_total else LABEL)
        for column, amount in enumerate(amounts, 1):
            style = TOTAL_STYLE if is_total else RESULT
            formula = Formula(_amount(layout, table, row, column), amount)
            draft.put(block.at(row, column), formula, style, AMOUNT)


def _label(layout: AgendaLayout, table: TotalsTable, row: int) -> Formula | str:
    if table.name == SOURCES:
        return source_name(layout, row)
    return member_label(layout, _axis(table.name), row - 1)


def _axis(table: str) -> Axis:
    return next(axis for axis, name in TABLES.items() if name == table)


def _amount(layout: AgendaLayout, table: TotalsTable, row: int, column: int) -> str:
    """Write a total: of the lines above it, of the years before it, or of what the projects get."""
    block = layout[totals_block(table.name)]
    if row == len(table.rows):
        return f"SUM({block.area((1, column), (row - 1, column))})"
    if column == block.width - 1:
        return f"SUM({block.area((row, 1), (row, column - 1))})"
    if table.name == SOURCES:
        paid = layout[source_block(row)]
        return paid.address(paid.height - 1, len(AMOUNT_COLUMNS) + column - 1)
    return divided_sum(layout, table.name, address(block.at(row, 0)), column)


def divided_sum(layout: AgendaLayout, table: str, label: str, column: int) -> str:
    """Add up what all projects put in a line, as the sheet Verdeling has it; the years count from 1."""
    axis = _axis(table)
    block, count = layout[AgendaBlock.DIVISION], len(layout.agenda.projects)
    first = layout.division_row(axis, 0)
    last = layout.division_row(axis, count - 1) + len(layout.agenda.members(axis)) + 1
    members, amounts = (block.span((first, at), (last, at)) for at in (2, len(DIVISION_COLUMNS) + column - 1))
    return f"SUMPRODUCT(({members}={label})*{amounts})"


def _put_foot(draft: SheetDraft, layout: AgendaLayout, table: TotalsTable, rows: CheckRows) -> None:
    """Set below a table whether its total is that of the sources, or of its own lines."""
    agenda, block, checks = layout.agenda, layout[foot_block(table.name)], layout[AgendaBlock.CHECKS]
    is_sources = table.name == SOURCES
    kind = Kind.FOOTING if is_sources else Kind.SAME_FIGURE
    draft.labels(block, SOURCES_FOOT_ROWS if is_sources else FOOT_ROWS, CHECK)
    for column, period in enumerate(agenda.periods, 1):
        index, finding = rows[CheckedFigure(kind, *total_ref(agenda, table.name, TOTAL, period))]
        expected, difference = finding.judgement.expected, finding.judgement.difference
        contents = (
            ("Herrekend", "" if expected is None else expected, CHECK, AMOUNT),
            ("Verschil", "" if difference is None else difference, CHECK, DIFFERENCE),
            ("Oordeel", word(finding.verdict), VERDICT, GENERAL),
        )
        for offset, (name, value, style, shown) in enumerate(contents):
            source = checks.address(1 + index, CHECK_COLUMNS.index(name))
            draft.put(block.at(offset, column), Formula(source, value), style, shown)
