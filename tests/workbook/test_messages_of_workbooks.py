"""What is told of workbooks whose parts do not fit together, in the words a controller reads."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hoka_excel import HokaError, write_cells, write_frame
from hoka_excel.workbook.cells import rewrite
from hoka_excel.workbook.edits import Rules
from hoka_excel.workbook.locks import locked
from hoka_excel.workbook.notes import Notes
from hoka_excel.workbook.sheets import Formula, Position
from tests.workbook.forged_workbooks import MAIN, forged, parts, relationships, signed, worksheet

PASSWORD = "een lang wachtwoord"  # noqa: S105 - opens nothing but what is made here
LINKS = "xl/worksheets/_rels/sheet1.xml.rels"


def table(number: int, name: str, reference: str, headings: int = 1) -> str:
    return (
        f'<table xmlns="{MAIN}" id="{number}" name="{name}" displayName="{name}" ref="{reference}" '
        f'headerRowCount="{headings}">'
        '<tableColumns count="1"><tableColumn id="1" name="Bedrag"/></tableColumns></table>'
    )


def test_a_row_without_an_end_names_the_row(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet('<row r="5"><c r="B5"><v>1</v></c>')))
    with pytest.raises(HokaError) as refused:
        write_cells(book, {("Blad", "B5"): 2})
    assert str(refused.value) == (
        "Blad 'Blad': rij 5 is afgebroken. Gebruik een reservekopie, of laat Excel het herstellen."
    )


def test_what_comes_before_the_rows_is_bounded_and_the_limit_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = worksheet(before=f"<!--{'x' * (1 << 20)}-->")
    book = forged(tmp_path / "b.xlsx", parts(Blad=sheet))
    monkeypatch.setenv("HOKA_LIMIT_SHEET_HEAD_MB", "1")
    with pytest.raises(HokaError) as refused:
        write_cells(book, {("Blad", "B1"): 2})
    assert str(refused.value) == (
        "Blad 'Blad': wat voor de rijen staat is groter dan 1 MB. Open het werkboek in Excel en sla het "
        "opnieuw op, of verhoog HOKA_LIMIT_SHEET_HEAD_MB."
    )
    monkeypatch.delenv("HOKA_LIMIT_SHEET_HEAD_MB")
    write_cells(book, {("Blad", "B1"): 2})


def test_an_encrypted_workbook_over_the_limit_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1 << 20))
    monkeypatch.setenv("HOKA_LIMIT_PACKAGE_MB", "1")
    with pytest.raises(HokaError) as refused:
        write_cells(book, {("Blad", "B1"): 2}, rules=Rules(password=PASSWORD))
    assert str(refused.value) == (
        "b.xlsx: het werkboek is te groot (een werkboek, verpakt en uitgepakt: hoogstens 1 MB, volgens "
        "HOKA_LIMIT_PACKAGE_MB). Splits het, of vertrouw dit bestand niet."
    )


def test_a_text_that_is_not_there_names_its_number(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1"><v>1</v></c></row>'
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(rows)))
    with pytest.raises(HokaError) as refused:
        write_cells(book, {"Bedrag|2024": 2})
    assert str(refused.value) == (
        "De gedeelde tekst met nummer 7 ontbreekt in het werkboek. Open het in Excel en sla het opnieuw op."
    )


def test_a_drawing_that_cannot_be_added_to_names_the_sheet(tmp_path: Path) -> None:
    contents = parts(Blad=worksheet(after='<legacyDrawing r:id="v1"/>'))
    contents[LINKS] = relationships(v1=("vmlDrawing", "../drawings/knop.vml"))
    contents["xl/drawings/knop.vml"] = "<xml/>"
    book = forged(tmp_path / "b.xlsx", contents)
    with pytest.raises(HokaError) as refused:
        rewrite(book, book, {}, [Notes("Blad", {Position(1, 1): "notitie"})])
    assert str(refused.value) == (
        "Blad 'Blad': de tekening met notities en knoppen is ongewoon opgeslagen. Open het werkboek in Excel "
        "en sla het opnieuw op."
    )


@pytest.mark.parametrize(
    ("rows", "other", "told"),
    [
        ("", "A5:A6", "A1:A5: hier ligt ook tabel Baten. Maak ruimte onder de tabel die groeit."),
        (
            '<row r="4"><c r="A4"><v>9</v></c></row>',
            "C5:C6",
            "A4: hier staat al iets, en de tabel of het blok zou eroverheen groeien. Maak er ruimte onder.",
        ),
    ],
    ids=["another table", "a figure"],
)
def test_a_table_grows_only_where_there_is_room(tmp_path: Path, rows: str, other: str, told: str) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    tables = '<tableParts count="2"><tablePart r:id="r1"/><tablePart r:id="r2"/></tableParts>'
    contents = parts(Blad=worksheet(f'<row r="1"><c r="A1"/></row>{rows}', tables))
    contents[LINKS] = relationships(
        r1=("table", "../tables/table1.xml"), r2=("table", "../tables/table2.xml")
    )
    contents["xl/tables/table1.xml"] = table(1, "Lasten", "A1:A2")
    contents["xl/tables/table2.xml"] = table(2, "Baten", other, headings=0)
    book = forged(tmp_path / "b.xlsx", contents)
    with pytest.raises(HokaError) as refused:
        write_frame(book, "Lasten", pandas.DataFrame({"Bedrag": [1, 2, 3, 4]}))
    assert str(refused.value) == f"Blad!{told}"


def test_a_password_without_its_package_says_what_to_install(
    tmp_path: Path, recomputed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("msoffcrypto", reason="msoffcrypto-tool is not installed")
    from hoka_excel.workbook.encryption import encipher

    book = tmp_path / "b.xlsx"
    with recomputed.open("rb") as plain, book.open("w+b") as target:
        encipher(plain, PASSWORD, target, book.name)
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    with pytest.raises(HokaError) as refused:
        write_cells(book, {("Thema 2", "E5"): 1}, rules=Rules(password=PASSWORD))
    assert str(refused.value) == (
        "b.xlsx: voor een werkboek met wachtwoord is het pakket msoffcrypto-tool nodig. Installeer het met: "
        'pip install "hoka-excel[password]"'
    )


ARRAY = '<row r="1"><c r="A1"><f t="array" ref="A1:A5">x</f></c></row>'
SHARED = '<row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">1</f></c></row>'
PIVOT = f'<pivotTableDefinition xmlns="{MAIN}" name="Draai"><location ref="A1:C9"/></pivotTableDefinition>'


@pytest.mark.parametrize(
    ("rows", "after", "part", "told"),
    [
        (
            "",
            '<sheetProtection sheet="1"/>',
            ("", ""),
            "A4 is vergrendeld op een beveiligd blad. Hef de bladb",
        ),
        (
            "",
            '<mergeCells><mergeCell ref="A1:A4"/></mergeCells>',
            ("", ""),
            "A4 ligt binnen de samengevoegde",
        ),
        (
            ARRAY,
            "",
            ("", ""),
            "A4 ligt in A1:A5, dat door één matrixformule of gegevenstabel wordt gevuld. Kies",
        ),
        ("", "", ("pivotTable", PIVOT), "A4 ligt in draaitabel Draai (A1:C9). Kies een cel daarbuiten."),
        (
            "",
            "",
            ("table", table(1, "Lasten", "A4:A6")),
            "A4 is een kolomkop van tabel Lasten (A4). Hernoem de",
        ),
    ],
    ids=["locked", "merged", "array", "pivot", "table"],
)
def test_a_cell_that_belongs_to_something_says_to_what(
    tmp_path: Path, rows: str, after: str, part: tuple[str, str], told: str
) -> None:
    contents = parts(Blad=worksheet(rows, after))
    kind, contents["xl/part.xml"] = part
    if kind:
        contents[LINKS] = relationships(r1=(kind, "../part.xml"))
    with pytest.raises(HokaError) as refused:
        write_cells(forged(tmp_path / "b.xlsx", contents), {("Blad", "A4"): 1})
    assert str(refused.value).startswith(f"Blad!{told}")


def test_the_first_cell_of_a_shared_formula_says_which_cells_lean_on_it(tmp_path: Path) -> None:
    with pytest.raises(HokaError) as refused:
        write_cells(forged(tmp_path / "b.xlsx", parts(Blad=worksheet(SHARED))), {("Blad", "A1"): 1})
    assert str(refused.value) == (
        "Blad!A1 draagt de gedeelde formule van A1:A3. Geef eerst elke cel van A1:A3 haar eigen formule."
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("\ud800", "de tekst bevat tekens die Excel niet kan bewaren. Verwijder die."),
        (
            date(1900, 1, 1),
            "de datum 1900-01-01 kan Excel niet bewaren. Geef een datum vanaf 1 maart 1900, zonder tijdzone.",
        ),
        (
            Formula("", 1),
            "deze formule is leeg, te lang (meer dan 8192 tekens) of bevat tekens die Excel niet",
        ),
        (float("nan"), "nan is geen getal dat Excel kan bewaren. Geef een eindig getal."),
    ],
)
def test_a_value_that_no_cell_can_hold_names_the_cell(tmp_path: Path, value: Any, told: str) -> None:
    with pytest.raises(HokaError) as refused:
        write_cells(forged(tmp_path / "b.xlsx"), {("Blad", "B1"): value})
    assert str(refused.value).startswith(f"Blad!B1: {told}")


def test_a_note_without_a_text_names_the_cell(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx")
    with pytest.raises(HokaError) as refused:
        rewrite(book, book, {}, [Notes("Blad", {Position(1, 2): ""})])
    assert str(refused.value).startswith("Blad!B1: een notitie heeft een tekst nodig van hoogstens ")


def test_a_workbook_that_someone_holds_says_who(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx")
    with locked(book), pytest.raises(HokaError) as refused:
        write_cells(book, {("Blad", "A1"): 1})
    assert re.search(
        r"b\.xlsx: een andere hoka-opdracht \(.+\) werkt aan dit bestand\. Wacht tot die klaar is\.$",
        str(refused.value),
    )
    book.with_name("~$b.xlsx").write_bytes(b"\x09de collega".ljust(165, b"\0"))
    with pytest.raises(HokaError) as refused:
        write_cells(book, {("Blad", "A1"): 1})
    assert str(refused.value).endswith("heeft het werkboek open in Excel. Laat die eerst sluiten.")


def test_a_signed_workbook_says_what_a_change_would_break(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", signed(parts()))
    with pytest.raises(HokaError) as refused:
        write_cells(book, {("Blad", "A1"): 1})
    assert str(refused.value).endswith(
        "b.xlsx: het werkboek is digitaal ondertekend en elke wijziging verbreekt dat. Geef "
        "--break-signature als dat mag."
    )


def test_a_name_that_is_too_long_asks_for_a_shorter_one(tmp_path: Path) -> None:
    with pytest.raises(HokaError) as refused:
        write_cells(forged(tmp_path / "b.xlsx"), {("Blad", "A1"): 1}, tmp_path / f"{'x' * 300}.xlsx")
    assert str(refused.value).endswith(
        "xxx.xlsx: de naam is te lang voor deze schijf. Kies een kortere naam of map."
    )


def test_a_workbook_of_too_many_parts_gives_both_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PARTS", "5")
    with pytest.raises(HokaError) as refused:
        write_cells(forged(tmp_path / "b.xlsx"), {("Blad", "A1"): 1})
    assert str(refused.value).endswith(
        "b.xlsx: het bestand bestaat uit 8 onderdelen, meer dan 5. Splits het, of verhoog HOKA_LIMIT_PARTS."
    )
