"""The sheet Uitgangspunten: every number that is chosen rather than computed."""

from dataclasses import replace
from decimal import Decimal

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import THRESHOLD_ROWS, MonitoringBlock
from hoka_excel.begroting.places.names import (
    GENERAL_ROWS,
    GRANT_LABEL,
    KEY_COLUMNS,
    LOCKED_COLUMNS,
    PRINTED_GRANT_LABEL,
    RATE_ROWS,
    TABLE_COLUMNS,
    THEME_COLUMNS,
    BlockName,
    SheetName,
    key_block,
)
from hoka_excel.begroting.sheets.assumption_addresses import Assumptions
from hoka_excel.begroting.sheets.binding_years import put_binding_years
from hoka_excel.begroting.sheets.draft import SheetDraft, linked, wrapped_heights
from hoka_excel.begroting.sheets.grant import put_grant_changes
from hoka_excel.begroting.sheets.scenario_list import put_settings
from hoka_excel.begroting.sheets.students import put_students
from hoka_excel.begroting.words import NO, YES
from hoka_excel.core.figures import value_of
from hoka_excel.core.head import head_of
from hoka_excel.core.plan import AllocationKey, BalancingLine, Division, Plan, Ref, Theme
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Content, Formula, Sheet
from hoka_excel.workbook.styles import (
    DAY,
    EURO,
    EURO_CENTS,
    HEADER,
    INFERRED,
    INPUT,
    LABEL,
    PERCENT,
    RESULT,
    SECTION,
    TOTAL,
    TOTAL_LABEL,
    YEAR,
)

PRECISION = 9
"""Decimals beyond which two figures on a sheet count as equal: finer than any printed step, coarser than the
binary noise of Excel's sums."""


def assumptions_sheet(layout: Layout) -> Sheet:
    """Lay out every assumption of the plan."""
    draft = SheetDraft()
    _put_assumptions(draft, layout)
    widths = {1: 46, 2: 34, **dict.fromkeys(range(3, 8), 24)}
    sheet = Sheet(
        SheetName.ASSUMPTIONS,
        "Uitgangspunten",
        draft.cells,
        widths,
        heights=wrapped_heights(draft, {2: 38, 4: 27}),
        one_page=True,
    )
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


def _put_assumptions(draft: SheetDraft, layout: Layout) -> None:
    plan = layout.plan
    _put_general(draft, plan, layout[BlockName.GENERAL])
    _put_grant(draft, plan, layout)
    put_binding_years(draft, layout)
    put_grant_changes(draft, layout, Assumptions(layout).step(plan.euros.name))
    _put_rate(draft, plan, layout[BlockName.RATE])
    _put_themes(draft, plan, layout[BlockName.THEMES])
    for theme in plan.themes:
        if isinstance(theme.division, AllocationKey):
            shares = layout[key_block(theme.number)]
            _put_key(draft, theme, theme.division, shares)
            put_students(draft, theme, theme.division, shares, layout)
    _put_tables(draft, plan, layout[BlockName.TABLES])
    _put_locked(draft, plan, layout[BlockName.LOCKED])
    precision = layout[BlockName.PRECISION]
    draft.put(precision.at(-1, 0), "Rekenprecisie", SECTION)
    draft.put(precision.at(0, 0), "Decimalen waarop bedragen gelijk zijn", LABEL)
    draft.put(precision.at(0, 1), PRECISION, INPUT, "0")
    if layout.is_monitored:
        _put_thresholds(draft, plan, layout[MonitoringBlock.THRESHOLDS])
    put_settings(draft, layout)


def _put_general(draft: SheetDraft, plan: Plan, block: Block) -> None:
    draft.put(block.at(-1, 0), "Het plan", SECTION)
    draft.labels(block, GENERAL_ROWS, LABEL)
    for offset, value in enumerate((*head_of(plan), plan.state.value)):
        draft.input(block.at(offset, 1), value, DAY if value is plan.day else "@")


def _put_grant(draft: SheetDraft, plan: Plan, layout: Layout) -> None:
    block = layout[BlockName.GRANT]
    draft.put(block.at(-1, 0), "Toegekend bedrag per jaar", SECTION)
    draft.put(block.at(0, 0), plan.euros.unit.value, HEADER)
    draft.row(block.at(0, 1), plan.years, HEADER, YEAR)
    draft.put(block.at(1, 0), PRINTED_GRANT_LABEL if plan.grant is None else GRANT_LABEL, LABEL)
    for offset, (year, figure) in enumerate(zip(plan.years, plan.granted, strict=True), 1):
        total = layout.address(Ref(plan.euros.name, plan.euros.total.label, year))
        content: Content = linked(total, value_of(figure)) if plan.grant is None else value_of(figure)
        draft.put(block.at(1, offset), content, RESULT if plan.grant is None else INPUT, EURO)


