"""Hold what the running text says against the tables: every claim is a relation, its sentence the place.

The ratio, the rate and the fixed amount that the plan took over are checked with the plan, in every year;
here each of those checks gets its sentence. What else the text says (sizes, amounts, years, a second rate or
ratio, the reading of a fixed amount) is checked here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import NamedTuple

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.findings import Conflict, Finding, Place, Proof, finding_told
from hoka_excel.core.findings import Subject as Checked
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.core.relations import Ratio, Same, assess
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.documents.claims import Claim, FixedAmountClaim, RateClaim, RatioClaim, YearsClaim
from hoka_excel.documents.fixed_amounts import FixedAmount
from hoka_excel.documents.importing import ImportedPlan
from hoka_excel.documents.key_figures import weights_in
from hoka_excel.documents.places import place_of_sentence
from hoka_excel.documents.sentences import Sentence
from hoka_excel.documents.subjects import Subject, subjects_of

_LONGEST_QUOTE = 120
_STATED_BY: Mapping[type[Claim], Kind] = {
    RatioClaim: Kind.RATIO,
    RateClaim: Kind.RATE,
    FixedAmountClaim: Kind.SHARE,
}
"""The kind of check of a plan that rests on each kind of claim."""

Places = Mapping[Ref, Place]


def prose_findings(imported: ImportedPlan, places: Places) -> list[Finding]:
    """Check what the text says beyond what the plan took over."""
    plan = imported.plan
    found = [
        finding
        for subject in subjects_of(plan, imported.claims)
        if not subject.is_doubtful
        for finding in _check_figure(plan, subject, places)
    ]
    for claim in imported.claims:
        match claim:
            case YearsClaim():
                found += _check_years(plan, claim, places)
            case RateClaim():
                found += _check_rate(plan, claim)
            case RatioClaim():
                found += _check_ratio(plan, claim, places)
    return [*found, *(_check_fixed(plan, fixed, places) for fixed in imported.fixed)]


def with_sentences(findings: Sequence[Finding], imported: ImportedPlan) -> list[Finding]:
    """Add to each check of a ratio, rate or share the sentence that states it first."""
    stating = {
        _STATED_BY[type(claim)]: claim.sentence
        for claim in reversed(imported.claims)
        if type(claim) in _STATED_BY
    }
    return [
        _with_sentence(finding, stating[finding.kind]) if finding.kind in stating else finding
        for finding in findings
    ]


def share_conflicts(imported: ImportedPlan, places: Places) -> list[Conflict]:
    """List the lines that no share explains, under the reading that the receiver's own row supports."""
    return [conflict for fixed in imported.fixed for conflict in _conflicts(imported.plan, fixed, places)]


def _with_sentence(finding: Finding, sentence: Sentence) -> Finding:
    parts = (*finding.parts, place_of_sentence(sentence.spot))
    values = {**finding.message.values, "parts": ", ".join(map(str, parts))}
    return replace(finding, parts=parts, message=replace(finding.message, values=values))


def _conflicts(plan: Plan, fixed: FixedAmount, places: Places) -> Iterator[Conflict]:
    table = plan.themes[fixed.theme].table
    for trial in fixed.trials:
        if trial.reading in fixed.readings and not trial.outcome.fits:
            clashes = trial.outcome.clashes
            years = sorted({bound.year for clash in clashes for bound in (clash.low, clash.high)})
            cells = tuple(places[Ref(table.name, trial.line, year)] for year in years)
            sentence = place_of_sentence(fixed.claim.sentence.spot)
            yield Conflict((Proof((*cells, sentence), trial.message),), repairs=())


def _check_figure(plan: Plan, subject: Subject, places: Places) -> Iterator[Finding]:
    """Check a size or amount in every year that its sentence names."""
    assert subject.table is not None
    assert subject.match is not None
    line = next(row for row in subject.table.rows if row.label == subject.match.label)
    for year, figure in zip(plan.years, line.figures, strict=True):
        if year in subject.claim.years:
            judgement = _same(subject.claim.figure, figure)
            place = places[Ref(subject.table.name, line.label, year)]
            claimed = _Claimed(Kind.SAME_FIGURE, subject.claim.sentence, line.label, str(year), (place,))
            yield _finding(claimed, judgement, f"prose.same_figure.{judgement.verdict}")


