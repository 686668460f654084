"""Findings say which of their cells do not show."""

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.hidden_cells import with_hidden_told
from hoka_excel.tables.sheet_checks import check_grids
from tests.core.made_findings import Made
from tests.tables.made_grids import Rows

ROWS: Rows = [["", "2023"], ["a", 1201], ["b", 2440], ["c", 77], ["Totaal", 3718]]


def messages(grid: Grid) -> list[str]:
    return [str(finding.message) for finding in check_grids([grid]).checks]


def test_cells_of_hidden_rows_and_columns_are_told() -> None:
    assert messages(Grid("Blad", ROWS, hidden_rows=frozenset([1])))[0].endswith(" Verborgen: Blad!B2.")
    assert messages(Grid("Blad", ROWS, hidden_columns=frozenset([1])))[0].endswith(
        " Verborgen: Blad!B5; Blad!B2; Blad!B3; Blad!B4."
    )


def test_a_hidden_sheet_is_told_once() -> None:
    assert messages(Grid("Stil", ROWS, hidden=True))[0].endswith(" Verborgen: blad Stil.")


def test_of_many_hidden_cells_the_first_are_told_and_the_rest_counted() -> None:
    rows: Rows = [["", "2023"], *(["x", 1000 + 17 * row] for row in range(9))]
    total = sum(1000 + 17 * row for row in range(9))
    (message,) = messages(Grid("Blad", [*rows, ["Totaal", total]], hidden_rows=frozenset(range(1, 10))))
    assert message.endswith("Blad!B6; en 4 andere.")


def test_what_ties_is_told_when_somebody_asks() -> None:
    made = Made([Verdict.EXACT, Verdict.MISMATCH])
    told = with_hidden_told(made.sequence, [Grid("Blad", ROWS, hidden=True)])
    assert Reconciliation(told).findings[0].message.code == "hidden.finding"
    assert made.asked == [1]


def test_where_nothing_is_hidden_nothing_is_told() -> None:
    assert "Verborgen" not in "".join(messages(Grid("Blad", ROWS)))
