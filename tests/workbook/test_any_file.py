"""Reading any file of tables into grids."""

import pickle
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.figures import figures_of
from hoka_excel.tables.footings import check_grid
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.sheet_checks import check_grids
from hoka_excel.workbook.any_file import grids_in, read_grids
from tests.office import convert, needs_office
from tests.workbook.forged_binary import binary_workbook
from tests.workbook.forged_workbooks import parts, worksheet

OF_ZIP = [".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods"]
BUDGETS = Path(__file__).parents[3] / "shared/data/workbooks/budgets"
needs_budgets = pytest.mark.skipif(not BUDGETS.exists(), reason="shared/data/workbooks is not here")


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "begroting.xlsx"
    with xlsxwriter.Workbook(path) as book:
        money = book.add_format({"num_format": "#,##0.00"})
        sheet, hidden = book.add_worksheet("Blad"), book.add_worksheet("Verborgen")
        hidden.hide()
        hidden.write("A1", "stil")
        sheet.merge_range("A1:C1", "Kop")
        sheet.write_row("A2", ["a", 10])
        sheet.write_row("A3", ["b", 20.5])
        sheet.write_formula("B4", "=SUM(B2:B3)", money, 30.5)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("E:F", None, None, {"hidden": True})
    return path


def test_values_formulas_formats_and_what_is_hidden_are_read(workbook: Path) -> None:
    sheet, other = read_grids(workbook)
    assert sheet.value(1, 1) == 10
    assert sheet.value(3, 1) == 30.5
    assert dict(sheet.formulas) == {(3, 1): "SUM(B2:B3)"}
    assert sheet.formats[3, 1] == "#,##0.00"
    assert sheet.is_hidden((2, 1))
    assert sheet.is_hidden((0, 4))
    assert not sheet.is_hidden((1, 1))
    assert (other.hidden, other.is_hidden((0, 0))) == (True, True)


def is_open(path: Path) -> bool:
    return path in [one.resolve() for one in Path("/proc/self/fd").iterdir()]


def stopped_after_a_sheet(path: Path) -> None:
    with grids_in(path) as grids:
        next(grids)
        assert is_open(path)
        raise KeyError


ROWS: list[list[str | float]] = [
    ["Regel", "2023"],
    ["lonen", 1201.0],
    ["reis- en verblijf", 2440.5],
    ["Totaal", 3641.5],
]


def test_the_values_of_a_binary_workbook_are_read(tmp_path: Path) -> None:
    (sheet,) = read_grids(binary_workbook(tmp_path / "begroting.xlsb", ROWS))
    assert (sheet.name, [list(row) for row in sheet.cells]) == ("Blad", ROWS)
    assert [finding.verdict for finding in check_grids([sheet]).checks] == [Verdict.EXACT]


