"""Extremes of runs are those that looking at every figure gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.search.extremes import Extremes

figures = st.lists(st.tuples(*[st.integers(-99, 99)] * 3), min_size=1, max_size=40)


@pytest.mark.parametrize("extreme", [np.minimum, np.maximum])
@given(figures=figures)
def test_every_run_has_the_extreme_of_its_figures(extreme: np.ufunc, figures: list[tuple[int, ...]]) -> None:
    values = np.array(figures, dtype=np.float64)
    low, past = np.triu_indices(len(values))
    lane = (low + past) % 3
    found = Extremes(values, extreme).between(low, past + 1, lane)
    sought = [extreme.reduce(values[a : b + 1, c]) for a, b, c in zip(low, past, lane, strict=True)]
    assert found.tolist() == sought
