"""What differs between two agendas."""

from dataclasses import replace
from decimal import Decimal

from hoka_excel.core.agenda.comparison import compare_agendas
from hoka_excel.core.agenda.projects import Shares, Status
from hoka_excel.core.plan_comparison import Subject, Topic
from tests.made_agendas import HOKA, OWN, agenda, amounts, project


def test_an_agenda_does_not_differ_from_itself_nor_from_another_order() -> None:
    one, two = project(1), project(2)
    assert compare_agendas(agenda(one, two), agenda(two, one)) == ()


def test_every_kind_of_change_is_told_with_its_subject() -> None:
    old = agenda(project(1), project(2))
    new = agenda(
        project(
            1,
            aim="anders",
            status=Status.EXAMPLE,
            costs=amounts(100, 110, 0),
            financing=(amounts(50, 50, 0), amounts(50, 60, 0)),
            shares=(Shares((1, 2, 0), 3), Shares((100, 0)), Shares((60, 40))),
        ),
        sources=(replace(HOKA, last=2025), OWN),
    )
    found = {difference.subject: difference for difference in compare_agendas(old, new)}
    assert found[Subject(Topic.COST, "1", year=2024)].amount == Decimal(10)
    assert found[Subject(Topic.PAID, "1", "Eigen middelen", 2024)].amount == Decimal(10)
    assert found[Subject(Topic.AIM, "1")].new == "anders"
    assert found[Subject(Topic.AMOUNT_STATUS, "1")].new == "voorbeeld"
    share = found[Subject(Topic.PROJECT_SHARE, "1", "2. thema 2")]
    assert (share.old, share.new) == ("50%", "2/3")
    assert found[Subject(Topic.LAST_YEAR, "HoKa-middelen")].new == "2025"
    gone = found[Subject(Topic.PROJECT, "2")]
    assert (gone.old, gone.new) == ("project 2", None)
