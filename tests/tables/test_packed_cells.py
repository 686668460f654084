"""Cells are kept column by column: in which pieces they come, packed or not, makes no difference."""

from datetime import date
from itertools import pairwise
from math import isnan, nan
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import figures_of
from hoka_excel.tables.grid import Grid, with_errors
from hoka_excel.tables.packed_cells import PackedCells, packed_cells

contents = st.sampled_from((3, 0.5, -2.25, "", None, "Lonen", "12", True, date(2024, 1, 1)))
grids = st.lists(st.lists(contents, max_size=4), max_size=40)
numbers = st.one_of(st.just(""), st.floats(allow_nan=False))


def told(cells: PackedCells) -> object:
    value, _, odd, others = cells.numbers()
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
    assert told(packed_cells(cells)) == (
        [[one if is_plain(one) else None for one in row] for row in full],
        other,
        {column: found for column, found in noted.items() if found},
    )


@given(grids, st.lists(st.integers(0, 40), max_size=5))
def test_cells_may_come_in_any_pieces(cells: list[list[object]], cuts: list[int]) -> None:
    width = max(map(len, cells), default=0)
    full = [(*row, *[""] * (width - len(row))) for row in cells]
    in_pieces = PackedCells()
    for first, past in pairwise([0, *sorted(cuts), len(full)]):
        in_pieces.take(len(full[first:past]), zip(*full[first:past], strict=True))
    assert [*in_pieces] == [tuple(row) for row in in_pieces[:]] == full
    assert (len(in_pieces), in_pieces.width) == (len(full), width)
    assert told(in_pieces) == told(packed_cells(full))


@given(st.lists(numbers, min_size=1, max_size=20))
def test_packed_numbers_are_those_that_come_one_by_one(column: list[float | str]) -> None:
    packed, plain = PackedCells(), PackedCells()
    packed.take(len(column), [pack(f"{len(column)}d", *(nan if one == "" else one for one in column))])
    plain.take(len(column), [column])
    assert told(packed) == told(plain)
    assert [*packed] == [*plain] == [(one,) for one in column]
    assert [row[0] for row in packed] == [row[-1] for row in plain[:]] == column
    assert [row[:] for row in packed[:]] == [[one] for one in column]


@pytest.mark.parametrize("height", [600, 1_500])
def test_long_grids_are_read_whole(height: int) -> None:
    cells = [[row, "" if row % 7 else f"kop {row}"] for row in range(height)]
    value, _, odd, others = packed_cells(cells).numbers()
    assert value[:, 0].tolist() == list(range(height))
    assert odd[:, 1].tolist() == [row % 7 == 0 for row in range(height)]
    assert others == {1: [f"kop {row}" for row in range(0, height, 7)]}


def test_a_row_beyond_the_last_or_before_the_first_is_none() -> None:
    cells = packed_cells([[1], [2]])
    assert cells[-1][0] == 2
    for row in (2, -3):
        with pytest.raises(IndexError):
            cells[row]


def test_the_figures_of_cells_that_errors_were_put_among_are_read_anew() -> None:
    cells = packed_cells([[1], [2]])
    changed = with_errors(cells, {(0, 0): "#N/A", (2, 1): "#REF!"})
    assert figures_of(Grid("Blad", changed)).text.sum() == 2
    assert figures_of(Grid("Blad", cells)).value.tolist() == [[1], [2]]


def test_what_has_been_read_can_be_asked_for_again() -> None:
    cells = packed_cells([[1, "a"], [2.5, ""]])
    value, *_ = cells.numbers()
    value[:] = 0
    assert told(cells) == ([[1.0, None], [2.5, None]], [[False, True], [False, False]], {1: ["a"]})
