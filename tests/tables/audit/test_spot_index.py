"""Cells kept by column, found by area."""

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.audit.spot_index import SpotIndex
from hoka_excel.tables.grid import Spot
from hoka_excel.tables.references import Area

LAST_ROW, LAST_COLUMN = 1_048_575, 16_383
rows = st.integers(0, 4) | st.sampled_from((LAST_ROW - 1, LAST_ROW))
columns = st.integers(0, 4) | st.just(LAST_COLUMN)
cells = st.lists(st.tuples(rows, columns), max_size=12, unique=True)
areas = st.tuples(rows, columns, rows, columns)


@given(cells, areas)
def test_the_cells_in_an_area_are_given_column_by_column(spots: list[Spot], area: Area) -> None:
    first_row, first_column, last_row, last_column = area
    expected = [
        (row, column)
        for column, row in sorted((column, row) for row, column in spots)
        if first_row <= row <= last_row and first_column <= column <= last_column
    ]
    assert SpotIndex.of(spots).within(area) == expected


@given(cells, st.lists(areas, max_size=8))
def test_areas_that_hold_a_cell_are_those_in_which_one_is_found(spots: list[Spot], asked: list[Area]) -> None:
    index = SpotIndex.of(spots)
    assert index.hold(asked) == [bool(index.within(area)) for area in asked]
