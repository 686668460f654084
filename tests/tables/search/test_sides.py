"""The sides of totals: comparing all far ends meets those that looking them up meets."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.search import sides
from hoka_excel.tables.search.lanes import lanes_along
from hoka_excel.tables.search.layouts import View
from hoka_excel.tables.search.running_sums import RunningSums
from hoka_excel.tables.search.sides import Sides

amounts = st.one_of(st.none(), st.integers(-9, 30), st.sampled_from((0.5, 120, 1200, 12.25, 4_000_000)))
tables = st.lists(st.tuples(amounts, amounts, amounts), min_size=4, max_size=12)


def met(cells: Cells, breaks: list[int], *, near: bool) -> set[tuple[int, int, int]]:
    lanes = lanes_along(read_figures(cells), by_column=True)
    view = View(np.arange(len(cells)), lanes.known, np.arange(lanes.value.shape[1]), breaks)
    ends = np.arange(len(cells) + len(breaks) + 1)
    found = Sides(RunningSums(lanes, view), ends, near=near).met()
    return {meeting for finds in found for meeting in zip(*(of.tolist() for of in finds), strict=True)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=tables, breaks=st.sets(st.integers(1, 3)), near=st.booleans())
def test_all_that_is_looked_up_is_met_when_all_is_compared(
    cells: Cells, breaks: set[int], *, near: bool
) -> None:
    compared = met(cells, sorted(breaks), near=near)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sides, "_FEW_COMPARED", 0)
        assert met(cells, sorted(breaks), near=near) <= compared


@pytest.mark.parametrize("few", [0, sides._FEW_COMPARED])
def test_the_parts_before_and_after_a_total_are_met(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "_FEW_COMPARED", few)
    assert met([[100], [210], [310], [7000]], [], near=False) == {(4, 0, 0)}
    assert met([[7000], [600], [100], [210], [290]], [], near=False) == {(3, 5, 0)}


@pytest.mark.parametrize("few", [0, sides._FEW_COMPARED])
def test_no_parts_are_met_in_another_group(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "_FEW_COMPARED", few)
    assert not met([[100], [210], [310], [7000]], [1], near=False)


def test_a_total_of_nil_tells_something_only_where_parts_may_be_below_nil() -> None:
    parts, rest = [[0, 100], [0, 210]], [[0, 310], [7000, 9000]]
    assert met([*parts, *rest], [], near=False) == {(4, 0, 1)}
    parts = [[500, 100], [-500, 210]]
    assert met([*parts, *rest], [], near=False) == {(4, 0, 0), (4, 0, 1)}
