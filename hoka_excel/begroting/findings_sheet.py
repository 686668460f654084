"""The sheet Bevindingen: what does not tie, the weightiest first, with links to the cells."""

from collections.abc import Sequence
from decimal import Decimal

from hoka_excel.begroting.layout import quoted
from hoka_excel.begroting.sheet_draft import SheetDraft
from hoka_excel.begroting.verdict_words import kind_word, word
from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.addresses import Area
from hoka_excel.workbook.sheets import GENERAL, Content, Link, Position
from hoka_excel.workbook.styles import CHECK, HEADER, LABEL, LINK, NOTE, NUMBER, SECTION, TEXT, VERDICT

FINDING_COLUMNS = (
    "Oordeel",
    "Soort",
    "Plaats",
    "Regel",
    "Jaar",
    "Gesteld",
    "Herrekend",
    "Verschil",
    "Tolerantie",
    "In woorden",
    "Toelichting",
)
FIRST_ROW = 4
_WEIGHT = {
    verdict: weight
    for weight, verdict in enumerate(
        (Verdict.MISMATCH, Verdict.UNTESTABLE, Verdict.EXPLAINED, Verdict.DOUBLE_ROUNDING, Verdict.ROUNDING)
    )
}


def put_findings(draft: SheetDraft, reconciliation: Reconciliation) -> Area:
    """Set what all checks together show, and below it every check that is not exact.

    Returns:
        The list of findings: its header and one row per finding.
    """
    header = _put_network(draft, reconciliation)
    findings = by_weight(reconciliation.findings)
    draft.row(Position(header, 1), FINDING_COLUMNS, HEADER)
    if not findings:
        draft.put(Position(header + 1, 1), "Er zijn geen bevindingen: alles sluit aan.", NOTE)
    for row, finding in enumerate(findings, header + 1):
        for column, (content, style, shown) in enumerate(_cells(finding), 1):
            draft.put(Position(row, column), content, style, shown)
    return Area(Position(header, 1), Position(header + max(1, len(findings)), len(FINDING_COLUMNS)))


def _put_network(draft: SheetDraft, reconciliation: Reconciliation) -> int:
    """Set what cannot be right together and what would settle it; give the row where the list may begin."""
    texts = [
        (number if text is conflict.proofs[0].text else None, text.render())
        for number, conflict in enumerate(reconciliation.conflicts, 1)
        for text in (conflict.proofs[0].text, conflict.outcome, *conflict.hints)
    ]
    texts += [(None, note.render()) for note in reconciliation.notes]
    if not texts:
        return FIRST_ROW
    draft.put(Position(FIRST_ROW, 1), "Samenhang: alle controles tegelijk", SECTION)
    for row, (number, text) in enumerate(texts, FIRST_ROW + 1):
        draft.put(Position(row, 1), number, NUMBER)
        draft.put(Position(row, 2), text, LABEL)
    last = FIRST_ROW + len(texts)
    draft.put(Position(last + 2, 1), "Controles die niet precies aansluiten", SECTION)
    return last + 3


def by_weight(findings: Sequence[Finding]) -> list[Finding]:
    """Order findings from mismatch to rounding; within a verdict the order stays."""
    return sorted(findings, key=lambda finding: _WEIGHT[finding.verdict])


def _cells(finding: Finding) -> list[tuple[Content, str, str]]:
    judgement, place = finding.judgement, finding.place
    link = Link(str(place), f"{quoted(place.sheet)}!{place.cell}")
    amounts = (judgement.stated, judgement.expected, judgement.difference, judgement.tolerance)
    return [
        (word(finding.verdict), VERDICT, GENERAL),
        (kind_word(finding.kind), CHECK, GENERAL),
        (link, LINK, GENERAL),
        (finding.label, CHECK, GENERAL),
        (finding.period, CHECK, GENERAL),
        *((figure, CHECK, _shown(figure)) for figure in amounts),
        (finding.message.render(), TEXT, GENERAL),
        (finding.explanation, NOTE, GENERAL),
    ]


def _shown(figure: Decimal | None) -> str:
    """Show a figure with the decimals it has."""
    if figure is None:
        return GENERAL
    places = max(0, -int(figure.as_tuple().exponent))
    return "#,##0." + "0" * places if places else "#,##0"
