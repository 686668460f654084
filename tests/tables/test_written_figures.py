"""Figures written as text, column by column."""

from collections.abc import Iterator
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.figures import Printed, parse_figures
from hoka_excel.tables import written_figures
from hoka_excel.tables.written_figures import numbers_in

odd = ("12,50", "1.234", "2,345", "1.234,5", "7", "-850", "€ 1.000", "3-", "84K", "-", "", " ", "Totaal")
plain = st.from_regex(r"-?[1-9][0-9]{0,4}([.,][0-9]{1,4})?", fullmatch=True)
texts = st.lists(st.sampled_from(odd) | plain)


@pytest.fixture(params=[1, 2, 1024], autouse=True, scope="module")
def _read_together(request: pytest.FixtureRequest) -> Iterator[None]:
    """Read so many texts at once where all are clear."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(written_figures, "_TOGETHER", request.param)
        yield


@given(texts)
def test_a_column_is_read_as_the_figures_of_a_column_are(column: list[str]) -> None:
    value, words, exact = numbers_in(column, None)
    read = zip(column, value, words, parse_figures(column), strict=True)
    for text, number, is_word, figure in read:
        if isinstance(figure, Printed):
            assert number == float(figure.value)
            assert not is_word
            assert (exact[text] if text in exact else Printed.parse(text).value) == figure.value
        else:
            assert isnan(number)
            assert is_word == bool(text.strip())


@given(texts, st.sampled_from(("0123", "007,5")))
def test_a_code_is_no_number_and_tells_nothing_of_its_column(column: list[str], code: str) -> None:
    numbers = numbers_in(column, None)
    coded = numbers_in([*column, code], None)
    assert coded.value[:-1].tolist() == pytest.approx(numbers.value.tolist(), abs=0, rel=0, nan_ok=True)
    assert isnan(coded.value[-1])
    assert coded.words.tolist() == [*numbers.words, True]
    assert coded.exact == numbers.exact
