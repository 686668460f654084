"""How proposed sums are put right by the habits of their table."""

import random

import pytest

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict

Cells = list[list[object]]


def parts_of(cells: Cells, column: int = 1) -> dict[int, list[int]]:
    """Rows of the parts by row of the total, in one column."""
    return {
        one.total[0]: [row for row, _ in one.parts]
        for one in find_sums(cells)
        if one.total[1] == column and {at for _, at in one.parts} <= {column}
    }


def costs_and_funding(blocks: int) -> Cells:
    """Costs added up, and the same amount split by who pays it, block after block."""
    chance = random.Random(7)  # noqa: S311 - not for secrets
    cells: Cells = [["", "een", "twee", "drie"]]
    for _ in range(blocks):
        build, run, own = ([chance.randint(1_000, 4_999) for _ in range(3)] for _ in range(3))
        cost = [a + b for a, b in zip(build, run, strict=True)]
        rest = [a - b for a, b in zip(cost, own, strict=True)]
        cells += [["bouw", *build], ["beheer", *run], ["Subtotaal kosten", *cost]]
        cells += [["eigen", *own], ["rijk", *rest], ["Subtotaal dekking", *cost], ["", None, None, None]]
    return cells


def test_of_two_equal_lines_the_total_is_the_one_where_the_table_puts_its_totals() -> None:
    found = parts_of(costs_and_funding(6))
    for top in range(1, 37, 7):
        assert found[top + 2] == [top, top + 1]
        assert found[top + 5] == [top + 3, top + 4]


def test_where_totals_come_first_an_equal_line_below_the_parts_is_not_their_total() -> None:
    chance = random.Random(9)  # noqa: S311 - not for secrets
    cells: Cells = [["", "een", "twee", "drie", "vier"]]
    for name in ("wonen", "werken", "leren"):
        left, right = ([chance.randint(1_000, 4_999) for _ in range(4)] for _ in range(2))
        cells += [[name, *(a + b for a, b in zip(left, right, strict=True))]]
        cells += [[f"{name} stad", *left], [f"{name} land", *right]]
    pass_, none, near = ([chance.randint(1_000, 4_999) for _ in range(4)] for _ in range(3))
    born = [a + b for a, b in zip(pass_, none, strict=True)]
    far = [a - b for a, b in zip(born, near, strict=True)]
    cells += [["elders geboren", *born], ["pas gekomen", 317, 455, 291, 388], ["met pas", *pass_]]
    cells += [["zonder pas", *none], ["naar herkomst", *born], ["dichtbij", *near], ["ver weg", *far]]
    found = parts_of(cells)
    assert found[10] == [12, 13]
    assert found[14] == [15, 16]


def test_a_line_of_small_decimals_in_a_block_of_whole_numbers_is_a_part() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    cells += [["Weg", 50_646, 60_047, 55_298], ["Spoor", 13_934, 23_465, 24_179]]
    cells += [["Leiding", "0", "0.3", "0.2"], ["Overig", 116, 162, 130], ["Totaal", 64_696, 83_674, 79_607]]
    assert parts_of(cells)[5] == [1, 2, 3, 4]


def test_a_line_of_shares_in_a_block_of_whole_numbers_is_no_part() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    cells += [["Omzet", 50_646, 60_047, 55_298], ["Dienst", 13_934, 23_465, 24_179]]
    cells += [["Dienst %", "0.28", "0.39", "0.44"], ["Overig", 116, 162, 130]]
    cells += [["Totaal", 64_696, 83_674, 79_607]]
    assert parts_of(cells)[5] == [1, 2, 4]


def test_of_results_before_and_after_exceptional_items_the_part_is_the_one_that_always_fits() -> None:
    before = (5672, 4546, 6125, 2449, 6528, 7055, 3127, 4831)
    exceptional = (0, 0, 0, -353, 0, 0, 499, 0)
    staff = (3289, 2070, 3996, 1777, 2946, 2120, 4244, 2310)
    rent = (3002, 4011, 4105, 5230, 3117, 3301, 4188, 5092)
    costs = [a + b for a, b in zip(staff, rent, strict=True)]
    cells: Cells = [["", *(f"jaar {year}" for year in "abcdefgh")]]
    cells.append(["Baten", *(a + b for a, b in zip(before, costs, strict=True))])
    cells += [["Loon", *staff], ["Huur", *rent], ["Lasten", *costs], ["Resultaat", *before]]
    cells += [["Boekwinst", *(max(0, one) for one in exceptional)]]
    cells += [["Boekverlies", *(min(0, one) for one in exceptional)]]
    cells.append(["Nettoresultaat", *(a + b for a, b in zip(before, exceptional, strict=True))])
    assert parts_of(cells) == {1: [4, 5], 4: [2, 3], 8: [5, 6, 7]}


# In the second year a single line of the second block is filled: its total repeats it, and so proves nothing.
ONE_LINE_FILLED: Cells = [
    ["Wonen", 1_520_518, 1_782_510, 1_920_518],
    ["Huur", 0, 1_576_798, 255_662],
    ["sociaal", None, 564_629, None],
    ["vrij", None, 514_214, None],
    ["studenten", None, 478_359, None],
    ["overig", None, 19_596, 255_662],
    ["Onderhoud", 1_102_720, 205_712, 1_103_828],
    ["daken", 253_796, None, None],
    ["gevels", 848_924, None, 837_816],
    ["liften", None, None, 266_012],
    ["tuinen", None, 205_712, None],
    ["Beheer", 417_798, 0, 561_028],
]


@pytest.mark.parametrize("cells", [ONE_LINE_FILLED, ONE_LINE_FILLED[::-1]], ids=["first", "last"])
def test_the_line_that_its_own_total_repeats_is_not_added_up_twice(cells: Cells) -> None:
    assert [one for one in find_sums(cells) if one.verdict is not Verdict.EXACT] == []
    whole = cells.index(ONE_LINE_FILLED[0])
    added = sorted(cells.index(ONE_LINE_FILLED[line]) for line in (1, 6, 11))
    assert [parts_of(cells, column)[whole] for column in (1, 2, 3)] == [added] * 3


def test_a_line_of_one_year_that_nothing_repeats_is_missing_from_the_total() -> None:
    cells: Cells = [["", "2021", "2022", "2023"], ["lonen", 1201, 2517, 3318], ["reizen", 442, 613, 157]]
    cells += [["eenmalig", None, 871, None], ["Totaal", 1643, 3130, 3475]]
    (told,) = [one for one in find_sums(cells) if one.verdict is Verdict.MISMATCH]
    assert (told.total, told.parts) == ((4, 2), [(1, 2), (2, 2), (3, 2)])
