"""Regenerating a begroting in place of rebuilding it."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hoka_excel.agenda.own_workbook import regenerate
from hoka_excel.begroting.read import read_begroting
from hoka_excel.core.errors import HokaError
from hoka_excel.core.plan import Plan
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.cells import write_cells
from tests.begroting.test_recalculation import comparable, formulas, values
from tests.office import convert, needs_office, without_stored_values


def test_regenerating_an_unchanged_begroting_changes_no_cell(
    published: Path, recomputed: Path, tmp_path: Path
) -> None:
    for source in (published, recomputed):
        target = tmp_path / source.name
        regenerate(source, target)
        before, after = load_workbook(source), load_workbook(target)
        assert after.sheetnames == before.sheetnames
        for sheet in before:
            cells = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
            again = after[sheet.title]
            assert {
                c.coordinate: c.value for row in again.iter_rows() for c in row if c.value is not None
            } == cells
        assert values(source) == values(target)


def test_a_new_assumption_reaches_every_figure_that_depends_on_it(
    recomputed: Path, recomputed_plan: Plan, tmp_path: Path
) -> None:
    changed, target = tmp_path / "changed.xlsx", tmp_path / "regenerated.xlsx"
    write_cells(recomputed, {("Uitgangspunten", "B15"): 1_000_000}, changed)
    result = regenerate(changed, target)
    mismatches = [str(check.place) for check in result.checks if check.verdict is Verdict.MISMATCH]
    assert mismatches == ["Thema 3!B10"], "the given lines of Thema 3 no longer make its amount"
    plan = read_begroting(target).plan
    assert plan.granted[0] != recomputed_plan.granted[0]
    assert plan.granted[1:] == recomputed_plan.granted[1:]
    cells = values(target)
    assert [cells["Begroting integraal", f"B{row}"] for row in (5, 6, 7, 8)] == [
        500000,
        333333,
        166667,
        1000000,
    ]
    assert sum(float(str(cells["Thema 2", f"B{row}"])) for row in (5, 6, 7)) == 333333
    assert cells["Thema 2", "B5"] == 148400


def test_a_published_begroting_keeps_its_figures_and_gets_its_findings_anew(
    published: Path, tmp_path: Path
) -> None:
    changed, target = tmp_path / "changed.xlsx", tmp_path / "regenerated.xlsx"
    write_cells(published, {("Thema 2", "G8"): 451814}, changed)
    result = regenerate(changed, target)
    assert [str(f.place) for f in result.findings if f.verdict == "mismatch"] == ["Thema 2!E8"]
    cells = values(target)
    assert cells["Thema 2", "G8"] == 451814
    assert cells["Toelichting", "B2"] == "sluit niet aan: 1 x verschil"
    found = {place: value for (sheet, place), value in cells.items() if sheet == "Bevindingen"}
    mismatches = [place for place, value in found.items() if place[0] == "A" and value == "verschil"]
    assert [found["C" + place[1:]] for place in mismatches] == ["Thema 2!E8"]


def test_every_other_part_of_the_package_is_copied_byte_for_byte(published: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    regenerate(published, target)
    with zipfile.ZipFile(published) as old, zipfile.ZipFile(target) as new:
        kept = [
            n for n in old.namelist() if not n.startswith(("xl/worksheets", "xl/styles", "xl/sharedStrings"))
        ]
        same = [n for n in kept if new.read(n) == old.read(n)]
    assert set(kept) - set(same) <= {"xl/workbook.xml", "[Content_Types].xml"}
    assert "xl/charts/chart1.xml" in same


def test_what_a_controller_added_stays(published: Path, tmp_path: Path) -> None:
    book = load_workbook(published)
    book.create_sheet("Eigen notities")["A1"] = "vragen aan de O&O-raad"
    book["Thema 2"]["J5"] = "navragen"
    changed, target = tmp_path / "changed.xlsx", tmp_path / "r.xlsx"
    book.save(changed)
    recalculated = write_cells(changed, {("Thema 2", "E8"): 379015}, tmp_path / "same.xlsx")
    assert recalculated[0].old == 379015
    regenerate(changed, target)
    cells = values(target)
    assert cells["Eigen notities", "A1"] == "vragen aan de O&O-raad"
    assert cells["Thema 2", "J5"] == "navragen"


@needs_office
def test_libreoffice_recalculates_a_regenerated_begroting_to_its_stored_values(
    recomputed: Path, tmp_path: Path
) -> None:
    changed, target = tmp_path / "changed.xlsx", tmp_path / "regenerated.xlsx"
    write_cells(recomputed, {("Uitgangspunten", "B15"): 987_654, ("Uitgangspunten", "C25"): 4}, changed)
    regenerate(changed, target)
    bare = without_stored_values(target, tmp_path / "bare.xlsx")
    stored, again = values(target), values(convert(bare, "xlsx", tmp_path))
    cells = formulas(target)
    assert {
        c: (stored[c], again.get(c)) for c in cells if comparable(stored[c]) != comparable(again.get(c))
    } == {}


Damage = Callable[[Workbook], object]


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b["Thema 2"].__setitem__("E5", "n.v.t."),
        lambda b: b["Thema 2"].__setitem__("E5", "#REF!"),
        lambda b: b.remove(b["Thema 2"]),
        lambda b: b["Uitgangspunten"].__setitem__("C25", -3),
        lambda b: b["Uitgangspunten"].__setitem__("B15", None),
        lambda b: b["Uitgangspunten"].__setitem__("D33", 10**9),
    ],
    ids=[
        "text",
        "error",
        "missing sheet",
        "negative weight",
        "missing grant",
        "fixed amount above the whole",
    ],
)
def test_bad_input_leaves_the_workbook_as_it_was_and_writes_nothing(
    recomputed: Path, tmp_path: Path, damage: Damage
) -> None:
    path = tmp_path / "b.xlsx"
    book = load_workbook(recomputed, data_only=True)
    damage(book)
    book.save(path)
    before = path.read_bytes()
    with pytest.raises(HokaError):
        regenerate(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.xlsx"]
