"""Below plan against actuals: what lines take along, what is signalled, and the reasons given for it."""

from hoka_excel.begroting.places.carry_over_rows import CarryOverRows
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import FOLLOW_UP_PARTS, MonitoringBlock
from hoka_excel.begroting.places.names import BlockName
from hoka_excel.begroting.sheets.assumption_addresses import Assumptions
from hoka_excel.begroting.sheets.draft import SheetDraft, linked, spent_format
from hoka_excel.begroting.sheets.parts import actuals_parts, follow_up_parts
from hoka_excel.begroting.words import signal_word
from hoka_excel.core.monitoring.carry_over import table_carry_over
from hoka_excel.core.monitoring.progress import table_progress
from hoka_excel.core.monitoring.signals import Signal, signals_of
from hoka_excel.core.plan import Ref, Table, Unit
from hoka_excel.workbook.sheets import Formula
from hoka_excel.workbook.styles import INPUT_TEXT, RESULT, SECTION, TOTAL, VERDICT


def put_follow_up(draft: SheetDraft, table: Table, layout: Layout) -> None:
    """Set what is carried over (from the sheet Meenemen), the signals, and room for reasons."""
    plan, parts = layout.plan, follow_up_parts(table, layout)
    taken, signal, reason = FOLLOW_UP_PARTS
    shown = spent_format(table.unit, table.resolution)
    draft.put(parts.block.at(-1, 0), f"{table.name} – meenemen, signaleren, toelichten", SECTION)
    parts.put_labels(draft, plan.years, totals=1)
    carried, signals = table_carry_over(plan, table).lines, signals_of(plan, table_progress(plan, table))
    rows = CarryOverRows.of_table(table, layout)
    for index, line in enumerate(table.rows):
        for year, number in enumerate(plan.years):
            closing = linked(rows.far_cell("Eindstand", index, year), carried[index].closing[year])
            style = TOTAL if line is table.total else RESULT
            draft.put(parts.at(taken, index, year), closing, style, shown)
            said = signals[index][year]
            formula = Formula(_signal(table, index, year, layout), "" if said is None else signal_word(said))
            draft.put(parts.at(signal, index, year), formula, VERDICT)
            why = plan.reasons.get(Ref(table.name, line.label, number))
            draft.put(parts.at(reason, index, year), why, INPUT_TEXT)


def _signal(table: Table, index: int, year: int, layout: Layout) -> str:
    """Write the rule of the thresholds: past the percentage and past the amount."""
    amounts = actuals_parts(table, layout)
    budget, left = (amounts.cell(title, index, year) for title in ("Begroting", "Verschil"))
    thresholds, precision = layout[MonitoringBlock.THRESHOLDS], layout[BlockName.PRECISION].address(0, 1)
    share, amount = thresholds.address(0, 1), thresholds.address(1, 1)
    value = f"*{Assumptions(layout).working_rate}" if table.unit is Unit.FTE else ""
    asked = f"COUNT({share},{amount})>0,ISNUMBER({left})"
    if index == len(table.lines):
        lines = amounts.column("Realisatie", index, year)
        asked += f",COUNT({lines})=ROWS({lines})"
    passed = (
        f"ROUND(ABS({left})-N({share})*ABS({budget}),{precision})>0,"
        f"ROUND(ABS({left}){value}-N({amount}),{precision})>0"
    )
    words = f'IF({left}>0,"{signal_word(Signal.UNDERSPENT)}","{signal_word(Signal.OVERSPENT)}")'
    return f'IF(AND({asked}),IF(AND({passed}),{words},""),"")'
