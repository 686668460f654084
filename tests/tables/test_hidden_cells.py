"""Findings say which of their cells do not show."""

from collections.abc import Iterable

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


def hints(*, hidden: bool = False, hidden_rows: Iterable[int] = ()) -> list[str]:
    """Check three years of which one has a total that is ten times too large."""
    drawn = [[1201, 310, 877], [2440, 512, 1309], [977, 733, 421], [1888, 209, 654]]
    totals: list[object] = [sum(years) for years in zip(*drawn, strict=True)]
    rows: Rows = [["", 2023, 2024, 2025], *(["Post", *years] for years in drawn)]
    wrong: Rows = [*rows, ["Totaal", *totals[:2], 10 * sum(years[2] for years in drawn)]]
    grid = Grid("Blad", wrong, hidden=hidden, hidden_rows=frozenset(hidden_rows))
    (conflict,) = check_grids([grid]).conflicts
    return [str(hint) for hint in conflict.hints]


def test_a_conflict_hints_at_the_hidden_cells_among_those_that_would_mend_it() -> None:
    seen = hints()
    assert "Verborgen" not in "".join(seen)
    assert hints(hidden_rows=[5]) == [*seen, "Verborgen: Blad!D6."]
    assert hints(hidden=True) == [*seen, "Verborgen: blad Blad."]
    assert hints(hidden_rows=[0]) == seen
