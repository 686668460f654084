"""What is wrong with a plan over time: indexations, revisions, binding years and counted students."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hoka_excel.core.checks import AVAILABLE
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import AllocationKey, Plan, State, Theme
from hoka_excel.core.students import StudentCounts

Fault = tuple[tuple[str | int, ...], str, dict[str, object]]
"""What a fault is about, its code, and what fills its text; see `plan_faults`."""


def faults_over_time(plan: Plan) -> Iterator[Fault]:
    """List the faults of whatever changes over the years of a plan."""
    yield from _indexations(plan)
    yield from _revisions(plan)
    yield from _available(plan)
    if plan.binding_until is not None:
        yield from _year(plan, plan.binding_until, "taakstellend_tot")
    for index, theme in enumerate(plan.themes):
        for part, code, values in _students(plan, theme):
            yield ("thema", index, "verdeling", "studenten", *part), code, values


def _year(plan: Plan, year: int, *subject: str | int) -> Iterator[Fault]:
    if year not in plan.years:
        yield subject, "plan.unknown_year", {"year": year, "known": ", ".join(map(str, plan.years))}


def _indexations(plan: Plan) -> Iterator[Fault]:
    level, indexations = plan.changes.price_level, plan.changes.indexations
    if indexations and level is None:
        yield ("prijspeil",), "plan.price_level_needed", {}
    for index, (before, after) in enumerate(pairwise(indexations), 1):
        if before.year >= after.year:
            yield ("indexatie", index, "jaar"), "plan.indexation_order", {"year": after.year}
    for index, indexation in enumerate(indexations):
        yield from _year(plan, indexation.year, "indexatie", index, "jaar")
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
        yield from _year(plan, revision.year, "bijstelling", index, "jaar")
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


def _students(plan: Plan, theme: Theme) -> Iterator[Fault]:
    """List what is amiss in the counts of a theme, each with the path from the counts on."""
    if not isinstance(theme.division, AllocationKey) or theme.division.students is None:
        return
    students, labels = theme.division.students, [line.label for line in theme.table.lines]
    if len(students.reference_days) not in {1, len(plan.years)}:
        yield (
            ("peildatum",),
            "plan.reference_days",
            {
                "found": len(students.reference_days),
                "wanted": len(plan.years),
            },
        )
    for code, count in Counter(programme.code for programme in students.programmes).items():
        if count > 1:
            yield ("opleidingen", code), "plan.repeated_programme", {"code": code}
    named = [("opleidingen", entry.code, entry.line) for entry in students.programmes]
    for part, name, line in [*named, *(("aantallen", entry.line, entry.line) for entry in students.lines)]:
        if line not in labels:
            yield (part, name), "plan.unknown_line", {"line": line, "known": ", ".join(labels)}
    if students.lines:
        yield from _counts(plan, students, labels)


def _counts(plan: Plan, students: StudentCounts, labels: list[str]) -> Iterator[Fault]:
    for label in labels:
        counts = students.of(label)
        if not counts:
            yield ("aantallen",), "plan.line_without_students", {"line": label}
        elif len(counts) != len(plan.years):
            yield ("aantallen", label), "plan.row_length", {"found": len(counts), "wanted": len(plan.years)}
        for year, count in zip(plan.years, counts, strict=False):
            if count is None:
                yield ("aantallen", label), "plan.students_missing", {"line": label, "year": year}
            elif count < 0:
                yield ("aantallen", label), "plan.students_negative", {"year": year, "count": count}
    for position, year in enumerate(plan.years):
        column = [entry.counts[position] for entry in students.lines if position < len(entry.counts)]
        if column and all(count == 0 for count in column):
            yield ("aantallen",), "plan.students_zero", {"year": year}
