"""Every formula we ship, recalculated by LibreOffice."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.begroting.build import build_workbook
from hoka_excel.core.figures import MISSING
from hoka_excel.core.plan import Plan
from tests.office import convert, needs_office, without_stored_values

Cells = dict[tuple[str, str], object]


def formulas(workbook: Path) -> set[tuple[str, str]]:
    book = load_workbook(workbook)
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(workbook: Path) -> Cells:
    book = load_workbook(workbook, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


def comparable(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(Decimal(str(value)), 6)
    return "" if value is None else value


@pytest.fixture
def gapped(published_plan: Plan, tmp_path: Path) -> Path:
    """Leave the first line out of one table and the total out of another, in every year."""
    first, second, *others = published_plan.themes
    nothing = (MISSING,) * len(published_plan.years)
    lines = (replace(first.table.lines[0], figures=nothing), *first.table.lines[1:])
    themes = (
        replace(first, table=replace(first.table, lines=lines)),
        replace(second, table=replace(second.table, total=replace(second.table.total, figures=nothing))),
        *others,
    )
    path = tmp_path / "leemten.xlsx"
    build_workbook(replace(published_plan, themes=themes), path)
    return path


@needs_office
@pytest.mark.parametrize("state", ["published", "recomputed", "gapped"])
def test_libreoffice_gets_the_stored_value_in_every_formula_cell(
    state: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    workbook: Path = request.getfixturevalue(state)
    bare = without_stored_values(workbook, tmp_path / "bare.xlsx")
    stored, again = values(workbook), values(convert(bare, "xlsx", tmp_path))
    cells = formulas(workbook)
    assert len(cells) > 900
    differing = {
        cell: (stored[cell], again.get(cell))
        for cell in cells
        if comparable(stored[cell]) != comparable(again.get(cell))
    }
    assert differing == {}


@pytest.mark.parametrize("state", ["published", "recomputed"])
def test_no_cell_is_an_error(state: str, request: pytest.FixtureRequest) -> None:
    found = values(request.getfixturevalue(state))
    assert [cell for cell, value in found.items() if isinstance(value, str) and value.startswith("#")] == []
