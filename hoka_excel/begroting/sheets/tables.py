"""The appendix tables as the plan prints them, with live checks below."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.begroting.places.checks import CheckedFigure, CheckRows
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import (
    CHECK_COLUMNS,
    FOOT_ROWS,
    THEME_FOOT_ROWS,
    BlockName,
    foot_block,
    table_block,
)
from hoka_excel.begroting.sheets.draft import SheetDraft, amount_format, difference_format, linked
from hoka_excel.begroting.sheets.wrong_figures import wrong_figures
from hoka_excel.begroting.words import word
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.checks import integral_line
from hoka_excel.core.figures import Figure, value_of
from hoka_excel.core.plan import AllocationKey, BalancingLine, Ref, State, Table, Theme
from hoka_excel.workbook.sheets import Content, Formula, Sheet
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


def table_sheet(
    name: str, tables: Sequence[Table], theme: Theme | None, layout: Layout, rows: CheckRows
) -> Sheet:
    """Lay out tables below each other, and their live checks below them.

    Args:
        name: what the tab of the sheet says.
        tables: from the top down.
        theme: whose table it is; None for the integral tables.
        layout: of the begroting.
        rows: where each check stands, and what it found.
    """
    draft = SheetDraft()
    verdicts = []
    for table in tables:
        _put_table(draft, table, _given_lines(theme) if theme else [], layout)
        _put_foot(draft, table, theme, layout, rows)
        block = layout[foot_block(table.name)]
        verdicts += [block.area((row, 1), (row, block.width - 1)) for row in range(2, block.height, 3)]
    years = dict.fromkeys(range(2, 2 + len(layout.plan.years)), 15)
    return Sheet(
        name,
        tables[0].title,
        draft.cells,
        {1: 46, **years},
        frozen=layout[table_block(tables[0].name)].at(1, 1),
        verdicts=tuple(verdicts),
        rules=tuple(wrong_figures(table, layout) for table in tables),
    )


def _put_table(draft: SheetDraft, table: Table, given: Sequence[str], layout: Layout) -> None:
    """Set a table: header, lines, total.

    As published, every figure is one that was printed. Recomputed, the lines in `given` are assumptions, the
    others results, and the total is a live sum.
    """
    plan, block = layout.plan, layout[table_block(table.name)]
    shown = amount_format(table.unit, table.resolution)
    draft.put(block.at(0, 0), table.unit.value, HEADER)
    draft.row(block.at(0, 1), plan.years, HEADER, YEAR)
    published = plan.state is State.PUBLISHED
    for offset, line in enumerate(table.lines, 1):
        draft.put(block.at(offset, 0), line.label, LABEL)
        style = PRINTED if published else INPUT if line.label in given else RESULT
        draft.row(block.at(offset, 1), [value_of(figure) for figure in line.figures], style, shown)
    foot = len(table.rows)
    draft.put(block.at(foot, 0), table.total.label, TOTAL_LABEL)
    for offset, figure in enumerate(table.total.figures, 1):
        value = value_of(figure)
        content: Content = value if published else Formula(_sum_above(layout, table, offset), value)
        draft.put(block.at(foot, offset), content, PRINTED_TOTAL if published else TOTAL, shown)


def _given_lines(theme: Theme) -> list[str]:
    """Name the lines of a theme that are assumptions when the plan is recomputed."""
    labels = [line.label for line in theme.table.lines]
    match theme.division:
        case BalancingLine(line):
            return [label for label in labels if label != line]
        case AllocationKey():
            return []
        case _:
            return labels


def _put_foot(draft: SheetDraft, table: Table, theme: Theme | None, layout: Layout, rows: CheckRows) -> None:
    """Set the live checks below a table: footing, and for a theme the tie to the integral table."""
    plan, block, checks = layout.plan, layout[foot_block(table.name)], layout[BlockName.CHECKS]
    draft.labels(block, FOOT_ROWS if theme is None else THEME_FOOT_ROWS, CHECK)
    for column, year in enumerate(plan.years, 1):
        summed = Formula(_sum_above(layout, table, column), _sum(table, column - 1))
        expected = [(Kind.FOOTING, summed, table)]
        if theme is not None:
            integral, label = integral_line(plan, theme, table.unit)
            address = layout.address(Ref(integral.name, label, year))
            repeated = linked(address, value_of(_figure(integral, label, column)))
            finest = min(table, integral, key=lambda entry: entry.resolution)
            expected.append((Kind.SAME_FIGURE, repeated, finest))
        for part, (kind, formula, shown) in enumerate(expected):
            index, finding = rows[CheckedFigure(kind, table.name, table.total.label, year)]
            gap = finding.judgement.difference
            difference = Formula(
                checks.address(1 + index, CHECK_COLUMNS.index("Verschil")), "" if gap is None else gap
            )
            verdict = Formula(
                checks.address(1 + index, CHECK_COLUMNS.index("Oordeel")), word(finding.verdict)
            )
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
    return sum((value_of(line.figures[year]) or Decimal(0) for line in table.lines), Decimal(0))
