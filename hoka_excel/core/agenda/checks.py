"""Judge everything that must hold in an agenda: its totals, and the eligibility of its projects.

Every check compares a figure as it stands with what the projects give: a total with the sum of its parts, the
money a project asks for with what it may have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hoka_excel.core.agenda.eligibility import Eligibility, eligibility_of
from hoka_excel.core.agenda.projects import ALL_YEARS, Agenda, AgendaRef, Axis, Project, Status
from hoka_excel.core.agenda.totals import (
    SOURCES,
    TABLES,
    TOTAL,
    TotalsTable,
    line_labels,
    total_ref,
    totals_of,
    with_sum,
)
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.findings import Finding, Place, Reconciliation, Subject, explained, finding_of
from hoka_excel.core.messages import Message
from hoka_excel.core.sums import check_sum

COSTS = "Begrote kosten"
FINANCING = "Financiering"
ELIGIBILITY = "Toelaatbaarheid"
"""What the tables of the projects are called, besides one per source."""

SHARES: Mapping[Axis, str] = {
    Axis.OWN_THEMES: "Aandelen per eigen thema",
    Axis.SECTOR_THEMES: "Aandelen per sectorthema",
    Axis.PROGRAMMES: "Aandelen per opleiding",
}

Places = Mapping[AgendaRef, Place]


@dataclass(frozen=True, slots=True)
class AgendaCheck:
    """One thing that must hold.

    Attributes:
        kind: what it is about.
        ref: the figure that is checked.
        parts: what it is checked against.
        subject: where to look; most often the figure itself.
        stated: what stands there.
        expected: the figures that must add up to it.
    """

    kind: Kind
    ref: AgendaRef
    parts: tuple[AgendaRef, ...]
    subject: AgendaRef
    stated: Figure
    expected: tuple[Figure, ...]


def reconcile_agenda(agenda: Agenda, stated: Mapping[AgendaRef, Figure], places: Places) -> Reconciliation:
    """Judge every check of an agenda.

    Args:
        agenda: what it says.
        stated: its totals as they stand; a total that is not among them is missing.
        places: where each figure stands.
    """
    reasons = {(reason.kind, reason.ref): reason.text for reason in agenda.reasons}
    findings = tuple(
        explained(_finding(check, places), reasons.get((check.kind, check.ref), ""))
        for check in agenda_checks(agenda, stated)
    )
    return Reconciliation(findings, notes=_notes(agenda))


def agenda_checks(agenda: Agenda, stated: Mapping[AgendaRef, Figure]) -> list[AgendaCheck]:
    """List every check: table by table, then project by project."""
    tables = {table.name: table for table in totals_of(agenda)}
    return [
        *(check for axis in Axis for check in _divisions(agenda, axis, tables[TABLES[axis]], stated)),
        *_sources(agenda, stated),
        *(check for table in tables.values() for check in _footings(agenda, table, stated)),
        *(check for project in agenda.projects for check in _project(agenda, project)),
    ]


def _divisions(
    agenda: Agenda, axis: Axis, table: TotalsTable, stated: Mapping[AgendaRef, Figure]
) -> Iterator[AgendaCheck]:
    """Check each line of a table against the projects that it is made of."""
    for index, label in enumerate(line_labels(agenda, axis)):
        relating = [project for project in agenda.projects if _relates(project, axis, index)]
        for period, amount in zip(agenda.periods, table.lines[label], strict=True):
            ref = total_ref(agenda, table.name, label, period)
            parts = tuple(AgendaRef(FINANCING, project.label, period) for project in relating)
            yield AgendaCheck(Kind.SHARE, ref, parts, ref, stated.get(ref, MISSING), (Printed(amount, 0),))


def _relates(project: Project, axis: Axis, index: int) -> bool:
    """Say whether a project has a part in a line; the last line is for what relates to no member."""
    shares = project.shares_of(axis)
    return bool(shares.parts[index]) if index < len(shares.parts) else not shares.is_given


def _sources(agenda: Agenda, stated: Mapping[AgendaRef, Figure]) -> Iterator[AgendaCheck]:
    """Check what each source pays against the projects it pays for."""
    for index, source in enumerate(agenda.sources):
        for column, period in enumerate(agenda.periods):
            ref = total_ref(agenda, SOURCES, source.name, period)
            paid = tuple(
                Printed(with_sum(project.financing[index])[column], 0) for project in agenda.projects
            )
            parts = tuple(AgendaRef(source.name, project.label, period) for project in agenda.projects)
            yield AgendaCheck(Kind.FOOTING, ref, parts, ref, stated.get(ref, MISSING), paid)


def _footings(
    agenda: Agenda, table: TotalsTable, stated: Mapping[AgendaRef, Figure]
) -> Iterator[AgendaCheck]:
    """Check the total of a table against its lines, and against what all sources pay."""
    for period in agenda.periods:
        total = total_ref(agenda, table.name, TOTAL, period)
        parts = tuple(total_ref(agenda, table.name, label, period) for label in table.lines)
        figures = tuple(stated.get(part, MISSING) for part in parts)
        figure = stated.get(total, MISSING)
        yield AgendaCheck(Kind.FOOTING, total, parts, total, figure, figures)
        if table.name != SOURCES:
            other = total_ref(agenda, SOURCES, TOTAL, period)
            paid = (stated.get(other, MISSING),)
            yield AgendaCheck(Kind.SAME_FIGURE, total, (other,), total, figure, paid)


def _project(agenda: Agenda, project: Project) -> Iterator[AgendaCheck]:
    """Check the money that a project asks for against what each test lets it have.

    What is to be mended stands elsewhere: a missing aim or evidence has a place under the name of its test.
    """
    found = eligibility_of(project, agenda)
    cause = {
        Kind.SECTOR_THEME: AgendaRef(SHARES[Axis.SECTOR_THEMES], project.label, ALL_YEARS),
        Kind.QUALITY_AIM: AgendaRef(ELIGIBILITY, project.label, Kind.QUALITY_AIM),
        Kind.EVIDENCE: AgendaRef(ELIGIBILITY, project.label, Kind.EVIDENCE),
        Kind.AGREEMENT_YEARS: _first_outside(agenda, project),
    }
    for kind, subject in cause.items():
        allowed = _allowed(kind, found)
        ref = AgendaRef(ELIGIBILITY, project.label, ALL_YEARS)
        yield AgendaCheck(kind, ref, (ref,), subject, Printed(found.asked, 0), (Printed(allowed, 0),))
    for year, paid, over in zip(agenda.years, project.financed, found.overpaid, strict=True):
        ref, cost = (AgendaRef(table, project.label, str(year)) for table in (FINANCING, COSTS))
        yield AgendaCheck(Kind.COVERAGE, ref, (cost,), ref, Printed(paid, 0), (Printed(paid - over, 0),))


def _allowed(kind: Kind, found: Eligibility) -> Decimal:
    """Say how much of the money one test lets a project have."""
    if kind is Kind.AGREEMENT_YEARS:
        return found.asked - found.outside
    return Decimal(0) if kind in found.failed else found.asked


def _first_outside(agenda: Agenda, project: Project) -> AgendaRef:
    """Find the first amount outside the agreement; what is asked in all, if there is none."""
    for source, amounts in zip(agenda.sources, project.financing, strict=True):
        for year, amount in zip(agenda.years, amounts, strict=True):
            if source.is_tested and amount and not source.covers(year):
                return AgendaRef(source.name, project.label, str(year))
    return AgendaRef(ELIGIBILITY, project.label, ALL_YEARS)


def _finding(check: AgendaCheck, places: Places) -> Finding:
    judgement = check_sum(check.expected, check.stated)
    subject = Subject(places[check.subject], check.ref.line, check.ref.period)
    return finding_of(check.kind, judgement, subject, tuple(places[part] for part in check.parts))


def _notes(agenda: Agenda) -> tuple[Message, ...]:
    """Tell of how many projects the amounts are an example."""
    examples = sum(project.status is Status.EXAMPLE for project in agenda.projects)
    if not examples:
        return ()
    return (Message("agenda.examples", {"count": examples, "total": len(agenda.projects)}),)
