"""What is told of workbooks whose parts do not fit together, in the words a controller reads."""

import sys
from pathlib import Path

import pytest

from hoka_excel import HokaError, write_cells, write_frame
from hoka_excel.workbook.cells import Rules, rewrite
from hoka_excel.workbook.notes import Notes
from hoka_excel.workbook.sheets import Position
from tests.workbook.forged_workbooks import MAIN, forged, parts, relationships, worksheet

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


def test_a_text_that_is_not_there_names_its_number(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>7</v></c><c r="B1"><v>1</v></c></row>'
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(rows)))
    with pytest.raises(HokaError) as refused:
        write_cells(book, {"Bedrag|2024": 2})
    assert str(refused.value) == (
        "De gedeelde tekst met nummer 7 ontbreekt in de werkmap. Open haar in Excel en sla haar opnieuw op."
    )


def test_a_drawing_that_cannot_be_added_to_names_the_sheet(tmp_path: Path) -> None:
    contents = parts(Blad=worksheet(after='<legacyDrawing r:id="v1"/>'))
    contents[LINKS] = relationships(v1=("vmlDrawing", "../drawings/knop.vml"))
    contents["xl/drawings/knop.vml"] = "<xml/>"
    book = forged(tmp_path / "b.xlsx", contents)
    with pytest.raises(HokaError) as refused:
        rewrite(book, book, {}, [Notes("Blad", {Position(1, 1): "notitie"})])
    assert str(refused.value) == (
        "Blad 'Blad': de tekening met notities en knoppen is ongewoon opgeslagen. Open de werkmap in Excel "
        "en sla haar opnieuw op."
    )


def test_a_table_does_not_grow_over_another(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    tables = '<tableParts count="2"><tablePart r:id="r1"/><tablePart r:id="r2"/></tableParts>'
    contents = parts(Blad=worksheet('<row r="1"><c r="A1"/></row>', tables))
    contents[LINKS] = relationships(
        r1=("table", "../tables/table1.xml"), r2=("table", "../tables/table2.xml")
    )
    contents["xl/tables/table1.xml"] = table(1, "Lasten", "A1:A2")
    contents["xl/tables/table2.xml"] = table(2, "Baten", "A5:A6", headings=0)
    book = forged(tmp_path / "b.xlsx", contents)
    with pytest.raises(HokaError) as refused:
        write_frame(book, "Lasten", pandas.DataFrame({"Bedrag": [1, 2, 3, 4]}))
    assert str(refused.value) == (
        "Blad!A1:A5: hier ligt ook tabel Baten. Maak ruimte onder de tabel die groeit."
    )


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
        "b.xlsx: voor een werkmap met wachtwoord is het pakket msoffcrypto-tool nodig. Installeer het met: "
        'pip install "hoka-excel[password]"'
    )
