"""Lines on both sides of a block that hold the same figures."""

import numpy as np

from hoka_excel.tables.arrays import Places
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.search.equal_lines import totals_across
from hoka_excel.tables.search.lanes import lanes_along
from hoka_excel.tables.search.layouts import Candidate, Layout

TWICE: Cells = [[30, 50, 70], [10, 20, 30], [20, 30, 40], [7, 8, 9], [30, 50, 70], [1, 2, 3], [30, 50, 71]]


def across(cells: Cells, *forms: tuple[int, tuple[int, ...]], only: Places | None = None) -> list[int]:
    lanes = lanes_along(read_figures(cells), by_column=True)
    patterns = [Candidate(total, parts, Layout.ADJACENT) for total, parts in forms]
    found: list[int] = totals_across(lanes, patterns, only).tolist()
    return found


def test_the_nearest_equal_line_on_the_other_side_is_given() -> None:
    assert across(TWICE, (0, (1, 2)), (4, (1, 2))) == [4, 0]


def test_a_line_that_differs_or_lies_too_far_off_is_none() -> None:
    far = [*TWICE[:3], [7, 8, 9], [1, 2, 3], [4, 5, 6], [30, 50, 70]]
    assert across(far, (0, (1, 2)), (6, (1, 2)), (3, (1, 2))) == [-1, 0, -1]


def test_a_total_among_its_parts_has_no_other_side() -> None:
    assert across(TWICE, (4, (2, 5))) == [-1]


def test_only_the_lanes_looked_at_count() -> None:
    assert across(TWICE, (6, (1, 2)), only=np.array([0, 1])) == [0]
    assert across(TWICE, (6, (1, 2))) == [-1]


def test_lines_of_nothing_but_nil_are_not_equal() -> None:
    assert across([[0, 0], [3, 4], [-3, -4], [0, 0]], (0, (1, 2))) == [-1]


def test_no_patterns_have_no_lines() -> None:
    assert across(TWICE) == []
