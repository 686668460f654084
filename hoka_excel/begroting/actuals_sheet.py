"""The sheet Realisatie: plan against actuals per theme, line and year."""

from decimal import Decimal

from hoka_excel.begroting.layout import ACTUALS_PARTS, Layout, actuals_block
from hoka_excel.begroting.sheet_draft import SheetDraft, amount, amount_format, linked
from hoka_excel.core.plan import Line, Plan, Ref, Table
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Content, Formula
from hoka_excel.workbook.styles import (
    CHECK,
    HEADER,
    INPUT,
    LABEL,
    PERCENT,
    RESULT,
    SECTION,
    TOTAL,
    TOTAL_LABEL,
    YEAR,
)


def put_actuals(draft: SheetDraft, layout: Layout) -> None:
    """Set, for every theme, what was budgeted, what was spent, the difference and the progress."""
    for theme in layout.plan.themes:
        block = layout[actuals_block(theme.table.name)]
        draft.put(block.at(-1, 0), f"{theme.table.name} – {theme.name} ({theme.table.unit})", SECTION)
        for part, title in enumerate(ACTUALS_PARTS):
            header = part * (1 + len(theme.table.rows))
            draft.put(block.at(header, 0), title, HEADER)
            draft.row(block.at(header, 1), layout.plan.years, HEADER, YEAR)
            for row, line in enumerate(theme.table.rows, 1):
                is_total = line is theme.table.total
                draft.put(block.at(header + row, 0), line.label, TOTAL_LABEL if is_total else LABEL)
        for column in range(1, 1 + len(layout.plan.years)):
            _put_year(draft, theme.table, column, layout)


def actuals_row(table: Table, part: int, line: int) -> int:
    """Give the offset of a line (counted from 0, the total last) in one part of the rectangle."""
    return part * (1 + len(table.rows)) + 1 + line


def _put_year(draft: SheetDraft, table: Table, column: int, layout: Layout) -> None:
    block = layout[actuals_block(table.name)]
    year = layout.plan.years[column - 1]
    shown = amount_format(table.unit, table.resolution)
    for index, line in enumerate(table.rows):
        budget, spent, difference, progress = (
            block.at(actuals_row(table, part, index), column) for part in range(len(ACTUALS_PARTS))
        )
        is_total = line is table.total
        planned, actual = amount(line.figures[column - 1]), _actual(layout.plan, table, line, year)
        draft.put(budget, linked(layout.address(Ref(table.name, line.label, year)), planned), RESULT, shown)
        content: Content = actual
        if is_total:
            lines = [block.at(actuals_row(table, 1, row), column) for row in (0, len(table.lines) - 1)]
            span = ":".join(map(address, lines))
            content = Formula(f'IF(COUNT({span})=0,"",SUM({span}))', "" if actual is None else actual)
        draft.put(spent, content, TOTAL if is_total else INPUT, shown)
        gap, share = _gap(planned, actual), _share(planned, actual)
        planned_cell, spent_cell = address(budget), address(spent)
        both = f"COUNT({planned_cell},{spent_cell})=2"
        draft.put(difference, Formula(f'IF({both},{planned_cell}-{spent_cell},"")', gap), CHECK, shown)
        progressed = f'IF({both},IF({planned_cell}=0,"",{spent_cell}/{planned_cell}),"")'
        draft.put(progress, Formula(progressed, share), CHECK, PERCENT)


def _gap(planned: Decimal | None, actual: Decimal | None) -> Decimal | str:
    return "" if planned is None or actual is None else planned - actual


def _share(planned: Decimal | None, actual: Decimal | None) -> Decimal | str:
    return "" if not planned or actual is None else actual / planned


def _actual(plan: Plan, table: Table, line: Line, year: int) -> Decimal | None:
    """Give what was spent on a line; for the total, on all lines together, once anything is known."""
    if line is not table.total:
        figure = plan.actuals.get(Ref(table.name, line.label, year))
        return None if figure is None else amount(figure)
    spent = [_actual(plan, table, entry, year) for entry in table.lines]
    known = [value for value in spent if value is not None]
    return sum(known, Decimal(0)) if known else None
