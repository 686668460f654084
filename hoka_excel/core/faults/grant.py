"""What is wrong with how a grant was indexed and revised."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hoka_excel.core.checks import AVAILABLE
from hoka_excel.core.faults.subjects import Fault, unknown_year
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import Plan, State


def grant_faults(plan: Plan) -> Iterator[Fault]:
    """List what is wrong with the indexations and revisions of a plan, and with what they leave."""
    yield from _indexations(plan)
    yield from _revisions(plan)
    yield from _available(plan)


def _indexations(plan: Plan) -> Iterator[Fault]:
    level, indexations = plan.changes.price_level, plan.changes.indexations
    if indexations and level is None:
        yield ("prijspeil",), "plan.price_level_needed", {}
    for index, (before, after) in enumerate(pairwise(indexations), 1):
        if before.year >= after.year:
            yield ("indexatie", index, "jaar"), "plan.indexation_order", {"year": after.year}
    for index, indexation in enumerate(indexations):
        yield from unknown_year(indexation.year, plan.years, "indexatie", index, "jaar")
        if level is not None and indexation.year <= level:
            years = {"year": indexation.year, "level": level}
            yield ("indexatie", index, "jaar"), "plan.indexation_not_after", {**years}
        if indexation.percent <= -100:  # nothing or less would be left
            yield ("indexatie", index, "procent"), "plan.indexation_percent", {"percent": indexation.percent}
        if not 0 <= indexation.passed_on <= 100:
            yield ("indexatie", index, "doorgifte"), "plan.passed_on", {"percent": indexation.passed_on}


def _revisions(plan: Plan) -> Iterator[Fault]:
    seen = Counter((entry.day, entry.reason, entry.year) for entry in plan.changes.revisions)
    step = plan.euros.resolution
    for index, revision in enumerate(plan.changes.revisions):
        yield from unknown_year(revision.year, plan.years, "bijstelling", index, "jaar")
        if seen[revision.day, revision.reason, revision.year] > 1:
            yield ("bijstelling", index), "plan.repeated_revision", {"reason": revision.reason}
        if step > 0 and revision.amount % step:
            amounts = {"amount": revision.amount, "step": step}
            yield ("bijstelling", index, "bedrag"), "plan.revision_step", {**amounts}


def _available(plan: Plan) -> Iterator[Fault]:
    if not plan.changes:
        return
    if plan.grant is None and plan.state is State.RECOMPUTED:
        yield ("toegekend",), "plan.grant_needed", {}
    if AVAILABLE in (line.label for line in plan.euros.rows):
        yield ("integraal", "eur", "regels", AVAILABLE), "plan.reserved_label", {"label": AVAILABLE}
    for year, granted in zip(plan.years, plan.granted, strict=False):
        if isinstance(granted, Printed) and granted.value >= 0 and plan.euros.resolution > 0:
            left = plan.changes.available(granted.value, year, plan.euros.resolution).amount
            if left < 0:
                yield ("bijstelling",), "plan.nothing_left", {"year": year, "amount": left}
