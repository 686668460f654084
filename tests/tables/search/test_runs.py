"""Runs of places beside a total: leaving out early what can come to nothing changes nothing."""

from bisect import bisect_left
from collections import Counter
from itertools import product, takewhile
from math import inf
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoka_excel.tables.arrays import Flags, Floats
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grains import grains
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.search import lane_runs, long_runs, lookups, runs, sum_steps
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.lanes import Lanes, lanes_along
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.running_sums import RunningSums
from hoka_excel.tables.search.runs import runs_beside, views_of

amounts = st.one_of(st.none(), st.integers(-9, 30), st.sampled_from((0.5, 120, 1200, 12.25, 4_000_000)))
FEW = (0, 1 << 10)
tables = st.lists(st.tuples(amounts, amounts, amounts), min_size=3, max_size=12)


def candidates(cells: Cells, layout: Layout) -> list[Candidate]:
    lanes = lanes_along(read_figures(cells), by_column=True)
    everything = View(np.arange(len(cells)), lanes.known, np.arange(lanes.value.shape[1]))
    return list(runs_beside(lanes, everything, layout))


def anything(running: RunningSums, *, near: bool) -> Floats:
    return np.full_like(running.stated, np.inf)


@pytest.mark.parametrize("layout", [Layout.ADJACENT, Layout.NEAR])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=tables)
def test_no_run_is_missed_that_is_found_by_weighing_all(layout: Layout, cells: Cells) -> None:
    quick = candidates(cells, layout)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RunningSums, "room_at_most", anything)
        assert candidates(cells, layout) == quick


@pytest.mark.parametrize("layout", [Layout.ADJACENT, Layout.NEAR])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=tables)
def test_runs_weighed_a_few_at_a_time_are_those_weighed_together(layout: Layout, cells: Cells) -> None:
    together = candidates(cells, layout)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookups, "_TOGETHER", 5)
        assert candidates(cells, layout) == together


@given(cells=tables, near=st.booleans())
def test_a_run_promises_the_bits_of_the_lanes_in_which_it_ties(cells: Cells, *, near: bool) -> None:
    lanes = lanes_along(read_figures(cells), by_column=True)
    promised = {
        (one.total, one.parts): one.promise
        for one in candidates(cells, Layout.NEAR if near else Layout.ADJACENT)
    }
    filled = [row for row in range(len(cells)) if lanes.known[row].any()]
    for total in filled:
        at = filled.index(total)
        before = [tuple(filled[first:at]) for first in range(at - 1)]
        after = [tuple(filled[at + 1 : past]) for past in range(at + 3, len(filled) + 1)]
        for parts in (*before, *after):
            full = fit(lanes, total, parts, near=near).full
            bits = float(full[full > 0].sum())
            if bits > 3.0 and lanes.value[total].any():
                assert promised.pop((total, parts)) == pytest.approx(bits)
    assert not promised


@pytest.mark.parametrize("layout", [Layout.ADJACENT, Layout.NEAR])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=tables,
    strides=st.lists(st.integers(1, 3), min_size=1, max_size=3),
    closed=st.sets(st.integers(0, 11)),
)
def test_groups_seen_together_propose_what_each_proposes(
    layout: Layout, cells: Cells, strides: list[int], closed: set[int]
) -> None:
    lanes = lanes_along(read_figures(cells), by_column=True)
    groups = [np.arange(offset, len(cells), stride) for stride in strides for offset in range(stride)]
    sample, open_ = np.arange(lanes.value.shape[1]), lanes.known.copy()
    open_[[place for place in closed if place < len(cells)]] = False
    alone = [run for group in groups for run in runs_beside(lanes, View(group, open_, sample), layout)]
    for together in (1, 10, 100):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(runs, "_MOST_TOGETHER", together)
            views = list(views_of(groups, open_, sample))
        assert [run for view in views for run in runs_beside(lanes, view, layout)] == alone


