"""Looking up finds what comparing every figure with everything sought finds."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoka_excel.tables.arrays import Floats
from hoka_excel.tables.search import lookups
from hoka_excel.tables.search.lookups import Sought, agreeing, looked_up

LANES = 3
lines = st.lists(st.tuples(*[st.sampled_from((-7.0, 0.0, 1.0, 2.0, 2.5, 9.0))] * LANES), max_size=12)


def table(rows: list[tuple[float, ...]]) -> Floats:
    return np.array(rows).reshape(-1, LANES)


@pytest.mark.parametrize("together", [1, 4, 1 << 16])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=lines, sought=lines, room=st.sampled_from((0.0, 0.4, 1.2, np.inf)))
def test_every_figure_within_room_is_found_once(
    together: int, figures: list[tuple[float, ...]], sought: list[tuple[float, ...]], room: float
) -> None:
    given, wanted = table(figures), table(sought)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookups, "_TOGETHER", together)
        lane, row = np.divmod(np.arange(wanted.size), max(1, len(wanted)))
        target = wanted[row, lane]
        all_sought = Sought(row, lane, target - room, target + room)
        found = [find for finds in looked_up(given, all_sought) for find in zip(*finds, strict=True)]
    assert sorted(map(tuple, found)) == [
        (row, place, lane)
        for row in range(len(wanted))
        for place in range(len(given))
        for lane in range(LANES)
        if abs(given[place, lane] - wanted[row, lane]) <= room
    ]
    assert [row for row, _, _ in found] == sorted(row for row, _, _ in found)


@pytest.mark.parametrize("few", [0, 1 << 14])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=lines, sought=lines, own=st.lists(lines, min_size=1), enough=st.integers(1, LANES))
def test_what_agrees_does_so_in_enough_lanes(
    few: int,
    figures: list[tuple[float, ...]],
    sought: list[tuple[float, ...]],
    own: list[list[tuple[float, ...]]],
    enough: int,
) -> None:
    given, wanted = table(figures), table(sought)
    own_room = np.abs(np.resize(np.concatenate([table(rows) for rows in own]).ravel(), given.shape))
    room, least = np.full_like(wanted, 0.5), np.full(len(wanted), float(enough))
    hits = {
        (row, place): int((np.abs(given[place] - wanted[row]) <= 0.5 + own_room[place]).sum())
        for row in range(len(wanted))
        for place in range(len(given))
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookups, "_FEW_COMPARED", few)
        found = [*zip(*agreeing(given, own_room, wanted, room, least), strict=True)]
    assert found == [(*pair, count) for pair, count in hits.items() if count >= enough]


@pytest.mark.parametrize("few", [0, 1 << 14])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from((np.inf, 1.0)), min_size=1, max_size=3))
def test_nothing_agrees_with_what_is_missing(few: int, figures: list[float]) -> None:
    given, missing = np.array(figures)[:, np.newaxis], np.array([[np.nan]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookups, "_FEW_COMPARED", few)
        rows, places, lanes = agreeing(given, np.ones_like(given), missing, np.array([[9.0]]), np.ones(1))
    assert len(rows) == len(places) == len(lanes) == 0
