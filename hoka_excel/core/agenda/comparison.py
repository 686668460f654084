"""Compare two quality agendas fact by fact: what was changed, added or left out.

Projects and themes are matched by number, sources and programmes by name; the order in which they stand is no
difference.
"""

from decimal import Decimal

from hoka_excel.core.agenda.projects import Agenda, Axis, Project, Shares, Source
from hoka_excel.core.head import head_of
from hoka_excel.core.plan_comparison import Difference, Facts, Subject, Topic, Value, differing, head_facts


def compare_agendas(old: Agenda, new: Agenda) -> tuple[Difference, ...]:
    """List what differs between two agendas, in the order of the first and then of the second."""
    return differing(agenda_facts(old), agenda_facts(new))


def agenda_facts(agenda: Agenda) -> dict[Subject, Value]:
    """Take an agenda apart into facts; an empty text, or an amount of nothing, is none."""
    return {subject: value for subject, value in _facts(agenda) if value not in (None, "", Decimal(0))}


def _facts(agenda: Agenda) -> Facts:
    yield from head_facts(head_of(agenda))
    for source in agenda.sources:
        yield from _source(source)
    for axis in Axis:
        for member in agenda.members(axis):
            text = " – ".join(filter(None, (member.name, member.detail, member.place)))
            yield Subject(Topic.MEMBER, axis, member.key), text
    for project in agenda.projects:
        yield from _project(project, agenda)
    for reason in agenda.reasons:
        yield Subject(Topic.EXPLANATION, reason.kind, " / ".join(reason.ref)), reason.text
    for number, note in enumerate(agenda.notes, 1):
        yield Subject(Topic.NOTE, str(number)), note


def _source(source: Source) -> Facts:
    yield Subject(Topic.MONEY_SOURCE, source.name), source.is_tested
    yield Subject(Topic.DESCRIPTION, source.name), source.description
    yield Subject(Topic.PLACE, source.name), source.place
    for topic, year in ((Topic.FIRST_YEAR, source.first), (Topic.LAST_YEAR, source.last)):
        yield Subject(topic, source.name), None if year is None else str(year)


def _project(project: Project, agenda: Agenda) -> Facts:
    number = str(project.number)
    yield Subject(Topic.PROJECT, number), project.name
    yield Subject(Topic.AMOUNT_STATUS, number), project.status
    yield Subject(Topic.PLACE, number), project.place
    yield Subject(Topic.AIM, number), project.aim
    yield Subject(Topic.EVIDENCE, number), project.evidence
    for axis in Axis:
        shares = project.shares_of(axis)
        for member, part in zip(agenda.members(axis), shares.parts, strict=True):
            yield Subject(Topic.PROJECT_SHARE, number, member.label), _share(part, shares)
    for year, cost in zip(agenda.years, project.costs, strict=True):
        yield Subject(Topic.COST, number, year=year), cost
    for source, amounts in zip(agenda.sources, project.financing, strict=True):
        for year, amount in zip(agenda.years, amounts, strict=True):
            yield Subject(Topic.PAID, number, source.name, year), amount


def _share(part: int, shares: Shares) -> str | None:
    """Write a share as a plan file does; nothing for none."""
    if not part:
        return None
    return f"{part}%" if shares.whole == 100 else f"{part}/{shares.whole}"
