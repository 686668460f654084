"""Cells of one row or column: what they are for a reader, and in which order they stand."""

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.findings import Listed, Place
from hoka_excel.tables.search.cell_lines import Line, NamedCells

lines = st.builds(
    Line, st.lists(st.integers(0, 3), max_size=4).map(tuple), st.integers(0, 3), by_column=st.booleans()
)


@given(lines, lines)
def test_lines_are_in_order_as_their_cells_are(one: Line, other: Line) -> None:
    assert (one < other) == (list(one) < list(other))


@given(lines, st.integers(-4, 4), st.integers(-4, 4))
def test_a_line_and_its_names_are_cut_like_lists(line: Line, first: int, past: int) -> None:
    names = NamedCells("Blad", line)
    assert line[first:past] == list(line)[first:past]
    assert list(names[first:past]) == list(names)[first:past]
    assert [names[index] for index in range(len(names))] == list(names)


def test_cells_are_named_by_sheet_and_address_row_or_column() -> None:
    column = NamedCells("Thema 2", Line((3, 4), 4, by_column=True))
    row = NamedCells("Thema 2", Line((3, 4), 4, by_column=False))
    assert str(Listed(column)) == "Thema 2!E4, Thema 2!E5"
    assert str(Listed(row)) == "Thema 2!D5, Thema 2!E5"
    assert row.those(lambda spot: spot[1] == 4) == [Place("Thema 2", "E5")]
