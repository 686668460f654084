"""The sheet Meenemen: every line and theme over the years, each year opening with what the last one left.

What a controller fills in is the opening balance of the first year; everything else follows from the sheet
Realisatie.
"""

from collections.abc import Sequence

from hoka_excel.begroting.places.carry_over_rows import CarryOverRows
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import CARRY_OVER_FEET, CARRY_OVER_STEPS, CARRY_OVER_TOTAL_FEET
from hoka_excel.begroting.places.names import SheetName
from hoka_excel.begroting.sheets.assumption_addresses import Assumptions
from hoka_excel.begroting.sheets.carry_over_lines import (
    Sources,
    frame_of,
    put_foot_labels,
    put_labels,
    put_line,
    put_sum,
)
from hoka_excel.begroting.sheets.draft import SheetDraft, linked, or_blank, spent_format
from hoka_excel.begroting.sheets.parts import actuals_parts
from hoka_excel.begroting.words import word
from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import value_of
from hoka_excel.core.monitoring.carry_over import Corkscrew, TableCarryOver, carry_over_of
from hoka_excel.core.monitoring.carry_over_checks import lines_judgement, themes_judgement
from hoka_excel.core.plan import Ref, Theme, Unit
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, EURO, EURO_DIFFERENCE, SUBTITLE

_WORDS = (
    """Eindstand = beginstand + begroting - realisatie. Een jaar sluit zodra van elke regel de realisatie \
is ingevuld (0 als er niets is besteed); tot dan is er geen eindstand.""",
    """Thema's in euro: fte's maal het rekentarief van Uitgangspunten, niet afgerond; de cel toont hele \
euro's. Een begroting die niet optelt, neemt haar verschil mee: zie Aansluiting.""",
)
_OPENING, _BUDGET, _SPENT, _CLOSING = CARRY_OVER_STEPS


def carry_over_sheet(layout: Layout) -> Sheet:
    """Lay out what is carried over, with its own checks."""
    plan, draft = layout.plan, SheetDraft()
    found = carry_over_of(plan)
    for offset, text in enumerate(_WORDS):
        draft.put(Position(4 + offset, 1), text, SUBTITLE)
    for theme, table in zip(plan.themes, found.tables, strict=True):
        _put_table(draft, theme, table, layout)
    _put_themes(draft, found.euros, layout)
    blocks = [CarryOverRows.of_table(theme.table, layout) for theme in plan.themes]
    blocks.append(CarryOverRows.of_themes(layout))
    amounts = dict.fromkeys(range(3, 4 + len(plan.years)), 15)
    return Sheet(
        SheetName.CARRY_OVER,
        "Meenemen naar volgende jaren",
        draft.cells,
        {1: 46, 2: 15, **amounts, 4 + len(plan.years): 19},
        frozen=Position(4, 3),
        repeated_rows=(1, 3),
        page_breaks=tuple(rows.block.top - 1 for rows in blocks[1:]),
        verdicts=tuple(
            rows.block.area(first, last)
            for rows in blocks
            for first, last in (_row_of_verdicts(rows), _column_of_verdicts(rows))
        ),
    )


def broken_sums(layout: Layout) -> str:
    """Count, as a formula, the checks on this sheet that fail only where a formula was written over."""
    themes = CarryOverRows.of_themes(layout)
    every = [*(CarryOverRows.of_table(theme.table, layout) for theme in layout.plan.themes), themes]
    ranges = [rows.block.span(*_column_of_verdicts(rows)) for rows in every]
    ranges.append(themes.block.span(*_row_of_verdicts(themes)))
    return "+".join(f'COUNTIF({found},"{word(Verdict.MISMATCH)}")' for found in ranges)


def _row_of_verdicts(rows: CarryOverRows) -> tuple[tuple[int, int], tuple[int, int]]:
    return (rows.foot(1), 2), (rows.foot(1), 1 + rows.years)


def _column_of_verdicts(rows: CarryOverRows) -> tuple[tuple[int, int], tuple[int, int]]:
    return (1, rows.verdict_column), (rows.foot(0) - 1, rows.verdict_column)


