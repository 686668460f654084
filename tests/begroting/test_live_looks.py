"""What a workbook carries in itself: figures turn red without a macro, and the list of findings may grow."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hoka_excel import regenerate, write_cells
from tests.office import coloured_figures, convert, needs_office

RED = "FDE2E1"


@needs_office
@pytest.mark.parametrize(
    ("typed", "red"),
    [
        ({}, {"E8", "G8"}),
        ({("Thema 2", "G8"): 451814}, {"E8"}),
        ({("Thema 2", "B5"): 7}, {"B8", "E8", "G8"}),
        ({("Thema 2", "E8"): "PM"}, {"G8"}),
    ],
)
def test_figures_that_do_not_tie_are_red_as_soon_as_they_are_typed(
    published: Path, typed: dict[tuple[str, str], Any], red: set[str], tmp_path: Path
) -> None:
    path = tmp_path / "getypt.xlsx"
    write_cells(published, typed, path)
    assert coloured_figures(convert(path, "html", tmp_path), "Thema 2", RED) == red


@needs_office
def test_an_explained_figure_is_not_red(published: Path, tmp_path: Path) -> None:
    sheet = load_workbook(published)["Aansluiting"]
    reason = {
        ("Aansluiting", f"M{row[0].row}"): "afgesproken"
        for row in sheet.iter_rows(max_col=4)
        if [cell.value for cell in row] == ["telcontrole", "Totaal EUR", "Thema 2", 2022]
    }
    write_cells(published, reason, tmp_path / "toegelicht.xlsx")
    page = convert(tmp_path / "toegelicht.xlsx", "html", tmp_path)
    assert coloured_figures(page, "Thema 2", RED) == {"G8"}


def test_a_line_with_a_quote_or_a_wildcard_is_looked_up_as_it_is(published: Path) -> None:
    sheet = load_workbook(published)["Thema 2"]
    formulas = [rule.formula[0] for block in sheet.conditional_formatting for rule in block.rules]
    lookup = next(formula for formula in formulas if formula.startswith("SUMPRODUCT"))
    assert "COUNTIF" not in lookup
    assert len(lookup) <= 255


@pytest.mark.parametrize("state", ["published", "recomputed"])
def test_regenerating_gives_the_list_of_findings_the_same_look(
    state: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    built = request.getfixturevalue(state)
    regenerate(built, tmp_path / "opnieuw.xlsx")
    looks = [look(load_workbook(path)["Bevindingen"]) for path in (built, tmp_path / "opnieuw.xlsx")]
    assert looks[0] == looks[1]
    assert looks[0]["filter"] == "A4:K2000"


def look(sheet: Any) -> dict[str, Any]:
    """Take what a list that grows relies on: filter, rules, and the style of what is still blank."""
    return {
        "filter": sheet.auto_filter.ref,
        "rules": {
            (str(block.sqref), rule.formula[0], rule.dxf.fill.bgColor.rgb if rule.dxf.fill else "")
            for block in sheet.conditional_formatting
            for rule in block.rules
            if rule.type == "expression"
        },
        "verdicts": {str(block.sqref) for block in sheet.conditional_formatting},
        "columns": {
            number: (bool(column.alignment.wrap_text), column.font.color.rgb, column.font.u, column.font.i)
            for column in sheet.column_dimensions.values()
            for number in range(column.min, column.max + 1)
        },
    }