@pytest.mark.parametrize("layout", [Layout.ADJACENT, Layout.NEAR])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=tables, closed=st.sets(st.integers(0, 11)), few=st.integers(2, 6))
def test_what_is_not_looked_for_since_no_total_is_as_large_is_not_there(
    layout: Layout, cells: Cells, closed: set[int], few: int
) -> None:
    lanes = lanes_along(read_figures(cells), by_column=True)
    open_ = lanes.known.copy()
    open_[[place for place in closed if place < len(cells)]] = False
    view = View(np.arange(len(cells)), open_, np.arange(lanes.value.shape[1]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_FEW_OPEN", few)
        some_left_out = list(runs_beside(lanes, view, layout))
        patch.setattr(runs, "_FEW_OPEN", -1)
        assert list(runs_beside(lanes, view, layout)) == some_left_out


@given(cells=tables)
def test_runs_of_two_layouts_asked_for_together_are_those_of_each(cells: Cells) -> None:
    lanes = lanes_along(read_figures(cells), by_column=True)
    view = View(np.arange(len(cells)), lanes.known, np.arange(lanes.value.shape[1]))
    both = list(runs_beside(lanes, view, Layout.SAME_LABEL, Layout.NEAR_LABEL))
    for layout in (Layout.SAME_LABEL, Layout.NEAR_LABEL):
        assert [run for run in both if run.layout is layout] == list(runs_beside(lanes, view, layout))


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=30), st.integers(0, 5))
def test_a_total_in_a_long_table_is_looked_up(parts: list[int], between: int) -> None:
    filler = [[7 * 10**9 + 13 * line, 11 * 10**9 + 17 * line] for line in range(between)]
    block = [[part, 3 * part + 1] for part in parts]
    cells = [*filler, *block, [sum(column) for column in zip(*block, strict=True)]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        found = candidates(cells, Layout.ADJACENT)
    wanted = tuple(range(between, len(cells) - 1))
    assert (len(cells) - 1, wanted) in [(candidate.total, candidate.parts) for candidate in found]


def test_a_running_sum_that_comes_back_to_the_same_amount_gives_the_shortest_run() -> None:
    cells = [[100, 200], [5, 9], [-5, -9], [40, 80], [60, 120], [100, 200]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        found = candidates(cells, Layout.ADJACENT)
    assert (5, (3, 4)) in [(candidate.total, candidate.parts) for candidate in found]


@given(st.lists(st.tuples(amounts, amounts), min_size=3, max_size=30), st.sampled_from((1, 1e-3, 1e50)))
def test_buckets_that_hold_sums_far_apart_change_nothing(
    rows: list[tuple[float | None, ...]], scale: float
) -> None:
    cells = [[None if amount is None else amount * scale for amount in row] for row in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        together = candidates(cells, Layout.ADJACENT)
        patch.setattr(sum_steps, "_MOST_MARKS", 2)
        assert candidates(cells, Layout.ADJACENT) == together
        patch.setattr(lane_runs, "_FEW_SOUGHT", 0)
        assert candidates(cells, Layout.ADJACENT) == together


@given(tables)
def test_in_a_long_table_lanes_looked_at_together_give_what_each_gives(cells: Cells) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        together = candidates(cells, Layout.ADJACENT)
        patch.setattr(long_runs, "_TOGETHER", 1)
        assert candidates(cells, Layout.ADJACENT) == together


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=20), st.integers(0, 2))
def test_the_grain_is_the_largest_power_of_ten_that_divides(whole: list[int], decimals: int) -> None:
    unit = 10.0**-decimals
    found = grains(np.array(whole) * unit, np.full(len(whole), unit))
    for number, grain in zip(whole, found.tolist(), strict=True):
        assert (grain == inf) == (number == 0)
        units = round(grain / unit) if number else 10**7
        assert number % units == 0
        assert units == 10**7 or number % (units * 10)


Run = tuple[int, ...]


def shortest_runs(lanes: Lanes, open_: Flags) -> set[tuple[int, Run]]:
    """Try every run of two open places of whole numbers, in every lane: the shortest for each sum one off.

    Of the runs that are the shortest in any lane each lane takes the one that gives as much in most lanes.
    """
    size, width = lanes.value.shape
    opens = [place for place in range(size) if open_[place].any()]
    alike: list[tuple[int, list[Run]]] = []
    for lane in range(width):
        part = np.where(open_, lanes.value, 0)[:, lane].tolist()
        for total in np.flatnonzero(lanes.value[:, lane]).tolist():
            before, after = opens[: bisect_left(opens, total)][::-1], opens[bisect_left(opens, total + 1) :]
            for beside, off in product((before, after), (-1, 0, 1)):
                if same := as_much(beside, part, lanes.value[total, lane] + off):
                    alike.append((total, same))
    shortest = {(total, same[0]) for total, same in alike}
    lanes_of = Counter((total, run) for total, same in alike for run in same)
    return {
        (total, max((run for run in same if (total, run) in shortest), key=lambda run: lanes_of[total, run]))
        for total, same in alike
    }


def as_much(beside: list[int], part: list[float], amount: float) -> list[Run]:
    """Give the shortest run from a total on of an amount, and the longer ones by blanks alone."""
    lengths = [
        length for length in range(2, len(beside) + 1) if sum(part[at] for at in beside[:length]) == amount
    ]
    blanks = takewhile(lambda length: not part[beside[length - 1]], lengths[1:])
    return [tuple(sorted(beside[:length])) for length in (*lengths[:1], *blanks)]


whole = st.lists(st.tuples(*[st.integers(0, 9) | st.integers(-4, 30)] * 2), min_size=3, max_size=14)


@given(whole, st.sets(st.tuples(st.integers(0, 13), st.integers(0, 1)), max_size=28), st.sampled_from(FEW))
def test_in_a_long_table_the_shortest_run_is_found_for_every_total(
    cells: list[tuple[int, int]], closed: set[tuple[int, int]], few: int
) -> None:
    lanes = lanes_along(read_figures(cells), by_column=True)
    open_ = lanes.known.copy()
    for place, lane in closed:
        open_[place : place + 1, lane] = False
    everything = View(np.arange(len(cells)), open_, np.arange(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        patch.setattr(lane_runs, "_FEW_SOUGHT", few)
        found = runs_beside(lanes, everything, Layout.ADJACENT)
        assert {(one.total, one.parts) for one in found} == shortest_runs(lanes, open_)


half_blank = st.lists(st.booleans(), min_size=4, max_size=4).filter(any)


@given(st.lists(half_blank, min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_in_a_long_table_lanes_agree_on_the_parts_of_a_total_whatever_is_blank(
    filled: list[list[bool]], chance: Random
) -> None:
    block = [[chance.randint(10**6, 10**9) if some else None for some in line] for line in filled]
    total = [sum(amount or 0 for amount in column) for column in zip(*block, strict=True)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        found = candidates([*block, total], Layout.ADJACENT)
    runs_to_total = [(run.parts, run.promise) for run in found if run.total == len(block)]
    assert runs_to_total == [(tuple(range(len(block))), sum(map(bool, total)))]


few_open = st.lists(st.sampled_from((False, False, False, True)), min_size=14, max_size=14)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), min_size=6, max_size=14), few_open)
def test_in_a_long_table_the_shortest_run_is_found_where_most_places_are_closed(
    cells: list[tuple[int, int]], is_open: list[bool]
) -> None:
    lanes = lanes_along(read_figures(cells), by_column=True)
    open_ = lanes.known & np.array(is_open)[: len(cells), np.newaxis]
    everything = View(np.arange(len(cells)), open_, np.arange(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        found = runs_beside(lanes, everything, Layout.ADJACENT)
        assert {(one.total, one.parts) for one in found} == shortest_runs(lanes, open_)


@given(tables)
def test_in_a_long_table_each_lane_counts_once_for_a_run(cells: Cells) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        assert all(one.promise <= len(cells[0]) for one in candidates(cells, Layout.ADJACENT))


@given(tables)
def test_in_a_long_table_no_more_runs_are_named_than_are_tried_and_those_of_most_lanes(cells: Cells) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "MOST_WEIGHED", 0)
        different: dict[tuple[int, tuple[int, ...]], Candidate] = {}
        for run in candidates(cells, Layout.ADJACENT):
            different.setdefault((run.total, run.parts), run)
        patch.setattr("hoka_excel.tables.search.lanes.LEAST_TRIED", 2)
        found = candidates(cells, Layout.ADJACENT)
    wanted = sorted(different.values(), key=lambda run: -run.promise)[:2]
    assert len(found) == len(wanted)
    assert {(run.total, run.parts) for run in found} == {(run.total, run.parts) for run in wanted}
