"""Small quality agendas made for tests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hoka_excel.core.agenda.projects import Agenda, Axis, Member, Project, Shares, Source, Status

YEARS = (2023, 2024, 2025)
HOKA = Source("HoKa-middelen", "", "voetnoot", is_tested=True, first=2019, last=2024)
OWN = Source("Eigen middelen", "", "", is_tested=False)
THEMES = tuple(Member(f"thema {number}", "", "", number) for number in (1, 2, 3))
SECTOR_THEMES = tuple(Member(f"sectorthema {number}", "", "", number) for number in (1, 2))
PROGRAMMES = (Member("Geneeskunde", "bachelor", ""), Member("Geneeskunde", "master", ""))
MEMBERS: Mapping[Axis, Sequence[Member]] = {
    Axis.OWN_THEMES: THEMES,
    Axis.SECTOR_THEMES: SECTOR_THEMES,
    Axis.PROGRAMMES: PROGRAMMES,
}


def amounts(*euros: str | int) -> tuple[Decimal, ...]:
    return tuple(Decimal(euro) for euro in euros)


def project(number: int = 1, **changes: Any) -> Project:
    """Make a project in order: it costs 100 in 2023 and 2024, and HoKa and the faculty each pay half."""
    made = Project(
        number=number,
        name=f"project {number}",
        status=Status.DECIDED,
        place="",
        aim="beter onderwijs",
        evidence="de studentevaluatie",
        shares=(Shares((50, 50, 0)), Shares((100, 0)), Shares((60, 40))),
        costs=amounts(100, 100, 0),
        financing=(amounts(50, 50, 0), amounts(50, 50, 0)),
    )
    return replace(made, **changes)


def agenda(*projects: Project, **changes: Any) -> Agenda:
    made = Agenda(
        title="Agenda",
        institution="Universiteit",
        faculty="Faculteit",
        version="1",
        source="een document",
        day=date(2023, 1, 1),
        years=YEARS,
        sources=(HOKA, OWN),
        themes=THEMES,
        sector_themes=SECTOR_THEMES,
        programmes=PROGRAMMES,
        projects=projects or (project(),),
    )
    return replace(made, **changes)