@needs_office
def test_libreoffice_reads_the_same_values_from_a_binary_workbook(tmp_path: Path) -> None:
    source = binary_workbook(tmp_path / "begroting.xlsb", ROWS)
    (sheet,) = read_grids(convert(source, "xlsx", tmp_path))
    assert [list(row) for row in sheet.cells] == ROWS


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the open files of a process")
def test_whoever_stops_between_two_sheets_leaves_the_file_closed(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for number in range(4):
            book.add_worksheet().write_number(0, 0, number)
    with pytest.raises(KeyError) as stopped:
        stopped_after_a_sheet(path)
    assert stopped.tb is not None, "which still holds what was being done"
    assert not is_open(path)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("a;b\nx;1,5\nü;2,25\n", "utf-8"),
        ("a;b\nx;1,5\nü;2,25\n", "utf-8-sig"),
        ("a;b\nx;1,5\nü;2,25\n", "cp1252"),
        ("a;b\nx;1,5\nü;2,25\n", "utf-16"),
        ("a\tb\nx\t1,5\nü\t2,25\n", "utf-8"),
        ('a,b\nx,"1,5"\nü,"2,25"\n', "utf-8"),
    ],
)
def test_encoding_and_delimiter_of_text_are_found(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "tabel.csv"
    path.write_bytes(text.encode(encoding))
    assert read_grids(path)[0].cells == [("a", "b"), ("x", "1,5"), ("ü", "2,25")]


def fault(path: Path) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_grids(path)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.faults[0].code


def test_lines_of_different_encodings_are_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "gemengd.csv"
    path.write_bytes("a;ü\n".encode() + "b;ü\n".encode("cp1252"))
    assert fault(path) == "read.mixed_encodings"
    with pytest.raises(WorkbookError, match="regel 1"):
        read_grids(path)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("weg.xlsx", None, "file.missing"),
        ("foto.png", b"\x89PNG", "read.unknown_kind"),
        ("tekst.xlsx", b"a;b\n1;2\n", "read.wrong_name"),
        ("map.xls", b"PK\x03\x04rest", "read.wrong_name"),
        ("map.csv", b"PK\x03\x04rest", "read.wrong_name"),
        ("ruis.csv", b"a\0b\0", "read.no_text"),
        ("stuk.xlsx", b"PK\x03\x04rest", "package.damaged"),
        ("slot.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "package.encrypted"),
        ("stuk.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "package.damaged"),
    ],
)
def test_every_bad_file_gets_one_clear_line(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert fault(path) == code


@pytest.mark.parametrize("suffix", [".xltx", ".xltm", ".XLSX"])
def test_a_template_is_read_like_the_workbook_that_it_makes(workbook: Path, suffix: str) -> None:
    def read(path: Path) -> list[Grid]:
        return [replace(sheet, cells=[*sheet.cells]) for sheet in read_grids(path)]

    expected = read(workbook)
    assert read(workbook.rename(workbook.with_suffix(suffix))) == expected


@pytest.mark.parametrize("suffix", [".ods", ".xlsb", ".xls", ".csv", ".tsv"])
def test_a_workbook_under_the_name_of_another_kind_is_refused(workbook: Path, suffix: str) -> None:
    assert fault(workbook.rename(workbook.with_suffix(suffix))) == "read.wrong_name"


@pytest.mark.parametrize("suffix", OF_ZIP)
@pytest.mark.parametrize("start", [b"a;b\n1;2\n", b"\x89PNG\r\n", b""], ids=["text", "picture", "nothing"])
def test_what_is_no_workbook_under_the_name_of_one_is_refused(
    tmp_path: Path, suffix: str, start: bytes
) -> None:
    (path := tmp_path / f"map{suffix}").write_bytes(start)
    assert fault(path) == "read.wrong_name"


@pytest.mark.parametrize("suffix", OF_ZIP)
def test_an_encrypted_workbook_is_told_from_a_damaged_one(tmp_path: Path, suffix: str) -> None:
    (path := tmp_path / f"slot{suffix}").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
    assert fault(path) == "package.encrypted"


@pytest.mark.parametrize("suffix", OF_ZIP)
def test_a_cut_off_workbook_is_refused(workbook: Path, suffix: str) -> None:
    workbook.write_bytes(workbook.read_bytes()[:-200])
    assert fault(workbook.rename(workbook.with_suffix(suffix))) == "package.damaged"


@pytest.mark.parametrize("suffix", OF_ZIP)
def test_a_zip_bomb_is_refused_before_anything_is_inflated(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bom{suffix}"
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for part in ("xl/workbook.xml", "xl/workbook.bin", "content.xml"):
            package.writestr(part, b"0" * (4 << 20))
    assert fault(path) == "package.too_large"


def test_too_wide_a_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_CELLS", "9")
    path = tmp_path / "breed.csv"
    path.write_text("1;2;3;4;5\n" * 2, encoding="utf-8")
    assert fault(path) == "read.too_many_cells"


def test_a_row_of_16384_columns_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "breed.csv"
    path.write_text(";".join(map(str, range(16_384))) + "\n" + ";".join(["1"] * 16_384), encoding="utf-8")
    assert check_grid(read_grids(path)[0]) == []


def test_too_much_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOKA_LIMIT_TEXT_MB", "1")
    path = tmp_path / "lang.csv"
    path.write_text("1;2;3;4\n" * (1 << 18), encoding="utf-8")
    assert fault(path) == "read.too_large"


def sheet_of(path: Path, rows: str) -> Grid:
    with ZipFile(path, "w") as package:
        for name, text in parts(Blad=worksheet(rows, before="")).items():
            package.writestr(name, text)
    (grid,) = read_grids(path)
    return grid


def test_formatted_blanks_take_no_room_and_formats_of_figures_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        money, sheet = book.add_format({"num_format": "#,##0.00"}), book.add_worksheet()
        for row in range(499):
            sheet.write_blank(row, 0, None, money)
        sheet.write_number(499, 0, 4, money)
    formats = read_grids(path)[0].formats
    assert formats[499, 0] == "#,##0.00"
    assert len(pickle.dumps(formats)) < 499


def test_cells_without_a_reference_follow_each_other(tmp_path: Path) -> None:
    rows = '<row><c><v>1</v></c><c r="D1"><f>A1*2</f><v>2</v></c><c><f>D1*2</f><v>4</v></c></row>'
    sheet = sheet_of(tmp_path / "b.xlsx", f"{rows}<row><c><f>E1+1</f><v>5</v></c></row>")
    assert dict(sheet.formulas) == {(0, 3): "A1*2", (0, 4): "D1*2", (1, 0): "E1+1"}


def test_every_cell_that_an_array_formula_fills_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(4):
            for column, value in enumerate([row + 3, row + 4, row + 5]):
                sheet.write_number(row, 2 * column, value)
            sheet.write_formula(row, 1, f"=A{row + 1}*2", None, 2 * (row + 3))
            sheet.write_formula(row, 5, f"=E{row + 1}*2", None, 2 * (row + 5))
        sheet.write_array_formula("D1:D4", "{=A1:A4*2}", None, 6)
        sheet.write_column("D2", [8, 10, 12])
    (grid,) = read_grids(path)
    assert {spot for spot, formula in grid.formulas.items() if formula == "A1:A4*2"} == {
        (row, 3) for row in range(4)
    }
    assert "audit.typed" not in {finding.message.code for finding in check_grids([grid]).checks}


@pytest.mark.parametrize("area", ["A1:XFD1048576", "A1:A1000000000000", "A1", "B9:A1", "A1:"])
def test_an_array_of_any_size_is_read(tmp_path: Path, area: str) -> None:
    cell = f'<row r="1"><c r="A1"><f t="array" ref="{area}">B1:B2*2</f><v>2</v></c></row>'
    assert dict(sheet_of(tmp_path / "b.xlsx", cell).formulas) == {(0, 0): "B1:B2*2"}


def test_what_sparklines_and_validation_lists_read_is_no_formula(tmp_path: Path) -> None:
    space = "http://schemas.microsoft.com/office/excel/2006/main"
    rows = '<row r="1"><c r="A1"><f>B1*2</f><v>2</v></c></row>'
    after = f'<extLst><ext><xm:f xmlns:xm="{space}">Blad!B1:M1</xm:f></ext></extLst>'
    with ZipFile(tmp_path / "b.xlsx", "w") as package:
        for name, text in parts(Blad=worksheet(rows, after, before="")).items():
            package.writestr(name, text)
    (sheet,) = read_grids(tmp_path / "b.xlsx")
    assert dict(sheet.formulas) == {(0, 0): "B1*2"}


def test_a_formula_of_8192_characters_is_read_and_audited(tmp_path: Path) -> None:
    formula = "+".join(f"B{row}" for row in range(1, 1500))[:8192].rstrip("+B")
    sheet = sheet_of(tmp_path / "b.xlsx", f'<row r="1"><c r="A1"><f>{formula}</f><v>0</v></c></row>')
    assert sheet.formulas[0, 0] == formula
    assert check_grids([sheet]).checks == ()


def test_a_workbook_of_16384_columns_under_merged_headings_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "breed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for first in range(0, 16_384, 4):
            sheet.merge_range(0, first, 0, first + 3, f"Blok {first}")
        sheet.write_row(1, 0, [1] * 16_384)
    assert check_grids(read_grids(path)).checks == ()


def budget(name: str) -> list[Grid]:
    return read_grids(next(path for path in BUDGETS.iterdir() if name in path.name))


@needs_budgets
@pytest.mark.parametrize("name", ["minfin", "phl_bib", "02-Water", "08-Grants", "arpa", "enron", "worked"])
def test_real_budgets_are_read_and_checked(name: str) -> None:
    grids = budget(name)
    findings = [finding for grid in grids for finding in check_grid(grid)]
    assert any(grid.cells for grid in grids)
    assert "" not in {str(finding.message) for finding in findings}


@needs_budgets
def test_the_subtotals_of_the_oakland_forecast_that_are_100000_off_are_found() -> None:
    findings = [finding for grid in budget("5-Year") for finding in check_grid(grid)]
    wrong = {f.place.cell for f in findings if f.verdict is Verdict.MISMATCH and f.place.sheet == "GPFTables"}
    assert {"E37", "F37", "G37"} <= wrong


@needs_budgets
def test_sum_formulas_with_intact_values_give_no_mismatch() -> None:
    findings = [finding for grid in budget("phl_fy16") for finding in check_grid(grid)]
    assert len(findings) > 5000
    assert {finding.verdict for finding in findings} <= {Verdict.EXACT, Verdict.ROUNDING}


def test_errors_are_read_calculated_and_typed(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B1"><v>3</v></c>'
        '<c r="C1" t="e"><v>#N/A</v></c></row><row r="2"><c r="A2"><f>B1</f><v>3</v></c></row>'
    )
    found = sheet_of(tmp_path / "b.xlsx", rows)
    assert [found.value(0, column) for column in range(3)] == ["#DIV/0!", 3, "#N/A"]
    assert figures_of(found).text.tolist() == [[True, False, True], [False, False, False]]
    assert [f.message.code for f in check_grids([found]).findings] == ["audit.error", "audit.error"]


def test_text_in_utf_32_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes("Post;2023\na;15\n".encode("utf-32"))
    assert fault(tmp_path / "b.csv") == "read.no_text"
