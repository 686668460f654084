"""What formulas declare to add up, and what holds whatever figures are typed."""

from hoka_excel.tables.grid import Grid, Spot
from tests.declared_sums import stated_sums
from tests.random_figures import RandomFigures


def sheet(cells: list[list[object]], formulas: dict[Spot, str], name: str = "Blad") -> Grid:
    return Grid(name, cells, formulas)


def test_a_sum_states_the_figures_in_its_range_and_passes_over_blanks_and_texts() -> None:
    grid = sheet([[1], [None], ["-"], [2], [3]], {(4, 0): "SUM(A1:A4)"})
    assert stated_sums(grid) == {((4, 0), frozenset({(0, 0), (3, 0)}))}


def test_a_chain_of_plus_states_a_sum() -> None:
    assert stated_sums(sheet([[1, 2, 3]], {(0, 2): "+A1+B1"})) == {((0, 2), frozenset({(0, 0), (0, 1)}))}


def test_a_difference_states_the_sum_it_was_taken_from() -> None:
    assert stated_sums(sheet([[5, 2, 3]], {(0, 2): "A1-B1"})) == {((0, 0), frozenset({(0, 1), (0, 2)}))}


def test_a_subtotal_passes_over_subtotals() -> None:
    cells: list[list[object]] = [[1], [2], [3], [4], [7]]
    formulas = {(2, 0): "SUBTOTAL(9,A1:A2)", (4, 0): "SUBTOTAL(9,A1:A4)"}
    assert ((4, 0), frozenset({(0, 0), (1, 0), (3, 0)})) in stated_sums(sheet(cells, formulas))


def test_what_is_calculated_in_another_way_or_stored_wrongly_states_nothing() -> None:
    cells: list[list[object]] = [[1], [2], [3], [9]]
    formulas = {(2, 0): "SUM(A1:A2)*1", (3, 0): "SUM(A1:A2)"}
    assert stated_sums(sheet(cells, formulas)) == set()


def test_a_total_of_subtotals_holds_as_the_sum_of_their_parts_too() -> None:
    cells: list[list[object]] = [[1], [2], [3], [4], [7]]
    figures = RandomFigures([sheet(cells, {(2, 0): "A1+A2", (4, 0): "A3+A4"})])
    assert figures.holds("Blad", ((4, 0), frozenset({(0, 0), (1, 0), (3, 0)})))


def test_a_coincidence_of_typed_figures_does_not_hold() -> None:
    figures = RandomFigures([sheet([[1], [2], [3], [6]], {(3, 0): "SUM(A1:A3)"})])
    assert not figures.holds("Blad", ((2, 0), frozenset({(0, 0), (1, 0)})))


def test_a_rate_times_a_total_is_the_total_of_the_products() -> None:
    cells: list[list[object]] = [[0.21, None], [10, 2.1], [20, 4.2], [30, 6.3]]
    formulas = {(3, 0): "SUM(A2:A3)", **{(row, 1): f"ROUND(A{row + 1}*$A$1,2)" for row in (1, 2, 3)}}
    figures = RandomFigures([sheet(cells, formulas)])
    assert figures.holds("Blad", ((3, 1), frozenset({(1, 1), (2, 1)})))


def test_a_summary_that_repeats_another_sheet_adds_up_as_that_does() -> None:
    other = sheet([[1], [2], [3]], {(2, 0): "SUM(A1:A2)"}, "Bron")
    summary = sheet([[1, 2, 3]], {(0, 0): "Bron!A1", (0, 1): "BRON!A2", (0, 2): "'bron'!A3"})
    figures = RandomFigures([other, summary])
    assert figures.holds("Blad", ((0, 2), frozenset({(0, 0), (0, 1)})))


def test_formulas_in_a_circle_and_unknown_functions_are_figures_of_their_own() -> None:
    figures = RandomFigures([sheet([[1], [1], [2]], {(0, 0): "A2+A3", (1, 0): "A1", (2, 0): "MAX(A1:A2)"})])
    assert not figures.is_followed("Blad", (2, 0))
    assert not figures.holds("Blad", ((2, 0), frozenset({(0, 0)})))
