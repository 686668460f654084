"""All sheets of a file are checked, one after the other."""

from collections.abc import Iterator

import pytest

from hoka_excel.tables import sheet_checks
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.footings import Footings, check_grid
from hoka_excel.tables.grid import Grid

ROWS = [["Post", 2024], ["Docenten", 10], ["Cursussen", 25], ["Totaal", 35]]


def test_the_totals_of_a_sheet_are_checked_before_the_next_sheet_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[str] = []

    def noted(grid: Grid, figures: Figures) -> Footings:
        checked.append(grid.name)
        return check_grid(grid, figures)

    def sheets() -> Iterator[Grid]:
        yield Grid("Blad1", ROWS)
        assert checked == ["Blad1"]
        yield Grid("Blad2", ROWS)

    monkeypatch.setattr(sheet_checks, "check_grid", noted)
    found = sheet_checks.check_grids(sheets())
    assert [str(finding.place) for finding in found.checks] == ["Blad1!B4", "Blad2!B4"]
