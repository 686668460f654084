"""When a deviation passes the thresholds."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.monitoring.thresholds import Thresholds

AMOUNTS = st.decimals(-(10**7), 10**7, places=2)
NOT_BELOW_ZERO = st.decimals(0, 10**5, places=2)


def passed(difference: int, budget: int, percentage: int, amount: int) -> bool:
    return Thresholds(Decimal(percentage), Decimal(amount)).passed(Decimal(difference), Decimal(budget))


def test_a_deviation_passes_both_thresholds_or_none() -> None:
    assert passed(6_000, 100_000, 5, 5_000)
    assert not passed(6_000, 100_000, 5, 10_000), "a small amount"
    assert not passed(12_000, 300_000, 5, 10_000), "a small share"


def test_as_large_as_a_threshold_does_not_pass_it() -> None:
    assert not passed(5_000, 100_000, 5, 0)
    assert not passed(10_000, 100_000, 5, 10_000)
    assert passed(10_001, 100_000, 5, 10_000)


def test_spending_without_a_budget_passes_the_percentage() -> None:
    assert passed(-10_001, 0, 5, 10_000)
    assert not passed(0, 0, 0, 0), "nothing deviates"


def test_an_fte_is_worth_its_rate() -> None:
    thresholds = Thresholds(Decimal(0), Decimal(10_000))
    assert thresholds.passed(Decimal("0.12"), Decimal(1), Decimal(84_000))
    assert not thresholds.passed(Decimal("0.11"), Decimal(1), Decimal(84_000))


@given(AMOUNTS, AMOUNTS, NOT_BELOW_ZERO, NOT_BELOW_ZERO)
def test_over_and_under_count_alike_and_a_higher_threshold_never_signals_more(
    difference: Decimal, budget: Decimal, percentage: Decimal, amount: Decimal
) -> None:
    low, high = Thresholds(percentage, amount), Thresholds(percentage + 1, amount + 1)
    assert low.passed(difference, budget) == low.passed(-difference, -budget)
    assert low.passed(difference, budget) or not high.passed(difference, budget)
    assert Thresholds().passed(difference, budget) == bool(difference)