def _put_table(draft: SheetDraft, theme: Theme, found: TableCarryOver, layout: Layout) -> None:
    """Set the lines of a theme in the unit of its table, their total, and whether they come to it."""
    table, rows = theme.table, CarryOverRows.of_table(theme.table, layout)
    frame = frame_of(rows, spent_format(table.unit, table.resolution), layout)
    put_labels(draft, rows, f"{table.name} – {theme.name} ({table.unit})", found.lines, layout)
    for index, line in enumerate(found.lines):
        sources = _table_sources(theme, index, line, layout)
        put_line(draft, frame, index, line, sources)
    step = Assumptions(layout).step(table.name)
    put_foot_labels(draft, rows, CARRY_OVER_FEET)
    for year in range(rows.years):
        room = f"({rows.number_of_lines()}+1)*COLUMNS({rows.until(year)})*{step}/2"
        put_sum(draft, frame, year, lines_judgement(found, year), room)


def _table_sources(theme: Theme, index: int, line: Corkscrew, layout: Layout) -> Sources:
    table, plan = theme.table, layout.plan
    parts, years = actuals_parts(table, layout), range(len(plan.years))
    budget = [_repeated(parts.far_cell("Begroting", index, year)) for year in years]
    spent = [parts.far_cell("Realisatie", index, year) for year in years]
    if index < len(table.lines):
        opening = plan.openings.get(Ref(table.name, line.label, plan.years[0]))
        first = None if opening is None else value_of(opening)
        return Sources(first, budget, [_repeated(cell) for cell in spent])
    rows = CarryOverRows.of_table(table, layout)
    complete = [
        f'IF(COUNT({lines})=ROWS({lines}),{cell},"")'
        for year, cell in enumerate(spent)
        for lines in [parts.far_column("Realisatie", index, year)]
    ]
    return Sources(Formula(rows.sum_of(_OPENING, 0), line.opening[0]), budget, complete)


def _put_themes(draft: SheetDraft, found: Sequence[Corkscrew], layout: Layout) -> None:
    """Set the themes in EUR, their total, and how that compares with the integral table."""
    rows, plan = CarryOverRows.of_themes(layout), layout.plan
    frame = frame_of(rows, EURO, layout)
    put_labels(draft, rows, "Alle thema's in euro", found, layout)
    years = range(rows.years)
    for index, (theme, line) in enumerate(zip(plan.themes, found, strict=False)):
        own = CarryOverRows.of_table(theme.table, layout)
        value = f"*{Assumptions(layout).working_rate}" if theme.table.unit is Unit.FTE else ""
        opening, budget, spent = (
            [_repeated(own.cell(step, own.count, year), value) for year in years]
            for step in (_OPENING, _BUDGET, _SPENT)
        )
        sources = Sources(Formula(opening[0], line.opening[0]), budget, spent)
        put_line(draft, frame, index, line, sources)
    summed = {
        step: [f'IF({rows.all_known(step, year)},{rows.sum_of(step, year)},"")' for year in years]
        for step in (_BUDGET, _SPENT)
    }
    total = found[-1]
    first = Formula(rows.sum_of(_OPENING, 0), total.opening[0])
    put_line(draft, frame, rows.count, total, Sources(first, summed[_BUDGET], summed[_SPENT]))
    put_foot_labels(draft, rows, CARRY_OVER_TOTAL_FEET)
    for year, number in enumerate(plan.years):
        put_sum(draft, frame, year, themes_judgement(found, year), "")
        integral, above = rows.block.at(rows.foot(2), 2 + year), rows.block.at(rows.foot(3), 2 + year)
        printed, budget_cell = value_of(plan.euros.total.figures[year]), rows.cell(_BUDGET, rows.count, year)
        source = layout.address(Ref(plan.euros.name, plan.euros.total.label, number))
        draft.put(integral, linked(source, printed), CHECK, EURO)
        planned = total.budget[year]
        gap = None if printed is None or planned is None else EXACT.subtract(planned, printed)
        expression = f'IF(COUNT({budget_cell},{address(integral)})=2,{budget_cell}-{address(integral)},"")'
        draft.put(above, Formula(expression, or_blank(gap)), CHECK, EURO_DIFFERENCE)


def _repeated(cell: str, value: str = "") -> str:
    """Repeat a known amount, perhaps valued in EUR; nothing while it is not known."""
    return f'IF(ISNUMBER({cell}),{cell}{value},"")'
