"""Can one share explain a row of figures: the decision is exact, and a refusal proves itself."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from hoka_excel.core.intervals import Interval
from hoka_excel.documents.inference import deepest, inferred_share, simplest
from hoka_excel.documents.shares import Year, explain

RATES = Interval(Fraction(83_500), Fraction(84_500))
HALF = Fraction(1, 2)
CENT = Fraction(1, 200)

amounts = st.lists(st.integers(100_000, 2_000_000), min_size=1, max_size=8)
shares = st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=10_000)
rates = st.fractions(RATES.low, RATES.high, max_denominator=1000)
tops = st.integers(0, 50_000).map(Fraction)


def around(value: Fraction, half: Fraction) -> Interval:
    return Interval(value - half, value + half)


def years_of(given_amounts: list[int], figures: list[Fraction]) -> list[Year]:
    return [
        Year(2019 + index, around(Fraction(amount), HALF), around(figure, CENT))
        for index, (amount, figure) in enumerate(zip(given_amounts, figures, strict=True))
    ]


@settings(deadline=None)
@given(amounts, shares, rates, tops)
def test_figures_made_with_one_share_and_rate_are_always_explained(
    given_amounts: list[int], share: Fraction, rate: Fraction, top: Fraction
) -> None:
    figures = [((amount - top) * share + top) / rate for amount in given_amounts]

    assert explain(years_of(given_amounts, figures), RATES, top=top, own=top).fits


@settings(deadline=None)
@given(
    amounts,
    st.lists(st.fractions(Fraction(1, 10), Fraction(20), max_denominator=100), min_size=8, max_size=8),
    tops,
)
def test_the_bounds_of_a_refusal_cross_at_every_open_rate(
    given_amounts: list[int], figures: list[Fraction], top: Fraction
) -> None:
    outcome = explain(years_of(given_amounts, figures[: len(given_amounts)]), RATES, top=top, own=top)

    for step in range(11):
        rate = RATES.low + (RATES.high - RATES.low) * step / 10
        crossing = [clash.low.at(rate) > clash.high.at(rate) for clash in outcome.clashes]
        assert any(crossing) is not outcome.fits
        assert outcome.fits or rate not in outcome.rates


@settings(deadline=None)
@given(
    amounts,
    st.lists(st.fractions(Fraction(1, 10), Fraction(20), max_denominator=100), min_size=8, max_size=8),
)
def test_every_rate_that_is_left_has_a_share(given_amounts: list[int], figures: list[Fraction]) -> None:
    years = years_of(given_amounts, figures[: len(given_amounts)])
    outcome = explain(years, RATES, top=Fraction(0), own=Fraction(0))

    if outcome.fits:
        for rate in (outcome.rates.low, outcome.rates.high):
            lows = [year.figure.low * rate / year.amount.high for year in years]
            highs = [year.figure.high * rate / year.amount.low for year in years]
            assert max(lows) <= min(highs)


def test_one_contradicting_year_does_not_spoil_what_the_others_agree_on() -> None:
    found = deepest(
        [
            Interval(Fraction(1), Fraction(3)),
            Interval(Fraction(2), Fraction(4)),
            Interval(Fraction(9), Fraction(9)),
        ]
    )

    assert found == Interval(Fraction(2), Fraction(3))


@settings(deadline=None)
@given(st.fractions(0, 1), st.fractions(0, 1))
def test_the_simplest_number_lies_in_its_interval(low: Fraction, width: Fraction) -> None:
    interval = Interval(low, low + width + Fraction(1, 10**6))

    assert Fraction(simplest(interval)) in interval


def test_a_share_the_years_contradict_is_given_as_coarsely_as_fits_them_all() -> None:
    years = [
        Interval(Fraction("0.1751"), Fraction("0.1772")),
        Interval(Fraction("0.1774"), Fraction("0.1795")),
    ]
    share = inferred_share(years)

    assert all(share.interval.meets(year) for year in years)
    assert share.unit >= Fraction(1, 1000)
