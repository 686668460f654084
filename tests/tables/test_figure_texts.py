"""Choosing among the texts of a grid: every cell that holds a chosen text is listed, figures never."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import errors_among
from hoka_excel.tables.labels import Label, total_names

contents = st.sampled_from(
    ("Totaal", "#N/A", "Lonen", "12", " ", "", "-", None, True, 3, 0.5, date(2024, 1, 1))
)
grids = st.lists(st.lists(contents, max_size=4), max_size=8)


@given(grids)
def test_the_errors_listed_are_the_cells_that_hold_one_column_by_column(cells: list[list[object]]) -> None:
    expected = [
        (row, column, "#N/A")
        for column in range(4)
        for row, line in enumerate(cells)
        if column < len(line) and line[column] == "#N/A"
    ]
    assert list(read_figures(cells).texts(errors_among)) == expected


def test_a_text_that_is_a_figure_in_its_column_is_not_listed() -> None:
    figures = read_figures([["12", "Lonen"], [3, "12 stuks"]])
    assert list(figures.texts(frozenset)) == [(0, 1, "Lonen"), (1, 1, "12 stuks")]


@given(st.lists(st.text() | st.sampled_from(("Totaal", "1.2 - SUBTOTAL", "som", "totale", "Resultaat"))))
def test_the_names_of_totals_are_the_labels_of_plain_totals(words: list[str]) -> None:
    assert total_names(frozenset(words)) == {one for one in words if Label(one).is_plain_total}
