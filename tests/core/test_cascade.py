"""Recomputing a plan from its assumptions."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.core.cascade import recompute
from hoka_excel.core.errors import PlanError
from hoka_excel.core.figures import MISSING, Printed
from hoka_excel.core.plan import Line, Plan, State, Table


def values(line: Line) -> list[Decimal]:
    return [figure.value for figure in line.figures if isinstance(figure, Printed)]


def test_every_total_is_the_sum_of_its_lines(recomputed_plan: Plan) -> None:
    for table in recomputed_plan.tables:
        columns = zip(*(values(line) for line in table.lines), strict=True)
        assert [sum(column) for column in columns] == values(table.total), table.name


def test_the_grant_of_each_year_is_divided_to_the_euro(published_plan: Plan, recomputed_plan: Plan) -> None:
    assert values(recomputed_plan.euros.total) == values(published_plan.euros.total)


def test_the_themes_keep_their_ratio_within_a_euro_over_the_years_too(recomputed_plan: Plan) -> None:
    granted = sum(values(recomputed_plan.euros.total))
    for theme, line in zip(recomputed_plan.themes, recomputed_plan.euros.lines, strict=True):
        assert abs(sum(values(line)) - granted * theme.weight / 6) < 1


def test_every_recomputed_fte_lies_within_a_hundredth_of_the_amount_over_the_rate(
    recomputed_plan: Plan,
) -> None:
    rate = recomputed_plan.rate.working
    for euros, ftes in zip(recomputed_plan.euros.rows, recomputed_plan.ftes.rows, strict=True):
        for euro, fte in zip(values(euros), values(ftes), strict=True):
            assert abs(fte - euro / rate) < Decimal("0.01")


def test_given_lines_stay_and_the_balancing_line_takes_what_is_left(
    published_plan: Plan, recomputed_plan: Plan
) -> None:
    before, after = published_plan.themes[1].table, recomputed_plan.themes[1].table
    assert values(after.lines[0]) == values(before.lines[0])
    assert values(after.lines[2]) == values(before.lines[2])
    moved = [new - old for new, old in zip(values(after.lines[1]), values(before.lines[1]), strict=True)]
    assert moved[3] == -648
    assert all(abs(amount) <= 1 for index, amount in enumerate(moved) if index != 3)
    assert recomputed_plan.themes[2].table.lines == published_plan.themes[2].table.lines


def test_recomputing_again_changes_nothing(recomputed_plan: Plan) -> None:
    assert recompute(recomputed_plan) == recomputed_plan


def test_a_recomputed_plan_says_so_and_keeps_its_grant(published_plan: Plan, recomputed_plan: Plan) -> None:
    assert (published_plan.state, published_plan.grant) == (State.PUBLISHED, None)
    assert recomputed_plan.state is State.RECOMPUTED
    assert recomputed_plan.grant is not None


def test_the_published_lines_of_theme_1_come_back_within_a_hundredth(
    published_plan: Plan, recomputed_plan: Plan
) -> None:
    pairs = zip(published_plan.themes[0].table.lines, recomputed_plan.themes[0].table.lines, strict=True)
    for old, new in pairs:
        gaps = [abs(a - b) for a, b in zip(values(old), values(new), strict=True)]
        assert max(gaps) <= Decimal("0.01")


def test_a_missing_grant_is_asked_for(published_plan: Plan) -> None:
    euros: Table = published_plan.euros
    total = replace(euros.total, figures=(MISSING, *euros.total.figures[1:]))
    with pytest.raises(PlanError, match="toegekend / 2019: om te herberekenen is hier een bedrag nodig"):
        recompute(replace(published_plan, euros=replace(euros, total=total)))
