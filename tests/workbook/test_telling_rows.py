"""What a sheet tells besides its values is the same whether all of it is parsed or only some."""

import re
from contextlib import nullcontext
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook import sheet_formulas
from hoka_excel.workbook.row_formats import RowFormats
from hoka_excel.workbook.sheet_formulas import SheetNotes, sheet_notes
from hoka_excel.workbook.telling_rows import TellingRows, UnusualError

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
        SHEET.replace(b'<row r="5"', b'<row r="3"'),
        SHEET.replace(b'</row><row r="6"', b'<row r="6"'),
        SHEET.replace(b'<row r="5"', b'<cell/><row r="5"'),
        SHEET.replace(b'<c r="A2" s="1">', b'<c s="1" r="A2">'),
        SHEET.replace(b'<c r="A2" s="1">', b"<c r='A2' s='1'>"),
        SHEET.replace(b'<c r="A2" s="1">', b'<c r="A2"\ts="1">'),
        SHEET.replace(b'<c r="B6" s="2">', b"<c>"),
        SHEET.replace(b"<f>SUM(B1:B1)</f>", b'<x:f xmlns:x="m">SUM(B1:B1)</x:f>'),
        SHEET.replace(b"<worksheet>", b'<worksheet xmlns="m" xmlns:x="m">'),
        SHEET.replace(b"<sheetData>", b"<x:sheetData>").replace(b"</sheetData>", b"</x:sheetData>"),
        SHEET.replace(b"<sheetData>", b"<sheetData/>"),
        SHEET.partition(b"</sheetData>")[0],
    ],
)
def test_a_sheet_written_in_another_way_is_left_to_the_parser(sheet: bytes) -> None:
    with pytest.raises(UnusualError):
        short([sheet], STYLES)


def test_a_prefix_before_every_name_makes_no_difference() -> None:
    prefixed = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", SHEET)
    text, formats = short([SHEET], STYLES)
    assert short([prefixed], STYLES) == (re.sub(rb"<(/?)(?=\w)", rb"<\1x:", text), formats)


def test_cells_that_name_no_style_have_the_format_of_the_usual_one() -> None:
    text, formats = short([SHEET], {**STYLES, 0: "0%"})
    assert text == short([SHEET], STYLES)[0]
    assert formats == {
        (0, 0): "0%",
        (0, 1): "0.00",
        (1, 0): "0.00",
        (1, 1): "0%",
        (4, 0): "0%",
        (5, 1): "#,##0",
        (6, 1): "#,##0",
    }


@given(st.dictionaries(st.integers(0, 30), st.integers(0, 2)))
def test_formats_kept_by_runs_of_rows_are_those_of_every_row(rows: dict[int, int]) -> None:
    patterns: list[dict[int, str]] = [{}, {1: "0.00"}, {0: "0%", 4: "0.00"}]
    formats = RowFormats()
    for row, number in sorted(rows.items()):
        formats.append(row, patterns[number])
    expected = {(row, column): shown for row in rows for column, shown in patterns[rows[row]].items()}
    assert (dict(formats), len(formats)) == (expected, len(expected))
    assert all(
        formats.get((row, column)) == expected.get((row, column))
        for row in range(-1, 32)
        for column in range(5)
    )


def test_rows_out_of_order_are_refused() -> None:
    formats = RowFormats()
    formats.append(3, {})
    with pytest.raises(ValueError, match="3"):
        formats.append(3, {})


def parsed_whole(monkeypatch: pytest.MonkeyPatch, path: Path) -> SheetNotes:
    def unusual(*_: object) -> None:
        raise UnusualError

    with monkeypatch.context() as patch:
        patch.setattr(TellingRows, "shortened", unusual)
        return dict(sheet_notes(path))["Blad"]


def test_a_sheet_tells_what_it_does_when_all_of_it_is_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, money = book.add_worksheet("Blad"), book.add_format({"num_format": "#,##0.00"})
        for row in range(40):
            sheet.write_string(row, 0, f"Regel <f> & {row}")
            sheet.write_number(row, 1, row / 3, money if row % 3 else None)
            sheet.write_formula(row, 2, f'=IF(B{row + 1}<1,"<f>",B{row + 1})', money, row / 3)
        sheet.set_row(7, None, None, {"hidden": True})
        sheet.set_column(3, 4, None, None, {"hidden": True})
    whole, found = parsed_whole(monkeypatch, path), dict(sheet_notes(path))["Blad"]
    assert isinstance(found.formats, RowFormats)
    assert dict(found.formats) == dict(whole.formats)
    assert len(found.formulas) == 40
    assert found == SheetNotes(whole.formulas, found.formats, whole.hidden_rows, whole.hidden_columns)


@pytest.mark.parametrize("largest", [8 << 20, 0], ids=["small", "large"])
def test_number_formats_are_told_of_a_sheet_without_formulas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, largest: int
) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, whole = book.add_worksheet("Blad"), book.add_format({"num_format": "#,##0"})
        for row, amount in enumerate([10.4, 20.4, 30.4, 61]):
            sheet.write_number(row, 0, amount, whole)
    monkeypatch.setattr(sheet_formulas, "_LARGE", largest)
    assert dict(dict(sheet_notes(path))["Blad"].formats) == {(row, 0): "#,##0" for row in range(4)}


@pytest.mark.parametrize(("largest", "is_refused"), [(1500, True), (1000, False)])
def test_sheets_that_are_large_together_are_not_proven_well_formed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, largest: int, *, is_refused: bool
) -> None:
    plain, path = tmp_path / "plain.xlsx", tmp_path / "damaged.xlsx"
    with xlsxwriter.Workbook(str(plain)) as book:
        for name in ("Een", "Twee"):
            book.add_worksheet(name).write_number(3, 0, 2)
    with ZipFile(plain) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<v>2</v>", b"<v>&two;</v>"))
        sizes = [info.file_size for info in target.infolist() if "worksheets" in info.filename]
    assert max(sizes) < 1000 < sum(sizes) < 1500
    monkeypatch.setattr(sheet_formulas, "_LARGE", largest)
    with pytest.raises(WorkbookError, match="sheet1") if is_refused else nullcontext():
        assert [name for name, _ in sheet_notes(path)] == ["Een", "Twee"]


@pytest.mark.parametrize(
    ("sound", "damaged"),
    [
        (b"<v>2</v>", b"<v>&two;</v>"),
        (b"<v>2</v>", b"<x:v>2</x:v>"),
        (b"</row></sheetData>", b"</sheetData>"),
    ],
    ids=["an entity", "an unknown prefix", "a row that does not end"],
)
def test_a_sheet_that_only_looks_usual_is_refused(tmp_path: Path, sound: bytes, damaged: bytes) -> None:
    plain, path = tmp_path / "plain.xlsx", tmp_path / "damaged.xlsx"
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet("Blad").write_number(3, 0, 2)
    with ZipFile(plain) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(sound, damaged))
    with pytest.raises(WorkbookError, match="sheet1"):
        list(sheet_notes(path))


def test_a_sheet_with_a_comment_in_it_is_parsed_whole(tmp_path: Path) -> None:
    plain, remarked = tmp_path / "plain.xlsx", tmp_path / "remarked.xlsx"
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet("Blad").write_formula(3, 0, "=1+1", None, 2)
    with ZipFile(plain) as source, ZipFile(remarked, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<row ", b"<!-- remark --><row "))
    assert dict(sheet_notes(remarked))["Blad"].formulas == {(3, 0): "1+1"}