def _check_years(plan: Plan, claim: YearsClaim, places: Places) -> Iterator[Finding]:
    label = plan.euros.lines[0].label
    for said, year in ((claim.first, plan.years[0]), (claim.last, plan.years[-1])):
        judgement = _same(Printed(said, 0), Printed(year, 0))
        place = places[Ref(plan.euros.name, label, year)]
        claimed = _Claimed(Kind.SAME_FIGURE, claim.sentence, label, str(year), (place,))
        yield _finding(claimed, judgement, f"prose.years.{judgement.verdict}", said=said)


def _check_rate(plan: Plan, claim: RateClaim) -> Iterator[Finding]:
    """Check a rate that differs from the one the plan took over."""
    if claim.rate != plan.rate.printed:
        judgement = _same(claim.rate, plan.rate.printed)
        claimed = _Claimed(Kind.SAME_FIGURE, claim.sentence, claim.sentence.heading, "", ())
        yield _finding(claimed, judgement, f"prose.same_figure.{judgement.verdict}")


def _check_ratio(plan: Plan, claim: RatioClaim, places: Places) -> Iterator[Finding]:
    """Check a ratio of the themes that differs from the one the plan took over."""
    weights = weights_in(claim, [theme.name for theme in plan.themes])
    if weights is None or weights == [theme.weight for theme in plan.themes]:
        return
    whole_weight = sum(weights, Decimal(0))
    for weight, line in zip(weights, plan.euros.lines, strict=True):
        for year, part, whole in zip(plan.years, line.figures, plan.euros.total.figures, strict=True):
            ratio = Ratio("part", "whole", weight, whole_weight)
            judgement = assess(ratio, {"part": part, "whole": whole})
            place = places[Ref(plan.euros.name, line.label, year)]
            claimed = _Claimed(Kind.RATIO, claim.sentence, line.label, str(year), (place,))
            yield _finding(claimed, judgement, f"prose.ratio.{judgement.verdict}")


def _check_fixed(plan: Plan, fixed: FixedAmount, places: Places) -> Finding:
    """Say which reading of a fixed amount the row of its receiver supports: one, none, or more than one."""
    verdicts = {0: Verdict.MISMATCH, 1: Verdict.EXACT}
    verdict = verdicts.get(len(fixed.readings), Verdict.UNTESTABLE)
    table = plan.themes[fixed.theme].table
    parts = tuple(places[Ref(table.name, fixed.receiver, year)] for year in plan.years)
    period = f"{plan.years[0]}-{plan.years[-1]}"
    claimed = _Claimed(Kind.NETWORK, fixed.claim.sentence, fixed.receiver, period, parts)
    trials = reduce(_followed, (trial.message for trial in fixed.own_trials))
    return _finding(claimed, Judgement(verdict), f"prose.readings.{verdict}", trials=trials)


def _followed(first: Message, then: Message) -> Message:
    return Message("prose.followed", {"first": first, "then": then})


def _same(said: Figure, printed: Figure) -> Judgement:
    return assess(Same("said", "printed"), {"said": said, "printed": printed})


class _Claimed(NamedTuple):
    """What a sentence claims, and of which figures."""

    kind: Kind
    sentence: Sentence
    label: str
    period: str
    parts: tuple[Place, ...]


def _finding(claimed: _Claimed, judgement: Judgement, code: str, **more: object) -> Finding:
    """Write the outcome of a check as a finding that stands at its sentence.

    Args:
        claimed: what was checked.
        judgement: its outcome.
        code: the text that tells it.
        more: what that text holds besides the figures.
    """
    kind, sentence, label, period, parts = claimed
    is_long = len(sentence.text) > _LONGEST_QUOTE
    quote = f"{sentence.text[:_LONGEST_QUOTE]}…" if is_long else sentence.text
    checked = Checked(place_of_sentence(sentence.spot), label, period)
    return finding_told(code, kind, judgement, checked, parts, sentence=quote, **more)
