"""The sheet Bevindingen: one list of what does not tie, the weightiest first, with links to the cells."""

from collections.abc import Sequence

from hoka_excel.begroting.places.blocks import quoted
from hoka_excel.begroting.sheets.draft import SheetDraft, wrapped_heights
from hoka_excel.begroting.words import kind_word, word
from hoka_excel.core.findings import Finding, Place, Reconciliation
from hoka_excel.core.ranking import ranked
from hoka_excel.workbook.addresses import Area
from hoka_excel.workbook.sheets import Content, Link, Position, Rule, Sheet
from hoka_excel.workbook.styles import HEADER, LABEL, LINK, NOTE, TEXT, WHOLE

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
HEADER_ROW = 4
_STYLES = (LABEL, LABEL, LINK, TEXT, TEXT, LABEL, LABEL, LABEL, LABEL, TEXT, NOTE)
_WIDTHS = (18, 19, 21, 36, 12, 14, 14, 12, 11, 60, 24)
_FITTING = {4: 38, 5: 11, 10: 68}
"""How many characters fit on a line of the columns whose texts wrap: Regel, Jaar and In woorden."""
_FIGURES = ("F", "I")
_TOGETHER = "samenhang"
_LAST_ROW = 2000
"""The filter and the colours reach down to here, so that they also serve a list that has grown."""


def findings_sheet(name: str, reconciliation: Reconciliation) -> Sheet:
    """Lay out the whole sheet; `name` is what its tab says.

    How a row looks depends on what it holds and on its column alone: whoever writes new contents, a running
    Excel too, need not style them.
    """
    draft = SheetDraft()
    draft.row(Position(HEADER_ROW, 1), FINDING_COLUMNS, HEADER)
    rows = [*_together(reconciliation), *map(_row, ranked(reconciliation.findings))]
    for number, contents in enumerate(rows or [_nothing()], HEADER_ROW + 1):
        for column, (content, style) in enumerate(zip(contents, _STYLES, strict=True), 1):
            if content not in (None, ""):
                draft.put(Position(number, column), content, style)
    first, last = HEADER_ROW + 1, max(_LAST_ROW, HEADER_ROW + len(rows))
    left, right = _FIGURES
    return Sheet(
        name,
        "Bevindingen: wat niet aansluit",
        draft.cells,
        widths=dict(enumerate(_WIDTHS, 1)),
        column_styles=dict(enumerate(_STYLES, 1)),
        heights=wrapped_heights(draft, _FITTING),
        frozen=Position(first, 1),
        repeated_rows=(1, HEADER_ROW),
        verdicts=(f"A{first}:A{last}",),
        rules=(
            Rule(
                f"{left}{first}:{right}{last}",
                f"AND(ISNUMBER({left}{first}),INT({left}{first})={left}{first})",
                WHOLE,
            ),
        ),
        filtered=str(Area(Position(HEADER_ROW, 1), Position(last, len(FINDING_COLUMNS)))),
    )


def _together(reconciliation: Reconciliation) -> list[Sequence[Content]]:
    """Write what all checks at once show: what cannot be right together and what would settle it.

    A conflict links to the cell that its one repair mends, or else to the first of its proof.
    """
    rows: list[Sequence[Content]] = []
    for conflict in reconciliation.conflicts:
        proof = conflict.proofs[0]
        words = "\n".join(text.render() for text in (proof.text, conflict.outcome, *conflict.hints))
        place = conflict.repairs[0][0].place if conflict.decidable else proof.cells[0]
        rows.append(_joint(words, _link(place), conflict.explanation))
    return rows + [_joint(note.render()) for note in reconciliation.notes]


def _joint(words: str, link: Link | None = None, explanation: str = "") -> Sequence[Content]:
    verdict = None if link is None else _TOGETHER
    return (verdict, "alle controles", link, *[None] * 6, words, explanation)


def _nothing() -> Sequence[Content]:
    return (*[None] * 9, "Er zijn geen bevindingen: alles sluit aan.", None)


def _row(finding: Finding) -> Sequence[Content]:
    judgement = finding.judgement
    return (
        word(finding.verdict),
        kind_word(finding.kind),
        _link(finding.place),
        finding.label,
        finding.period,
        judgement.stated,
        judgement.expected,
        judgement.difference,
        judgement.tolerance,
        finding.message.render(),
        finding.explanation,
    )


def _link(place: Place) -> Link:
    return Link(str(place), f"{quoted(place.sheet)}!{place.cell}")
