"""Regenerating a workbook of ours: an agenda's totals anew, its findings anew, and nothing else."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hoka_excel.agenda.own_workbook import own_workbook, regenerate
from hoka_excel.agenda.read import read_agenda
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.findings import Status
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.cells import write_cells
from tests.office import convert, needs_office, without_stored_values

Cells = dict[tuple[str, str], object]


def values(path: Path) -> Cells:
    book = load_workbook(path, data_only=True)
    return {
        (page.title, cell.coordinate): cell.value for page in book for row in page.iter_rows() for cell in row
    }


def formulas(path: Path) -> Cells:
    book = load_workbook(path)
    return {
        (page.title, cell.coordinate): cell.value for page in book for row in page.iter_rows() for cell in row
    }


def test_a_fresh_agenda_regenerates_to_itself(agenda_workbook: Path, tmp_path: Path) -> None:
    found = regenerate(agenda_workbook, tmp_path / "again.xlsx")
    assert found.counts[Verdict.MISMATCH] == 4
    assert values(tmp_path / "again.xlsx") == values(agenda_workbook)
    assert formulas(tmp_path / "again.xlsx") == formulas(agenda_workbook)


def test_a_total_that_was_typed_over_is_live_again(agenda_workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_cells(agenda_workbook, {("Totalen", "B6"): 1, ("Verdeling", "D6"): 2}, path)
    assert read_agenda(path).reconciled().counts[Verdict.MISMATCH] > 4
    assert regenerate(path).counts[Verdict.MISMATCH] == 4
    assert values(path) == values(agenda_workbook)
    assert formulas(path) == formulas(agenda_workbook)


def test_a_new_amount_reaches_every_total_and_a_mended_project_leaves_the_findings(
    agenda_workbook: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    mended: Mapping[tuple[str, str], int | str] = {
        ("Projecten", "H31"): 0,
        ("Projecten", "G61"): 50000,
        ("Kwaliteitsdoelen", "D15"): "bezoekcijfers",
    }
    write_cells(agenda_workbook, mended, path)
    found = regenerate(path)
    assert [finding.kind for finding in found.findings] == ["sector_theme"]
    after = values(path)
    assert after["Totalen", "G12"] == 7661000.5 - 50000 - 25000
    assert after["Totalen", "B2"] == "sluit niet aan: 1 x verschil"
    assert after["Toelaatbaarheid", "C23"] == "toelaatbaar"
    listed = [
        value for (sheet, cell), value in after.items() if sheet == "Bevindingen" and cell[0] == "A" and value
    ]
    assert listed.count("verschil") == 1


@needs_office
def test_libreoffice_recalculates_a_regenerated_agenda_to_its_stored_values(
    agenda_workbook: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    write_cells(
        agenda_workbook, {("Projecten", "D21"): 180000.01, ("Aandelen", "C6"): 7, ("Aandelen", "D6"): 7}, path
    )
    regenerate(path)
    bare = without_stored_values(path, tmp_path / "bare.xlsx")
    before, after = values(path), values(convert(bare, "xlsx", tmp_path))
    live = [cell for cell, content in formulas(path).items() if str(content).startswith("=")]
    differing = {cell for cell in live if _plain(before[cell]) != _plain(after[cell])}
    assert differing == set()


def _plain(value: object) -> object:
    return round(value, 4) if isinstance(value, int | float) else "" if value is None else value


def test_what_a_controller_added_stays(agenda_workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    added: Mapping[tuple[str, str], int | str] = {
        ("Projecten", "L6"): "overleg met de decaan",
        ("Totalen", "J3"): 12,
    }
    write_cells(agenda_workbook, added, path)
    regenerate(path)
    assert {cell: values(path)[cell] for cell in added} == added


def test_text_where_an_amount_belongs_stops_a_regeneration_and_nothing_changes(
    agenda_workbook: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    write_cells(agenda_workbook, {("Projecten", "D21"): "n.v.t."}, path)
    before = path.read_bytes()
    with pytest.raises(WorkbookError, match="Projecten!D21"):
        regenerate(path)
    assert path.read_bytes() == before


def test_a_regenerated_agenda_still_reads_as_the_same_agenda(
    shipped_agenda: Agenda, agenda_workbook: Path, tmp_path: Path
) -> None:
    regenerate(agenda_workbook, tmp_path / "again.xlsx")
    assert read_agenda(tmp_path / "again.xlsx").agenda == shipped_agenda


def test_either_kind_of_workbook_is_told_apart_by_itself(agenda_workbook: Path, recomputed: Path) -> None:
    agenda, begroting = own_workbook(agenda_workbook), own_workbook(recomputed)
    assert "Kwaliteitsagenda" in agenda.title
    assert begroting.reconciled().status is Status.ROUNDING
    assert {sheet.name for sheet in agenda.recomputed().sheets} >= {"Totalen", "Toelaatbaarheid"}
    assert "Totalen" not in {sheet.name for sheet in begroting.standing().sheets}


@pytest.mark.parametrize(
    "damage", [lambda book: book.remove(book["Totalen"]), lambda book: book.defined_names.clear()]
)
def test_what_is_no_sound_workbook_of_ours_is_refused(
    agenda_workbook: Path, tmp_path: Path, damage: Callable[[Workbook], object]
) -> None:
    book = load_workbook(agenda_workbook)
    damage(book)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(WorkbookError):
        regenerate(tmp_path / "a.xlsx")
