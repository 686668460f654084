"""Which line of the tables a size or amount in the running text is about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hoka_excel.core.plan import Plan, Table, Unit
from hoka_excel.documents.claims import Claim, FigureClaim
from hoka_excel.documents.matching import Match, best_match

_TOTAL_WORDS = frozenset({"totaal", "totale", "total"})


@dataclass(frozen=True, slots=True)
class Subject:
    """The line of the tables that a sentence is taken to speak of.

    Attributes:
        claim: the figure and its sentence.
        table: the table that was chosen; None where no table counts in its unit.
        match: the line that was chosen, with its score; None where there is none.
    """

    claim: FigureClaim
    table: Table | None
    match: Match | None

    @property
    def is_doubtful(self) -> bool:
        """Whether a person must say which line or year is meant; nothing is checked then."""
        return self.match is None or self.match.is_doubtful or not self.claim.years


def subjects_of(plan: Plan, claims: Sequence[Claim]) -> list[Subject]:
    """Find the line that each size or amount is about, in the order of the claims."""
    return [_subject(plan, claim) for claim in claims if isinstance(claim, FigureClaim)]


def _subject(plan: Plan, claim: FigureClaim) -> Subject:
    """Choose by the heading above the sentence, or by the sentence itself if that is more alike."""
    unit = Unit.FTE if claim.is_fte else Unit.EUR
    integral = plan.ftes if claim.is_fte else plan.euros
    if _TOTAL_WORDS & set(claim.sentence.text.lower().split()):
        total = Match(integral.total.label, len(integral.lines), 100, is_doubtful=False)
        return Subject(claim, integral, total)
    rows = [(table, row.label) for table in plan.tables if table.unit is unit for row in table.lines]
    labels = [label for _, label in rows]
    found = [best_match(text, labels) for text in (claim.sentence.heading, claim.sentence.text) if text]
    best = max((match for match in found if match), key=lambda match: match.score, default=None)
    if best is None:
        return Subject(claim, None, None)
    table, label = rows[best.target]
    return Subject(claim, table, replace(best, label=label))
