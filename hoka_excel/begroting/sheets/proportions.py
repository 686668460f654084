"""How the money was shared: the ratio of the themes and the split of each key, agreed, budgeted and spent."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from hoka_excel.begroting.places.carry_over_rows import CarryOverRows
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import PROPORTION_PARTS, MonitoringBlock, split_block
from hoka_excel.begroting.places.names import KEY_COLUMNS, THEME_COLUMNS, BlockName, key_block
from hoka_excel.begroting.sheets.assumption_addresses import Assumptions
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.begroting.sheets.parts import Parts, actuals_parts
from hoka_excel.core.monitoring.proportions import Proportion, ratio_of, splits_of
from hoka_excel.core.plan import AllocationKey, Ref, Theme
from hoka_excel.workbook.sheets import Formula
from hoka_excel.workbook.styles import CHECK, PERCENT, RESULT, SECTION

_AGREED, _PLANNED, _SPENT = PROPORTION_PARTS
_RATIO_FORMAT = "0.00"


def put_proportions(draft: SheetDraft, layout: Layout) -> None:
    """Set the ratio of the themes, then the split of every theme with a key."""
    _put_ratio(draft, layout)
    for split in splits_of(layout.plan):
        _put_split(draft, split.theme, split.lines, layout)


def _put_ratio(draft: SheetDraft, layout: Layout) -> None:
    plan, found = layout.plan, ratio_of(layout.plan)
    parts = Parts(layout[MonitoringBlock.RATIO], PROPORTION_PARTS, [line.label for line in found])
    draft.put(parts.block.at(-1, 0), "Verhouding over de thema's (in euro, zoals op Meenemen)", SECTION)
    parts.put_labels(draft, plan.years)
    weights, column = layout[BlockName.THEMES], THEME_COLUMNS.index("Aandeel")
    whole = weights.address(1 + len(plan.themes), column)
    rows = CarryOverRows.of_themes(layout)
    for index, line in enumerate(found):
        for year in range(len(plan.years)):
            weight = Formula(weights.address(1 + index, column), _number(line.agreed[year]))
            draft.put(parts.at(_AGREED, index, year), weight, RESULT, _RATIO_FORMAT)
            for title, step, shares in (
                (_PLANNED, "bij: begroting", line.planned),
                (_SPENT, "af: realisatie", line.realised),
            ):
                own, every = (rows.far_cell(step, entry, year) for entry in (index, rows.count))
                formula = f'IF(N({every})>0,{whole}*{own}/{every},"")'
                content = Formula(formula, _number(shares[year]))
                draft.put(parts.at(title, index, year), content, CHECK, _RATIO_FORMAT)


def _put_split(draft: SheetDraft, theme: Theme, found: Sequence[Proportion], layout: Layout) -> None:
    plan, amounts = layout.plan, actuals_parts(theme.table, layout)
    assert isinstance(theme.division, AllocationKey)
    parts = Parts(layout[split_block(theme.number)], PROPORTION_PARTS, [line.label for line in found])
    draft.put(parts.block.at(-1, 0), f"Verdeling van {theme.table.name} – {theme.name}", SECTION)
    parts.put_labels(draft, plan.years)
    for index, line in enumerate(found):
        for year in range(len(plan.years)):
            agreed = Formula(
                _keyed(theme, theme.division, line.label, year, layout), _number(line.agreed[year])
            )
            draft.put(parts.at(_AGREED, index, year), agreed, RESULT, PERCENT)
            for title, source, shares in (
                (_PLANNED, "Begroting", line.planned),
                (_SPENT, "Realisatie", line.realised),
            ):
                own, every = amounts.cell(source, index, year), amounts.column(source, len(found), year)
                known = f"COUNT({every})=ROWS({every})"
                formula = f'IF({known},IF(SUM({every})>0,{own}/SUM({every}),""),"")'
                content = Formula(formula, _number(shares[year]))
                draft.put(parts.at(title, index, year), content, CHECK, PERCENT)


def _keyed(theme: Theme, key: AllocationKey, label: str, year: int, layout: Layout) -> str:
    """Write the part that a key gives to a line: its fixed amount, and its share of what is left."""
    plan = layout.plan
    line = plan.euros.lines[plan.themes.index(theme)].label
    amount = layout.address(Ref(plan.euros.name, line, plan.years[year]))
    row = Assumptions(layout).key_row(Ref(theme.table.name, label, plan.years[year]))
    rest = f"({amount}-{row.fixed_total})*{row.share}"
    if not key.is_counted:
        shares = layout[key_block(theme.number)]
        rest += f"/{shares.address(1 + len(key.shares), KEY_COLUMNS.index('Aandeel'))}"
    return f'IF(N({amount})>0,({rest}+{row.fixed})/{amount},"")'


def _number(part: Fraction | None) -> Decimal | str:
    return "" if part is None else Decimal(part.numerator) / Decimal(part.denominator)
