"""Notes and whole sheets written by anyone into anyone's workbook."""

import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hoka_excel import write_notes, write_sheet
from hoka_excel.core.errors import HokaError
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.edits import Change, Rules, Value, Where
from hoka_excel.workbook.package import opened
from hoka_excel.workbook.sheets import Formula
from tests.workbook.forged_workbooks import forged, members, parts, signed, worksheet
from tests.workbook.real_workbooks import needs_real_workbooks, openpyxl_reads, outcomes, real_workbooks

ROWS = (
    '<row r="1"><c r="B1" t="inlineStr"><is><t>2024</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Totaal</t></is></c><c r="B2"><v>5</v></c></row>'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return forged(tmp_path / "b.xlsx", parts(Blad=worksheet(ROWS), Twee=worksheet()))


def notes_in(book: Path) -> dict[str, str]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = openpyxl.load_workbook(book)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in read.worksheets
        for cell in sheet._cells.values()
        if cell.comment
    }


def test_notes_go_where_cells_are_called_so_and_the_old_texts_are_told(book: Path) -> None:
    first: dict[Where, str | None] = {("twee", "$C$3"): "drie", "Totaal|2024": "vijf"}
    second: dict[Where, str | None] = {"Totaal|2024": "zes", ("Twee", "C3"): None}
    assert write_notes(book, first) == [
        Change("Twee", "C3", None, "drie"),
        Change("Blad", "B2", None, "vijf"),
    ]
    assert notes_in(book) == {"Blad!B2": "vijf", "Twee!C3": "drie"}
    assert write_notes(book, second) == [
        Change("Blad", "B2", "vijf", "zes"),
        Change("Twee", "C3", "drie", None),
    ]
    assert notes_in(book) == {"Blad!B2": "zes"}


def test_the_parts_of_other_sheets_and_the_cells_stay_as_they_are(book: Path, tmp_path: Path) -> None:
    before = members(book)
    write_notes(book, {("Blad", "B2"): "vijf"}, tmp_path / "uit.xlsx")
    after = members(tmp_path / "uit.xlsx")
    assert members(book) == before
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"[Content_Types].xml", "xl/worksheets/sheet1.xml"}
    sheet = "xl/worksheets/sheet1.xml"
    assert after[sheet].partition(b"</sheetData>")[0] == before[sheet].partition(b"</sheetData>")[0]


def test_a_dry_run_tells_of_notes_and_tries_a_sheet_and_writes_nothing(book: Path) -> None:
    before = book.read_bytes()
    assert write_notes(book, {("Blad", "B2"): "vijf"}, dry_run=True) == [Change("Blad", "B2", None, "vijf")]
    write_sheet(book, "Drie", [["a"]], dry_run=True)
    with pytest.raises(HokaError):
        write_sheet(book, "a/b", [["a"]], dry_run=True)
    assert book.read_bytes() == before


def test_a_sheet_is_added_last_or_takes_the_place_of_its_namesake(book: Path) -> None:
    import openpyxl

    before = members(book)
    rows: list[list[Value]] = [
        ["Post", "Bedrag", "Datum", "Dubbel"],
        ["=geen formule", Decimal("0.10"), date(2026, 5, 1), Formula("B2*2", Decimal("0.2"))],
        ["Deels", 0.5, None, True],
    ]
    write_sheet(book, "Bronnen", rows)
    write_sheet(book, "TWEE", [["anders"]])
    after = openpyxl.load_workbook(book)
    assert after.sheetnames == ["Blad", "Twee", "Bronnen"]
    assert [[cell.value for cell in row] for row in after["Bronnen"].iter_rows()] == [
        rows[0],
        ["=geen formule", 0.1, after["Bronnen"]["C2"].value, "=B2*2"],
        ["Deels", 0.5, None, True],
    ]
    assert after["Bronnen"]["A2"].data_type == "s"
    assert after["Bronnen"]["C2"].value.date() == date(2026, 5, 1)
    assert after["Bronnen"].freeze_panes == "A2"
    assert after["Twee"]["A1"].value == "anders"
    assert members(book)["xl/worksheets/sheet1.xml"] == before["xl/worksheets/sheet1.xml"]


def test_a_sheet_may_be_empty(book: Path) -> None:
    import openpyxl

    write_sheet(book, "Leeg", [])
    assert openpyxl.load_workbook(book)["Leeg"].dimensions == "A1:A1"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", "x" * 40_000])
def test_what_excel_cannot_hold_is_refused_and_nothing_is_written(book: Path, value: float | str) -> None:
    before = book.read_bytes()
    with pytest.raises(HokaError):
        write_sheet(book, "Bronnen", [["a", value]])
    assert book.read_bytes() == before


def test_a_signed_workbook_gets_notes_and_sheets_only_when_told(book: Path) -> None:
    forged(book, signed(members(book)))
    for write in (
        lambda rules: write_notes(book, {("Blad", "A1"): "a"}, rules=rules),
        lambda rules: write_sheet(book, "Drie", [["a"]], rules=rules),
    ):
        with pytest.raises(HokaError) as caught:
            write(Rules())
        assert caught.value.faults[0].code == "package.signed"
    write_notes(book, {("Blad", "A1"): "a"}, rules=Rules(break_signature=True))
    assert notes_in(book) == {"Blad!A1": "a"}


def lost_by_noting(source: Path, target: Path) -> list[str]:
    """Say what else changed when the first note of a workbook was replaced, or its first sheet got one."""
    there = notes_in(source)
    with opened(source) as package:
        sheet = next(tab.name for tab in Book.of(Draft(package)).tabs() if tab.kind == "worksheet")
    place = next(iter(there), f"{sheet}!B2")
    sheet, _, cell = place.rpartition("!")
    write_notes(source, {(sheet, cell): "nieuw"}, target)
    before, after = members(source), members(target)
    lost = list(before.keys() - after.keys())
    changed = [name for name in before.keys() & after.keys() if before[name] != after[name]]
    if place in there:
        lost += [name for name in changed if "comments" not in name.lower()]
    else:
        touched = ("[Content_Types].xml", ".rels", ".vml")
        lost += [name for name in changed if "sheet" not in name and not name.endswith(touched)]
    is_strict = b"purl.oclc.org" in after["xl/workbook.xml"]  # openpyxl finds no notes there
    return lost if is_strict or notes_in(target) == there | {place: "nieuw"} else [*lost, "notes"]


@needs_real_workbooks
def test_real_workbooks_lose_nothing_by_a_note(tmp_path: Path) -> None:
    small = [path for path in real_workbooks(every=5) if path.stat().st_size < 20_000]
    small = [path for path in small if openpyxl_reads(path, None)]
    found = outcomes(small, tmp_path, lost_by_noting)
    assert found["lost"] == []
    assert len(found["written"]) > len(small) * 0.9
