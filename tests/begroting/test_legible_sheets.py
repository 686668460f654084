"""What people read on our sheets is shown whole: words stay in their cell, and on its colour."""

from pathlib import Path
from textwrap import wrap
from typing import Any

import pytest
from openpyxl import load_workbook

from hoka_excel.begroting.sheets.draft import SheetDraft, wrapped_heights
from hoka_excel.begroting.sheets.findings import findings_sheet
from hoka_excel.begroting.sheets.master_check import rules_beside
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.sheet_checks import check_grids
from hoka_excel.workbook.addresses import areas
from hoka_excel.workbook.sheets import Formula, Position
from hoka_excel.workbook.styles import INPUT, INPUT_TEXT, STYLES, TEXT, VERDICT_COLOURS


@pytest.fixture
def book(published: Path) -> Any:
    return load_workbook(published)


def test_a_master_check_has_its_colour_as_far_as_its_words_reach(book: Any) -> None:
    for sheet in book:
        if sheet["A2"].value != "Hoofdcontrole":
            continue
        coloured = {
            column
            for block in sheet.conditional_formatting
            for rule in block.rules
            if rule.formula[0].replace("$", "") == 'LEFT(B2,14)="sluit niet aan"'
            for own in areas(str(block.sqref))
            for column in range(own.first.column, own.last.column + 1)
        }
        assert sum(width_of(sheet, column) for column in coloured) >= 23


def width_of(sheet: Any, column: int) -> float:
    """Give the width of a column in characters."""
    every = sheet.column_dimensions.values()
    return next(float(some.width) for some in every if some.min <= column <= some.max)


def test_the_cells_beside_a_narrow_master_check_take_the_colour_of_what_it_says() -> None:
    rules = rules_beside(Position(2, 2), {2: 10, 3: 8, 4: 8})
    assert {rule.area for rule in rules} == {"C2:D2"}
    for rule in rules:
        words = rule.formula.rpartition("=")[2].strip('"')
        assert rule.formula.startswith(f"LEFT($B$2,{len(words)})")
        assert rule.look.colours == VERDICT_COLOURS[words]
    assert not rules_beside(Position(2, 2), {2: 30})


def test_a_text_to_fill_in_on_uitgangspunten_fits_its_cell_or_wraps_in_a_row_that_is_high_enough(
    book: Any,
) -> None:
    sheet = book["Uitgangspunten"]
    texts = [
        cell
        for row in sheet.iter_rows(min_row=4)
        for cell in row
        if isinstance(cell.value, str) and cell.style in ("Hoka Invoer", "Hoka Invoertekst")
    ]
    assert len(texts) > 20
    for cell in texts:
        width = width_of(sheet, cell.column)
        lines = len(wrap(cell.value, int(1.2 * width)))
        if lines > 1:
            assert cell.alignment.wrap_text, cell.coordinate
            assert sheet.row_dimensions[cell.row].height >= 12 * lines, cell.coordinate
        assert cell.alignment.indent or cell.column == 1, cell.coordinate


def test_a_row_is_as_high_as_the_longest_of_its_texts_that_wrap() -> None:
    draft = SheetDraft()
    draft.put(Position(1, 1), "kort", TEXT)
    draft.put(Position(2, 1), "een langer woord", INPUT_TEXT)
    draft.put(Position(2, 2), "nog veel langer dan dat", TEXT)
    draft.put(Position(3, 1), "dit loopt over een lege cel", INPUT)
    draft.put(Position(4, 1), Formula('"a"&"b"', "twee\nregels"), TEXT)
    draft.put(Position(5, 3), "deze kolom telt niet mee", TEXT)
    one = 13.5
    assert wrapped_heights(draft, {1: 8, 2: 8}) == {2: 3 * one, 4: 2 * one}


def test_a_finding_about_a_column_with_a_long_heading_shows_all_of_it() -> None:
    long = "Begroting 2024 na wijziging"
    cells: list[list[object]] = [["", long], ["Docenten", 125], ["Cursussen", 40], ["Totaal", 170]]
    sheet = findings_sheet("Bevindingen", check_grids([Grid("Blad", cells)]))
    (heading,) = (place for place, cell in sheet.cells.items() if cell.content == long)
    assert STYLES[sheet.cells[heading].style].wrap
    assert sheet.heights[heading.row] >= 3 * 12
