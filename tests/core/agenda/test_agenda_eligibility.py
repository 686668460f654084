"""Who may use money of the quality agreement, and every reason why not."""

from decimal import Decimal

import pytest

from hoka_excel.core.agenda.eligibility import TESTS, Outcome, eligibility_of
from hoka_excel.core.agenda.projects import Project, Shares
from hoka_excel.core.agenda.sector_themes import is_eligible
from hoka_excel.core.check_kinds import Kind
from tests.made_agendas import HOKA, OWN, agenda, amounts, project

NO_SECTOR_THEME = (Shares((100, 0, 0)), Shares((0, 0)), Shares((100, 0)))


def test_a_project_with_theme_aim_evidence_cover_and_years_may_use_it() -> None:
    found = eligibility_of(project(), agenda())
    assert (found.outcome, found.failed, found.asked) == (Outcome.ELIGIBLE, (), Decimal(100))


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (project(shares=NO_SECTOR_THEME), Kind.SECTOR_THEME),
        (project(aim=""), Kind.QUALITY_AIM),
        (project(evidence=""), Kind.EVIDENCE),
        (project(costs=amounts(100, "99.99", 0)), Kind.COVERAGE),
        (
            project(costs=amounts(100, 100, 1), financing=(amounts(50, 50, 1), amounts(50, 50, 0))),
            Kind.AGREEMENT_YEARS,
        ),
    ],
    ids=lambda value: value.value if isinstance(value, Kind) else "",
)
def test_each_thing_that_is_missing_is_the_one_reason(made: Project, reason: Kind) -> None:
    found = eligibility_of(made, agenda(made))
    assert (found.outcome, found.failed) == (Outcome.NOT_ELIGIBLE, (reason,))


def test_all_reasons_are_given_at_once_in_one_order() -> None:
    made = project(
        shares=NO_SECTOR_THEME,
        aim="",
        evidence="",
        costs=amounts(0, 0, 0),
        financing=(amounts(0, 0, 7), amounts(0, 0, 0)),
    )
    found = eligibility_of(made, agenda(made))
    assert found.failed == TESTS
    assert (found.asked, found.outside, found.overpaid) == (Decimal(7), Decimal(7), amounts(0, 0, 7))


def test_a_project_that_asks_for_nothing_is_not_judged() -> None:
    made = project(aim="", evidence="", financing=(amounts(0, 0, 0), amounts(100, 100, 0)))
    assert eligibility_of(made, agenda(made)).outcome is Outcome.NOT_ASKED


def test_exactly_one_hundred_percent_is_not_above_it() -> None:
    made = project(costs=amounts("100.01", 100, 0), financing=(amounts("50.01", 50, 0), amounts(50, 50, 0)))
    assert eligibility_of(made, agenda(made)).outcome is Outcome.ELIGIBLE


def test_other_money_may_be_used_in_any_year() -> None:
    made = project(costs=amounts(100, 100, 100), financing=(amounts(50, 50, 0), amounts(50, 50, 100)))
    assert eligibility_of(made, agenda(made)).outcome is Outcome.ELIGIBLE


def test_a_credit_outside_the_agreement_does_not_hide_a_debit_there() -> None:
    sources = (HOKA, OWN)
    made = project(financing=(amounts(50, 50, "-5"), amounts(50, 50, 5)))
    assert eligibility_of(made, agenda(made, sources=sources)).outside == Decimal(5)


@pytest.mark.parametrize(
    ("themes", "known", "eligible"),
    [
        ("2", ("a", "b"), True),
        ("3", ("a", "b"), False),
        ("B", ("a", "b"), True),
        (None, ("a",), False),
        (True, ("a",), False),
        (1.0, ("a",), True),
    ],
)
def test_the_sector_themes_are_those_of_the_agenda(
    themes: object, known: tuple[str, ...], eligible: bool
) -> None:
    assert is_eligible(themes, known) is eligible
