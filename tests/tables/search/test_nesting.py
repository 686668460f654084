"""Totals that do not tie are told however far off, where the others show what they should add up."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from operator import mul

import pytest

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.grid import Spot

FACTORS = [0.1, 0.6, 1.8, 10]
GROUPS = ((4213, 871, 1904), (1548, 2406), (907, 1355, 2841, 1762))
SECTORS = (GROUPS, ((3127, 655), (918, 264, 733)))


def nested(*, first: bool = False, ruined: str = "", factor: float = 1) -> list[list[object]]:
    """Write groups within sectors, each with its total, and the whole; one total multiplied."""
    rows: list[list[object]] = []

    def add(name: str, below: Sequence[list[list[object]]], total: int) -> list[list[object]]:
        own: list[object] = [name, round(total * (factor if name == ruined else 1))]
        lines = [line for part in below for line in part]
        return [own, *lines] if first else [*lines, own]

    sectors = []
    for number, groups in enumerate(SECTORS, 1):
        told = []
        for letter, group in zip("abc", groups, strict=False):
            lines: list[list[list[object]]] = [[[f"post {figure}", figure]] for figure in group]
            told.append(add(f"Totaal groep {number}{letter}", lines, sum(group)))
        sectors.append(add(f"Totaal sector {number}", told, sum(map(sum, groups))))
    rows += add("Totaal", sectors, sum(sum(map(sum, groups)) for groups in SECTORS))
    return [["Regel", "2023"], *rows]


def other(figure: int) -> int:
    """Give a figure for a second column, which is not in proportion to the first."""
    return figure * figure % 49_999 + 1_300


def accused(cells: Sequence[Sequence[object]]) -> dict[Spot, list[Spot]]:
    return {one.total: list(one.parts) for one in find_sums(cells) if one.verdict is Verdict.MISMATCH}


def names(cells: Sequence[Sequence[object]], spots: Sequence[Spot]) -> set[object]:
    return {cells[row][0] for row, _ in spots}


@pytest.mark.parametrize("first", [False, True], ids=["after", "before"])
@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize(
    ("ruined", "parts"),
    [
        ("Totaal groep 1b", {"post 1548", "post 2406"}),
        ("Totaal sector 2", {"Totaal groep 2a", "Totaal groep 2b"}),
        ("Totaal", {"Totaal sector 1", "Totaal sector 2"}),
    ],
)
def test_a_labelled_total_in_one_column_is_told_with_what_it_should_add_up(
    *, ruined: str, parts: set[str], factor: float, first: bool
) -> None:
    cells = nested(first=first, ruined=ruined, factor=factor)
    told = {cells[row][0]: names(cells, found) for (row, _), found in accused(cells).items()}
    assert told[ruined] == parts
    assert all(ruined in found for total, found in told.items() if total != ruined)


def test_where_all_tie_none_is_accused() -> None:
    assert not accused(nested())


def test_a_nil_total_of_lines_left_blank_is_right() -> None:
    cells = nested()
    at = [row[0] for row in cells].index("Totaal sector 1")
    cells[at:at] = [["nog te doen", None], ["ook nog", None], ["Totaal groep 1d", 0]]
    assert not accused(cells)


@pytest.mark.parametrize("factor", FACTORS)
def test_a_parent_is_told_where_the_others_add_up_their_children(factor: float) -> None:
    cells: list[list[object]] = [["Regel", "2023"]]
    for number, group in enumerate(GROUPS, 1):
        total = sum(group) * (factor if number == 2 else 1)
        cells += [[f"{number} Groep", round(total)]]
        cells += [[f"{number}.{child} Post", figure] for child, figure in enumerate(group, 1)]
    cells.append(["Totaal", sum(map(sum, GROUPS))])
    assert accused(cells)[5, 1] == [(6, 1), (7, 1)]


@pytest.mark.parametrize("factor", FACTORS)
def test_a_total_of_the_eldest_is_told_where_all_others_add_up_their_children(factor: float) -> None:
    cells: list[list[object]] = [["Regel", "2023"]]
    for number, group in enumerate(GROUPS, 1):
        cells += [[f"{number} Groep", sum(group)]]
        cells += [[f"{number}.{child} Post", figure] for child, figure in enumerate(group, 1)]
    cells += [["4 Overig", 640], ["Totaal", round(factor * (640 + sum(map(sum, GROUPS))))]]
    assert accused(cells) == {(14, 1): [(1, 1), (5, 1), (8, 1), (13, 1)]}


def test_where_as_many_labelled_totals_do_not_tie_they_are_of_something_else() -> None:
    cells: list[list[object]] = [["Regel", "2023"]]
    for number, group in enumerate((*GROUPS, *SECTORS[1])):
        cells += [[f"post {figure}", figure] for figure in group]
        cells.append([f"Totaal {number}", sum(group) if number % 2 else sum(group) // 9])
    assert not accused(cells)


def test_a_labelled_total_that_is_far_off_in_every_column_is_of_something_else() -> None:
    assert not accused(two_columns("Totaal", {1: (17, 17)}))


@pytest.mark.parametrize("factor", FACTORS)
def test_of_two_columns_about_the_same_one_is_told_however_far_off(factor: float) -> None:
    assert list(accused(two_columns("Totaal", {1: (1, factor)}))) == [(7, 2)]


@pytest.mark.parametrize("factor", FACTORS)
def test_a_parent_that_adds_up_its_children_in_one_column_is_told_in_the_other(factor: float) -> None:
    cells: list[list[object]] = [["Regel", "plan", "stand"]]
    for number, group in enumerate((*GROUPS, *GROUPS), 1):
        lines = [(113 * figure, other(figure + number)) for figure in group]
        mine, theirs = map(sum, zip(*lines, strict=True))
        cells.append([f"{number} Groep", mine, round(theirs * (factor if number == 2 else 1))])
        cells += [[f"{number}.{child} Post", *line] for child, line in enumerate(lines, 1)]
    assert list(accused(cells)) == [(5, 2)]


def test_a_line_that_the_grand_total_passes_over_is_told_where_its_other_column_ties() -> None:
    cells = two_columns("groep", {1: (1, 0.9)})[:13]
    lines = [figure for group in GROUPS for figure in group]
    cells.append(["alles", 113 * sum(lines), sum(map(other, lines))])
    assert accused(cells)[7, 2] == [(5, 2), (6, 2)]


def two_columns(name: str, factors: Mapping[int, tuple[float, float]]) -> list[list[object]]:
    """Write groups with a total after each, some of these multiplied, in columns that are no series."""
    cells: list[list[object]] = [["Regel", "plan", "stand"]]
    for number, group in enumerate((*GROUPS, *SECTORS[1])):
        lines = [(113 * figure, other(figure)) for figure in group]
        cells += [[f"post {number}", *line] for number, line in enumerate(lines)]
        totals = [sum(column) for column in zip(*lines, strict=True)]
        cells.append([f"{name} {number}", *map(round, map(mul, totals, factors.get(number, (1, 1))))])
    return cells


def test_a_total_of_a_table_beside_that_ties_in_another_way_is_right() -> None:
    years = {"2012": (2499, 2674, 2567), "2013": (2428, 2722, 2880), "2014": (2569, 2675, 2711)}
    people = {"Noor": (2346, 2077, 1840), "Ilse": (2037, 2133, 1802), "Daan": (1919, 2093, 2085)}
    people["Bram"] = (1828, 1485, 2154)
    columns = []
    for groups in (years, people):
        column: list[tuple[str, int | None]] = []
        for name, figures in groups.items():
            column += [(name, sum(figures)), *zip("QRS", figures, strict=True)]
        columns.append([*column, ("Grand Total", sum(map(sum, groups.values())))])
    pairs = zip_longest(*columns, fillvalue=("", None))
    assert not accused([["Rij", "som", "", "Rij", "som"], *([*left, "", *right] for left, right in pairs)])
