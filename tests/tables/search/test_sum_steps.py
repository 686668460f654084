"""Sums that are near something sought are never passed over, however few marks there are."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoka_excel.tables.arrays import Floats
from hoka_excel.tables.search import sum_steps
from hoka_excel.tables.search.sum_steps import Steps, meeting

amounts = st.floats(-1e6, 1e6) | st.integers(-20, 20).map(float) | st.sampled_from((1e15, -1e40, 1e60))
lines = st.lists(st.lists(amounts, min_size=2, max_size=2), min_size=1, max_size=12)


def met(sums: Floats, sought: Floats, most_off: float) -> tuple[list[int], list[int]]:
    """Look up amounts among sums, both lanes by places."""
    largest = np.maximum(np.abs(sums).max(axis=1), np.abs(sought).max(axis=1))
    steps = Steps(np.full(len(sums), most_off), largest)
    counts, many = np.full(len(sums), sums.shape[1]), np.full(len(sums), sought.shape[1])
    kept, found = meeting(steps.of_sums(sums.ravel(), counts), steps.of_amounts(sought.ravel(), many))
    return kept.tolist(), found.tolist()


@pytest.mark.parametrize("most_marks", [2, 1 << 20])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines, lines, st.sampled_from((1e-9, 0.01, 1.0)), st.floats(-1, 1))
def test_all_that_are_near_are_kept(
    most_marks: int, sums: list[list[float]], others: list[list[float]], most_off: float, off: float
) -> None:
    held = np.array(sums).T
    sought = np.concatenate((held + off * most_off, np.array(others).T), axis=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sum_steps, "_MOST_MARKS", most_marks)
        kept, found = met(held, sought, most_off)
    near = [
        (lane * held.shape[1] + place, lane * sought.shape[1] + other)
        for lane in range(2)
        for place in range(held.shape[1])
        for other in range(sought.shape[1])
        if abs(held[lane, place] - sought[lane, other]) <= most_off
    ]
    assert {place for place, _ in near} <= set(kept)
    assert {other for _, other in near} <= set(found)


def test_what_is_far_from_every_sum_is_passed_over() -> None:
    held = np.arange(1000.0)[np.newaxis] * 100
    assert met(held, held + 50, 1.0) == ([], [])


def test_equal_amounts_of_other_lanes_do_not_meet() -> None:
    held = np.array([[100.0, 200.0], [300.0, 400.0]])
    assert met(held, held[::-1].copy(), 1.0) == ([], [])


def test_amounts_in_several_rows_of_lanes_are_looked_up_in_their_lane() -> None:
    steps, held = Steps(np.array([1.0, 1.0]), np.array([400.0, 400.0])), np.array([100.0, 300.0])
    sought, counts = np.array([300.0, 100.0, 300.0]), np.array([[0, 1], [1, 1]])
    kept, found = meeting(steps.of_sums(held, np.array([1, 1])), steps.of_amounts(sought, counts))
    assert (kept.tolist(), found.tolist()) == ([0, 1], [0, 1, 2])
