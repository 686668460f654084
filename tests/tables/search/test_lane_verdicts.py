"""Sums judged together and one by one."""

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.search.lane_verdicts import exact_lanes, judged
from hoka_excel.tables.search.layouts import Layout, Pattern

Cells = list[list[object]]

cents = st.one_of(
    st.none(), st.integers(-(10**6), 10**6).map(lambda amount: amount / 100), st.integers(-9, 9)
)


def pattern(total: int, parts: tuple[int, ...]) -> Pattern:
    return Pattern(total, parts, Layout.ADJACENT, ((0, 0),), 0.0)


def told(judgement: Judgement) -> tuple[object, ...]:
    return judgement.verdict, judgement.stated, judgement.expected, judgement.difference, judgement.tolerance


@given(st.lists(st.tuples(cents, cents, cents), min_size=3, max_size=6), st.booleans())
def test_lanes_that_tie_are_judged_together_as_they_are_alone(
    rows: list[tuple[float | None, ...]], by_column: bool
) -> None:
    parts = tuple(range(len(rows)))
    sums = [round(sum(row[lane] or 0 for row in rows), 2) for lane in range(3)]
    cells: list[list[object]] = [[*row] for row in rows]
    cells += [[sums[0], sums[1], sums[2] + 1]]
    grid = cells if by_column else [list(line) for line in zip(*cells, strict=True)]
    figures = read_figures(grid)
    every, some = exact_lanes(
        figures, [pattern(len(rows), parts), pattern(len(rows), parts[:2])], by_column=by_column
    )
    for ties, places in ((every, parts), (some, parts[:2])):
        for lane in ties.lanes:
            spots = [(place, lane) if by_column else (lane, place) for place in (len(rows), *places)]
            filled = [spot for spot in spots[1:] if grid[spot[0]][spot[1]] is not None]
            assert told(ties.judgement(lane)) == told(judged(figures, spots[0], filled))
    assert {0, 1} <= set(every.lanes)
    assert 2 not in every.lanes


def test_amounts_too_large_to_add_up_as_whole_numbers_are_not_judged_together() -> None:
    large = 2**52
    block: Cells = [[large, 1], [-large, 1]]
    figures = read_figures([*(block * 512), [0, 1024]])
    assert figures.whole is not None
    (ties,) = exact_lanes(figures, [pattern(1024, tuple(range(1024)))], by_column=True)
    assert ties.lanes == {}


def test_a_lane_that_ties_is_exact() -> None:
    (ties,) = exact_lanes(read_figures([[1, 2], [3, 4], [4, 7]]), [pattern(2, (0, 1))], by_column=True)
    assert list(ties.lanes) == [0]
    assert ties.judgement(0).verdict is Verdict.EXACT
