"""What if: scenarios beside the plan."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hoka_excel.core.cascade import recompute
from hoka_excel.core.errors import PlanError
from hoka_excel.core.figures import Printed
from hoka_excel.core.grant import GrantChanges, Indexation
from hoka_excel.core.levers import Lever, Scenario, Setting
from hoka_excel.core.plan import Plan
from hoka_excel.core.plan_comparison import Topic, compare
from hoka_excel.core.scenarios import applied, assuming, compare_scenarios
from tests.plans_over_time import plan_over_time

TABLE = "Thema 1"


def scenario(*settings: Setting) -> Scenario:
    return Scenario("wat als", settings)


def test_a_scenario_that_sets_nothing_is_the_plan_recomputed(
    published_plan: Plan, recomputed_plan: Plan
) -> None:
    assert applied(published_plan, scenario()) == recomputed_plan


@hypothesis_settings(deadline=None)
@given(st.integers(600_000, 2_000_000))
def test_another_grant_is_what_its_year_adds_up_to_and_no_other_year(amount: int) -> None:
    plan = replace(plan_over_time(), changes=GrantChanges())
    made = applied(plan, scenario(Setting(Lever.GRANT, "", "", 2022, Decimal(amount))))
    totals, before = (
        [figure.value for figure in found.euros.total.figures if isinstance(figure, Printed)]
        for found in (made, recompute(plan))
    )
    assert totals == [*before[:3], amount, *before[4:]]


def test_the_grant_of_a_scenario_is_indexed_and_revised_as_that_of_the_plan() -> None:
    plan = plan_over_time()
    made = applied(plan, scenario(Setting(Lever.GRANT, "", "", 2020, Decimal(1_000_000))))
    figure = made.euros.total.figures[1]
    assert isinstance(figure, Printed)
    assert figure.value == 1_021_000 + 25_000


def test_each_lever_sets_its_own_assumption_and_no_other() -> None:
    plan = plan_over_time()
    settings = (
        Setting(Lever.WEIGHT, TABLE, "", None, Decimal(5)),
        Setting(Lever.FIXED, TABLE, "KGW", None, Decimal(50_000)),
        Setting(Lever.STUDENTS, TABLE, "BMW", 2021, Decimal(900)),
        Setting(Lever.RATE, "", "", None, Decimal(90_000)),
        Setting(Lever.INDEXATION, "", "", 2022, Decimal(4)),
        Setting(Lever.PASSED_ON, "", "", 2020, Decimal(25)),
    )
    made = assuming(plan, scenario(*settings))
    found = {
        (entry.subject.topic, entry.subject.line, entry.subject.year): entry.new
        for entry in compare(replace(plan, scenarios=()), made)
    }
    assert found == {
        (Topic.WEIGHT, "", None): 5,
        (Topic.FIXED_AMOUNT, "KGW", None): 50_000,
        (Topic.STUDENTS, "BMW", 2021): 900,
        (Topic.WORKING_RATE, "", None): 90_000,
        (Topic.INDEXATION, "", 2022): 4,
        (Topic.PASSED_ON, "", 2020): 25,
    }


def test_an_indexation_that_the_plan_does_not_have_is_passed_on_in_full(published_plan: Plan) -> None:
    plan = replace(published_plan, changes=GrantChanges(2019))
    made = assuming(plan, scenario(Setting(Lever.INDEXATION, "", "", 2021, Decimal(3))))
    assert made.changes.indexations == (Indexation(2021, Decimal(3), Decimal(100)),)


def test_students_of_a_plan_that_has_none_are_those_of_the_scenario_alone(published_plan: Plan) -> None:
    lines = ("GNK/SUMMA", "KGW", "BMW", "BMS")
    settings = [
        Setting(Lever.STUDENTS, TABLE, line, year, Decimal(100))
        for line in lines
        for year in published_plan.years
    ]
    made = applied(published_plan, scenario(*settings))
    gnk, _, bmw, bms = (line.figures for line in made.themes[0].table.lines)
    for column in zip(gnk, bmw, bms, strict=True):
        values = [figure.value for figure in column if isinstance(figure, Printed)]
        assert max(values) - min(values) <= Decimal("0.01")


def test_settings_in_any_order_make_the_same_scenario() -> None:
    one = Setting(Lever.GRANT, "", "", 2020, Decimal(1))
    other = Setting(Lever.RATE, "", "", None, Decimal(2))
    assert scenario(one, other) == scenario(other, one)


def test_every_figure_stands_beside_that_of_the_plan_with_its_difference() -> None:
    plan = plan_over_time()
    comparison = compare_scenarios(plan)
    assert comparison.plan == recompute(plan)
    for _, made in comparison.scenarios:
        outcomes = comparison.outcomes(made)
        assert [outcome.ref for outcome in outcomes] == [ref for ref, _ in comparison.plan.figures()]
        assert all(outcome.planned + outcome.difference == outcome.figure for outcome in outcomes)
        assert any(outcome.difference for outcome in outcomes)


def test_a_scenario_that_no_allocation_can_meet_is_told_by_its_name(published_plan: Plan) -> None:
    impossible = scenario(Setting(Lever.FIXED, TABLE, "KGW", None, Decimal(10**9)))
    with pytest.raises(PlanError, match="scenario 'wat als': "):
        compare_scenarios(replace(published_plan, scenarios=(impossible,)))
