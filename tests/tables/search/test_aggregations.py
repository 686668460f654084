"""Totals that are made when somebody looks at them."""

import random

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.totals import sums_among


def two_ways(seed: int, size: int, wrong: int) -> Cells:
    """A table with totals of rows and of columns, some of them off by one."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    inner = [[chance.randint(100, 9_999) for _ in range(size)] for _ in range(size)]
    rows = [[*row, sum(row)] for row in inner]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    for _ in range(wrong):
        rows[chance.randrange(size)][size] += 1
    return [
        ["", *(f"jaar {n}" for n in range(size)), "Totaal"],
        *([f"regel {n}", *r] for n, r in enumerate(rows)),
    ]


@given(st.integers(0), st.integers(3, 6), st.integers(0, 2))
def test_totals_are_in_order_of_place_and_then_of_parts(seed: int, size: int, wrong: int) -> None:
    found = sums_among(read_figures(two_ways(seed, size, wrong)))
    whole = list(found)
    assert [(one.total, one.parts) for one in whole] == sorted((one.total, one.parts) for one in whole)
    assert [one.total for one in whole] == found.spots
    assert [one.verdict for one in whole] == found.verdicts
    assert found[1:] == whole[1:]
    assert len(found) == len(whole)


def test_a_grand_total_is_told_once_for_its_row_and_once_for_its_column() -> None:
    found = sums_among(read_figures(two_ways(3, 4, 0)))
    corner = [one for one in found if one.total == (5, 5)]
    assert [one.parts for one in corner] == [
        [(1, 5), (2, 5), (3, 5), (4, 5)],
        [(5, 1), (5, 2), (5, 3), (5, 4)],
    ]
    assert {one.verdict for one in corner} == {Verdict.EXACT}


def test_a_dash_below_dashes_is_no_total() -> None:
    cells: Cells = [["", "een", "twee", "drie"], ["a", 1201, "-", 55], ["b", 4417, "-", 31]]
    cells = [*cells, ["Totaal", 5618, "-", 86]]
    assert {one.total for one in sums_among(read_figures(cells))} == {(3, 1), (3, 3)}
