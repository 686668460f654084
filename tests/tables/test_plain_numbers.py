"""Plain numbers are read as rows come in: in which pieces these come makes no difference."""

from datetime import date
from itertools import pairwise
from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import figures_of
from hoka_excel.tables.grid import Grid, with_errors
from hoka_excel.tables.plain_numbers import PlainNumbers

contents = st.sampled_from((3, 0.5, -2.25, "", None, "Lonen", "12", True, date(2024, 1, 1)))
grids = st.lists(st.lists(contents, max_size=4), max_size=40)


def told(numbers: PlainNumbers) -> object:
    value, odd, others = numbers.arrays()
    return [[None if isnan(one) else one for one in row] for row in value.tolist()], odd.tolist(), others


def is_plain(content: object) -> bool:
    return isinstance(content, int | float) and not isinstance(content, bool)


@given(grids)
def test_a_plain_number_is_read_and_anything_else_noted_column_by_column(cells: list[list[object]]) -> None:
    width = max(map(len, cells), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in cells]
    other = [[not is_plain(one) and one not in ("", None) for one in row] for row in full]
    noted = {
        column: [row[column] for row, flags in zip(full, other, strict=True) if flags[column]]
        for column in range(width)
    }
    assert told(PlainNumbers(cells)) == (
        [[one if is_plain(one) else None for one in row] for row in full],
        other,
        {column: found for column, found in noted.items() if found},
    )


@given(grids, st.lists(st.integers(0, 40), max_size=5))
def test_rows_may_come_in_any_pieces(cells: list[list[object]], cuts: list[int]) -> None:
    in_pieces = PlainNumbers()
    ends = [0, *sorted(cuts), len(cells)]
    for first, past in pairwise(ends):
        in_pieces.take(cells[first:past])
    assert told(in_pieces) == told(PlainNumbers(cells))


@pytest.mark.parametrize("height", [600, 1_500])
def test_long_grids_are_read_whole(height: int) -> None:
    cells = [[row, "" if row % 7 else f"kop {row}"] for row in range(height)]
    value, odd, others = PlainNumbers(cells).arrays()
    assert value[:, 0].tolist() == list(range(height))
    assert odd[:, 1].tolist() == [row % 7 == 0 for row in range(height)]
    assert others == {1: [f"kop {row}" for row in range(0, height, 7)]}


def test_numbers_that_were_read_of_other_cells_are_not_those_of_a_grid() -> None:
    numbers = PlainNumbers([[1], [2]])
    assert figures_of(Grid("Blad", numbers.rows, numbers=numbers)).value.tolist() == [[1], [2]]
    assert figures_of(Grid("Blad", [[3], [2]], numbers=numbers)).value.tolist() == [[3], [2]]
    changed = with_errors(numbers.rows, {(0, 0): "#N/A", (2, 1): "#REF!"})
    assert figures_of(Grid("Blad", changed, numbers=numbers)).text.sum() == 2
    assert numbers.rows == [[1], [2]]


def test_what_has_been_read_can_be_asked_for_again() -> None:
    numbers = PlainNumbers([[1, "a"], [2.5, ""]])
    value, _, _ = numbers.arrays()
    value[:] = 0
    assert told(numbers) == ([[1.0, None], [2.5, None]], [[False, True], [False, False]], {1: ["a"]})
