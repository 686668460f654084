"""The lines of a grid: the decimals of their numbers, and which hold anything."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hoka_excel.tables.amounts import decimals
from hoka_excel.tables.arrays import some
from hoka_excel.tables.figures import read_figures

numbers = st.integers(-(10**7), 10**7).map(float) | st.sampled_from((0.5, 0.25, 1.005, 1 / 3, np.nan))


@example([(1, 9)])
@given(st.lists(st.tuples(st.integers(-(10**5), 10**5), st.integers(0, 9)), min_size=1))
def test_the_decimals_of_a_number_are_those_it_is_written_with(written: list[tuple[int, int]]) -> None:
    exact = [Decimal(digits).scaleb(-places) for digits, places in written]
    expected = [max(0, -int(number.normalize().as_tuple().exponent)) for number in exact]
    assert decimals(np.array([[*map(float, exact)]])).tolist() == [expected]


@given(st.lists(numbers, min_size=1, max_size=40))
def test_the_decimals_of_a_number_do_not_depend_on_what_stands_beside_it(values: list[float]) -> None:
    together = decimals(np.array(values))
    assert together.tolist() == [decimals(np.array([value]))[0] for value in values]


@pytest.mark.parametrize("width", [0, 1, 3, 40])
@given(st.data())
def test_a_line_holds_something_where_any_flag_is_true(width: int, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(st.booleans(), min_size=width, max_size=width), max_size=4))
    flags = np.array(rows, dtype=bool).reshape(len(rows), width)
    assert some(flags, axis=1).tolist() == [any(row) for row in rows]
    assert some(flags, axis=0).tolist() == [any(column) for column in flags.T.tolist()]


def test_a_cell_is_as_fine_as_the_coarser_of_its_row_and_its_column() -> None:
    figures = read_figures([[1, 2.5], [3, 4.25]])
    assert figures.unit.tolist() == [[1.0, 0.1], [1.0, 0.01]]
