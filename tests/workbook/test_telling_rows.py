"""What a large sheet tells besides its values is the same whether all of it is parsed or only some."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.workbook import sheet_formulas
from hoka_excel.workbook.sheet_formulas import SheetNotes, sheet_notes
from hoka_excel.workbook.telling_rows import RowFormats, TellingRows, UnusualError, has_marks

SHEET = (
    b'<?xml version="1.0"?><worksheet><cols><col min="3" max="3" hidden="1"/></cols><sheetData>\n'
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>5</v></c></row>\n'
    b'<row r="2" hidden="1"><c r="A2" s="1"><f>SUM(B1:B1)</f><v>5</v></c><c r="B2"><v>1</v></c></row>'
    b'<row r="4" hidden="1"/><row r="5" spans="1:2"><c r="A5"><v>7</v></c></row>'
    b'<row r="6"><c r="B6" s="2"><f t="shared" ref="B6:B7" si="0">A6*2</f><v>0</v></c></row>'
    b'<row r="7"><c r="B7" s="2"><f t="shared" si="0"/><v>0</v></c></row>'
    b"</sheetData><pageMargins/></worksheet>"
)
BARE = re.sub(rb' (s|hidden)="[12]"', b"", SHEET)
LEFT_OF_BARE = (
    b'<row r="2"><c r="A2"><f>SUM(B1:B1)</f><v>5</v></c></row>'
    b'<row r="6"><c r="B6"><f t="shared" ref="B6:B7" si="0">A6*2</f><v>0</v></c></row>'
    b'<row r="7"><c r="B7"><f t="shared" si="0"/><v>0</v></c></row>'
)
STYLES = {1: "0.00", 2: "#,##0"}


def short(pieces: list[bytes], formats: dict[int, str]) -> tuple[bytes, dict[tuple[int, int], str]]:
    rows = TellingRows(formats)
    return b"".join(rows.shortened(iter(pieces))), dict(rows.formats)


@given(st.integers(1, len(SHEET)))
def test_where_a_sheet_is_cut_in_pieces_makes_no_difference(length: int) -> None:
    pieces = [SHEET[start : start + length] for start in range(0, len(SHEET), length)]
    assert short(pieces, STYLES) == short([SHEET], STYLES)
    assert has_marks(pieces)


@given(st.integers(1, len(BARE)))
def test_of_a_sheet_without_styles_only_cells_with_a_formula_are_left(length: int) -> None:
    pieces = [BARE[start : start + length] for start in range(0, len(BARE), length)]
    text, formats = short(pieces, STYLES)
    assert text == BARE[: BARE.index(b"\n")] + LEFT_OF_BARE + BARE[BARE.index(b"</sheetData>") :]
    assert formats == {}


@pytest.mark.parametrize(
    "sheet",
    [
        BARE.replace(b'<row r="6"', b"<row"),
        BARE.replace(b'<c r="B6">', b"<c>"),
        BARE.replace(b"<row ", b"<x:row ").replace(b"</row>", b"</x:row>"),
        BARE.replace(b"</row>", b""),
        BARE.replace(b'</row><row r="6">', b"</row>"),
    ],
)
def test_a_sheet_without_styles_written_in_another_way_is_left_to_the_parser(sheet: bytes) -> None:
    with pytest.raises(UnusualError):
        short([sheet], STYLES)


def test_only_cells_with_a_formula_and_hidden_rows_are_left() -> None:
    text, formats = short([SHEET], STYLES)
    assert text.count(b"<c ") == text.count(b"<f") == 3
    assert text.count(b"<row ") == 4
    assert formats == {(0, 1): "0.00", (1, 0): "0.00", (5, 1): "#,##0", (6, 1): "#,##0"}


@pytest.mark.parametrize(
    "sheet",
    [
        SHEET.replace(b'<row r="1">', b'<!-- <row r="1"> --><row r="1">'),
        SHEET.replace(b'<row r="5"', b"<row"),
        SHEET.replace(b'<c r="A2" s="1">', b'<c s="1" r="A2">'),
        SHEET.replace(b'<c r="B6" s="2">', b"<c>"),
        SHEET.replace(b"<sheetData>", b"<x:sheetData>").replace(b"</sheetData>", b"</x:sheetData>"),
        SHEET.partition(b"</sheetData>")[0],
    ],
)
def test_a_sheet_written_in_another_way_is_left_to_the_parser(sheet: bytes) -> None:
    with pytest.raises(UnusualError):
        short([sheet], STYLES)


def test_a_format_of_the_usual_style_is_left_to_the_parser() -> None:
    with pytest.raises(UnusualError):
        short([SHEET], {0: "0.00"})


@pytest.mark.parametrize(
    "text", [b"<c><f>A1</f></c>", b"<x:f t='array'>A1</x:f>", b"<f/>", b'<row hidden="1">']
)
def test_marks_are_found_and_words_are_not(text: bytes) -> None:
    assert has_marks([b"<is><t>fee :f and hidden</t></is>", text])
    assert not has_marks([b"<is><t>fee :fee and hidden</t></is><font/>"])


def test_a_large_sheet_tells_what_a_small_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, money = book.add_worksheet("Blad"), book.add_format({"num_format": "#,##0.00"})
        for row in range(40):
            sheet.write_string(row, 0, f"Regel <f> & {row}")
            sheet.write_number(row, 1, row / 3, money if row % 3 else None)
            sheet.write_formula(row, 2, f'=IF(B{row + 1}<1,"<f>",B{row + 1})', money, row / 3)
        sheet.set_row(7, None, None, {"hidden": True})
        sheet.set_column(3, 4, None, None, {"hidden": True})
    small = sheet_notes(path)["Blad"]
    monkeypatch.setattr(sheet_formulas, "_LARGE", 0)
    large = sheet_notes(path)["Blad"]
    assert isinstance(large.formats, RowFormats)
    assert dict(large.formats) == dict(small.formats)
    assert large == SheetNotes(small.formulas, large.formats, small.hidden_rows, small.hidden_columns)


def test_a_large_sheet_with_a_comment_in_it_is_parsed_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, remarked = tmp_path / "plain.xlsx", tmp_path / "remarked.xlsx"
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet("Blad").write_formula(3, 0, "=1+1", None, 2)
    with ZipFile(plain) as source, ZipFile(remarked, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<row ", b"<!-- remark --><row "))
    monkeypatch.setattr(sheet_formulas, "_LARGE", 0)
    assert sheet_notes(remarked)["Blad"].formulas == {(3, 0): "1+1"}
