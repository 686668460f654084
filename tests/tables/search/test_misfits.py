"""Labelled totals where figures alone prove little."""

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict

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


def mismatches(cells: Cells) -> set[tuple[int, int]]:
    return {one.total for one in find_sums(cells) if one.verdict is Verdict.MISMATCH}


def test_a_total_of_a_single_figure_is_right() -> None:
    figures = [28_000, None, None, 28_000, 738_000, None, None, None, 738_000]
    figures += [671_000, 313_000, None, 122_000, 435_000, None, None, 0, 1_106_000]
    names = ["a", "b", "c", "A", "d", "e", "f", "g", "D", "h", "i", "j", "k", "I", "l", "m", "L", "H"]
    assert (
        mismatches([[f"Post {name}", figure] for name, figure in zip(names, figures, strict=True)]) == set()
    )


def test_a_total_that_repeats_one_of_the_lines_beside_it_is_wrong() -> None:
    cells: Cells = [["", "2021", "2022"], ["reizen", 17_730, 4_180], ["lonen", 64_100, 30_500]]
    assert mismatches([*cells, ["Totaal personeel", 64_100, 30_500]]) == {(3, 1), (3, 2)}


def test_a_heading_of_years_is_not_added_to_a_single_figure() -> None:
    cells: Cells = [["Omschrijving", "2019", "2020", "2022"]]
    cells += [["een", None, None, 509_490.54], ["twee", 53_122.39, 432_010.23, None]]
    cells += [["samen", 53_122.39, 432_010.23, 509_490.54], ["drie", 1_204_023.68, 790_468.98, 889_169.43]]
    cells += [["vier", None, 228_078.52, None], ["vijf", None, 348_684.06, 804_215.7]]
    cells += [["zes", None, 804_865.37, None], ["bij elkaar", 0, 1_381_627.95, 804_215.7]]
    cells += [["zeven", 250_880.41, 688_055.12, 61_513.92]]
    assert mismatches([*cells, ["Totaal", 1_508_026.48, 3_292_162.28, 2_264_389.59]]) == set()
