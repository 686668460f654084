"""Values are read in a process of their own: what kills, blocks or fills it costs one line."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.packed_cells import PackedCells
from hoka_excel.workbook import values_script
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.patience import Patience
from hoka_excel.workbook.values_process import ReadingError, reading
from hoka_excel.workbook.values_script import packed
from tests.workbook.forged_workbooks import MAIN, parts, worksheet

MEMORY = 1 << 30
FAR = '<row r="1"><c r="{first}"><v>1</v></c></row><row r="{row}"><c r="{last}"><v>2</v></c></row>'
HUGE_COUNT = f'<sst xmlns="{MAIN}" count="4000000000" uniqueCount="4000000000"><si><t>x</t></si></sst>'
ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="Blad">{rows}</table:table>
 </office:spreadsheet></office:body></office:document-content>"""
ODS_CELL = '<table:table-cell office:value-type="float" office:value="{value}"{more}/>'


def forged(path: Path, rows: str, **more: str) -> Path:
    texts = {**parts(Blad=worksheet(rows, before="")), **more}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, text in texts.items():
            package.writestr(name, text)
    return path


def ods(path: Path, rows: str) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
        package.writestr("content.xml", ODS.format(rows=rows))
    return path


def fault(path: Path) -> str:
    with pytest.raises(WorkbookError) as caught:
        read_grids(path)
    assert len(str(caught.value).splitlines()) == 1
    return caught.value.faults[0].code


@pytest.mark.parametrize(
    ("first", "last", "row"),
    [
        ("A1", "XFD1048576", 1_048_576),
        ("a1", "xfd1048576", 1_048_576),
        ("A1", "ZZZZZZ1", 1),
        ("A1", "ZZZZZZZZZ1", 1),
    ],
    ids=["the last cell of a sheet", "in small letters", "past the last column", "past what a number holds"],
)
def test_cells_that_lie_so_far_apart_that_the_reader_aborts_are_one_line(
    tmp_path: Path, first: str, last: str, row: int
) -> None:
    assert fault(forged(tmp_path / "ver.xlsx", FAR.format(first=first, last=last, row=row))) == "read.died"


