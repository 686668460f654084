"""Weighing patterns together and one by one."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.search import tallies as weighing
from hoka_excel.tables.search.lanes import Lanes, lanes_along
from hoka_excel.tables.search.layouts import Candidate, Layout
from hoka_excel.tables.search.tallies import Tally, tallies

amounts = st.one_of(st.none(), st.integers(-9, 900), st.sampled_from((0, 12.5, 1200)))
layouts = (Layout.ADJACENT, Layout.SAME_LABEL, Layout.NEAR, Layout.PAIR)


def weighed(lanes: Lanes, candidates: list[Candidate], alive: list[int] | None = None) -> list[Tally]:
    width = lanes.value.shape[1]
    return tallies(lanes, candidates, np.arange(width), np.isin(np.arange(width), alive or []))


def table(cells: Cells, *, by_column: bool = True) -> Lanes:
    return lanes_along(read_figures(cells), by_column=by_column)


@given(
    st.lists(st.tuples(*[amounts] * 5), min_size=6, max_size=12),
    st.lists(st.integers(0, 4)),
    st.integers(0),
    st.booleans(),
)
def test_patterns_weighed_together_come_to_what_they_do_alone(
    rows: list[tuple[object, ...]], alive: list[int], seed: int, by_column: bool
) -> None:
    cells = [*rows, [sum(row[lane] or 0 for row in rows[:3]) for lane in range(5)], [None] * 5]  # type: ignore[misc]
    cells += [list(row) for row in rows]
    chance, lanes = random.Random(seed), table(cells, by_column=by_column)  # noqa: S311 - not for secrets
    candidates = [Candidate(len(rows), (0, 1, 2), Layout.ADJACENT)] if by_column else []
    for _ in range(20):
        total, *parts = chance.sample(range(len(lanes.value)), chance.randint(3, min(5, len(lanes.value))))
        candidates.append(Candidate(total, tuple(sorted(parts)), chance.choice(layouts)))
    together = weighed(lanes, candidates, alive)
    assert together == [weighed(table(cells, by_column=by_column), [one], alive)[0] for one in candidates]


def test_a_pattern_holds_from_its_first_lane_to_its_last_and_in_nil_lanes_beside_them() -> None:
    cells = [
        [0, 1201, 3344, 5071, 77],
        [0, 4417, 8806, 2219, 31],
        [0, 5618, 12150, 7290, 500],
    ]
    (tally,) = weighed(table(cells), [Candidate(2, (0, 1), Layout.ADJACENT)])
    assert tally.runs == ((0, 3),)
    assert tally.missed == 0
    assert tally.bits > 0


def test_a_pattern_that_holds_in_too_few_lanes_holds_nowhere() -> None:
    cells = [[1201, 77, 12, 45], [4417, 31, 9, 88], [5618, 500, 400, 300]]
    assert weighed(table(cells), [Candidate(2, (0, 1), Layout.SAME_LABEL)]) == [Tally(fails=True)]


def test_lanes_in_which_nothing_is_known_to_tie_do_not_speak_against_a_pattern() -> None:
    cells = [[1201, 77, 12, 45], [4417, 31, 9, 88], [5618, 500, 400, 300]]
    (tally,) = weighed(table(cells), [Candidate(2, (0, 1), Layout.SAME_LABEL)], alive=[0])
    assert tally.runs == ((0, 0),)


def test_where_there_are_many_lanes_a_pattern_that_fails_in_the_sample_is_not_tried_in_all() -> None:
    lines = weighing._MANY_LANES + 1
    cells = [[row + 1201, 3 * row + 17, 4 * row + 1218] for row in range(lines)]
    lanes, alive = table(cells, by_column=False), np.zeros(lines, dtype=bool)
    wanted, other = (Candidate(total, parts, Layout.PAIR) for total, parts in ((2, (0, 1)), (0, (1, 2))))
    found, none = tallies(lanes, [wanted, other], np.arange(40), alive)
    assert found.runs == ((0, lines - 1),)
    assert none == Tally()
    assert (other.total, other.parts, False) not in lanes.fits
