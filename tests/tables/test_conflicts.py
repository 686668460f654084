"""Which cells of a sheet must be wrong: proven by all sums they stand in, told with every smallest repair."""

from decimal import Decimal

import pytest

from hoka_excel import reconcile
from hoka_excel.core.findings import Place
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables import conflicts
from tests.tables.test_made_budgets import budgets

Cells = list[list[object]]

CELLS: Cells = [
    ["Regel", "2021", "2022", "2023", "Totaal"],
    ["a", 4213, 871, 1904, 6988],
    ["b", 1548, 2406, 733, 4687],
    ["c", 907, 1355, 2841, 5103],
    ["Totaal", 6668, 4632, 5478, 16778],
]


def test_a_cell_that_breaks_two_sums_is_the_one_repair() -> None:
    cells = [[*row] for row in CELLS]
    cells[2][2] = 2460
    (conflict,) = reconcile(cells).conflicts
    assert conflict.decidable
    ((mend,),) = conflict.repairs
    assert (mend.place.cell, mend.stated, mend.label) == ("C3", Decimal(2460), "b 2022")
    assert mend.low is not None
    assert mend.high is not None
    assert mend.low <= 2406 <= mend.high


def test_a_single_sum_leaves_open_which_of_its_cells_is_wrong() -> None:
    cells: Cells = [["Regel", "2021", "2022", "2023"], *([*row[:4]] for row in CELLS[1:])]
    cells[4][1] = 6768
    (conflict,) = reconcile(cells).conflicts
    assert not conflict.decidable
    assert {mend.place.cell for (mend,) in conflict.repairs} == {"B2", "B3", "B4", "B5"}


def test_totals_that_tie_leave_no_conflict() -> None:
    assert not reconcile(CELLS).conflicts


def test_nothing_is_told_of_a_sheet_when_the_time_for_its_file_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [[*row] for row in CELLS]
    cells[2][2] = 2460
    monkeypatch.setattr(conflicts, "_SECONDS_IN_ALL", 0.0)
    found = reconcile(cells)
    assert not found.conflicts
    assert found.counts[Verdict.MISMATCH] == 2


@pytest.mark.parametrize("factor", [0.6, 1.8])
def test_the_total_that_was_made_wrong_is_in_every_conflict(factor: float) -> None:
    for budget, _ in list(budgets())[:25]:
        sheet = reconcile(budget.cells).checks[0].place.sheet
        wrong = budget.with_wrong_total(factor)
        name = Place(sheet, f"{chr(ord('A') + wrong[1])}{wrong[0] + 1}")
        for conflict in reconcile(budget.cells).conflicts:
            assert any(name in proof.cells for proof in conflict.proofs), budget.shape
            assert any(mend.place == name for repair in conflict.repairs for mend in repair), budget.shape
