"""Looking up finds what comparing every figure with everything sought finds."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoka_excel.tables.figures import Floats
from hoka_excel.tables.search import lookups
from hoka_excel.tables.search.lookups import agreeing, looked_up

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
        found = [find for finds in looked_up(given, wanted, np.full_like(wanted, room)) for find in finds.T]
    assert sorted(map(tuple, found)) == [
        (row, place, lane)
        for row in range(len(wanted))
        for place in range(len(given))
        for lane in range(LANES)
        if abs(given[place, lane] - wanted[row, lane]) <= room
    ]
    assert [row for row, _, _ in found] == sorted(row for row, _, _ in found)


@given(figures=lines, sought=lines, own=st.lists(lines, min_size=1), enough=st.integers(1, LANES))
def test_what_agrees_does_so_in_enough_lanes(
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
    assert [*zip(*agreeing(given, own_room, wanted, room, least), strict=True)] == [
        (*pair, count) for pair, count in hits.items() if count >= enough
    ]


def test_nothing_is_near_what_is_missing() -> None:
    figures, sought = np.array([[np.inf], [1.0]]), np.array([[np.nan]])
    assert not list(looked_up(figures, sought, np.array([[9.0]])))
