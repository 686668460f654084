"""What the sums of one table say of each other."""

import random

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict

Cells = list[list[object]]


def found_in(cells: Cells) -> set[tuple[tuple[int, int], tuple[tuple[int, int], ...]]]:
    return {(one.total, tuple(one.parts)) for one in find_sums(cells)}


def amounts(seed: int, count: int) -> list[int]:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    return [chance.randint(100, 9_999) for _ in range(count)]


def test_the_finer_of_two_readings_of_a_total_hangs_under_the_coarser() -> None:
    cells: Cells = [["", "loon", "materieel", "Totaal", "vast", "tijdelijk", "huur", "energie"]]
    for row in range(6):
        vast, tijdelijk, huur, energie = amounts(row, 4)
        loon, materieel = vast + tijdelijk, huur + energie
        total = loon + materieel
        cells.append([f"regel {row}", loon, materieel, total, vast, tijdelijk, huur, energie])
    found = found_in(cells)
    for row in range(1, 7):
        assert ((row, 1), ((row, 4), (row, 5))) in found
        assert ((row, 2), ((row, 6), (row, 7))) in found
        assert ((row, 3), ((row, 1), (row, 2))) in found
        assert ((row, 3), tuple((row, at) for at in (4, 5, 6, 7))) not in found


def test_what_follows_from_several_other_sums_is_no_sum_of_its_own() -> None:
    columns = []
    for year in range(5):
        paid, lent, roads, care = amounts(year, 4)
        total = paid + lent + roads + care
        columns.append([paid, lent, paid + lent, roads, care, roads + care, total, total - care])
    names = ("betaald", "geleend", "Subtotaal", "wegen", "zorg", "Subtotaal", "Totaal", "zonder zorg")
    cells: Cells = [["", *(f"jaar {year}" for year in "abcde")]]
    cells += [[name, *row] for name, row in zip(names, zip(*columns, strict=True), strict=True)]
    found = found_in(cells)
    assert ((7, 1), ((3, 1), (6, 1))) in found
    assert ((7, 1), ((5, 1), (8, 1))) in found
    assert ((8, 1), ((3, 1), (4, 1))) not in found


def test_a_grand_total_stays_stated_both_ways_where_a_table_is_crossed() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    men, women = [amounts(1, 3), amounts(2, 3)], [amounts(3, 3), amounts(4, 3)]
    rows = [[a + b for a, b in zip(*pair, strict=True)] for pair in zip(men, women, strict=True)]
    total = [a + b for a, b in zip(*rows, strict=True)]
    of_men, of_women = ([a + b for a, b in zip(*half, strict=True)] for half in (men, women))
    lines = [total, of_men, of_women, rows[0], men[0], women[0], rows[1], men[1], women[1]]
    names = ("Totaal", "mannen", "vrouwen", "noord", "mannen", "vrouwen", "zuid", "mannen", "vrouwen")
    cells += [[name, *line] for name, line in zip(names, lines, strict=True)]
    found = found_in(cells)
    assert {((1, 1), ((2, 1), (3, 1))), ((1, 1), ((4, 1), (7, 1)))} <= found
    assert {((2, 1), ((5, 1), (8, 1))), ((4, 1), ((5, 1), (6, 1)))} <= found


def test_no_sum_is_told_twice() -> None:
    cells: Cells = [["", "een", "twee", "drie"]]
    first, second, third = amounts(1, 3), amounts(2, 3), amounts(3, 3)
    sub = [a + b for a, b in zip(first, second, strict=True)]
    total = [a + b for a, b in zip(sub, third, strict=True)]
    for name, line in (("a", first), ("b", second), ("Subtotaal", sub), ("c", third), ("Totaal", total)):
        cells.append([name, *line])
    told = [(one.total, tuple(one.parts)) for one in find_sums(cells)]
    assert len(told) == len(set(told)) == 6
    assert {one.verdict for one in find_sums(cells)} == {Verdict.EXACT}


def test_a_total_that_lines_give_exactly_is_not_nearly_the_sum_of_others() -> None:
    cells: Cells = [["", "Totaal", "raming oost", "raming west", "prijs", "a", "b", "c"]]
    for row in range(8):
        a, b, c, price = amounts(row, 4)
        total = a + b + c
        east = total // (row + 2)
        cells.append([f"regel {row}", total, east, total - east + 9, price, a, b, c])
    told = find_sums(cells)
    assert {tuple(column for _, column in one.parts) for one in told} == {(5, 6, 7)}
    assert {one.verdict for one in told} == {Verdict.EXACT}
