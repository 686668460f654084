"""What is wrong with an agenda before anything is added up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.core.agenda.faults import MOST_PARTS, agenda_faults
from hoka_excel.core.agenda.projects import Agenda, Member, Shares
from tests.made_agendas import HOKA, OWN, PROGRAMMES, THEMES, agenda, amounts, project

REST = (Shares((100, 0)), Shares((100, 0)))


def codes(made: Agenda) -> list[tuple[str, str]]:
    found = agenda_faults(made, lambda subject: ".".join(map(str, subject)))
    return [(message.code, str(message.values["where"])) for message in found]


def test_an_agenda_in_order_has_no_faults() -> None:
    assert codes(agenda(project(1), project(2))) == []


@pytest.mark.parametrize(
    ("made", "code", "where"),
    [
        (agenda(years=(2023, 2023, 2025)), "plan.repeated_year", "jaren"),
        (agenda(themes=(THEMES[0], THEMES[0], THEMES[1])), "agenda.repeated", "thema"),
        (agenda(programmes=(PROGRAMMES[0], PROGRAMMES[0])), "agenda.repeated", "opleiding"),
        (
            agenda(programmes=(PROGRAMMES[0], Member("GENEESKUNDE", "Bachelor", ""))),
            "agenda.repeated",
            "opleiding",
        ),
        (agenda(sources=(HOKA, HOKA)), "agenda.repeated", "financiering"),
        (agenda(sources=(HOKA, replace(OWN, name="Totaal"))), "agenda.reserved", "financiering"),
        (agenda(sources=(HOKA, replace(OWN, name="Financiering"))), "agenda.reserved", "financiering"),
        (
            agenda(programmes=(Member("niet toegedeeld", "", ""), PROGRAMMES[1])),
            "agenda.reserved",
            "opleiding",
        ),
        (
            agenda(sources=(replace(HOKA, first=2025), OWN)),
            "agenda.years_reversed",
            "financiering.0.laatste_jaar",
        ),
        (agenda(project(1), project(1)), "agenda.repeated", "project"),
        (agenda(project(name="")), "agenda.no_name", "project.0.naam"),
        (
            agenda(project(shares=(Shares((60, 50, 0)), *REST))),
            "agenda.shares_not_whole",
            "project.0.themas",
        ),
        (
            agenda(project(shares=(Shares((1, 1, 0), 3), *REST))),
            "agenda.shares_not_whole",
            "project.0.themas",
        ),
        (agenda(project(shares=(Shares((-1, 101, 0)), *REST))), "agenda.negative_share", "project.0.themas"),
        (agenda(project(shares=(Shares((0, 0, 0), 0), *REST))), "agenda.negative_share", "project.0.themas"),
        (
            agenda(project(shares=(Shares((MOST_PARTS + 1, 0, 0), MOST_PARTS + 1), *REST))),
            "agenda.too_many_parts",
            "project.0.themas",
        ),
        (agenda(project(costs=amounts(1, 2))), "plan.row_length", "project.0.kosten"),
        (
            agenda(project(financing=(amounts(0, 0, "0.001"), amounts(0, 0, 0)))),
            "agenda.finer_than_cents",
            "project.0.financiering.HoKa-middelen.2",
        ),
    ],
)
def test_a_fault_is_told_with_its_subject(made: Agenda, code: str, where: str) -> None:
    assert codes(made) == [(code, where)]


def test_an_empty_agenda_lacks_everything() -> None:
    empty = Agenda("", "", "", "", "", agenda().day, (), (), (), (), (), ())
    assert [code for code, _ in codes(empty)] == ["plan.no_years", *["agenda.nothing_listed"] * 5]


def test_all_faults_are_listed_at_once() -> None:
    made = agenda(project(name="", costs=(Decimal("0.001"),) * 3), years=(2023, 2023, 2024))
    assert len(codes(made)) == 5
