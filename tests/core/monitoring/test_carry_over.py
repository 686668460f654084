"""What is carried over: every year opens with what the last one closed with, and everything adds up."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.monitoring.carry_over import Corkscrew, carry_over_of
from hoka_excel.core.monitoring.carry_over_checks import CarryOverKind, carry_over_checks
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.core.verdicts import Verdict
from tests.monitored import monitored

AMOUNTS = st.decimals(-(10**6), 10**6, places=2)
TIME, COURSES, EXCHANGE = (
    "Tijd voor docenten voor professionalisering",
    "Didactische leergangen",
    "Intercollegiale uitwisseling",
)


def spend_all(plan: Plan, years: int, factor: str = "1") -> Plan:
    """Spend a part of every line in the first years."""
    actuals: dict[Ref, Figure] = {
        Ref(theme.table.name, line.label, year): Printed(figure.value * Decimal(factor), 0)
        for theme in plan.themes
        for line in theme.table.lines
        for year, figure in zip(plan.years[:years], line.figures, strict=False)
        if isinstance(figure, Printed)
    }
    return replace(plan, actuals=actuals)


def decimals(*numbers: int | None) -> tuple[Decimal | None, ...]:
    return tuple(None if number is None else Decimal(number) for number in numbers)


def test_a_line_is_followed_by_hand(published_plan: Plan) -> None:
    actuals: dict[Ref, Figure] = {
        Ref("Thema 2", EXCHANGE, 2019): Printed(40_000, 1),
        Ref("Thema 2", EXCHANGE, 2020): Printed(-285, 1),
        Ref("Thema 2", EXCHANGE, 2022): Printed(1, 1),
    }
    openings: dict[Ref, Figure] = {Ref("Thema 2", EXCHANGE, 2019): Printed(614, 1)}
    plan = replace(published_plan, actuals=actuals, openings=openings)
    line = carry_over_of(plan).tables[1].lines[2]
    assert line.opening == decimals(614, 0, 46_000, None, None, None)
    assert line.closing == decimals(0, 46_000, None, None, None, None), "2021 is open, so 2022 cannot close"
    assert line.over_all == decimals(614, 39_386 + 45_715, 39_715, 46_000)


def test_nothing_closes_while_nothing_is_known(published_plan: Plan) -> None:
    found = carry_over_of(published_plan)
    every = [*(line for table in found.tables for line in table.lines), *found.euros]
    assert {line.opening for line in every} == {(Decimal(0), None, None, None, None, None)}
    assert {line.over_all for line in every} == {None}
    assert carry_over_checks(published_plan, found) == ()


def test_a_total_closes_once_every_line_is_known(published_plan: Plan) -> None:
    plan = spend_all(published_plan, 2)
    missing = dict(plan.actuals)
    del missing[Ref("Thema 3", "Workshops veerkracht", 2020)]
    found = carry_over_of(replace(plan, actuals=missing))
    assert [table.lines[-1].closed for table in found.tables] == [2, 2, 1]
    assert [line.closed for line in found.euros] == [2, 2, 1, 1]


def test_fte_are_valued_at_the_working_rate_without_rounding(published_plan: Plan) -> None:
    opening = {Ref("Thema 1", "KGW", 2019): Printed("0.25", "0.01")}
    plan = replace(spend_all(published_plan, 1, "0.5"), openings=opening)
    theme = carry_over_of(plan).euros[0]
    assert theme.opening[0] == Decimal("0.25") * Decimal("84272.40")
    assert theme.closing[0] == (Decimal("0.25") + Decimal("5.30") / 2) * Decimal("84272.40")


def test_all_checks_of_the_monitored_plan_tie(published_plan: Plan) -> None:
    plan = monitored(published_plan)
    checks = carry_over_checks(plan, carry_over_of(plan))
    assert {check.judgement.verdict for check in checks} == {Verdict.EXACT}
    assert sum(check.kind is CarryOverKind.LINES for check in checks) == 3 * 3
    assert sum(check.kind is CarryOverKind.YEARS for check in checks) == 5 + 4 + 6 + 4
    assert sum(check.kind is CarryOverKind.THEMES for check in checks) == 3


def test_a_budget_that_does_not_add_up_is_carried_over_and_told_every_year(published_plan: Plan) -> None:
    plan = spend_all(published_plan, 6)
    checks = carry_over_checks(plan, carry_over_of(plan))
    told = {
        check.year: (check.judgement.verdict, check.judgement.difference)
        for check in checks
        if check.kind is CarryOverKind.LINES and check.of == "Thema 2"
    }
    assert told == {
        2019: (Verdict.EXACT, Decimal(0)),
        2020: (Verdict.EXACT, Decimal(0)),
        2021: (Verdict.EXACT, Decimal(0)),
        2022: (Verdict.MISMATCH, Decimal(-648)),
        2023: (Verdict.MISMATCH, Decimal(-647)),
        2024: (Verdict.MISMATCH, Decimal(-365)),
    }
    others = {check.judgement.verdict for check in checks if check.kind is not CarryOverKind.LINES}
    assert others == {Verdict.EXACT}


@pytest.mark.parametrize(
    ("above", "verdict"), [(2, Verdict.ROUNDING), (3, Verdict.MISMATCH), (-2, Verdict.ROUNDING)]
)
def test_rounding_explains_half_a_step_per_figure(published_plan: Plan, above: int, verdict: Verdict) -> None:
    """Three lines and their total, to the euro: two euros in the first year."""
    theme = published_plan.themes[1]
    total = replace(theme.table.total, figures=(Printed(297739 + above, 1), *theme.table.total.figures[1:]))
    changed = replace(theme, table=replace(theme.table, total=total))
    themes = (published_plan.themes[0], changed, published_plan.themes[2])
    plan = spend_all(replace(published_plan, themes=themes), 1)
    checks = carry_over_checks(plan, carry_over_of(plan))
    found = [
        check.judgement for check in checks if (check.kind, check.of) == (CarryOverKind.LINES, "Thema 2")
    ]
    assert [judgement.verdict for judgement in found] == [verdict]


def test_lines_whose_budget_cannot_be_read_leave_their_sum_untestable(published_plan: Plan) -> None:
    theme = published_plan.themes[1]
    line = replace(theme.table.lines[0], figures=(MISSING, *theme.table.lines[0].figures[1:]))
    changed = replace(theme, table=replace(theme.table, lines=(line, *theme.table.lines[1:])))
    themes = (published_plan.themes[0], changed, published_plan.themes[2])
    plan = replace(published_plan, themes=themes, actuals=spend_all(published_plan, 1).actuals)
    checks = carry_over_checks(plan, carry_over_of(plan))
    found = [
        check.judgement for check in checks if (check.kind, check.of) == (CarryOverKind.LINES, "Thema 2")
    ]
    assert [judgement.verdict for judgement in found] == [Verdict.UNTESTABLE]


@given(AMOUNTS, st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=6, max_size=6), st.integers(0, 6))
@settings(max_examples=50)
def test_opening_plus_budgets_less_spending_is_the_last_closing(
    first: Decimal, years: list[tuple[Decimal, Decimal]], known: int
) -> None:
    budget, spent = zip(*years, strict=True)
    part = (*spent[:known], *(None,) * (6 - known))
    opening = [first]
    for planned, taken in years[: min(known, 5)]:
        opening.append(opening[-1] + planned - taken)
    line = Corkscrew("x", (*opening, *(None,) * (6 - len(opening))), budget, part)
    assert line.closed == known
    if known:
        assert line.over_all == (
            first,
            sum(budget[:known]),
            sum(spent[:known]),
            first + sum(budget[:known]) - sum(spent[:known]),
        )
        assert line.closing[known - 1] == line.over_all[-1]


@given(st.lists(AMOUNTS, min_size=12, max_size=12), st.lists(AMOUNTS, min_size=12, max_size=12))
@settings(max_examples=25)
def test_lines_themes_and_total_add_up_to_the_cent_whatever_is_spent(
    published_plan: Plan, spent: list[Decimal], opened: list[Decimal]
) -> None:
    places = [(theme.table.name, line.label) for theme in published_plan.themes for line in theme.table.lines]
    plan = replace(
        published_plan,
        actuals={
            Ref(*place, year): Printed(amount, 0)
            for place, amount in zip(places, spent, strict=True)
            for year in (2019, 2020)
        },
        openings={
            Ref(*place, 2019): Printed(amount, 0) for place, amount in zip(places, opened, strict=True)
        },
    )
    found = carry_over_of(plan)
    assert {check.judgement.verdict for check in carry_over_checks(plan, found)} == {Verdict.EXACT}
    rate = plan.rate.working
    closings = [table.lines[-1].closing[1] for table in found.tables]
    assert None not in closings
    one, two, three = (closing or Decimal(0) for closing in closings)
    assert found.euros[-1].closing[1] == one * rate + two + three * rate
