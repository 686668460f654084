"""The appendix tables as the plan prints them, with live checks below."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.begroting.check_sheet import DIFFERENCE_COLUMN, VERDICT_COLUMN, CheckRows
from hoka_excel.begroting.layout import (
    FOOT_ROWS,
    THEME_FOOT_ROWS,
    BlockName,
    Layout,
    foot_block,
    table_block,
)
from hoka_excel.begroting.sheet_draft import SheetDraft, amount, amount_format, difference_format, linked
from hoka_excel.begroting.verdict_words import word
from hoka_excel.core.checks import Kind, integral_line
from hoka_excel.core.figures import Figure
from hoka_excel.core.plan import AllocationKey, BalancingLine, Plan, Ref, State, Table, Theme
from hoka_excel.workbook.sheets import Content, Formula
from hoka_excel.workbook.styles import (
    CHECK,
    HEADER,
    INPUT,
    LABEL,
    PRINTED,
    PRINTED_TOTAL,
    RESULT,
    TOTAL,
    TOTAL_LABEL,
    VERDICT,
    YEAR,
)


def put_table(draft: SheetDraft, table: Table, plan: Plan, given: Sequence[str], layout: Layout) -> None:
    """Set a table: header, lines, total.

    As published, every figure is one that was printed. Recomputed, the lines in `given` are assumptions, the
    others results, and the total is a live sum.
    """
    block = layout[table_block(table.name)]
    shown = amount_format(table.unit, table.resolution)
    draft.put(block.at(0, 0), table.unit.value, HEADER)
    draft.row(block.at(0, 1), plan.years, HEADER, YEAR)
    published = plan.state is State.PUBLISHED
    for offset, line in enumerate(table.lines, 1):
        draft.put(block.at(offset, 0), line.label, LABEL)
        style = PRINTED if published else INPUT if line.label in given else RESULT
        draft.row(block.at(offset, 1), [amount(figure) for figure in line.figures], style, shown)
    foot = len(table.rows)
    draft.put(block.at(foot, 0), table.total.label, TOTAL_LABEL)
    for offset, figure in enumerate(table.total.figures, 1):
        value = amount(figure)
        content: Content = value if published else Formula(_sum_above(layout, table, offset), value)
        draft.put(block.at(foot, offset), content, PRINTED_TOTAL if published else TOTAL, shown)


def given_lines(theme: Theme) -> list[str]:
    """Name the lines of a theme that are assumptions when the plan is recomputed."""
    labels = [line.label for line in theme.table.lines]
    match theme.division:
        case BalancingLine(line):
            return [label for label in labels if label != line]
        case AllocationKey():
            return []
        case _:
            return labels


def put_foot(draft: SheetDraft, table: Table, theme: Theme | None, layout: Layout, rows: CheckRows) -> None:
    """Set the live checks below a table: footing, and for a theme the tie to the integral table."""
    plan, block, checks = layout.plan, layout[foot_block(table.name)], layout[BlockName.CHECKS]
    draft.labels(block, FOOT_ROWS if theme is None else THEME_FOOT_ROWS, CHECK)
    for column, year in enumerate(plan.years, 1):
        summed = Formula(_sum_above(layout, table, column), _sum(table, column - 1))
        expected = [(Kind.FOOTING, summed, table)]
        if theme is not None:
            integral, label = integral_line(plan, theme, table.unit)
            address = layout.address(Ref(integral.name, label, year))
            repeated = linked(address, amount(_figure(integral, label, column)))
            finest = min(table, integral, key=lambda entry: entry.resolution)
            expected.append((Kind.SAME_FIGURE, repeated, finest))
        for part, (kind, formula, shown) in enumerate(expected):
            index, finding = rows[kind, Ref(table.name, table.total.label, year)]
            gap = finding.judgement.difference
            difference = Formula(checks.address(1 + index, DIFFERENCE_COLUMN), "" if gap is None else gap)
            verdict = Formula(checks.address(1 + index, VERDICT_COLUMN), word(finding.verdict))
            top, unit, step = part * len(FOOT_ROWS), shown.unit, shown.resolution
            draft.put(block.at(top, column), formula, CHECK, amount_format(unit, step))
            draft.put(block.at(top + 1, column), difference, CHECK, difference_format(unit, step))
            draft.put(block.at(top + 2, column), verdict, VERDICT)


def _figure(table: Table, label: str, column: int) -> Figure:
    return next(line.figures[column - 1] for line in table.rows if line.label == label)


def _sum_above(layout: Layout, table: Table, column: int) -> str:
    block = layout[table_block(table.name)]
    return f"SUM({block.span((1, column), (len(table.lines), column))})"


def _sum(table: Table, year: int) -> Decimal:
    return sum((amount(line.figures[year]) or Decimal(0) for line in table.lines), Decimal(0))
