"""Sums that do not tie, judged together in whole units, are judged as they are one by one."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.search import whole_sums as judging
from hoka_excel.tables.search.cell_lines import Line
from hoka_excel.tables.search.lane_verdicts import judged
from hoka_excel.tables.search.whole_sums import whole_sums

Cell = float | str | None
amounts = st.one_of(
    st.floats(-1000, 1000),
    st.floats(-1e12, 1e12),
    st.integers(-9_999, 9_999).map(lambda cents: cents / 100),
    st.integers(-(10**7), 10**7),
    st.sampled_from((0.5, 2.5, 0.0000000005, 1234.5000000005, 123456789.125, "1,5", "12", None)),
)
columns = st.lists(amounts, min_size=2, max_size=8)


@given(st.lists(columns, min_size=1, max_size=4), st.integers(-30, 30), st.booleans())
@example([[0.25, 0.25, 0.3]], 0, True)
@example([[1.49, 1.49, 1.49]], 0, True)
def test_each_sum_is_judged_as_it_is_alone(lanes: list[list[Cell]], off: int, by_column: bool) -> None:
    height = max(map(len, lanes)) + 1
    rows: list[list[object]] = [[None] * len(lanes) for _ in range(height)]
    for lane, cells in enumerate(lanes):
        for row, cell in enumerate(cells):
            rows[row][lane] = cell
        known = [Fraction(cell) for cell in cells if isinstance(cell, float | int)]
        rows[-1][lane] = round(float(sum(known))) + off / 10
    grid = rows if by_column else [list(line) for line in zip(*rows, strict=True)]
    figures = read_figures(grid)
    asked = []
    for lane in range(len(lanes)):
        filled = [row for row in range(height - 1) if rows[row][lane] is not None]
        asked.append(((height - 1, lane) if by_column else (lane, height - 1), Line(filled, lane, by_column)))
    for (total, line), found in zip(asked, whole_sums(figures, asked), strict=True):
        if found is not None:
            alone = judged(figures, total, line)
            assert found.verdict is alone.verdict
            assert repr(found.judgement()) == repr(alone)


def test_a_sum_with_a_text_among_its_parts_is_left_to_be_judged_alone() -> None:
    figures = read_figures([[1.5, 1.5], ["n.v.t.", 2.5], [2, 4]])
    told, untold = ((2, 1), Line((0, 1), 1, by_column=True)), ((2, 0), Line((0, 1), 0, by_column=True))
    found = whole_sums(figures, [told, untold])
    assert found[0] is not None
    assert found[1] is None


@pytest.mark.parametrize(
    ("parts", "total", "verdict"),
    [
        ((1.2, 1.2), 2, Verdict.ROUNDING),
        ((0.74, 0.73, 0.99), 3, Verdict.DOUBLE_ROUNDING),
        ((5, 5), 11, Verdict.ROUNDING),
        ((5, 5), 12, Verdict.MISMATCH),
        ((5, 5), 10, Verdict.EXACT),
    ],
)
def test_the_verdict_is_that_of_closed_intervals(
    parts: tuple[float, ...], total: int, verdict: Verdict
) -> None:
    figures = read_figures([*([part] for part in parts), [total]])
    (found,) = whole_sums(figures, [((len(parts), 0), Line(range(len(parts)), 0, by_column=True))])
    assert found is not None
    assert found.verdict is verdict


def test_sums_judged_a_few_at_a_time_are_those_judged_together(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = read_figures([[1.25, 3.5, 8], [2.5, 4.25, 9], [4, 8, 16]])
    asked = [((2, lane), Line((0, 1), lane, by_column=True)) for lane in range(3)]
    together = whole_sums(figures, asked)
    monkeypatch.setattr(judging, "_TOGETHER", 1)
    assert whole_sums(figures, asked) == together
    assert None not in together
