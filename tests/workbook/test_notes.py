"""Notes added to sheets: with and without notes, buttons and tables of their own."""

import re
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from hoka_excel.core.errors import HokaError
from hoka_excel.workbook.addresses import position
from hoka_excel.workbook.cells import rewrite
from hoka_excel.workbook.edits import Change, Rules
from hoka_excel.workbook.markup import escaped
from hoka_excel.workbook.notes import Notes
from hoka_excel.workbook.sheets import Position
from tests.workbook.forged_workbooks import MAIN, forged, members, parts, relationships, worksheet

SHEET, LINKS = "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"
COMMENTS, DRAWING = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
PLACE = Position(8, 5)
TEXT = 'Verschil van 648 & <meer>\nregel "twee" é🎓'


def shape(cell: str) -> str:
    place = position(cell)
    return (
        f'<v:shape id="_x0000_s{1025 + place.row}" type="#_x0000_t202"><x:ClientData ObjectType="Note">'
        f"<x:Row>{place.row - 1}</x:Row><x:Column>{place.column - 1}</x:Column></x:ClientData></v:shape>"
    )


def with_notes(drawn: str = "", **texts: str) -> dict[str, str]:
    """Make the parts of a workbook with notes of a controller, and something else drawn among them."""
    contents = parts(Blad=worksheet(after='<legacyDrawing r:id="v1"/>'))
    contents[LINKS] = relationships(
        c1=("comments", "../comments1.xml"), v1=("vmlDrawing", "../drawings/vmlDrawing1.vml")
    )
    listed = "".join(
        f'<comment ref="{cell}" authorId="0"><text><r><rPr><b/></rPr><t>{escaped(text[:4])}</t></r>'
        f"<r><t>{escaped(text[4:])}</t></r></text></comment>"
        for cell, text in texts.items()
    )
    contents[COMMENTS] = (
        f'<comments xmlns="{MAIN}"><authors><author>Controller</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    )
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    contents[DRAWING] = f"<xml {spaces}>{drawn}{''.join(map(shape, texts))}</xml>"
    return contents


def noted(book: Path, *places: Position, text: str | None = TEXT, rules: Rules = Rules()) -> Path:  # noqa: B008 - never changed
    rewrite(book, book, {}, [Notes("Blad", dict.fromkeys(places, text))], rules)
    return book


def refused(book: Path, place: Position = PLACE, text: str = TEXT) -> str:
    before = book.read_bytes()
    with pytest.raises(HokaError) as caught:
        noted(book, place, text=text)
    assert book.read_bytes() == before
    assert "\n" not in str(caught.value)
    return caught.value.faults[0].code


def read_notes(book: Path) -> dict[str, str]:
    import openpyxl

    sheet = openpyxl.load_workbook(book)["Blad"]
    return {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return forged(tmp_path / "b.xlsx")


def test_a_sheet_without_notes_gets_them(book: Path) -> None:
    before = members(book)
    noted(book, PLACE, Position(1, 1))
    assert read_notes(book) == {"E8": TEXT, "A1": TEXT}
    after = members(book)
    assert {name for name in before if before[name] != after[name]} == {"[Content_Types].xml", SHEET}
    assert set(after) - set(before) == {LINKS, "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    assert b"<x:Row>7</x:Row><x:Column>4</x:Column>" in after["xl/drawings/vmlDrawing1.vml"]


def test_a_sheet_with_notes_gets_more_and_keeps_its_own(book: Path) -> None:
    noted(book, PLACE, text="eerste")
    noted(book, Position(2, 2), text="tweede")
    assert read_notes(book) == {"E8": "eerste", "B2": "tweede"}
    drawing = members(book)["xl/drawings/vmlDrawing1.vml"]
    numbers = re.findall(rb'<v:shape [^>]*id="_x0000_s(\d+)"', drawing)
    assert len(set(numbers)) == 2
    assert drawing.count(b"<v:shapetype") == 1
    assert len([name for name in members(book) if "comments" in name or "vml" in name]) == 2


def test_a_note_that_is_there_gets_the_new_text_and_keeps_its_author_and_its_shape(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", with_notes(A1="van A & B", E8="van E"))
    before = members(book)
    noted(book, PLACE)
    assert read_notes(book) == {"A1": "van A & B", "E8": TEXT}
    after = members(book)
    assert {name for name in before if before[name] != after[name]} == {COMMENTS}
    assert after[COMMENTS].count(b"Controller") == 1
    assert b"HoKa" not in after[COMMENTS]


def test_a_note_is_taken_away_with_its_shape_and_nothing_else(tmp_path: Path) -> None:
    button = '<v:shape id="_x0000_s1"><br><x:Row>7</x:Row><x:Column>4</x:Column></v:shape>'
    book = forged(tmp_path / "b.xlsx", with_notes(button, A1="blijft", E8="gaat"))
    before = members(book)
    assert rewrite(book, book, {}, [Notes("Blad", {PLACE: None, Position(2, 2): None})]) == [
        Change("Blad", "E8", "gaat", None),
        Change("Blad", "B2", None, None),
    ]
    after = members(book)
    assert {name for name in before if before[name] != after[name]} == {COMMENTS, DRAWING}
    assert read_notes(book) == {"A1": "blijft"}
    assert after[DRAWING] == before[DRAWING].replace(shape("E8").encode(), b"")


def test_taking_away_a_note_where_there_are_none_changes_nothing(book: Path) -> None:
    before = members(book)
    noted(book, PLACE, text=None)
    assert members(book) == before


def test_a_conversation_is_left_alone(tmp_path: Path) -> None:
    contents = with_notes(A1="[Threaded comment]", E8="gewoon")
    contents[LINKS] = relationships(
        c1=("comments", "../comments1.xml"),
        v1=("vmlDrawing", "../drawings/vmlDrawing1.vml"),
        t1=("threadedComment", "../threadedComments/threadedComment1.xml"),
    )
    contents["xl/threadedComments/threadedComment1.xml"] = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" id="{1}"><text>vraag</text></threadedComment></ThreadedComments>'
    )
    book = forged(tmp_path / "b.xlsx", contents)
    assert refused(book, Position(1, 1), "anders") == "notes.thread"
    noted(book, PLACE, text=None)
    assert read_notes(book) == {"A1": "[Threaded comment]"}


def test_a_sheet_with_buttons_keeps_them_and_gets_no_second_drawing(tmp_path: Path) -> None:
    button = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
        '<v:shape id="_x0000_s2049"><br></v:shape></xml>'
    )
    contents = parts(Blad=worksheet(after='<legacyDrawing r:id="v1"/><tableParts count="0"/>'))
    contents[LINKS] = relationships(v1=("vmlDrawing", "../drawings/knop.vml"))
    contents["xl/drawings/knop.vml"] = button
    book = noted(forged(tmp_path / "b.xlsx", contents), PLACE)
    drawing = members(book)["xl/drawings/knop.vml"].decode()
    assert drawing.startswith(button.removesuffix("</xml>"))
    assert 'id="_x0000_s2050"' in drawing
    assert members(book)[SHEET].count(b"legacyDrawing") == 1


@pytest.mark.parametrize(
    "after",
    [
        '<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/><tableParts count="0"/>',
        '<drawing r:id="d1"/><extLst/>',
        "",
    ],
)
def test_the_reference_to_the_drawing_stands_where_the_schema_wants_it(tmp_path: Path, after: str) -> None:
    book = noted(forged(tmp_path / "b.xlsx", parts(Blad=worksheet(after=after))), PLACE)
    text = members(book)[SHEET].decode()
    order = [
        name
        for name in re.findall(r"<(\w+)", text.partition("</sheetData>")[2])
        if name in {"pageMargins", "drawing", "legacyDrawing", "tableParts", "extLst"}
    ]
    expected = ["pageMargins", "drawing", "legacyDrawing", "tableParts", "extLst"]
    assert order == [name for name in expected if name in order]
    assert "legacyDrawing" in order


def test_cells_and_notes_are_written_in_one_rewrite(book: Path) -> None:
    rewrite(book, book, {"Blad": {PLACE: 5}}, [Notes("Blad", {PLACE: TEXT})])
    assert b'<c r="E8"><v>5</v></c>' in members(book)[SHEET]
    assert read_notes(book) == {"E8": TEXT}


def test_prefixed_sheets_get_prefixed_elements(tmp_path: Path) -> None:
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData/></x:worksheet>'
    book = noted(forged(tmp_path / "b.xlsx", parts(Blad=sheet)), PLACE)
    assert b"<x:legacyDrawing " in members(book)[SHEET]
    assert read_notes(book) == {"E8": TEXT}


@pytest.mark.parametrize(
    ("after", "text", "code"),
    [
        ('<mergeCells><mergeCell ref="D8:E9"/></mergeCells>', TEXT, "cells.merged"),
        ('<sheetProtection sheet="1" objects="1"/>', TEXT, "notes.locked"),
        ("", " \n", "notes.bad_text"),
        ("", "x" * 40_000, "notes.bad_text"),
        ("", "a\x00b", "notes.bad_text"),
        ("", "\ud800", "notes.bad_text"),
    ],
)
def test_a_note_that_cannot_be_is_refused(tmp_path: Path, after: str, text: str, code: str) -> None:
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(after=after)))
    assert refused(book, PLACE, text) == code


def test_protection_of_objects_may_be_passed_over(tmp_path: Path) -> None:
    locked = worksheet(after='<sheetProtection sheet="1" objects="1"/>')
    book = forged(tmp_path / "b.xlsx", parts(Blad=locked))
    assert read_notes(noted(book, PLACE, rules=Rules(obey_protection=False))) == {"E8": TEXT}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_notes(book: Path, tmp_path: Path) -> None:
    noted(book, PLACE, text="zichtbaar in LibreOffice")
    profile = f"-env:UserInstallation={(tmp_path / 'profiel').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(book)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with ZipFile(tmp_path / "b.ods") as made:
        assert b"zichtbaar in LibreOffice" in made.read("content.xml")
