"""Make a plan of a published document: its tables as printed, its key figures from the running text.

What the document does not say is inferred from its figures where they tell it, and a note says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from hoka_excel.core.messages import Message
from hoka_excel.core.plan import GivenLines, Plan, Ref, State, Theme
from hoka_excel.documents.claims import Claim, RateClaim, claims_in, rates_in
from hoka_excel.documents.document import Document
from hoka_excel.documents.fixed_amounts import FixedAmount, fixed_amounts_of, with_divisions
from hoka_excel.documents.head import head_of
from hoka_excel.documents.key_figures import rate_of, weights_of
from hoka_excel.documents.plan_tables import Origin, budget_in
from hoka_excel.documents.row_matches import RowMatch, in_order_of_themes
from hoka_excel.documents.sentences import Sentence, sentences_of


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """A plan made of a document.

    Attributes:
        plan: the figures as printed.
        document: what it was made of.
        origins: where each figure stands in the document.
        matches: which line of the integral tables was taken for which theme.
        claims: what the running text and the labels say about figures, in order.
        fixed: the fixed amounts among them.
    """

    plan: Plan
    document: Document
    origins: Mapping[Ref, Origin]
    matches: tuple[RowMatch, ...]
    claims: tuple[Claim, ...]
    fixed: tuple[FixedAmount, ...]


def import_plan(document: Document) -> ImportedPlan:
    """Make a plan of a document.

    Raises:
        DocumentError: the document holds no budget that can become a plan; all faults are listed.
    """
    budget = budget_in(document)
    claims = _claims_of(document)
    names = [placed.theme or placed.table.name for placed in budget.themes]
    budget, matches = in_order_of_themes(budget, names)
    rate, rate_notes = rate_of(document.name, budget, claims)
    weights, weight_notes = weights_of(budget, names, claims)
    parts = (*budget.themes, budget.euros, budget.ftes)
    notes = [*(note for part in parts for note in part.notes), *rate_notes, *weight_notes]
    notes += [
        Message(
            "document.doubtful_match",
            {
                "table": found.table,
                "label": found.match.label,
                "theme": names[found.match.target],
                "score": found.match.score,
            },
        )
        for found in matches
        if found.match.is_doubtful
    ]
    head = head_of(document.prose)
    if head.day is None:
        notes.append(Message("document.no_day"))
    plan = Plan(
        title=head.title,
        institution=head.institution,
        faculty=head.faculty,
        version=head.version,
        source=document.name,
        day=head.day or date(budget.years[0], 1, 1),
        state=State.PUBLISHED,
        years=budget.years,
        grant=None,
        rate=rate,
        themes=tuple(
            Theme(placed.number or 0, name, weight, placed.table, GivenLines())
            for placed, name, weight in zip(budget.themes, names, weights, strict=True)
        ),
        euros=budget.euros.table,
        ftes=budget.ftes.table,
    )
    fixed = fixed_amounts_of(plan, claims)
    plan, division_notes = with_divisions(plan, claims, fixed)
    return ImportedPlan(
        plan=replace(plan, notes=tuple(note.render() for note in [*notes, *division_notes])),
        document=document,
        origins={ref: origin for part in parts for ref, origin in part.origins.items()},
        matches=tuple(matches),
        claims=tuple(claims),
        fixed=tuple(fixed),
    )


def _claims_of(document: Document) -> list[Claim]:
    """List the claims of the running text, then the rates in labels ("Totaal FTE (1FTE=€84K)")."""
    in_prose = [claim for sentence in sentences_of(document.prose) for claim in claims_in(sentence)]
    in_labels = [
        RateClaim(Sentence(row.label, row.cells[0].spot, table.title), rate)
        for table in document.tables
        for row in table.rows
        if row.cells
        for rate in rates_in(row.label)
    ]
    return [*in_prose, *in_labels]
