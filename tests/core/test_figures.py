"""Figures as printed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.errors import FigureError
from hoka_excel.core.figures import MISSING, Printed, Reason, Unreadable, parse_figures
from hoka_excel.core.messages import number_text


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("€ 148.400", "148400", "1"),
        ("148400", "148400", "1"),
        ("€\u00a01.137.046", "1137046", "1"),
        ("€   400.295", "400295", "1"),
        ("5,30", "5.30", "0.01"),
        ("1.8", "1.8", "0.1"),
        ("0,588", "0.588", "0.001"),
        ("84K", "84000", "1000"),
        ("€ 84K", "84000", "1000"),
        ("€ 1,2 mln", "1200000", "100000"),
        ("€ 1.000,-", "1000", "1"),
        ("7 393 708", "7393708", "1"),
        ("1.234,56", "1234.56", "0.01"),
        ("1,234.56", "1234.56", "0.01"),
        ("€ 1,234", "1234", "1"),
        ("90%", "0.90", "0.01"),
        ("-", "0", "0"),
    ],
)
def test_a_text_is_read_at_the_resolution_of_its_last_digit(text: str, value: str, unit: str) -> None:
    assert Printed.parse(text) == Printed(value, unit)


@pytest.mark.parametrize("text", ["-648", "−648", "(648)", "648-", "€ -648", "- € 648", "(€ 648)"])
def test_minus_signs_before_and_after_and_parentheses_are_negative(text: str) -> None:
    assert Printed.parse(text) == Printed(-648, 1)


@pytest.mark.parametrize(
    "text", ["n.v.t.", "", "1.23.4", "12.34.567", "1,2,3", "5,30 fte", "#REF!", "€", "--"]
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(FigureError, match="geen getal"):
        Printed.parse(text)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "999.999"])
def test_a_text_with_two_readings_is_refused_by_itself(text: str) -> None:
    with pytest.raises(FigureError, match="op twee manieren"):
        Printed.parse(text)
    assert Printed.parse(text, ",").unit != Printed.parse(text, ".").unit


def test_neighbours_with_two_decimals_make_a_thousand_of_an_ambiguous_figure() -> None:
    assert parse_figures(["1.234", "12,50", "€ 3"])[0] == Printed(1234, 1)
    assert parse_figures(["1,234", "12.50"])[0] == Printed(1234, 1)


def test_an_english_column_without_decimals_is_settled_by_its_short_whole_numbers() -> None:
    assert parse_figures(["2,456", "2,218", "-238"]) == [Printed(2456, 1), Printed(2218, 1), Printed(-238, 1)]


@pytest.mark.parametrize(
    "column", [["1.234"], ["1.234", "5.678"], ["1.234", "1,5", "1.5"], ["1.234", "5678"]]
)
def test_a_column_that_does_not_tell_leaves_the_figure_unreadable(column: list[str]) -> None:
    assert parse_figures(column)[0] == Unreadable("1.234", Reason.AMBIGUOUS)


def test_text_and_blanks_in_a_column_are_kept_as_unreadable() -> None:
    assert parse_figures(["pm", " ", "1"]) == [Unreadable("pm", Reason.TEXT), MISSING, Printed(1, 1)]


@given(st.integers(-(10**15), 10**15), st.sampled_from(["nl", "en"]))
def test_money_written_in_either_language_reads_back(cents: int, language: str) -> None:
    amount = Decimal(cents).scaleb(-2)
    text = f"€ {number_text(amount, 'nl' if language == 'nl' else 'en')}"
    assert Printed.parse(text) == Printed(amount, "0.01")


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), "inf"])
def test_a_figure_is_finite(number: float | Decimal | str) -> None:
    with pytest.raises(FigureError, match="geen eindig getal"):
        Printed(number, 1)


def test_a_figure_knows_the_values_it_stands_for() -> None:
    interval = Printed.parse("5,30").interval
    assert (interval.low, interval.high) == (Fraction("5.295"), Fraction("5.305"))
    assert Printed(1, 0).interval.low == Printed(1, 0).interval.high


def test_digits_beyond_the_resolution_are_noticed() -> None:
    assert Printed("446608.5", 1).has_excess_digits
    assert not Printed("446608", 1).has_excess_digits
    assert not Printed("446608.5", 0).has_excess_digits
