"""Frames written into named places: values and styles, and tables that grow and shrink."""

import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hoka_excel.core.errors import HokaError
from hoka_excel.workbook.frames import write_frame
from tests.workbook.forged_workbooks import (
    MAIN,
    cell_texts,
    forged,
    members,
    parts,
    relationships,
    worksheet,
)

pandas = pytest.importorskip("pandas", reason="pandas is not installed")
SHEET, PART = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
COLUMNS = (
    '<tableColumn id="1" name="Naam"/><tableColumn id="2" name="Bedrag"/><tableColumn id="3" name="Dubbel">'
    "<calculatedColumnFormula>Lasten[[#This Row],[Bedrag]]*2</calculatedColumnFormula></tableColumn>"
)
TABLE = (
    f'<table xmlns="{MAIN}" id="1" name="Lasten" displayName="Lasten" ref="A1:C3"{{}}>'
    '<autoFilter ref="A1:C3"/><sortState ref="A2:C3"/>'
    f'<tableColumns count="3">{COLUMNS}</tableColumns></table>'
)
TABLE_PARTS = '<tableParts count="1"><tablePart r:id="r1"/></tableParts>'
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Naam</t></is></c></row>'
    '<row r="2"><c r="A2" s="1"/><c r="B2" s="1"><v>1</v></c>'
    '<c r="C2" s="1"><f t="shared" ref="C2:C3" si="0">B2*2</f><v>2</v></c></row>'
    '<row r="3"><c r="A3"/><c r="B3"><v>2</v></c><c r="C3"><f t="shared" si="0"/><v>4</v></c></row>'
)


