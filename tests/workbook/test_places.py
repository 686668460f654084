"""Places found by what they are called; what may be more than one place is refused."""

from pathlib import Path

import pytest

from hoka_excel import write_cells
from hoka_excel.core.errors import HokaError
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.package import opened
from hoka_excel.workbook.places import find_place
from tests.workbook.forged_workbooks import MAIN, cell_texts, forged, members, parts, relationships, worksheet

NAMES = {
    "Budget": "Lasten!$B$2",
    "Blok": "'Thema 2'!$B$4:$C$5",
    "Bladen": "Lasten!$A$1,Lasten!$B$1",
    "Verloren": "#REF!$A$1",
    "Kolom": "Uren[fte]",
    "Formule": "OFFSET(Lasten!$A$1,1,1)",
}
SCOPED = '<definedName name="Eigen" localSheetId="{}">\'{}\'!$A$1</definedName>'
TABLE = (
    f'<table xmlns="{MAIN}" id="1" name="Uren" displayName="Uren" ref="E1:F4" totalsRowCount="1">'
    '<tableColumns count="2"><tableColumn id="1" name="naam"/><tableColumn id="2" name="fte"/></tableColumns>'
    "</table>"
)
ROWS = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Totaal  EUR:</t></is></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><r><t>Dub</t></r><r><t>bel</t></r>'
    '<rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>'
    '<row r="4"><c r="A4" t="str"><f>x</f><v>dubbel</v></c></row>'
    '<row><c><v>2023</v></c><c/><c r="C5"><v>2024</v></c></row>'
    '<row r="7"><c r="A7" t="inlineStr"><is><t>Begeleiding</t></is></c></row>'
    '<row r="8"><c r="B8"><v>2025</v></c><c r="C8"><v>2024</v></c></row>'
    '<row r="9"><c r="A9" t="inlineStr"><is><t>Scholing</t></is></c></row>'
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    merged = '<mergeCells><mergeCell ref="A2:C2"/></mergeCells>'
    contents = parts(**{"Lasten": worksheet(), "Thema 2": worksheet(ROWS, merged)})
    names = "".join(f'<definedName name="{name}">{target}</definedName>' for name, target in NAMES.items())
    names += SCOPED.format(0, "Lasten") + SCOPED.format(1, "Thema 2")
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(
        "</sheets>", f"</sheets><definedNames>{names}</definedNames>"
    )
    contents["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(r1=("table", "../tables/table1.xml"))
    contents["xl/tables/table1.xml"] = TABLE
    return forged(tmp_path / "b.xlsx", contents)


def found(path: Path, text: str, sheet: str = "") -> str:
    with opened(path) as package:
        return str(find_place(Book.of(Draft(package)), text, sheet))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Budget", "Lasten!B2"),
        ("BUDGET", "Lasten!B2"),
        ("Blok", "Thema 2!B4:C5"),
        ("Lasten!Eigen", "Lasten!A1"),
        ("'Thema 2'!Eigen", "Thema 2!A1"),
        ("Kolom", "Lasten!F2:F3"),
        ("Uren", "Lasten!E2:F3"),
        ("uren[FTE]", "Lasten!F2:F3"),
        ("totaal eur", "Thema 2!D2"),
        ("Begeleiding|2024", "Thema 2!C7"),
        ("Scholing|2024", "Thema 2!C9"),
        ("Scholing | 2025", "Thema 2!B9"),
        ("Bedrag", "Lasten!B1"),
        ("Thema 2!E8", "Thema 2!E8"),
        ("'Thema 2'!$B$4:$D$9", "Thema 2!B4:D9"),
    ],
)
def test_a_place_is_found_by_what_it_is_called(book: Path, text: str, expected: str) -> None:
    assert found(book, text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dubbel", "place.ambiguous"),
        ("Eigen", "place.ambiguous"),
        ("Niets", "place.unknown"),
        ("Begeleiding|2025", "place.unknown"),
        ("Totaal EUR|2024", "place.unknown"),
        ("E8", "place.unknown"),
        ("Bladen", "place.broken"),
        ("Verloren", "place.broken"),
        ("Formule", "place.broken"),
        ("Uren[uren]", "place.no_column"),
        ("Weg!E8", "cells.no_sheet"),
        ("", "place.unknown"),
        ("!", "place.unknown"),
        ("[]", "place.unknown"),
    ],
)
def test_what_is_no_place_or_several_is_refused(book: Path, text: str, code: str) -> None:
    with pytest.raises(HokaError) as caught:
        found(book, text)
    assert caught.value.faults[0].code == code
    assert "\n" not in str(caught.value)


