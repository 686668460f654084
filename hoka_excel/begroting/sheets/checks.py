"""The sheet Aansluiting: every check as a live formula, counted and laid out per year."""

from decimal import Decimal
from typing import NamedTuple

from hoka_excel.begroting.places.layout import Layout, checked_figures
from hoka_excel.begroting.places.names import CHECK_COLUMNS, BlockName, SheetName
from hoka_excel.begroting.sheets.check_summary import CheckSummary, put_summary, sheet_of_checks
from hoka_excel.begroting.sheets.draft import (
    SheetDraft,
    amount_format,
    difference_format,
    linked,
    or_blank,
)
from hoka_excel.begroting.sheets.live_checks import live_check
from hoka_excel.begroting.words import kind_word, word
from hoka_excel.core.checks import Check, checks_of
from hoka_excel.core.figures import value_of
from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.core.plan import Plan, Table
from hoka_excel.core.verdicts import Verdict, cut
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Content, Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, INPUT_TEXT, VERDICT, YEAR

_COLUMN = {name: column for column, name in enumerate(CHECK_COLUMNS)}


def checks_sheet(layout: Layout, reconciliation: Reconciliation) -> Sheet:
    """Lay out the counts, the overview per year and the list of all checks."""
    draft, plan, block = SheetDraft(), layout.plan, layout[BlockName.CHECKS]
    summary = CheckSummary(layout, CHECK_COLUMNS, plan.years, YEAR, checked_figures(plan), reconciliation)
    put_summary(draft, summary)
    explained = {entry.ref: entry.text for entry in plan.explanations}
    figures = dict(plan.figures())
    for row, (check, finding) in enumerate(zip(checks_of(plan), reconciliation.checks, strict=True), 1):
        stated = linked(layout.address(check.stated), value_of(figures[check.stated]))
        _put_check(draft, block.at(row, 0), _StatedCheck(check, stated, finding), layout)
        draft.put(block.at(row, _COLUMN["Toelichting"]), explained.get(check.stated), INPUT_TEXT)
    widths = {1: 17, 2: 38, **dict.fromkeys(range(3, 13), 15), 13: 34}
    return sheet_of_checks(SheetName.CHECKS, draft, summary, widths)


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
    oordeel = Position(first.row, first.column + _COLUMN["Oordeel"])
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
