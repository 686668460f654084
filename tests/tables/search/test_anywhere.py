"""Parts apart from their total: those that trying every choice of parts finds, and no others."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.search.anywhere import all_but_one, pairs, runs_anywhere
from hoka_excel.tables.search.lanes import Lanes, lanes_along
from hoka_excel.tables.search.layouts import Candidate, Layout, View

amounts = st.one_of(st.none(), st.integers(-9, 30), st.sampled_from((120, 1200, 4_000_000)))
tables = st.lists(st.tuples(amounts, amounts, amounts), min_size=3, max_size=9)


def seen(cells: Cells) -> tuple[Lanes, View]:
    lanes = lanes_along(read_figures(cells), by_column=True)
    filled = np.flatnonzero(lanes.known.any(axis=1))
    return lanes, View(filled, lanes.known, np.arange(lanes.value.shape[1]))


def tying(lanes: Lanes, total: int, parts: tuple[int, ...]) -> int:
    """Count the lanes in which whole numbers, two or more of them not nil, add up but for rounding."""
    value = lanes.value[list(parts)]
    off = np.abs(value.sum(axis=0) - lanes.value[total])
    room = ((value != 0).sum(axis=0) + 1) / 2
    return int(((off <= room) & lanes.known[total] & ((value != 0).sum(axis=0) > 1)).sum())


def wanted(lanes: Lanes, total: int) -> float:
    there = int((lanes.value[total] != 0).sum())
    return max(1, min(2, there), 0.3 * there) if there else np.inf


def promised(found: list[Candidate]) -> list[tuple[int, tuple[int, ...], float]]:
    return sorted((one.total, one.parts, one.promise) for one in found)


@given(tables)
def test_a_run_may_be_anywhere_but_around_its_total(cells: Cells) -> None:
    lanes, view = seen(cells)
    places = view.places.tolist()
    runs = [
        tuple(places[low : last + 1]) for low in range(len(places)) for last in range(low + 1, len(places))
    ]
    assert promised([*runs_anywhere(lanes, view, Layout.RUN)]) == sorted(
        (total, run, float(tying(lanes, total, run)))
        for total in places
        for run in runs
        if total not in run and tying(lanes, total, run) >= wanted(lanes, total)
    )


def test_the_pairs_of_most_promise_are_proposed_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoka_excel.tables.search.lanes.LEAST_TRIED", 0)
    lanes, view = seen([[1, 1, 100 + 10 * row] for row in range(16)])
    found = list(pairs(lanes, view.places, view.sample))
    assert len(found) == lanes.most_tried + 2 * 16**2
    assert {one.promise for one in found} == {2, 3}
    in_every_lane = {(11, 0, 1), (15, 0, 5)}
    assert in_every_lane < {(one.total, *one.parts) for one in found}


@given(tables)
def test_any_two_places_may_be_the_parts_of_any_third(cells: Cells) -> None:
    lanes, view = seen(cells)
    places = view.places.tolist()
    assert promised([*pairs(lanes, view.places, view.sample)]) == sorted(
        (total, pair, float(tying(lanes, total, pair)))
        for total in places
        for pair in combinations(places, 2)
        if total not in pair and tying(lanes, total, pair) >= wanted(lanes, total)
    )


def test_the_longest_runs_are_left_out_first() -> None:
    block = [[7 * row + 1000, row * row + 5000] for row in range(30)]
    all_of_it, two_of_it = ([sum(lane) for lane in zip(*part, strict=True)] for part in (block, block[3:5]))
    lanes, view = seen([*block, all_of_it, two_of_it])
    long, short = tuple(range(30)), (3, 4)
    found = {one.parts for one in runs_anywhere(lanes, view, Layout.RUN)}
    assert {long, short} <= found
    few = {one.parts for one in runs_anywhere(lanes, view, Layout.RUN, 2 * len(view.places))}
    assert few == {parts for parts in found if len(parts) <= 2}


@given(st.lists(st.tuples(*[st.integers(100, 10**6)] * 3), min_size=4, max_size=12), st.data())
def test_one_place_of_a_run_beside_a_total_may_not_count(
    block: list[tuple[int, ...]], data: st.DataObject
) -> None:
    stray = data.draw(st.integers(0, len(block) - 1))
    kept = [line for index, line in enumerate(block) if index != stray]
    cells = [*block, tuple(sum(lane) for lane in zip(*kept, strict=True))]
    lanes, view = seen(cells)
    total = len(block)
    parts = tuple(place for place in range(total) if place != stray)
    found = {(one.total, one.parts) for one in all_but_one(lanes, view, [total])}
    assert (total, parts) in found
    assert {one for one, _ in found} == {total}
