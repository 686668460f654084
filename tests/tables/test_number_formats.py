"""How far a number format shows a number."""

import pytest

from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.footings import check_grid
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.number_formats import shown_decimals


@pytest.mark.parametrize(
    ("number_format", "decimals"),
    [
        ("0", 0),
        ("#,##0.00", 2),
        ("#,###", 0),
        ("0.##", 2),
        ("# ##0.0?", 2),
        ('"€" #,##0;[Red]-"€" #,##0', 0),
        ("[$EUR-413] #,##0.0", 1),
        ("[Red]0.00;[Blue]0.0", 2),
        (r"#,##0.0\ \h", 1),
        ('0.0" des; dag"', 1),
        ('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', 2),
        ("_h0.0*d", 1),
        ("#,##0,", -3),
        ('0.0,,"M"', -5),
        ("0%", 2),
        ("0.0%", 3),
        ("0." + "0" * 30, 9),
    ],
)
def test_a_number_format_says_how_many_decimals_show(number_format: str, decimals: int) -> None:
    assert shown_decimals(number_format) == decimals


@pytest.mark.parametrize(
    "number_format",
    ["", "General", "@", "dd-mm-yyyy", "[h]:mm", "mm:ss.0", "# ?/?", "0.00E+00", "[<9]0;0.0,", '"niets"'],
)
def test_a_number_format_that_shows_a_number_some_other_way_says_nothing(number_format: str) -> None:
    assert shown_decimals(number_format) is None


@pytest.mark.parametrize(
    ("number_format", "verdict"),
    [("#,##0,", Verdict.ROUNDING), ("0.0%", Verdict.MISMATCH), ("General", Verdict.MISMATCH)],
)
def test_amounts_shown_in_thousands_tie_by_the_thousand(number_format: str, verdict: Verdict) -> None:
    lines: list[list[object]] = [["a", 101_400, 220_250], ["b", 202_400, 330_500], ["c", 307_400, 411_250]]
    rows: list[list[object]] = [["", "x", "y"], *lines, ["Totaal", 612_100, 962_900]]
    formats = {(row, column): number_format for row in range(1, 5) for column in (1, 2)}
    findings = check_grid(Grid("Blad", rows, formats=formats))
    assert {finding.place.cell: finding.verdict for finding in findings}["B5"] is verdict