def test_a_count_of_texts_that_lies_is_one_line(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = forged(tmp_path / "telling.xlsx", rows, **{"xl/sharedStrings.xml": HUGE_COUNT})
    assert fault(path) == "read.died"


def test_an_ods_is_read_and_a_cell_repeated_without_end_is_one_line(tmp_path: Path) -> None:
    cell = ODS_CELL.format(value="1.5", more="")
    small = ods(tmp_path / "klein.ods", f"<table:table-row>{cell}</table:table-row>")
    assert [list(map(list, grid.cells)) for grid in read_grids(small)] == [[[1.5]]]
    again = ODS_CELL.format(value="1", more=' table:number-columns-repeated="16384"')
    rows = f'<table:table-row table:number-rows-repeated="1048576">{again}</table:table-row>'
    assert fault(ods(tmp_path / "groot.ods", rows)) in {"package.damaged", "read.died", "read.too_many_cells"}


@pytest.mark.parametrize("suffix", [".xlsb", ".ods", ".xlsx"])
def test_a_package_with_noise_inside_is_one_line(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ruis{suffix}"
    inside = {".xlsb": "xl/workbook.bin", ".ods": "content.xml", ".xlsx": "xl/workbook.xml"}[suffix]
    with ZipFile(path, "w") as package:
        package.writestr(inside, b"\x83\x01" + b"\xff\x00\x7f" * 400)
        package.writestr("_rels/.rels", "<Relationships/>")
        package.writestr("xl/_rels/workbook.bin.rels", "<Relationships/>")
        package.writestr("xl/_rels/workbook.xml.rels", "<Relationships/>")
    assert fault(path) in {"package.damaged", "package.malformed", "package.part_missing", "read.died"}


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = forged(tmp_path / "b.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    with pytest.raises(ReadingError) as caught, reading(path, 100, MEMORY, 0.001) as sheets:
        list(sheets)
    assert caught.value.code == "too_slow"
    monkeypatch.setattr(
        "hoka_excel.workbook.any_file.reading", lambda *asked: reading(asked[0], 100, MEMORY, 0.001)
    )
    with pytest.raises(WorkbookError, match="of verhoog HOKA_LIMIT_READING_SECONDS"):
        read_grids(path)


def test_what_the_caller_does_with_a_sheet_is_no_waiting_for_the_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[str] = []

    class Watched(Patience):
        @contextmanager
        def waiting(self) -> Iterator[None]:
            waits.append("begin")
            with super().waiting():
                yield
            waits.append("end")

    monkeypatch.setattr("hoka_excel.workbook.values_process.Patience", Watched)
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for number in range(3):
            book.add_worksheet().write_number(0, 0, number)
    with reading(path, 100, MEMORY, 60) as sheets:
        read = [([*sheet.cells], waits[-1]) for sheet in sheets]
    assert read == [([(number,)], "end") for number in range(3)]


def test_sheets_that_together_span_too_many_cells_are_refused_with_the_sheet(tmp_path: Path) -> None:
    path = forged(tmp_path / "b.xlsx", '<row r="9"><c r="I9"><v>1</v></c></row>')
    with pytest.raises(ReadingError) as caught, reading(path, 80, MEMORY, 60) as sheets:
        list(sheets)
    assert (caught.value.code, caught.value.detail) == ("too_many_cells", "Blad")


def test_the_process_imports_nothing_of_the_package_and_answers_in_pieces(tmp_path: Path) -> None:
    path = forged(tmp_path / "b.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    code = (
        f"import runpy, sys; runpy.run_path({values_script.__file__!r}, run_name='__main__');"
        "sys.exit(any(name.startswith('hoka_excel') for name in sys.modules))"
    )
    command = [sys.executable, "-P", "-c", code, str(path), "100", str(MEMORY)]
    made = BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)
    answers = [pickle.load(made) for _ in range(3)]  # noqa: S301 - what our own process wrote
    assert answers == [("columns", 1, [pack("d", 1.0)]), ("sheet", "Blad", False), ("end",)]


cells = st.sampled_from((0.0, 2.5, -7.25, "", "Lonen", "12", 0, 3, True, False, date(2024, 1, 1)))


@given(st.integers(0, 3).flatmap(lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=6)))
def test_what_is_packed_comes_out_as_it_went_in(rows: list[tuple[object, ...]]) -> None:
    taken = PackedCells()
    taken.take(len(rows), packed(rows))
    assert [*taken] == rows
    assert [[type(cell) for cell in row] for row in taken] == [[type(cell) for cell in row] for row in rows]


@given(st.lists(st.tuples(st.sampled_from((0.0, 2.5, ""))), min_size=1, max_size=6))
def test_floats_and_blanks_are_packed(rows: list[tuple[object, ...]]) -> None:
    assert [type(column) for column in packed(rows)] == [bytes]


def test_a_sheet_comes_whole_whatever_the_pieces_it_is_sent_in(tmp_path: Path) -> None:
    """One sheet begins at A1, one elsewhere, one holds nothing, one is wide."""
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        long, apart, _, wide = (book.add_worksheet(name) for name in ("Lang", "Los", "Leeg", "Breed"))
        for row in range(40_000):
            long.write_row(row, 0, [row, f"Regel {row}"])
        apart.write_row(2, 3, ["x", 7])
        for row in range(3):
            wide.write_row(row, 0, range(row, 16_000))
    with reading(path, 1_000_000, MEMORY, 60) as sheets:
        read = {sheet.name: [*sheet.cells] for sheet in sheets}
    assert read["Lang"] == [(row, f"Regel {row}") for row in range(40_000)]
    assert read["Los"] == [("",) * 5, ("",) * 5, ("", "", "", "x", 7)]
    assert read["Leeg"] == []
    assert read["Breed"] == [(*range(row, 16_000), *[""] * row) for row in range(3)]
