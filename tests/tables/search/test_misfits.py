"""Labelled totals where figures alone prove little."""

from hoka_excel import find_sums

Cells = list[list[object]]


def found_in(cells: Cells) -> dict[tuple[int, int], list[tuple[int, int]]]:
    return {one.total: one.parts for one in find_sums(cells)}


def test_a_dash_below_dashes_is_no_sum() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    cells += [["a", "1201", "-", "71"], ["b", "2440", "-", "96"], ["Totaal", "3641", "-", "167"]]
    assert set(found_in(cells)) == {(3, 1), (3, 3)}


def test_a_nil_below_nils_is_a_sum() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    cells += [["a", "1201", "0", "71"], ["b", "2440", "0", "96"], ["Totaal", "3641", "0", "167"]]
    assert set(found_in(cells)) == {(3, 1), (3, 2), (3, 3)}


def test_what_is_withheld_explains_a_labelled_total_that_is_off() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    cells += [["a", "1201", "330", "71"], ["b", ".", ".", "."], ["c", "2440", "512", "96"]]
    cells.append(["Totaal", "4441", "1042", "191"])
    assert found_in(cells) == {}


def test_a_labelled_total_of_another_size_than_its_block_in_most_lanes_is_of_something_else() -> None:
    cells: Cells = [["", "2021", "2022", "2023", "2024"]]
    cells += [["a", 1201, 330, 71, 515], ["b", 2440, 512, 96, 644], ["Totaal", 3999, 5871, 9403, 8116]]
    assert found_in(cells) == {}


def test_a_labelled_total_that_is_off_where_most_are_of_its_size_is_told() -> None:
    cells: Cells = [["", "2021", "2022", "2023", "2024"]]
    cells += [["a", 1201, 330, 71, 515], ["b", 2440, 512, 96, 644], ["Totaal", 3999, 871, 203, 8116]]
    assert set(found_in(cells)) == {(3, 1), (3, 2), (3, 3)}
