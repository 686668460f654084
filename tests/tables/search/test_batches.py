"""Patterns that are taken together."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.search.batches import batches, side_by_side, strung

forms = st.lists(st.lists(st.integers(0, 60), min_size=1, max_size=6, unique=True).map(sorted), min_size=1)


@given(st.lists(st.integers(1, 5)), st.integers(0, 1 << 15))
def test_every_pattern_is_in_one_batch_with_others_of_its_size(sizes: list[int], width: int) -> None:
    cuts = list(batches(sizes, width))
    assert sorted(index for cut in cuts for index in cut) == list(range(len(sizes)))
    for cut in cuts:
        assert len({sizes[index] for index in cut}) == 1
        assert len(cut) == 1 or len(cut) * sizes[cut[0]] * width <= 1 << 16


@given(forms)
def test_strung_places_are_cut_again_where_each_pattern_starts(patterns: list[list[int]]) -> None:
    places, starts = strung(patterns)
    assert [cut.tolist() for cut in np.split(places, starts[1:])] == patterns


@given(st.integers(1, 4), st.data())
def test_places_side_by_side_are_columns_whether_they_are_runs_or_not(size: int, data: st.DataObject) -> None:
    runs = st.integers(0, 50).map(lambda first: list(range(first, first + size)))
    scattered = st.lists(st.integers(0, 60), min_size=size, max_size=size, unique=True).map(sorted)
    patterns = data.draw(st.lists(st.one_of(runs, scattered), min_size=1, max_size=5))
    assert side_by_side(patterns).T.tolist() == patterns
