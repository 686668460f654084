"""The sheet Realisatie: plan against actuals per theme, what follows, and how the money was shared."""

from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import MonitoringBlock
from hoka_excel.begroting.places.names import ACTUALS_PARTS, SheetName, actuals_block
from hoka_excel.begroting.sheets.draft import (
    SheetDraft,
    amount_format,
    linked,
    or_blank,
    spent_format,
    wrapped_heights,
)
from hoka_excel.begroting.sheets.follow_up import put_follow_up
from hoka_excel.begroting.sheets.parts import actuals_parts, follow_up_parts
from hoka_excel.begroting.sheets.proportions import put_proportions
from hoka_excel.core.monitoring.progress import Progress, table_progress
from hoka_excel.core.plan import Ref, Table, Theme
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Content, Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, INPUT, PERCENT, RESULT, SECTION, TOTAL

_YEAR_WIDTH = 15


def actuals_sheet(layout: Layout) -> Sheet:
    """Lay out the sheet; a begroting made before plans were followed up gets the amounts alone."""
    draft, plan = SheetDraft(), layout.plan
    breaks = [layout[actuals_block(theme.table.name)].top - 1 for theme in plan.themes[1:]]
    signals = []
    for theme in plan.themes:
        _put_theme(draft, theme, layout)
        if layout.is_monitored:
            put_follow_up(draft, theme.table, layout)
            below = follow_up_parts(theme.table, layout)
            signals.append(below.area("Signaal"))
            breaks.append(below.block.top - 1)
    if layout.is_monitored:
        put_proportions(draft, layout)
        breaks.append(layout[MonitoringBlock.RATIO].top - 1)
    return Sheet(
        SheetName.ACTUALS,
        "Realisatie naast begroting",
        draft.cells,
        {1: 46, **dict.fromkeys(range(2, 2 + len(plan.years)), _YEAR_WIDTH)},
        heights=wrapped_heights(draft, dict.fromkeys(range(2, 2 + len(plan.years)), _YEAR_WIDTH)),
        frozen=Position(4, 2),
        repeated_rows=(1, 3),
        page_breaks=tuple(sorted(breaks)),
        verdicts=tuple(signals),
    )


def _put_theme(draft: SheetDraft, theme: Theme, layout: Layout) -> None:
    """Set what was budgeted, what was spent, the difference and the progress."""
    table, parts = theme.table, actuals_parts(theme.table, layout)
    draft.put(parts.block.at(-1, 0), f"{table.name} – {theme.name} ({table.unit})", SECTION)
    parts.put_labels(draft, layout.plan.years, totals=1)
    for index, line in enumerate(table_progress(layout.plan, table).lines):
        _put_line(draft, table, index, line, layout)


def _put_line(draft: SheetDraft, table: Table, index: int, line: Progress, layout: Layout) -> None:
    parts, shown = actuals_parts(table, layout), spent_format(table.unit, table.resolution)
    for year, number in enumerate(layout.plan.years):
        budget, spent, difference, progress = (parts.at(title, index, year) for title in ACTUALS_PARTS)
        planned, actual = line.budget[year], line.spent[year]
        source = layout.address(Ref(table.name, line.label, number))
        draft.put(budget, linked(source, planned), RESULT, amount_format(table.unit, table.resolution))
        content: Content = actual
        if line.is_total:
            lines = parts.column("Realisatie", index, year)
            content = Formula(f'IF(COUNT({lines})=0,"",SUM({lines}))', or_blank(actual))
        draft.put(spent, content, TOTAL if line.is_total else INPUT, shown)
        of, taken = address(budget), address(spent)
        both = f"COUNT({of},{taken})=2"
        left = Formula(f'IF({both},{of}-{taken},"")', or_blank(line.difference[year]))
        draft.put(difference, left, CHECK, shown)
        part = "" if not planned or actual is None else actual / planned
        progressed = Formula(f'IF({both},IF({of}=0,"",{taken}/{of}),"")', part)
        draft.put(progress, progressed, CHECK, PERCENT)
