"""What the words beside a figure say to a reader."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.footings import check_grid
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.labels import column_heading, row_heading, row_label, row_labels
from hoka_excel.tables.sheet_checks import check_grids
from tests.tables.made_grids import Rows, grid

BESIDE: Rows = [
    ["Lasten", 2023, None, "Baten", 2024],
    ["lonen", 1201, None, "rijk", 900],
    ["huur", 330, None, "EU", 120],
    ["Totaal lasten", 1531, None, "Totaal baten", 1020],
    ["rest", 8, None, None, 7],
]


def test_a_row_is_named_by_the_table_that_the_cell_lies_in() -> None:
    assert [(f.place.cell, f.label) for f in check_grid(Grid("Blad", BESIDE))] == [
        ("B4", "Totaal lasten"),
        ("E4", "Totaal baten"),
    ]


def test_a_row_without_words_in_its_own_table_is_named_by_the_first_words() -> None:
    assert row_heading(read_figures(BESIDE), (4, 4)).written == "rest"


def test_words_after_an_empty_column_of_mostly_figures_are_no_name() -> None:
    rows: Rows = [["a", None, 1, None, "n.v.t.", 4], ["b", None, 2, None, 5, 6], ["c", None, 3, None, 7, 8]]
    assert row_heading(read_figures(rows), (0, 5)).written == "a"


def test_a_total_typed_in_the_table_beside_is_found() -> None:
    found = check_grids([grid(BESIDE, B4="SUM(B2:B3)")]).checks
    assert [f.place.cell for f in found if f.message.code == "audit.typed_total"] == ["E4"]


def test_an_error_value_names_nothing() -> None:
    figures = read_figures([["#N/A", "#REF!"], ["#DIV/0!", 4], ["lonen", 5]])
    assert row_heading(figures, (1, 1)).written == ""
    assert row_heading(figures, (2, 1)).written == "lonen"
    assert column_heading(figures, 1) != "#REF!"


contents = st.sampled_from(("Lonen", " 1.2 huur", "#N/A", "12", "-", "", None, 3.5, True, date(2024, 1, 1)))


@given(st.lists(st.lists(contents, max_size=4), max_size=8))
def test_the_labels_of_all_rows_are_those_of_each(rows: Rows) -> None:
    figures = read_figures(rows)
    assert row_labels(figures) == [row_label(figures, row) for row in range(len(rows))]
