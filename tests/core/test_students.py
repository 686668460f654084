"""Counted students as a key."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from hoka_excel.core.cascade import recompute
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.checks import checks_of
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import AllocationKey, Plan
from hoka_excel.core.students import LineCount, StudentCounts
from hoka_excel.core.verdicts import Verdict
from hoka_excel.sources import reconcile

LINES = ("GNK/SUMMA", "KGW", "BMW", "BMS")


def counted(plan: Plan, *columns: tuple[int, ...]) -> Plan:
    """Count the students of the first theme, a column per year; the last holds for the years after it."""
    years = [columns[min(position, len(columns) - 1)] for position in range(len(plan.years))]
    lines = tuple(
        LineCount(line, tuple(Decimal(year[index]) for year in years)) for index, line in enumerate(LINES)
    )
    students = StudentCounts((date(2018, 10, 1),), "verzonnen", lines=lines)
    theme = plan.themes[0]
    assert isinstance(theme.division, AllocationKey)
    first = replace(theme, division=replace(theme.division, students=students))
    return replace(plan, themes=(first, *plan.themes[1:]))


def test_a_theme_is_divided_by_the_students_of_each_year_after_fixed_amounts(published_plan: Plan) -> None:
    plan = recompute(counted(published_plan, (50, 20, 20, 10), (0, 0, 100, 0)))
    rate = Fraction(plan.rate.working)
    amount = plan.euros.lines[0].figures[0]
    assert isinstance(amount, Printed)
    whole = (Fraction(amount.value) - 40_000) / rate
    due = [
        whole * Fraction(part, 100) + fixed / rate
        for part, fixed in ((50, 0), (20, 40_000), (20, 0), (10, 0))
    ]
    first = [line.figures[0] for line in plan.themes[0].table.lines]
    for figure, exact in zip(first, due, strict=True):
        assert isinstance(figure, Printed)
        assert abs(Fraction(figure.value) - exact) < Fraction(1, 100)
    second = [line.figures[1] for line in plan.themes[0].table.lines]
    assert [isinstance(figure, Printed) and figure.value > 0 for figure in second] == [
        False,
        True,
        True,
        False,
    ]


def test_the_share_checks_of_a_recomputed_plan_go_by_the_students_of_the_year(published_plan: Plan) -> None:
    plan = recompute(counted(published_plan, (50, 20, 20, 10), (10, 20, 20, 50)))
    shares = [check for check in reconcile(plan).checks if check.kind is Kind.SHARE]
    assert len(shares) == 24
    assert {check.verdict for check in shares} <= {Verdict.EXACT, Verdict.ROUNDING}


def test_as_published_the_shares_are_held_against_the_students(published_plan: Plan) -> None:
    found = reconcile(counted(published_plan, (10, 20, 20, 50)))
    wrong = {
        check.label for check in found.checks if check.kind is Kind.SHARE and check.verdict == "mismatch"
    }
    assert wrong == set(LINES)


def test_students_in_proportion_to_the_shares_change_nothing(
    published_plan: Plan, recomputed_plan: Plan
) -> None:
    plan = recompute(counted(published_plan, (5880, 515, 1770, 1834)))
    assert plan.themes[0].table == recomputed_plan.themes[0].table


def test_until_they_are_counted_the_shares_hold(published_plan: Plan, recomputed_plan: Plan) -> None:
    theme = published_plan.themes[0]
    assert isinstance(theme.division, AllocationKey)
    waiting = replace(theme.division, students=StudentCounts((date(2018, 10, 1),), "DUO"))
    plan = replace(published_plan, themes=(replace(theme, division=waiting), *published_plan.themes[1:]))
    assert not waiting.is_counted
    assert recompute(plan).themes[0].table == recomputed_plan.themes[0].table
    assert [check.relation for check in checks_of(plan)] == [c.relation for c in checks_of(published_plan)]


@pytest.mark.parametrize("days", [(date(2018, 10, 1),), (date(2018, 10, 1),) * 6])
def test_one_reference_date_for_all_years_is_kept_once(days: tuple[date, ...]) -> None:
    students = StudentCounts(days, "DUO")
    assert students.reference_days == (date(2018, 10, 1),)
    assert students.reference_day(5) == date(2018, 10, 1)
