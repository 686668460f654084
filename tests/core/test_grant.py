"""What is available: granted, indexed, revised."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.cascade import recompute
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.checks import available_figures, checks_of
from hoka_excel.core.figures import Printed
from hoka_excel.core.grant import GrantChanges, Indexation, Revision
from hoka_excel.core.plan import Plan
from hoka_excel.core.verdicts import Verdict
from hoka_excel.sources import reconcile

EURO = Decimal(1)
percentages = st.decimals(-20, 20, places=2)
amounts = st.decimals(0, 10**9, places=0)


def changed(*indexations: Indexation, level: int | None = 2019, revised: int = 0) -> GrantChanges:
    revision = Revision(date(2020, 6, 15), "Voorjaarsnota", 2020, Decimal(revised))
    return GrantChanges(level, indexations, (revision,) if revised else ())


def test_without_changes_the_grant_is_what_is_available() -> None:
    assert GrantChanges().available(Decimal("893217.50"), 2020, EURO).amount == Decimal("893217.50")


def test_a_half_euro_is_rounded_up_and_below_zero_away_from_it() -> None:
    rise = changed(Indexation(2020, Decimal("2.1")))
    assert rise.available(Decimal(500), 2020, EURO).amount == 511
    assert rise.available(Decimal(-500), 2020, EURO).amount == -511


def test_a_revision_comes_after_the_indexation_and_changes_its_own_year_only() -> None:
    rise = changed(Indexation(2020, Decimal(10)), revised=-30)
    found = rise.available(Decimal(1000), 2020, EURO)
    assert [found.granted, found.indexation, found.revisions, found.amount] == [1000, 100, -30, 1070]
    assert rise.available(Decimal(1000), 2021, EURO).amount == 1100


def test_years_up_to_the_price_level_are_not_indexed() -> None:
    rise = changed(Indexation(2020, Decimal(10)), Indexation(2021, Decimal(10)), level=2020)
    assert [rise.factor(year) for year in (2019, 2020, 2021, 2024)] == [
        1,
        1,
        Fraction(11, 10),
        Fraction(11, 10),
    ]


@given(percentages, st.decimals(0, 100, places=1), amounts)
def test_what_is_passed_on_in_part_lies_between_nothing_and_all(
    percent: Decimal, part: Decimal, amount: Decimal
) -> None:
    full, some = (
        changed(Indexation(2020, percent, passed_on)).available(amount, 2020, EURO).indexation
        for passed_on in (Decimal(100), part)
    )
    assert min(Decimal(0), full) <= some <= max(Decimal(0), full)


@given(st.lists(percentages, min_size=1, max_size=5), amounts)
def test_the_rise_of_years_is_the_product_of_their_rises(rises: list[Decimal], amount: Decimal) -> None:
    indexations = [Indexation(2020 + index, percent) for index, percent in enumerate(rises)]
    product = Fraction(1)
    for percent in rises:
        product *= 1 + Fraction(percent) / 100
    found = changed(*indexations).available(amount, 2030, EURO).amount
    assert abs(Fraction(found) - Fraction(amount) * product) <= Fraction(1, 2)


def test_a_recomputed_plan_shares_out_all_that_is_available_and_keeps_its_grant(published_plan: Plan) -> None:
    plan = recompute(
        replace(published_plan, changes=changed(Indexation(2020, Decimal("2.1")), revised=25_000))
    )
    totals = [figure.value for figure in plan.euros.total.figures if isinstance(figure, Printed)]
    assert totals[:3] == [893_217, 911_975 + 25_000, 930_348]
    assert plan.granted == published_plan.granted
    assert recompute(plan) == plan


def test_a_recomputed_total_that_is_not_what_is_available_is_a_mismatch(published_plan: Plan) -> None:
    rise = changed(Indexation(2022, Decimal("2.5")))
    plan = replace(recompute(replace(published_plan, changes=rise)), changes=replace(rise, indexations=()))
    found = reconcile(replace(plan, changes=changed(Indexation(2022, Decimal(3)))))
    wrong = [
        (check.label, check.period)
        for check in found.checks
        if check.kind is Kind.SAME_FIGURE
        and check.verdict is Verdict.MISMATCH
        and "Integraal" not in check.label
    ]
    assert wrong[:3] == [("Totaal EUR", "2022"), ("Totaal EUR", "2023"), ("Totaal EUR", "2024")]


def test_what_is_available_is_checked_only_where_the_grant_changed(published_plan: Plan) -> None:
    plan = replace(published_plan, changes=changed(Indexation(2020, Decimal("2.1"))))
    assert available_figures(plan) == {}
    assert len(checks_of(plan)) == len(checks_of(published_plan)) == 114
    assert len(checks_of(recompute(plan))) == 114 + len(plan.years)