def with_table(tmp_path: Path, more: str = "", attributes: str = "") -> Path:
    contents = parts(Blad=worksheet(ROWS + more, TABLE_PARTS))
    contents["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(r1=("table", "../tables/table1.xml"))
    contents[PART] = TABLE.format(attributes)
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(
        "</sheets>",
        "</sheets><definedNames><definedName name='Blok'>Blad!$E$1:$F$2</definedName>"
        "<definedName name='Hoek'>Blad!$E$1</definedName></definedNames>",
    )
    return forged(tmp_path / "b.xlsx", contents)


def frame(rows: int, **more: list[Any]) -> Any:
    return pandas.DataFrame(
        {"bedrag": [10.5 + row for row in range(rows)], "Naam": [f"n{row}" for row in range(rows)], **more}
    )


def cells(book: Path) -> dict[str, str]:
    return cell_texts(members(book)[SHEET])


def reference(book: Path) -> set[str]:
    return set(re.findall(r'ref="([^"]+)"', members(book)[PART].decode()))


def refused(book: Path, place: str, data: Any) -> str:
    before = book.read_bytes()
    with pytest.raises(HokaError) as caught:
        write_frame(book, place, data)
    assert book.read_bytes() == before
    assert "\n" not in str(caught.value)
    return caught.value.faults[0].code


def test_columns_go_under_their_headers_and_other_columns_stay(tmp_path: Path) -> None:
    book = with_table(tmp_path)
    before = members(book)
    changes = write_frame(book, "Lasten", frame(2))
    assert [change.cell for change in changes] == ["A2", "B2", "A3", "B3"]
    after = cells(book)
    assert "<v>10.5</v>" in after["B2"]
    assert after["C2"] == cell_texts(before[SHEET])["C2"]
    assert reference(book) == {"A1:C3"}
    untouched = [name for name, text in members(book).items() if before.get(name) == text]
    assert set(before) - set(untouched) == {SHEET, PART, "xl/workbook.xml"}


def test_a_table_grows_with_new_rows_that_look_like_the_first_and_are_calculated(tmp_path: Path) -> None:
    book = with_table(tmp_path)
    write_frame(book, "Lasten", frame(4))
    after = cells(book)
    assert reference(book) == {"A1:C5"}
    assert after["B5"] == '<c r="B5" s="1"><v>13.5</v></c>'
    assert after["C5"] == '<c r="C5" s="1"><f>Lasten[[#This Row],[Bedrag]]*2</f></c>'
    assert 's="1"' not in after["B3"], "a row that was there keeps its own look"
    assert "sortState" not in members(book)[PART].decode()
    assert "fullCalcOnLoad" in members(book)["xl/workbook.xml"].decode()


def test_openpyxl_reads_the_table_that_grew(tmp_path: Path) -> None:
    import openpyxl

    book = with_table(tmp_path)
    write_frame(book, "Lasten", frame(3))
    sheet = openpyxl.load_workbook(book)["Blad"]
    assert sheet.tables["Lasten"].ref == "A1:C4"
    assert [sheet[f"A{row}"].value for row in range(2, 5)] == ["n0", "n1", "n2"]


@pytest.mark.parametrize(("rows", "ref"), [(1, "A1:C2"), (0, "A1:C2")])
def test_a_table_shrinks_and_what_it_held_is_emptied(tmp_path: Path, rows: int, ref: str) -> None:
    book = with_table(tmp_path)
    write_frame(book, "Lasten", frame(rows))
    assert reference(book) == {ref}
    assert [cells(book)[cell] for cell in ("A3", "B3", "C3")] == [
        '<c r="A3"/>',
        '<c r="B3"/>',
        '<c r="C3"/>',
    ]


def test_a_table_grows_only_over_empty_cells(tmp_path: Path) -> None:
    book = with_table(tmp_path, '<row r="5"><c r="C5"><v>9</v></c></row>')
    assert refused(book, "Lasten", frame(4)) == "cells.occupied"
    write_frame(book, "Lasten", frame(3))
    assert reference(book) == {"A1:C4"}


def test_a_table_with_a_totals_row_keeps_its_size(tmp_path: Path) -> None:
    book = with_table(tmp_path, '<row r="4"><c r="B4"><v>9</v></c></row>')
    contents: dict[str, str | bytes] = dict(members(book))
    contents[PART] = TABLE.format(' totalsRowCount="1"').replace('ref="A1:C3"', 'ref="A1:C4"', 1)
    forged(book, contents)
    assert refused(book, "Lasten", frame(3)) == "frame.totals_row"
    write_frame(book, "Lasten", frame(1))
    after = cells(book)
    assert (after["B3"], after["B4"]) == ('<c r="B3"/>', '<c r="B4"><v>9</v></c>')
    assert "C4" in str(reference(book))
    assert "<f" in after["C3"], "a column that is not in the frame stays"


def test_missing_values_empty_a_cell_and_every_kind_of_value_is_stored(tmp_path: Path) -> None:
    book = with_table(tmp_path)
    data = pandas.DataFrame(
        {"a": [pandas.NA, Decimal("0.10")], "b": [pandas.Timestamp("2022-11-22"), pandas.NaT]},
        dtype=object,
    )
    write_frame(book, "Blok", data)
    after = cells(book)
    assert "E1" not in after
    assert "<v>0.1</v>" in after["E2"]
    assert "<v>44887</v>" in after["F1"]
    write_frame(book, "Blok", pandas.DataFrame({"a": [1, 2], "b": [True, False]}))
    assert 't="b"><v>1</v>' in cells(book)["F1"]


def test_fewer_rows_empty_the_rest_of_a_name(tmp_path: Path) -> None:
    book = with_table(tmp_path)
    write_frame(book, "Blok", pandas.DataFrame({"a": [1, 2], "b": [3, 4]}))
    write_frame(book, "Blok", pandas.DataFrame({"a": [5], "b": [6]}))
    after = cells(book)
    assert ("<v>5</v>" in after["E1"], after["E2"], after["F2"]) == (True, '<c r="E2"/>', '<c r="F2"/>')


def test_a_name_of_one_cell_is_the_top_left_of_empty_cells(tmp_path: Path) -> None:
    book = with_table(tmp_path)
    data = pandas.DataFrame([[1, 2, 3], [4, 5, 6]])
    write_frame(book, "Hoek", data)
    assert "<v>6</v>" in cells(book)["G2"]
    assert refused(book, "Hoek", data) == "cells.occupied"


@pytest.mark.parametrize(
    ("place", "data", "code"),
    [
        ("Lasten", {"Onbekend": [1]}, "place.no_column"),
        ("Blok", {"a": [1]}, "frame.no_fit"),
        ("Blok", {"a": [1] * 3, "b": [1] * 3}, "frame.no_fit"),
        ("Weg", {"a": [1]}, "place.unknown"),
        ("Lasten", {"Naam": [1], "naam": [2]}, "frame.double_column"),
        ("Lasten", {"Naam": [object()]}, "cells.unsupported"),
        ("Lasten", {"Naam": [datetime(2022, 1, 1).astimezone()]}, "cells.bad_date"),
        ("Lasten", {"Bedrag": [float("inf")]}, "cells.not_finite"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(
    tmp_path: Path, place: str, data: dict[str, list[Any]], code: str
) -> None:
    assert refused(with_table(tmp_path), place, pandas.DataFrame(data)) == code


def test_the_result_can_go_elsewhere(tmp_path: Path) -> None:
    book = with_table(tmp_path)
    before = book.read_bytes()
    write_frame(book, "Lasten", frame(3), tmp_path / "uit.xlsx")
    assert book.read_bytes() == before
    assert reference(tmp_path / "uit.xlsx") == {"A1:C4"}
