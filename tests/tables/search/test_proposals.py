"""What is proposed again is what would be proposed anew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.labels import row_label
from hoka_excel.tables.search.lanes import lanes_along
from hoka_excel.tables.search.layouts import Layout, View
from hoka_excel.tables.search.proposals import Proposals
from hoka_excel.tables.search.runs import runs_beside

CELLS: Cells = [
    ["", "een", "twee"],
    ["a", 1201, 330],
    ["b", 2440, 512],
    ["Totaal", 3641, 842],
    ["c", 507, 98],
    ["d", 3134, 744],
]


def proposals(cells: Cells) -> Proposals:
    figures = read_figures(cells)
    lanes = lanes_along(figures, by_column=True)
    return Proposals(lanes, lambda place: row_label(figures, place), np.arange(1, lanes.value.shape[1]))


@given(st.lists(st.sets(st.integers(1, 5)), min_size=2))
def test_closing_places_changes_what_is_proposed_as_it_does_the_first_time(closed: list[set[int]]) -> None:
    asked = proposals(CELLS)
    for places in closed:
        open_ = asked.lanes.known.copy()
        open_[list(places)] = False
        view = View(asked.places, open_, asked.sample)
        anew = list(runs_beside(asked.lanes, view, Layout.ADJACENT))
        assert asked.beside([asked.places], open_, Layout.ADJACENT) == anew


def test_a_place_closed_in_the_table_itself_is_noticed() -> None:
    asked = proposals(CELLS)
    open_ = asked.lanes.known.copy()
    before = {(one.total, one.parts) for one in asked.beside([asked.places], open_, Layout.ADJACENT)}
    open_[[1, 2]] = False
    after = {(one.total, one.parts) for one in asked.beside([asked.places], open_, Layout.ADJACENT)}
    assert before - after == {(3, (1, 2))}
    assert (3, (4, 5)) in after


def test_runs_of_used_places_are_only_proposed_close_to_their_total() -> None:
    far = [[f"regel {row}", 10**6 + 7919 * row, 10**6 + 104729 * row] for row in range(6)]
    asked = proposals([*CELLS[:3], *far, CELLS[3]])
    assert (9, (1, 2)) not in {(one.total, one.parts) for one in asked.runs_nearby}
    assert (3, (1, 2)) in {(one.total, one.parts) for one in proposals(CELLS).runs_nearby}