def _put_rate(draft: SheetDraft, plan: Plan, block: Block) -> None:
    draft.put(block.at(-1, 0), "Tarief per fte", SECTION)
    draft.labels(block, RATE_ROWS, LABEL)
    inferred = INFERRED if plan.rate.inferred else INPUT
    draft.put(block.at(0, 1), plan.rate.printed.value, INPUT, EURO)
    draft.put(block.at(1, 1), plan.rate.printed.unit, INPUT, EURO)
    draft.put(block.at(2, 1), plan.rate.working, inferred, EURO_CENTS)
    draft.put(block.at(3, 1), YES if plan.rate.inferred else NO, inferred)


def _put_themes(draft: SheetDraft, plan: Plan, block: Block) -> None:
    draft.put(block.at(-1, 0), "Verhouding over de thema's", SECTION)
    draft.row(block.at(0, 0), THEME_COLUMNS, HEADER)
    for offset, theme in enumerate(plan.themes, 1):
        own: list[Content] = [theme.name, theme.number, theme.weight, theme.table.name]
        draft.inputs(block.at(offset, 0), (*own, *division_words(theme.division)))
    foot = block.at(len(plan.themes) + 1, 0)
    draft.put(foot, "Totaal", TOTAL_LABEL)
    first, last = block.at(1, 2), block.at(len(plan.themes), 2)
    total = sum((theme.weight for theme in plan.themes), Decimal(0))
    summed = Formula(f"SUM({address(first)}:{address(last)})", total)
    draft.put(block.at(len(plan.themes) + 1, 2), summed, TOTAL)


def division_words(division: Division) -> tuple[str, str, str]:
    """Write a division as its kind, its key or balancing line, and whether it was inferred."""
    match division:
        case AllocationKey():
            return "sleutel", division.name, YES if division.inferred else NO
        case BalancingLine(line):
            return "sluitpost", line, ""
        case _:
            return "gegeven", "", ""


def _put_key(draft: SheetDraft, theme: Theme, key: AllocationKey, block: Block) -> None:
    inferred = " (afgeleid uit de gedrukte cijfers)" if key.inferred else ""
    draft.put(block.at(-1, 0), f"Verdeelsleutel {theme.table.name}: {key.name}{inferred}", SECTION)
    draft.row(block.at(0, 0), KEY_COLUMNS, HEADER)
    style = INFERRED if key.inferred else INPUT
    for offset, share in enumerate(key.shares, 1):
        draft.put(block.at(offset, 0), share.line, LABEL)
        draft.put(block.at(offset, 1), share.share.value, style)
        draft.put(block.at(offset, 2), share.share.unit, style)
        draft.put(block.at(offset, 3), share.fixed, INPUT, EURO)
    foot = len(key.shares) + 1
    draft.put(block.at(foot, 0), "Totaal", TOTAL_LABEL)
    for column, total in ((1, _shares(key)), (3, _fixed(key))):
        span = f"{address(block.at(1, column))}:{address(block.at(foot - 1, column))}"
        draft.put(
            block.at(foot, column), Formula(f"SUM({span})", total), TOTAL, EURO if column == 3 else "General"
        )


def _shares(key: AllocationKey) -> Decimal:
    return sum((share.share.value for share in key.shares), Decimal(0))


def _fixed(key: AllocationKey) -> Decimal:
    return sum((share.fixed for share in key.shares), Decimal(0))


def _put_tables(draft: SheetDraft, plan: Plan, block: Block) -> None:
    draft.put(block.at(-1, 0), "Tabellen", SECTION)
    draft.row(block.at(0, 0), TABLE_COLUMNS, HEADER)
    for offset, table in enumerate(plan.tables, 1):
        draft.inputs(block.at(offset, 0), (table.name, table.unit.value, table.resolution, table.title))


def _put_locked(draft: SheetDraft, plan: Plan, block: Block) -> None:
    """Set the figures that the controller says are right, and empty rows for more."""
    draft.put(block.at(-1, 0), "Vaststaande bedragen (deze kloppen; zoek de fout elders)", SECTION)
    draft.row(block.at(0, 0), LOCKED_COLUMNS, HEADER)
    for offset in range(1, block.height):
        locked = plan.locked[offset - 1] if offset <= len(plan.locked) else None
        row = (None, None, None) if locked is None else (locked.line, locked.table, locked.year)
        draft.inputs(block.at(offset, 0), row)


def _put_thresholds(draft: SheetDraft, plan: Plan, block: Block) -> None:
    """Set what a deviation of the actuals must pass to be signalled; nothing is while both are empty."""
    draft.put(block.at(-1, 0), "Signaleren op Realisatie: een afwijking die beide drempels passeert", SECTION)
    draft.labels(block, THRESHOLD_ROWS, LABEL)
    given = plan.thresholds
    draft.put(block.at(0, 1), None if given is None else given.percentage.scaleb(-2), INPUT, PERCENT)
    draft.put(block.at(1, 1), None if given is None else given.amount, INPUT, EURO)
