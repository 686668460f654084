"""Figures written as text, column by column."""

from math import isnan

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.figures import Printed, parse_figures
from hoka_excel.tables.written_figures import numbers_in

odd = ("12,50", "1.234", "2,345", "1.234,5", "7", "-850", "€ 1.000", "3-", "84K", "-", "", " ", "Totaal")
plain = st.from_regex(r"-?[1-9][0-9]{0,4}([.,][0-9]{1,4})?", fullmatch=True)
texts = st.lists(st.sampled_from(odd) | plain, unique=True)


@given(texts)
def test_a_column_is_read_as_the_figures_of_a_column_are(column: list[str]) -> None:
    numbers, exact = numbers_in(column, None)
    for text, figure in zip(column, parse_figures(column), strict=True):
        if isinstance(figure, Printed):
            assert numbers[text] == float(figure.value)
            assert (exact[text] if text in exact else Printed.parse(text).value) == figure.value
        else:
            assert text not in numbers or (not text.strip() and isnan(numbers[text]))


@given(texts)
def test_a_code_is_no_number_and_tells_nothing_of_its_column(column: list[str]) -> None:
    numbers, exact = numbers_in(column, None)
    assert numbers_in([*column, "0123", "007,5"], None)[1] == exact
    assert not {"0123", "007,5"} & numbers_in([*column, "0123", "007,5"], None)[0].keys()
    assert set(exact) <= set(numbers)
