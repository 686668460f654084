"""Clear figures, told apart by patterns, are read as the thorough way reads them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.figure_readings import (
    all_in_plain_notation,
    column_mark,
    in_plain_notation,
    readings_of,
    telling,
)

ungrouped = st.from_regex(r"-?[0-9]{1,5}([.,][0-9]{1,4})?", fullmatch=True)
grouped = st.from_regex(r"-?[1-9][0-9]{0,2}([.,][0-9]{3}){1,2}([.,][0-9]{1,4})?", fullmatch=True)
figures = ungrouped | grouped | st.text("0123456789.,-", max_size=9)
clear = figures.filter(lambda text: text in in_plain_notation([text]))


@given(figures)
def test_a_figure_is_read_as_with_a_space_before_it_that_no_pattern_knows(text: str) -> None:
    bare, spaced = readings_of([text, f" {text}"])
    assert [repr(reading) for reading in bare] == [repr(reading) for reading in spaced]


@given(st.lists(figures | st.sampled_from(("", "Totaal", "€ 3", "1\n2", "12\n"))))
def test_what_is_written_plainly_has_the_value_it_is_read_as(texts: list[str]) -> None:
    plain = in_plain_notation(texts)
    for text, number in plain.items():
        assert [reading.value for reading in readings_of([f" {text}"])[0]] == [Decimal(number)]
    assert set(plain) == {text for text in texts if in_plain_notation([text])}


@given(st.lists(clear | st.sampled_from(("1\n2", "12\n", "€ 3", "1.234", ""))))
def test_texts_are_written_plainly_at_once_as_one_by_one(texts: list[str]) -> None:
    together = all_in_plain_notation(texts)
    assert together is None or together == [in_plain_notation([text])[text] for text in texts]


@pytest.mark.parametrize("texts", [["12,50", "7", "-0,5"], ["1.234,5", "-9.876.543,21"], ["1,234.5"], []])
def test_clear_figures_in_one_notation_are_seen_at_once(texts: list[str]) -> None:
    assert all_in_plain_notation(texts) == list(in_plain_notation(texts).values())


@pytest.mark.parametrize("text", ["1.234", "1,234", "1.23,4", "12.34,5", "€ 3", "1 234", "3-", ""])
def test_a_figure_that_asks_for_more_than_a_pattern_is_not_written_plainly(text: str) -> None:
    assert not in_plain_notation([text])


@given(st.lists(clear), st.lists(figures))
def test_few_clear_figures_tell_the_decimal_mark_of_a_column_as_all_do(
    some: list[str], others: list[str]
) -> None:
    few = telling(some)
    assert len(few) <= 4
    assert column_mark(readings_of([*few, *others])) == column_mark(readings_of([*some, *others]))
