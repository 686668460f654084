"""How the money was shared, against what was agreed."""

from dataclasses import replace
from fractions import Fraction

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.monitoring.proportions import ratio_of, splits_of
from hoka_excel.core.plan import Plan, Ref
from tests.monitored import monitored


def test_the_ratio_is_told_in_the_terms_in_which_it_was_agreed(published_plan: Plan) -> None:
    lines = ratio_of(monitored(published_plan))
    assert [line.agreed[0] for line in lines] == [3, 2, 1]
    for year in range(6):
        assert sum(line.planned[year] or 0 for line in lines) == 6
    for year in range(3):
        assert sum(line.realised[year] or 0 for line in lines) == 6
    assert {line.realised[3] for line in lines} == {None}, "one line of 2022 is no year"


def test_fte_count_at_the_working_rate(published_plan: Plan) -> None:
    first, second, third = (theme.table for theme in published_plan.themes)
    rate = Fraction(published_plan.rate.working)
    amounts = (Fraction("5.30") * rate, Fraction(297739), Fraction("1.8") * rate)
    assert [line.planned[0] for line in ratio_of(published_plan)] == [
        6 * amount / sum(amounts) for amount in amounts
    ]
    assert (first.unit, second.unit, third.unit) == ("FTE", "EUR", "FTE")


def test_a_key_gives_each_line_its_fixed_amount_and_its_share_of_the_rest(published_plan: Plan) -> None:
    (split,) = splits_of(published_plan)
    agreed = {line.label: line.agreed[0] for line in split.lines}
    shares_together = Fraction("0.588") + Fraction("0.0515") + Fraction("0.177") + Fraction("0.1834")
    rest = Fraction(446609 - 40000) / shares_together
    assert agreed["KGW"] == (rest * Fraction("0.0515") + 40000) / 446609
    assert agreed["BMS"] == rest * Fraction("0.1834") / 446609
    assert sum(part or 0 for part in agreed.values()) == 1


def test_the_split_of_what_was_spent_adds_up_and_nothing_is_not_split(published_plan: Plan) -> None:
    (split,) = splits_of(monitored(published_plan))
    assert sum(line.realised[0] or 0 for line in split.lines) == 1
    nothing: dict[Ref, Figure] = {
        Ref("Thema 1", line.label, 2019): Printed(0, 1) for line in split.theme.table.lines
    }
    (empty,) = splits_of(replace(published_plan, actuals=nothing))
    assert {line.realised[0] for line in empty.lines} == {None}


def test_credit_notes_beyond_all_spending_are_not_split(published_plan: Plan) -> None:
    (split,) = splits_of(published_plan)
    back: dict[Ref, Figure] = {
        Ref("Thema 1", line.label, 2019): Printed(-1, 1) for line in split.theme.table.lines
    }
    (found,) = splits_of(replace(published_plan, actuals=back))
    assert {line.realised[0] for line in found.lines} == {None}
