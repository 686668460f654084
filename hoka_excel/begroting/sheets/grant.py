"""On Uitgangspunten: how the grant becomes what is available."""

from decimal import Decimal

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.grant import AVAILABLE_ROWS, INDEXATION_ROWS, REVISION_COLUMNS, GrantBlock
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import BlockName
from hoka_excel.begroting.sheets.draft import SheetDraft, linked
from hoka_excel.core.checks import AVAILABLE
from hoka_excel.core.figures import Printed, value_of
from hoka_excel.core.grant import Available
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.core.verdicts import cut
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Content, Formula
from hoka_excel.workbook.styles import (
    CHECK,
    DAY,
    EURO,
    EURO_DIFFERENCE,
    HEADER,
    INPUT,
    LABEL,
    RESULT,
    SECTION,
    SHARE,
    TOTAL,
    TOTAL_LABEL,
    YEAR,
)

_FACTOR = "0.000000"


def put_grant_changes(draft: SheetDraft, layout: Layout, step: str) -> None:
    """Set what became of the grant, if anything did; `step` is where it says what amounts round to."""
    if GrantBlock.AVAILABLE in layout.blocks:
        _put_indexation(draft, layout.plan, layout[GrantBlock.INDEXATION])
        _put_revisions(draft, layout.plan, layout[GrantBlock.REVISIONS])
        _put_available(draft, layout, step)


def _put_indexation(draft: SheetDraft, plan: Plan, block: Block) -> None:
    level, header, percent, passed_on, factor = range(len(INDEXATION_ROWS))
    draft.put(block.at(-1, 0), "Loon- en prijsbijstelling", SECTION)
    draft.labels(block, INDEXATION_ROWS, LABEL)
    draft.put(block.at(level, 1), plan.changes.price_level, INPUT, YEAR)
    draft.put(block.at(header, 0), INDEXATION_ROWS[header], HEADER)
    draft.row(block.at(header, 1), plan.years, HEADER, YEAR)
    found = {indexation.year: indexation for indexation in plan.changes.indexations}
    for column, year in enumerate(plan.years, 1):
        entry = found.get(year)
        draft.put(block.at(percent, column), None if entry is None else entry.percent / 100, INPUT, SHARE)
        draft.put(block.at(passed_on, column), None if entry is None else entry.passed_on / 100, INPUT, SHARE)
        rise, part = block.address(percent, column), block.address(passed_on, column)
        since, this = block.address(level, 1), block.address(header, column)
        own = f"IF(AND(ISNUMBER({since}),{this}>{since}),1+N({rise})*IF(ISNUMBER({part}),{part},1),1)"
        expression = own if column == 1 else f"{block.address(factor, column - 1)}*{own}"
        value = cut(plan.changes.factor(year))
        draft.put(block.at(factor, column), Formula(expression, value), RESULT, _FACTOR)


def _put_revisions(draft: SheetDraft, plan: Plan, block: Block) -> None:
    """Set the revisions of the grant, and empty rows for more."""
    draft.put(block.at(-1, 0), "Bijstellingen (onder nul: er komt minder)", SECTION)
    draft.row(block.at(0, 0), REVISION_COLUMNS, HEADER)
    formats = ("@", DAY, YEAR, EURO)
    for row in range(1, block.height):
        entry = plan.changes.revisions[row - 1] if row <= len(plan.changes.revisions) else None
        values: tuple[Content, ...] = (
            (None,) * len(REVISION_COLUMNS)
            if entry is None
            else (entry.reason, entry.day, entry.year, entry.amount)
        )
        for column, (value, shown) in enumerate(zip(values, formats, strict=True)):
            draft.input(block.at(row, column), value, shown)


def _put_available(draft: SheetDraft, layout: Layout, step: str) -> None:
    plan, block = layout.plan, layout[GrantBlock.AVAILABLE]
    draft.put(block.at(-1, 0), "Beschikbaar per jaar", SECTION)
    draft.put(block.at(0, 0), AVAILABLE_ROWS[0], HEADER)
    draft.row(block.at(0, 1), plan.years, HEADER, YEAR)
    for row, label in enumerate(AVAILABLE_ROWS[1:], 1):
        draft.put(block.at(row, 0), label, TOTAL_LABEL if label == AVAILABLE else LABEL)
    for column in range(1, 1 + len(plan.years)):
        _put_year(draft, layout, column, step)


def _put_year(draft: SheetDraft, layout: Layout, column: int, step: str) -> None:
    plan, block = layout.plan, layout[GrantBlock.AVAILABLE]
    year, figure, shared = plan.years[column - 1], plan.granted[column - 1], plan.euros.total
    known = isinstance(figure, Printed)
    found = _available(plan, column - 1)
    granted, indexed, revised, available, total, gap = (
        block.at(AVAILABLE_ROWS.index(label), column) for label in AVAILABLE_ROWS[1:]
    )
    source = layout[BlockName.GRANT].address(1, column)
    draft.put(granted, linked(source, found.granted if known else None), RESULT, EURO)
    indexation = Formula(_indexed(layout, column, step), found.indexation)
    draft.put(indexed, indexation, RESULT, EURO_DIFFERENCE)
    draft.put(revised, Formula(_revised(layout, column), found.revisions), RESULT, EURO_DIFFERENCE)
    summed = f"SUM({address(granted)}:{address(revised)})"
    draft.put(available, Formula(summed, found.amount), TOTAL, EURO)
    place = Ref(plan.euros.name, shared.label, year)
    stated = shared.figures[column - 1]
    value = value_of(stated)
    draft.put(total, linked(layout.address(place), value), CHECK, EURO)
    precision = layout[BlockName.PRECISION].address(0, 1)
    difference = f'IF(ISNUMBER({address(total)}),ROUND({address(total)}-{address(available)},{precision}),"")'
    draft.put(gap, Formula(difference, "" if value is None else value - found.amount), CHECK, EURO_DIFFERENCE)


def _available(plan: Plan, year: int) -> Available:
    granted = value_of(plan.granted[year]) or Decimal(0)
    return plan.changes.available(granted, plan.years[year], plan.euros.resolution)


def _indexed(layout: Layout, column: int, step: str) -> str:
    """Write what indexation adds: the product, free of binary noise, rounded to the step, less the grant."""
    granted = address(layout[GrantBlock.AVAILABLE].at(1, column))
    factor = layout[GrantBlock.INDEXATION].address(len(INDEXATION_ROWS) - 1, column)
    precision = layout[BlockName.PRECISION].address(0, 1)
    product = f"ROUND(ROUND(N({granted})*{factor}/{step},{precision}),0)*{step}"
    return f"IF({factor}=1,0,{product}-N({granted}))"


def _revised(layout: Layout, column: int) -> str:
    block, year = layout[GrantBlock.REVISIONS], layout[GrantBlock.AVAILABLE].address(0, column)
    years, amounts = (
        block.span((1, index), (block.height - 1, index))
        for index in (REVISION_COLUMNS.index("Jaar"), REVISION_COLUMNS.index("Bedrag"))
    )
    return f"SUMIF({years},{year},{amounts})"
