"""What is proposed again is what would be proposed anew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.labels import row_label
from hoka_excel.tables.search.anywhere import all_but_one, runs_anywhere
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


@given(st.lists(st.sets(st.integers(1, 5)), min_size=2))
def test_what_lies_anywhere_is_proposed_for_the_figures_that_are_open_now(closed: list[set[int]]) -> None:
    asked = proposals(CELLS)
    for places in closed:
        open_ = asked.lanes.known.copy()
        open_[list(places)] = False
        view = View(asked.places, open_, asked.few)
        assert asked.apart(open_) == list(runs_anywhere(asked.lanes, view, Layout.RUN))
        assert asked.all_but_one(open_, places) == list(all_but_one(asked.lanes, view, places))


@given(st.sets(st.integers(0, 40), min_size=3))
def test_every_second_third_and_so_on_is_four_places_or_more(filled: set[int]) -> None:
    cells: Cells = [[3 + row if row in filled else None] for row in range(41)]
    places = sorted(filled)
    assert [group.tolist() for group in proposals([["", *row] for row in cells]).strided] == [
        chosen
        for stride in range(2, 13)
        for offset in range(stride)
        if len(chosen := [place for place in places if place % stride == offset]) >= 4
    ]


def test_places_of_one_kind_are_seen_apart_where_others_lie_in_between() -> None:
    first, last = [["a", 2001], ["b", 1.5]], [["d", 3.75]]
    assert not proposals([*first, ["c", 2.25], *last]).kinds
    assert [group.tolist() for group in proposals([*first, ["c", 7], *last]).kinds] == [[0, 2], [1, 3]]


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
