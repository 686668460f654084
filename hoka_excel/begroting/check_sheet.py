"""The sheet Aansluiting: every check as a live formula, counted and laid out per year.

The formulas follow the same rule as the core: a figure ties when it lies within the bounds that rounding of
every figure allows.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.begroting.assumption_sheet import Assumptions, around
from hoka_excel.begroting.blocks import Block
from hoka_excel.begroting.layout import (
    CHECK_COLUMNS,
    NAME_PREFIX,
    BlockName,
    Layout,
    overview_rows,
    table_block,
)
from hoka_excel.begroting.sheet_draft import (
    SheetDraft,
    amount,
    amount_format,
    difference_format,
    linked,
    or_blank,
)
from hoka_excel.begroting.verdict_words import kind_word, word
from hoka_excel.core.checks import Check, Kind
from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.core.plan import Plan, Ref, Table
from hoka_excel.core.relations import Rate, Ratio, Relation, Same, Share, Sum
from hoka_excel.core.verdicts import Verdict, cut
from hoka_excel.tables.grid import column_letters
from hoka_excel.workbook.addresses import Area, address
from hoka_excel.workbook.sheets import Content, Formula, Position, Rule
from hoka_excel.workbook.styles import (
    CHECK,
    HEADER,
    INPUT,
    LABEL,
    SECTION,
    TOTAL,
    TOTAL_LABEL,
    VERDICT,
    WRONG,
    YEAR,
)

DIFFERENCE_COLUMN = CHECK_COLUMNS.index("Verschil")
VERDICT_COLUMN = CHECK_COLUMNS.index("Oordeel")
EXPLANATION_COLUMN = CHECK_COLUMNS.index("Toelichting")


CHECK_LIST = f"{NAME_PREFIX}controlelijst"
"""The defined name under which other sheets look a check up."""

CheckRows = Mapping[tuple[Kind, Ref], tuple[int, Finding]]
"""The row of each check in the list, counted from 0, and what it found."""


class LiveCheck(NamedTuple):
    """A relation as formulas.

    Attributes:
        expected: what the other figures give.
        low, high: the stated figures that rounding would explain.
        slack: how far outside them a figure may lie that was rounded twice.
        complete: whether every other figure is there.
    """

    expected: str
    low: str
    high: str
    slack: str
    complete: str


def live_check(relation: Relation, layout: Layout) -> LiveCheck:
    """Write a relation of a plan as formulas."""
    assumptions = Assumptions(layout)
    match relation:
        case Sum(total, parts):
            return _sum(_ref(total), [_ref(part) for part in parts], layout)
        case Same(a, b):
            return _same(_ref(a), _ref(b), layout)
        case Rate(euro, fte, _, room):
            point, ends = assumptions.checked_rate()
            return _quotient(_ref(fte), _ref(euro), _Product("{x}/{f}", point, ends, room), layout)
        case Ratio(part, whole, _, _, room):
            factor = assumptions.theme_share(_ref(part))
            return _quotient(_ref(part), _ref(whole), _Product("{x}*{f}", factor, [factor], room), layout)
        case Share(part, whole, room=room):
            return _share(_ref(part), _ref(whole), room, layout)


def _ref(key: object) -> Ref:
    assert isinstance(key, Ref)
    return key


def _sum(total: Ref, parts: Sequence[Ref], layout: Layout) -> LiveCheck:
    assumptions = Assumptions(layout)
    block, first, column = layout.figure(parts[0])
    lines = block.span((first, column), (first + len(parts) - 1, column))
    own, step = assumptions.step(total.table), assumptions.step(parts[0].table)
    room = f"(ROWS({lines})*{step}+{own})/2"
    return LiveCheck(
        f"SUM({lines})",
        f"SUM({lines})-{room}",
        f"SUM({lines})+{room}",
        _slack(own, step),
        f"COUNT({lines})=ROWS({lines})",
    )


def _same(a: Ref, b: Ref, layout: Layout) -> LiveCheck:
    assumptions = Assumptions(layout)
    other, own, step = layout.address(b), assumptions.step(a.table), assumptions.step(b.table)
    room = f"({own}+{step})/2"
    return LiveCheck(other, f"{other}-{room}", f"{other}+{room}", _slack(own, step), f"ISNUMBER({other})")


def _slack(own: str, step: str) -> str:
    return f"IF(10*{step}<={own},{own}/20,0)"


class _Product(NamedTuple):
    """How a whole becomes a part.

    Attributes:
        pattern: a formula over {x} (the whole) and {f} (a factor).
        factor: the factor at face value.
        ends: the ends of the factor; one when it is exact.
        room: how much further than half a step the part may lie from the product.
    """

    pattern: str
    factor: str
    ends: Sequence[str]
    room: Decimal


def _quotient(part: Ref, whole: Ref, product: _Product, layout: Layout) -> LiveCheck:
    """Write a product or quotient that is rounded to the step of the checked figure."""
    assumptions = Assumptions(layout)
    base, own = layout.address(whole), assumptions.step(part.table)
    table = next(entry for entry in layout.plan.tables if entry.name == part.table)
    room = f"{product.room / table.resolution + Decimal('0.5'):f}*{own}"
    low, high = around(base, assumptions.step(whole.table))
    lows, highs = (
        ",".join(product.pattern.format(x=end, f=factor) for factor in product.ends) for end in (low, high)
    )
    exact = product.pattern.format(x=base, f=product.factor)
    return LiveCheck(
        f"ROUND({exact}/{own},0)*{own}",
        f"MIN({lows})-{room}",
        f"MAX({highs})+{room}",
        f"{own}/20",
        f"ISNUMBER({base})",
    )


def _share(part: Ref, whole: Ref, room: Decimal, layout: Layout) -> LiveCheck:
    assumptions = Assumptions(layout)
    key = assumptions.key_row(part)
    per_fte = f"/{assumptions.working_rate}" if assumptions.counts_ftes(part.table) else ""
    pattern = f"(({{x}}-{key.fixed_total})*{{f}}+{key.fixed}){per_fte}"
    return _quotient(part, whole, _Product(pattern, key.share, key.ends, room), layout)


def check_rows(checks: Sequence[Check], reconciliation: Reconciliation) -> CheckRows:
    """Say on which row of the sheet each check stands, counted from 0, and what it found."""
    return {
        (check.kind, check.stated): (index, finding)
        for index, (check, finding) in enumerate(zip(checks, reconciliation.checks, strict=True))
    }


def put_checks(
    draft: SheetDraft, checks: Sequence[Check], reconciliation: Reconciliation, layout: Layout
) -> None:
    """Set the counts, the overview per year and the list of all checks."""
    block = layout[BlockName.CHECKS]
    verdicts = block.span((1, VERDICT_COLUMN), (block.height - 1, VERDICT_COLUMN))
    put_counts(draft, reconciliation, layout[BlockName.COUNTS], verdicts)
    _put_overview(draft, checks, reconciliation, layout)
    draft.put(block.at(-1, 0), "Alle controles", SECTION)
    draft.row(block.at(0, 0), CHECK_COLUMNS, HEADER)
    explained = {entry.ref: entry.text for entry in layout.plan.explanations}
    figures = dict(layout.plan.figures())
    for index, (check, finding) in enumerate(zip(checks, reconciliation.checks, strict=True)):
        stated = linked(layout.address(check.stated), amount(figures[check.stated]))
        _put_check(draft, block.at(1 + index, 0), _StatedCheck(check, stated, finding), layout)
        draft.put(block.at(1 + index, EXPLANATION_COLUMN), explained.get(check.stated), INPUT)


class _StatedCheck(NamedTuple):
    """A check, the link to the figure that it checks, and what it found."""

    check: Check
    stated: Formula
    finding: Finding


def _put_check(draft: SheetDraft, first: Position, stated_check: _StatedCheck, layout: Layout) -> None:
    check, link, finding = stated_check
    plan = layout.plan
    table = _finest_table(plan, check)
    shown = amount_format(table.unit, table.resolution)
    live, judgement = live_check(check.relation, layout), finding.judgement
    stated, expected, difference, low, high, slack, network, explanation = (
        address(Position(first.row, first.column + CHECK_COLUMNS.index(column)))
        for column in (
            "Gesteld",
            "Herrekend",
            "Verschil",
            "Ondergrens",
            "Bovengrens",
            "Speling",
            "Samenhang",
            "Toelichting",
        )
    )
    precision = layout[BlockName.PRECISION].address(0, 1)

    def when_complete(expression: str, value: Decimal | None) -> Formula:
        return Formula(f'IF(AND(ISNUMBER({stated}),{live.complete}),{expression},"")', or_blank(value))

    bounds = judgement.bounds
    within = f"AND(ROUND({stated}-{low},{precision})>=0,ROUND({high}-{stated},{precision})>=0)"
    within_twice = (
        f"AND(ROUND({stated}-{low}+{slack},{precision})>=0,ROUND({high}-{stated}+{slack},{precision})>=0)"
    )
    verdict = (
        f'IF(OR(NOT(ISNUMBER({stated})),NOT(ISNUMBER({expected}))),"{word(Verdict.UNTESTABLE)}",'
        f'IF({difference}=0,"{word(Verdict.EXACT)}",'
        f'IF({within},IF({network}<>"","{word(Verdict.DOUBLE_ROUNDING)}","{word(Verdict.ROUNDING)}"),'
        f'IF({within_twice},"{word(Verdict.DOUBLE_ROUNDING)}",'
        f'IF({explanation}<>"","{word(Verdict.EXPLAINED)}","{word(Verdict.MISMATCH)}")))))'
    )
    fine = f"{shown.split(';')[0]}0" if "." in shown else '"€" #,##0.00'
    row: list[tuple[Content, str]] = [
        (kind_word(check.kind), "General"),
        (check.stated.line, "General"),
        (check.stated.table, "General"),
        (check.stated.year, YEAR),
        (link, shown),
        (when_complete(live.expected, judgement.expected), shown),
        (
            Formula(
                f'IF(COUNT({stated},{expected})=2,ROUND({stated}-{expected},{precision}),"")',
                or_blank(judgement.difference),
            ),
            difference_format(table.unit, table.resolution),
        ),
        (when_complete(live.low, None if bounds is None else cut(bounds.low)), fine),
        (when_complete(live.high, None if bounds is None else cut(bounds.high)), fine),
        (when_complete(live.slack, None if bounds is None else cut(judgement.slack)), fine),
        (_network_word(finding), "General"),
    ]
    for offset, (content, number_format) in enumerate(row):
        draft.put(Position(first.row, first.column + offset), content, CHECK, number_format)
    oordeel = Position(first.row, first.column + VERDICT_COLUMN)
    draft.put(oordeel, Formula(verdict, word(finding.verdict)), VERDICT)


def _network_word(finding: Finding) -> str | None:
    """Say what all checks together add to what this one shows by itself."""
    judged = finding.judgement.verdict
    alone = judged is finding.verdict or finding.verdict is Verdict.EXPLAINED
    return None if alone else word(finding.verdict)


def _finest_table(plan: Plan, check: Check) -> Table:
    """Give the table, among those of the check in the same unit, that shows the most decimals."""
    tables = {table.name: table for table in plan.tables}
    stated = tables[check.stated.table]
    involved = [stated, *(tables[part.table] for part in check.parts)]
    return min((table for table in involved if table.unit is stated.unit), key=lambda table: table.resolution)


def put_counts(draft: SheetDraft, reconciliation: Reconciliation, block: Block, verdicts: str) -> None:
    """Count the verdicts that stand in a range; the rectangle has a row per verdict and one for all."""
    draft.put(block.at(-1, 0), "Oordelen", SECTION)
    for offset, (verdict, count) in enumerate(reconciliation.counts.items()):
        label = block.at(offset, 0)
        draft.put(label, word(verdict), LABEL)
        draft.put(block.at(offset, 1), Formula(f"COUNTIF({verdicts},{address(label)})", count), CHECK, "0")
    foot = len(reconciliation.counts)
    counted = f"{address(block.at(0, 1))}:{address(block.at(foot - 1, 1))}"
    draft.put(block.at(foot, 0), "alle controles", TOTAL_LABEL)
    draft.put(block.at(foot, 1), Formula(f"SUM({counted})", len(reconciliation.checks)), TOTAL, "0")


def _put_overview(
    draft: SheetDraft, checks: Sequence[Check], reconciliation: Reconciliation, layout: Layout
) -> None:
    block, details = layout[BlockName.OVERVIEW], layout[BlockName.CHECKS]
    draft.put(block.at(-1, 0), "Overzicht per jaar", SECTION)
    draft.row(block.at(0, 0), ("Soort", "Regel", "Tabel"), HEADER)
    draft.row(block.at(0, 3), layout.plan.years, HEADER, YEAR)
    for row, ((kind, table, line), indices) in enumerate(overview_rows(checks).items(), 1):
        draft.row(block.at(row, 0), (kind_word(kind), line, table), LABEL)
        for column, index in enumerate(indices, 3):
            verdict = reconciliation.checks[index].verdict
            detail = address(details.at(1 + index, VERDICT_COLUMN))
            draft.put(block.at(row, column), Formula(detail, word(verdict)), VERDICT)


def check_list(layout: Layout) -> str:
    """Give the rows where the list of checks stands, with room for it to grow and to move down."""
    checks = layout[BlockName.CHECKS]
    return Block(checks.sheet, 1, checks.left, 2 * (checks.top + checks.height), checks.width).reference


def wrong_figures(table: Table, layout: Layout) -> Rule:
    """Colour the figures of a table that do not tie, for as long as the list of checks says so.

    A figure is looked up by the label of its line and the year above it, wherever the table stands.
    """
    block = layout[table_block(table.name)]
    first = block.at(1, 1)
    line = f"${column_letters(block.left)}{first.row}"
    year = f"{column_letters(first.column)}${block.top}"
    listed = {column: f"INDEX({CHECK_LIST},0,{number})" for number, column in enumerate(CHECK_COLUMNS, 1)}
    name = table.name.replace('"', '""')
    wrong = "+".join(
        f'({listed["Oordeel"]}="{word(verdict)}")' for verdict in (Verdict.MISMATCH, Verdict.UNTESTABLE)
    )
    formula = (
        f'SUMPRODUCT(({listed["Regel"]}={line})*({listed["Tabel"]}="{name}")'
        f"*({listed['Jaar']}={year})*({wrong}))>0"
    )
    last = block.at(block.height - 1, block.width - 1)
    return Rule(str(Area(first, last)), formula, WRONG)


def master_text(reconciliation: Reconciliation) -> str:
    """Say in a few words whether everything ties."""
    counts = reconciliation.counts
    if counts[Verdict.MISMATCH]:
        return f"sluit niet aan: {counts[Verdict.MISMATCH]} x {word(Verdict.MISMATCH)}"
    return word(Verdict.UNTESTABLE) if counts[Verdict.UNTESTABLE] else word(Verdict.EXACT)


def master_formula(counts: Block) -> str:
    """Write `master_text` as a formula over the counts."""
    order = list(Verdict)
    mismatches = counts.address(order.index(Verdict.MISMATCH), 1)
    untestable = counts.address(order.index(Verdict.UNTESTABLE), 1)
    return (
        f'IF({mismatches}>0,"sluit niet aan: "&{mismatches}&" x {word(Verdict.MISMATCH)}",'
        f'IF({untestable}>0,"{word(Verdict.UNTESTABLE)}","{word(Verdict.EXACT)}"))'
    )
