"""The sheet Aansluiting of an agenda: every check as a live formula, counted and laid out per year."""

from collections.abc import Mapping

from hoka_excel.agenda.places.layout import AgendaLayout, checked_figures, total_lines
from hoka_excel.agenda.places.names import (
    AMOUNT_COLUMNS,
    CHECK_COLUMNS,
    AgendaBlock,
    AgendaSheet,
    source_block,
    totals_block,
)
from hoka_excel.agenda.sheets.eligibility import TEST_COLUMNS
from hoka_excel.agenda.sheets.projects import AMOUNT
from hoka_excel.agenda.sheets.totals import DIFFERENCE, divided_sum
from hoka_excel.begroting.places.blocks import quoted
from hoka_excel.begroting.sheets.check_summary import CheckSummary, period_cell, put_summary, sheet_of_checks
from hoka_excel.begroting.sheets.draft import SheetDraft, linked, or_blank
from hoka_excel.begroting.words import YES, kind_word, word
from hoka_excel.core.agenda.checks import AgendaCheck, agenda_checks
from hoka_excel.core.agenda.projects import AgendaRef
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import GENERAL, Content, Formula, Sheet
from hoka_excel.workbook.styles import CHECK, INPUT_TEXT, VERDICT

_COLUMN = {name: column for column, name in enumerate(CHECK_COLUMNS)}
Addresses = Mapping[AgendaRef, str]
"""How formulas call each figure that a check is about."""


def checks_sheet(layout: AgendaLayout, reconciliation: Reconciliation) -> Sheet:
    """Lay out the counts, the overview per year and the list of all checks."""
    draft, agenda, block = SheetDraft(), layout.agenda, layout[AgendaBlock.CHECKS]
    summary = CheckSummary(
        layout, CHECK_COLUMNS, agenda.periods, GENERAL, checked_figures(agenda), reconciliation
    )
    put_summary(draft, summary)
    addresses = {ref: f"{quoted(sheet)}!{cell}" for ref, (sheet, cell) in layout.places().items()}
    reasons = {(reason.kind, reason.ref): reason.text for reason in agenda.reasons}
    checks = zip(agenda_checks(agenda, {}), reconciliation.checks, strict=True)
    for row, (check, finding) in enumerate(checks, 1):
        _put_check(draft, row, check, finding, _Sheets(layout, addresses))
        reason = reasons.get((check.kind, check.ref))
        draft.put(block.at(row, _COLUMN["Toelichting"]), reason, INPUT_TEXT)
    widths = {1: 17, 2: 58, 3: 17, **dict.fromkeys(range(4, 4 + len(agenda.periods)), 15)}
    return sheet_of_checks(AgendaSheet.CHECKS, draft, summary, {**widths, len(CHECK_COLUMNS): 26})


def _put_check(draft: SheetDraft, row: int, check: AgendaCheck, finding: Finding, sheets: "_Sheets") -> None:
    block, judgement = sheets.layout[AgendaBlock.CHECKS], finding.judgement
    stated, expected, difference, explanation = (
        address(block.at(row, _COLUMN[name])) for name in ("Gesteld", "Herrekend", "Verschil", "Toelichting")
    )
    verdict = (
        f'IF(COUNT({stated},{expected})<2,"{word(Verdict.UNTESTABLE)}",'
        f'IF({difference}=0,"{word(Verdict.EXACT)}",'
        f'IF({explanation}<>"","{word(Verdict.EXPLAINED)}","{word(Verdict.MISMATCH)}")))'
    )
    gap = f'IF(COUNT({stated},{expected})=2,ROUND({stated}-{expected},2),"")'
    contents: tuple[tuple[Content, str, str], ...] = (
        (kind_word(check.kind), CHECK, GENERAL),
        (check.ref.line, CHECK, GENERAL),
        (check.ref.table, CHECK, GENERAL),
        (period_cell(check.ref.period), CHECK, GENERAL),
        (linked(sheets.addresses[check.ref], judgement.stated), CHECK, AMOUNT),
        (Formula(sheets.expected(check), or_blank(judgement.expected)), CHECK, AMOUNT),
        (Formula(gap, or_blank(judgement.difference)), CHECK, DIFFERENCE),
        (Formula(verdict, word(finding.verdict)), VERDICT, GENERAL),
    )
    for column, (content, style, shown) in enumerate(contents):
        draft.put(block.at(row, column), content, style, shown)


class _Sheets:
    """What the other sheets give, as formulas."""

    def __init__(self, layout: AgendaLayout, addresses: Addresses) -> None:
        self.layout = layout
        self.addresses = addresses

    def expected(self, check: AgendaCheck) -> str:
        """Write what a figure should be."""
        if check.kind in TEST_COLUMNS:
            return self._allowed(check)
        if check.kind is Kind.SAME_FIGURE:
            return self.addresses[check.parts[0]]
        if check.kind is Kind.SHARE:
            return divided_sum(self.layout, check.ref.table, self._label(check), self._column(check))
        if check.parts[0].table == check.ref.table:
            block, column = self.layout[totals_block(check.ref.table)], self._column(check)
            return f"SUM({block.span((1, column), (len(check.parts), column))})"
        return self._paid(check)

    def _allowed(self, check: AgendaCheck) -> str:
        """Write how much money a test lets a project have."""
        asked = self.addresses[check.ref]
        match check.kind:
            case Kind.COVERAGE:
                return f"MIN({asked},{self.addresses[check.parts[0]]})"
            case Kind.AGREEMENT_YEARS:
                return f"{asked}-{self._test(check)}"
            case _:
                return f'IF({self._test(check)}="{YES}",{asked},0)'

    def _column(self, check: AgendaCheck) -> int:
        return 1 + self.layout.agenda.periods.index(check.ref.period)

    def _label(self, check: AgendaCheck) -> str:
        return self.layout[totals_block(check.ref.table)].address(self._line(check), 0)

    def _line(self, check: AgendaCheck) -> int:
        """Say on which row of its table a total stands."""
        labels = total_lines(self.layout.agenda)[check.ref.table]
        return 1 + [self.layout.agenda.marked(label) for label in labels].index(check.ref.line)

    def _paid(self, check: AgendaCheck) -> str:
        block = self.layout[source_block(self._line(check))]
        column = len(AMOUNT_COLUMNS) + self._column(check) - 1
        return f"SUM({block.span((1, column), (block.height - 2, column))})"

    def _test(self, check: AgendaCheck) -> str:
        labels = [project.label for project in self.layout.agenda.projects]
        row = 1 + labels.index(check.ref.line)
        return self.layout[AgendaBlock.ELIGIBILITY].address(row, TEST_COLUMNS[check.kind])
