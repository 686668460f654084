"""Formulas that calculate with cells which hold no figure."""

import pytest

from tests.tables.made_grids import Rows, codes, grid


def test_a_formula_that_only_repeats_an_empty_cell_is_found() -> None:
    assert codes(grid([[4, None, 0]], C1="B1")) == [("audit.blank_reference", "C1")]
    assert codes(grid([[4, None, 4]], C1="A1")) == []


def test_copies_that_wait_side_by_side_to_be_filled_in_are_no_finding() -> None:
    waiting: Rows = [[None, None, 3], [0, 0, 3]]
    assert codes(grid(waiting, A2="A1", B2="B1", C2="C1")) == []
    products: Rows = [[None, None, 3], [0, 0, 6]]
    assert codes(grid(products, A2="A1*2", B2="B1*2", C2="C1*2")) == []


def test_one_copy_that_finds_an_empty_cell_where_the_others_find_figures_is_found() -> None:
    rows: Rows = [[1, None, 3], [2, 0, 6]]
    assert codes(grid(rows, A2="A1*2", B2="B1*2", C2="C1*2")) == [("audit.blank_operand", "B2")]


def test_a_text_that_the_formula_sees_to_is_no_finding() -> None:
    assert codes(grid([["n.v.t.", 3, 0]], C1="IF(ISNUMBER(A1),A1*B1,0)")) == []
    assert ("audit.text_operand", "C1") in codes(grid([["n.v.t.", 3, "#VALUE!"]], C1="A1*B1"))


def test_a_defined_name_of_one_letter_is_no_column() -> None:
    assert codes(grid([[1, 2, 3]], C1="SUM(a,b)")) == []


@pytest.mark.parametrize(
    "formula", ["IF(B1=0,0,A1/B1)", 'IF(ISBLANK(B1),"",A1*B1)', "IFERROR(A1/B1,0)", "IFS(B1>0,A1/B1,TRUE,0)"]
)
def test_an_empty_cell_that_the_formula_sees_to_is_no_finding(formula: str) -> None:
    assert codes(grid([[4, None, 0]], C1=formula)) == []


def test_a_test_of_another_cell_sees_to_nothing() -> None:
    assert codes(grid([[4, None, 0]], C1="IF(A1>0,A1*B1,0)")) == [("audit.blank_operand", "C1")]
