"""What differs between two versions of a plan over the years."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hoka_excel.core.grant import Indexation, Revision
from hoka_excel.core.levers import Lever, Scenario, Setting
from hoka_excel.core.plan import Plan
from hoka_excel.core.plan_comparison import Difference, Subject, Topic, compare
from tests.plans_over_time import STUDENTS, plan_in, plan_over_time, text_over_time

NEW_REVISION = Revision(date(2021, 9, 1), "Najaarsnota", 2021, Decimal(500))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda plan: replace(plan, version="1.1"), Difference(Subject(Topic.VERSION), "1.0", "1.1")),
        (
            lambda plan: replace(plan, day=date(2020, 5, 6)),
            Difference(Subject(Topic.DAY), "2019-02-14", "2020-05-06"),
        ),
        (
            lambda plan: replace(plan, changes=replace(plan.changes, price_level=2018)),
            Difference(Subject(Topic.PRICE_LEVEL), "2019", "2018"),
        ),
        (
            lambda plan: replace(
                plan,
                changes=replace(
                    plan.changes, indexations=(Indexation(2020, Decimal(3)), plan.changes.indexations[1])
                ),
            ),
            Difference(Subject(Topic.INDEXATION, year=2020), Decimal("2.1"), Decimal(3), is_binding=True),
        ),
        (
            lambda plan: replace(
                plan, changes=replace(plan.changes, revisions=(NEW_REVISION, *plan.changes.revisions))
            ),
            Difference(
                Subject(Topic.REVISION, "2021-09-01", "Najaarsnota", 2021),
                None,
                Decimal(500),
                is_binding=True,
            ),
        ),
        (
            lambda plan: replace(plan, binding_until=2022),
            Difference(Subject(Topic.BINDING_UNTIL), "2021", "2022"),
        ),
        (
            lambda plan: replace(plan, scenarios=(*plan.scenarios, Scenario("nieuw", ()))),
            Difference(Subject(Topic.SCENARIO, "nieuw"), None, new=True),
        ),
        (
            lambda plan: replace(
                plan,
                scenarios=(
                    plan.scenarios[0],
                    Scenario(
                        "Volle indexatie",
                        (*plan.scenarios[1].settings, Setting(Lever.RATE, "", "", None, Decimal(9))),
                    ),
                ),
            ),
            Difference(Subject(Topic.SETTING, "Volle indexatie", "rekentarief"), None, Decimal(9)),
        ),
    ],
)
def test_each_change_is_the_one_difference(change: Callable[[Plan], Plan], expected: Difference) -> None:
    plan = plan_over_time()
    assert compare(plan, change(plan)) == (expected,)


@pytest.mark.parametrize(
    ("old", "new", "subject"),
    [
        ("KGW = [201", "KGW = [202", Subject(Topic.STUDENTS, "1", "KGW", 2019)),
        ("[2018-10-01", "[2017-10-01", Subject(Topic.REFERENCE_DAY, "1", year=2019)),
        ("verzonnen aantallen", "andere aantallen", Subject(Topic.STUDENT_SOURCE, "1")),
        ('56990 = "BMW"', '56990 = "KGW"', Subject(Topic.PROGRAMME, "1", "56990")),
    ],
)
def test_students_are_compared_line_by_line(old: str, new: str, subject: Subject) -> None:
    other = plan_in(text_over_time(students=STUDENTS.replace(old, new)))
    assert [entry.subject for entry in compare(plan_over_time(), other)] == [subject]


def test_a_year_is_binding_when_either_plan_says_so(published_plan: Plan) -> None:
    early = replace(published_plan, binding_until=2019)
    late = replace(early, binding_until=2021, grant=tuple(published_plan.granted))
    found = {
        entry.subject.year: entry.is_binding
        for entry in compare(early, late)
        if entry.subject.topic is Topic.GRANT
    }
    assert found == {2019: True, 2020: True, 2021: True, 2022: False, 2023: False, 2024: False}
