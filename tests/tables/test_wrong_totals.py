"""Totals that are wrong are told, whatever stands around them; totals that are right are not accused."""

from collections.abc import Sequence

import pytest

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.grid import Spot

Row = Sequence[object]

LINES = ((4213, 871, 1904, 655, 3127), (1548, 2406, 733, 918, 264), (907, 1355, 2841, 1762, 498))

YEARS = ("2021", "2022", "2023", "2024", "2025")


def table(*rows: Row, headings: Sequence[str] = YEARS) -> list[list[object]]:
    return [["Regel", *headings], *map(list, rows)]


def added(*lines: Sequence[float]) -> list[float]:
    return [sum(figures) for figures in zip(*lines, strict=True)]


def wrong(figures: Sequence[float], column: int, factor: float) -> list[float]:
    return [round(figure * factor) if at == column else figure for at, figure in enumerate(figures)]


def accused(cells: Sequence[Sequence[object]]) -> list[Spot]:
    return [one.total for one in find_sums(cells) if one.verdict is Verdict.MISMATCH]


def parts_of(cells: Sequence[Sequence[object]]) -> dict[Spot, list[Spot]]:
    return {one.total: list(one.parts) for one in find_sums(cells)}


@pytest.mark.parametrize("factor", [0.1, 0.6, 1.02, 1.8, 10])
@pytest.mark.parametrize("column", range(5))
def test_a_total_without_a_label_is_told_in_any_year_however_far_off(column: int, factor: float) -> None:
    total = wrong(added(*LINES), column, factor)
    cells = table(("a", *LINES[0]), ("b", *LINES[1]), ("c", *LINES[2]), ("d", *total))
    assert accused(cells) == [(4, column + 1)]


def test_a_column_of_averages_beside_sums_is_not_accused() -> None:
    average = [sum(column) / 3 for column in zip(*LINES, strict=True)]
    headings = ("2021", "2022", "2023", "gemiddeld")
    rows = [(name, *line[:3], line[3]) for name, line in zip("abc", LINES, strict=True)]
    cells = table(*rows, ("Totaal", *added(*LINES)[:3], average[3]), headings=headings)
    assert not accused(cells)


def test_where_more_years_are_off_than_tie_the_table_is_about_something_else() -> None:
    total = added(*LINES)
    for column in (0, 1, 2):
        total = wrong(total, column, 0.7)
    assert not accused(table(("a", *LINES[0]), ("b", *LINES[1]), ("c", *LINES[2]), ("d", *total)))


def test_a_labelled_subtotal_that_the_grand_total_passes_over_is_told() -> None:
    blocks = [[(836, 741), (771, 752)], [(707, 721), (801, 574), (389, 92)], [(593, 850), (683, 183)]]
    rows: list[Row] = []
    for number, block in enumerate(blocks):
        total = added(*block)
        rows += [*(("regel", *line) for line in block), (f"Totaal {number}", *total)]
    rows[2] = ("Totaal 0", 1523, 1493)
    cells = table(
        *rows, ("Totaal", *added(*(line for block in blocks for line in block))), headings=YEARS[:2]
    )
    assert (3, 1) in accused(cells)


def test_a_labelled_total_before_its_parts_is_told() -> None:
    blocks = [(713, 2048, 1566), (3190, 845, 77), (1204, 655, 930)]
    rows: list[Row] = []
    for number, block in enumerate(blocks):
        total = sum(block) + (40 if number == 1 else 0)
        rows += [
            (f"Totaal {number}", total),
            *((f"regel {number}.{at}", one) for at, one in enumerate(block)),
        ]
    assert accused(table(*rows, headings=("2021",))) == [(5, 1)]


def test_a_parent_by_code_is_told_where_other_parents_add_up_their_children() -> None:
    blocks = [(713148, 204853, 91722), (319071, 84536, 7715), (120462, 65527, 3394), (92178, 301185, 556)]
    rows: list[Row] = []
    for number, block in enumerate(blocks, 1):
        total = sum(block) + (900 if number == 3 else 0)
        rows += [
            (f"{number} Thema", total),
            *((f"{number}.{at} Post", one) for at, one in enumerate(block, 1)),
        ]
    assert accused(table(*rows, headings=("2021",))) == [(9, 1)]


def test_a_subtotal_of_which_one_line_is_filled_leads_to_the_grand_total() -> None:
    cells = table(
        ("a", 50, 0, 0, 0, 36),
        ("b", 33, 0, 19, 3, 43),
        ("Totaal een", 83, 0, 19, 3, 79),
        ("c", 45, 0, 15, 0, 38),
        ("d", 53, 27, 8, 7, 11),
        ("Totaal twee", 98, 27, 23, 7, 49),
        ("e", 0, 12, 0, 0, 0),
        ("f", 0, 0, 0, 0, 0),
        ("Totaal drie", 0, 12, 0, 0, 0),
        ("Eindtotaal", 181, 39, 42, 10, 128),
    )
    found = parts_of(cells)
    assert found[10, 1] == [(3, 1), (6, 1), (9, 1)]
    assert found[9, 2] == [(7, 2), (8, 2)]
    assert not accused(cells)


def test_a_grand_total_adds_up_totals_of_totals_that_bear_one_label() -> None:
    pairs = [LINES[:2], LINES[1:], (LINES[2], LINES[0]), (LINES[0], LINES[0][::-1])]
    rows: list[Row] = []
    halves = []
    for start in (0, 2):
        for pair in pairs[start : start + 2]:
            rows += [*(("regel", *line) for line in pair), ("Subtotaal", *added(*pair))]
        halves.append(added(*pairs[start], *pairs[start + 1]))
        rows.append(("Subtotaal", *halves[-1]))
    cells = table(*rows, ("Totaal", *added(*halves)))
    assert parts_of(cells)[15, 3] == [(7, 3), (14, 3)]


def test_tables_side_by_side_add_up_to_a_third_under_the_same_headings() -> None:
    kinds = [f"Klasse {number}00" for number in range(1, 4)]
    own = [(41, 2077, 318), (905, 66, 1543), (702, 811, 97)]
    others = [(1230, 15, 408), (76, 3301, 229), (514, 82, 1966)]
    rows = [
        (name, *one, *other, *added(one, other)) for name, one, other in zip("abc", own, others, strict=True)
    ]
    found = parts_of(table(*rows, headings=kinds * 3))
    assert {found[2, 7 + kind] == [(2, 1 + kind), (2, 4 + kind)] for kind in range(3)} == {True}
