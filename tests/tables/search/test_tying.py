"""Totals that say they are totals and of which one part alone is filled."""

from hoka_excel import find_sums

Cells = list[list[object]]


def found_in(cells: Cells) -> dict[tuple[int, int], list[tuple[int, int]]]:
    return {one.total: one.parts for one in find_sums(cells)}


def test_the_total_of_a_chapter_with_one_section_repeats_that_of_the_section() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    cells += [["a", 1201, 330, 71], ["b", 2440, 512, 96], ["Subtotaal zorg", 3641, 842, 167]]
    cells += [["", None, None, None], ["Totaal hoofdstuk 1", 3641, 842, 167], ["", None, None, None]]
    cells += [["c", 507, 98, 33], ["d", 618, 245, 41], ["Subtotaal wonen", 1125, 343, 74]]
    found = found_in(cells)
    assert found[3, 1] == [(1, 1), (2, 1)]
    assert found[5, 1] == [(3, 1)]


def test_a_form_of_which_a_column_waits_to_be_filled_in_has_its_total_already() -> None:
    cells: Cells = [["", "toets a", "toets b", "Totaal toetsen", "lab", "eindtoets", "Totaal lab"]]
    for number, (a, b, lab) in enumerate(((12, 31, 317), (25, 17, 271), (29, 33, 705), (14, 26, 665))):
        cells.append([f"n{number}", a, b, a + b, lab, None, lab])
    found = found_in(cells)
    assert found[1, 3] == [(1, 1), (1, 2)]
    assert found[1, 6] == [(1, 4)]


def test_a_parent_of_which_one_child_is_filled_stands_in_for_it_where_other_parents_add_up() -> None:
    cells: Cells = [["", "2021", "2022", "2023"]]
    cells += [["1 Zorg", 3641, 842, 167], ["1.1 a", 1201, 330, 71], ["1.2 b", 2440, 512, 96]]
    cells += [["2 Wonen", 507, 98, 33], ["2.1 c", 507, 98, 33], ["2.2 d", None, None, None]]
    cells += [["Totaal", 4148, 940, 200]]
    found = found_in(cells)
    assert found[4, 2] == [(5, 2)]
    assert found[7, 2] == [(1, 2), (4, 2)]


def test_a_parent_that_repeats_its_only_child_is_no_sum_where_no_parent_adds_up() -> None:
    cells: Cells = [["", "2021", "2022"], ["1 Zorg", 507, 98], ["1.1 a", 507, 98], ["2 Wonen", 33, 71]]
    assert not found_in(cells)
