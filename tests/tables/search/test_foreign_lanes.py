"""Lanes that agree with a sum and are not meant as one."""

from collections.abc import Sequence

import pytest

from hoka_excel import find_sums


def totals_of(cells: Sequence[Sequence[object]]) -> set[tuple[int, int]]:
    return {found.total for found in find_sums(cells)}


def points(*last: list[object]) -> list[list[object]]:
    rows: list[list[object]] = [["Naam", "Deel een", "Deel twee", "Totaal"]]
    rows += [
        [name, one, two, one + two] for name, one, two in [("a", 371, 482), ("b", 244, 517), ("c", 415, 363)]
    ]
    return [*rows, *last]


def test_the_average_of_a_total_is_not_the_sum_of_averages() -> None:
    cells = points(["Gemiddelde", 343.3, 454.0, 797.3])
    assert totals_of(cells) == {(1, 3), (2, 3), (3, 3)}


@pytest.mark.parametrize("label", ["Avg", "MEDIAAN", "std", "Maximum", "min.", "1. Mean", "(gemiddeld)"])
def test_a_row_named_for_a_summary_is_no_line_of_the_table(label: str) -> None:
    assert (4, 3) not in totals_of(points([label, 343.3, 454.0, 797.3]))
    assert (4, 3) in totals_of(points([f"x{label}", 343.3, 454.0, 797.3]))


def test_a_table_of_averages_alone_adds_up() -> None:
    cells: list[list[object]] = [
        ["Naam", "Deel een", "Deel twee", "Totaal"],
        *([f"Gemiddelde {row[0]}", *row[1:]] for row in points()[1:]),
    ]
    assert totals_of(cells) == {(1, 3), (2, 3), (3, 3)}


def test_changes_in_per_cent_do_not_add_up_where_amounts_do() -> None:
    cells: list[list[object]] = [
        ["Regel", "2022", "2023", "Mutatie in %"],
        ["Totaal", 4120, 4513, 9.5],
        ["Een", 1203, 1307, 8.6],
        ["Twee", 2917, 3206, 0.9],
    ]
    assert totals_of(cells) == {(1, 1), (1, 2)}


def test_years_above_a_table_are_no_amounts() -> None:
    heading: list[object] = ["Regel", 2024, 2023, "Mutatie"]
    rows: list[list[object]] = [
        ["a", 512, 431, 81],
        ["b", 733, 702, 31],
        ["c", 914, 655, 259],
        ["d", 388, 371, 17],
    ]
    cells = [heading, *rows]
    assert totals_of(cells) == {(row, 1) for row in range(1, 5)}