def test_several_places_are_all_named(book: Path) -> None:
    with pytest.raises(HokaError, match=r"Thema 2!B3, Thema 2!B4"):
        found(book, "Dubbel")


def test_a_place_moves_with_what_is_inserted_above_it(book: Path, tmp_path: Path) -> None:
    contents: dict[str, str | bytes] = dict(members(book))
    sheet = contents["xl/worksheets/sheet2.xml"]
    assert isinstance(sheet, bytes)
    lower = sheet.replace(b'r="9"', b'r="19"').replace(b'r="A9"', b'r="A19"')
    moved = forged(tmp_path / "later.xlsx", {**contents, "xl/worksheets/sheet2.xml": lower})
    assert (found(book, "Scholing|2025"), found(moved, "Scholing|2025")) == ("Thema 2!B9", "Thema 2!B19")


def test_a_place_survives_an_inserted_column_a_renamed_sheet_and_tables_in_another_order(
    book: Path, tmp_path: Path
) -> None:
    contents = {name: text.decode() for name, text in members(book).items()}
    workbook, links = "xl/workbook.xml", "xl/worksheets/_rels/sheet1.xml.rels"
    contents[workbook] = contents[workbook].replace("Lasten", "Kosten").replace("$B$2", "$D$2")
    contents[links] = relationships(
        r2=("table", "../tables/table2.xml"), r1=("table", "../tables/table1.xml")
    )
    contents["xl/tables/table2.xml"] = TABLE.replace("Uren", "Posten").replace("E1:F4", "A1:B4")
    contents["xl/tables/table1.xml"] = TABLE.replace("E1:F4", "E11:G14").replace(
        '<tableColumn id="2"', '<tableColumn id="3" name="nieuw"/><tableColumn id="2"'
    )
    sheet = "xl/worksheets/sheet2.xml"
    contents[sheet] = contents[sheet].replace('r="C8"', 'r="D8"')
    later = forged(tmp_path / "later.xlsx", contents)
    places = {"Budget": "B2", "Uren[FTE]": "F2:F3", "Posten[fte]": "", "Scholing|2024": "C9"}
    assert [found(book, text).partition("!")[2] for text, cells in places.items() if cells] == [
        cells for cells in places.values() if cells
    ]
    assert [found(later, text) for text in places] == [
        "Kosten!D2",
        "Kosten!G12:G13",
        "Kosten!B2:B3",
        "Thema 2!D9",
    ]


def test_cells_are_written_where_their_names_say(book: Path) -> None:
    changes = write_cells(book, {"Budget": 7, "Begeleiding|2024": 8, "Thema 2!E1": 9})
    assert [(change.sheet, change.cell) for change in changes] == [
        ("Lasten", "B2"),
        ("Thema 2", "C7"),
        ("Thema 2", "E1"),
    ]
    assert "<v>8</v>" in cell_texts(members(book)["xl/worksheets/sheet2.xml"])["C7"]
    (change,) = write_cells(book, {("Thema 2", "Scholing|2025"): 1})
    assert change.cell == "B9"


def test_a_block_is_no_place_for_one_value(book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(HokaError, match=r"Thema 2!B4:C5"):
        write_cells(book, {"Blok": 7})
    assert book.read_bytes() == before
