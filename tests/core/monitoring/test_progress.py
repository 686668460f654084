"""Plan against actuals, and the bridge that ends at what was spent."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from hoka_excel.core.figures import MISSING, Printed, Reason, Unreadable
from hoka_excel.core.monitoring.bridge import bridge_of
from hoka_excel.core.monitoring.progress import Progress, progress_of
from hoka_excel.core.plan import Plan, Ref
from tests.report.pages import with_actuals

LINE = Ref("Thema 2", "Didactische leergangen", 2020)


@pytest.fixture(scope="module")
def spent_plan(published_plan: Plan) -> Plan:
    return with_actuals(published_plan, (2019, 2021), "1.07")


def test_a_total_adds_up_the_lines_that_are_known(published_plan: Plan) -> None:
    found = progress_of(replace(published_plan, actuals={LINE: Printed(1000, 1)}))[1]
    assert found.lines[-1].spent == (None, Decimal(1000), None, None, None, None)
    assert found.lines[-1].difference[1] == Decimal(296739)
    assert found.has_actuals


def test_spending_in_full_is_known_once_every_line_is(published_plan: Plan, spent_plan: Plan) -> None:
    half = progress_of(replace(published_plan, actuals={LINE: Printed(1000, 1)}))[1]
    assert not any(half.complete)
    assert set(half.spent_in_full) == {None}
    whole = progress_of(spent_plan)[1]
    assert whole.complete == (True, False, True, False, False, False)
    assert whole.spent_in_full == whole.lines[-1].spent


def test_nothing_is_known_of_a_plan_without_actuals(published_plan: Plan) -> None:
    assert not any(table.has_actuals for table in progress_of(published_plan))


def test_what_cannot_be_read_is_not_known(published_plan: Plan) -> None:
    plan = replace(published_plan, actuals={LINE: Unreadable("n.v.t.", Reason.TEXT)})
    assert not progress_of(plan)[1].has_actuals


def test_a_percentage_is_rounded_half_up_and_nothing_is_no_part_of_nothing() -> None:
    budget = (Decimal(2000), Decimal(0), Decimal(300), None)
    spent = (Decimal(1), Decimal(5), None, Decimal(1))
    line = Progress("x", is_total=False, budget=budget, spent=spent)
    assert line.percentage == (Decimal("0.1"), None, None, None)
    assert line.difference == (Decimal(1999), Decimal(-5), None, None)


def test_a_credit_note_leaves_more_than_the_budget() -> None:
    line = Progress("x", is_total=False, budget=(Decimal(200),), spent=(Decimal(-50),))
    assert line.difference == (Decimal(250),)
    assert line.percentage == (Decimal("-25.0"),)


def test_the_bridge_leads_from_the_integral_budget_by_what_each_theme_overspent(spent_plan: Plan) -> None:
    way = bridge_of(spent_plan)
    assert way is not None
    assert (way.years, way.budget) == ((2019, 2021), Decimal(893217 + 911213))
    fte, rate = Fraction("0.07") * Fraction("10.71"), Fraction(spent_plan.rate.working)
    assert [step.amount for step in way.steps] == [
        Decimal(int(fte * rate + Fraction(1, 2))),
        Decimal("0.07").__mul__(297739 + 303738).quantize(Decimal(1)),
        Decimal(int(Fraction("0.07") * Fraction("3.6") * rate + Fraction(1, 2))),
    ]
    assert way.spent == way.budget + sum(step.amount for step in way.steps)


def test_a_year_with_an_unreadable_budget_is_left_out_of_the_bridge(spent_plan: Plan) -> None:
    total = replace(spent_plan.euros.total, figures=(MISSING, *spent_plan.euros.total.figures[1:]))
    way = bridge_of(replace(spent_plan, euros=replace(spent_plan.euros, total=total)))
    assert way is not None
    assert way.years == (2021,)


def test_there_is_no_bridge_while_no_year_is_known_in_full(published_plan: Plan) -> None:
    assert bridge_of(replace(published_plan, actuals={LINE: Printed(1000, 1)})) is None
