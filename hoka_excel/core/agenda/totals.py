"""What the projects of an agenda come to per own theme, sector theme, programme and source.

What all sources pay for a project in a year is divided over each axis by its shares, to the cent, so that
every table adds up to the same grand total however many themes a project relates to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoka_excel.core.agenda.projects import CENT, Agenda, AgendaRef, Axis, Project
from hoka_excel.core.allocation import allocate

UNASSIGNED = "niet toegedeeld"
"""The line for what relates to no member of an axis: without it, tables would lose money."""
SOURCES = "Bronnen"
TABLES: Mapping[Axis, str] = {
    Axis.OWN_THEMES: "Eigen thema's",
    Axis.SECTOR_THEMES: "Sectorthema's",
    Axis.PROGRAMMES: "Opleidingen",
}
TOTAL = "Totaal"

Amounts = tuple[Decimal, ...]
"""One per year, and their sum."""


@dataclass(frozen=True, slots=True)
class TotalsTable:
    """A table of totals.

    Attributes:
        name: of the table.
        lines: the amounts by label, in order.
        total: of all lines.
    """

    name: str
    lines: Mapping[str, Amounts]
    total: Amounts

    @property
    def rows(self) -> Mapping[str, Amounts]:
        """The lines and the total below them."""
        return {**self.lines, TOTAL: self.total}


def line_labels(agenda: Agenda, axis: Axis) -> tuple[str, ...]:
    """Name what an axis divides over, and last what relates to none of it."""
    return (*(member.label for member in agenda.members(axis)), UNASSIGNED)


def divided(project: Project, axis: Axis) -> tuple[Amounts, ...]:
    """Divide what is paid for a project over an axis: by largest remainder, to the cent.

    Returns:
        Amounts per member, and last those that relate to none; each year adds up to what is paid. Ties: the
        earlier member gets the cent.
    """
    shares = project.shares_of(axis)
    if not shares.is_given:
        nothing = (Decimal(0),) * (1 + len(project.costs))
        return (*(nothing for _ in shares.parts), with_sum(project.financed))
    by_year = [allocate(amount, shares.parts, unit=CENT).shares for amount in project.financed]
    members = [[year[index] for year in by_year] for index in range(len(shares.parts))]
    return tuple(with_sum(amounts) for amounts in (*members, [Decimal(0)] * len(by_year)))


def with_sum(amounts: Sequence[Decimal]) -> Amounts:
    """Put the sum behind amounts per year."""
    return (*amounts, sum(amounts, Decimal(0)))


def totals_of(agenda: Agenda) -> tuple[TotalsTable, ...]:
    """Add up the projects in four ways: per own theme, sector theme, programme and source."""
    nothing = (Decimal(0),) * (1 + len(agenda.years))
    tables = []
    for axis, name in TABLES.items():
        parts = [divided(project, axis) for project in agenda.projects]
        lines = {
            label: _added(nothing, [part[index] for part in parts])
            for index, label in enumerate(line_labels(agenda, axis))
        }
        tables.append(TotalsTable(name, lines, _added(nothing, list(lines.values()))))
    paid = {
        source.name: _added(nothing, [with_sum(project.financing[index]) for project in agenda.projects])
        for index, source in enumerate(agenda.sources)
    }
    return (*tables, TotalsTable(SOURCES, paid, _added(nothing, list(paid.values()))))


def stated_by(agenda: Agenda) -> dict[AgendaRef, Decimal]:
    """Give every total at its place, as a fresh workbook states it."""
    return {
        total_ref(agenda, table.name, label, period): amount
        for table in totals_of(agenda)
        for label, amounts in table.rows.items()
        for period, amount in zip(agenda.periods, amounts, strict=True)
    }


def total_ref(agenda: Agenda, table: str, label: str, period: str) -> AgendaRef:
    """Name the place of a total; where amounts are an example, so is their total."""
    return AgendaRef(table, agenda.marked(label), period)


def _added(nothing: Amounts, rows: Sequence[Amounts]) -> Amounts:
    return tuple(sum(column, Decimal(0)) for column in zip(nothing, *rows, strict=True))
