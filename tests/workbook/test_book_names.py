"""The names that formulas of a workbook call cells by."""

from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table as Written

from hoka_excel.sources import reconcile
from hoka_excel.tables.names import Table
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.book_names import book_names
from tests.workbook.forged_opendocument import opendocument, row
from tests.workbook.forged_workbooks import PACKAGE, RELATIONS, parts, worksheet

DEFINED = (
    '<definedNames><definedName name="Lijst">Blad!$B$1:$B$3</definedName>'
    '<definedName name="Lijst" localSheetId="1">Blad2!$A$1</definedName>'
    '<definedName name="Weg" localSheetId="7">Blad!$A$1</definedName>'
    '<definedName name="Geen" localSheetId="x">Blad!$A$1</definedName></definedNames>'
)


def forged(path: Path, table: str = "") -> Path:
    texts = parts(Blad=worksheet(), Blad2=worksheet())
    texts["xl/workbook.xml"] = texts["xl/workbook.xml"].replace("</sheets>", f"</sheets>{DEFINED}")
    if table:
        texts["xl/worksheets/_rels/sheet1.xml.rels"] = (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="t" Type="{RELATIONS}/table" '
            'Target="../tables/table1.xml"/></Relationships>'
        )
        texts["xl/tables/table1.xml"] = table
    with ZipFile(path, "w") as package:
        for name, text in texts.items():
            package.writestr(name, text)
    return path


def test_names_are_read_with_the_sheet_they_belong_to(tmp_path: Path) -> None:
    names = book_names(forged(tmp_path / "b.xlsx"))
    assert names["Blad"].defined == {"lijst": "Blad!$B$1:$B$3"}
    assert names["Blad2"].defined == {"lijst": "Blad2!$A$1"}


def test_a_table_that_makes_no_sense_names_nothing_and_stops_nothing(tmp_path: Path) -> None:
    for text in (
        "<table",
        "<table/>",
        '<table name="T" ref="nergens"/>',
        '<table ref="A1" headerRowCount=""/>',
    ):
        path = forged(tmp_path / "b.xlsx", text)
        assert book_names(path)["Blad"].tables == {}
        assert len(read_grids(path)) == 2


def test_the_columns_of_a_table_are_told_with_its_place(tmp_path: Path) -> None:
    text = (
        '<table id="1" name="x" displayName="Tabel1" ref="A1:B4" totalsRowCount="1"><tableColumns>'
        '<tableColumn id="1" name="Naam"/><tableColumn id="2" name="Bedrag_x000a_in euro"/>'
        "</tableColumns></table>"
    )
    found = book_names(forged(tmp_path / "b.xlsx", text))["Blad2"].tables
    assert found == {"tabel1": Table("Blad", (0, 0, 3, 1), ("Naam", "Bedrag\nin euro"), 1, 1)}


def test_a_line_under_a_table_that_its_total_leaves_out_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["Naam", "Bedrag"], ["a", 10], ["b", 20], ["c", 5], ["Totaal", "=SUM(Tabel1[Bedrag])"]):
        sheet.append(line)
    sheet.add_table(Written(displayName="Tabel1", ref="A1:B3"))
    book.defined_names["Lijst"] = DefinedName("Lijst", attr_text=f"{sheet.title}!$B$2:$B$3")
    sheet["C5"] = "=SUM(Lijst)"
    book.save(tmp_path / "b.xlsx")
    found = reconcile(tmp_path / "b.xlsx").findings
    assert [(one.message.code, one.place.cell, one.parts[0].cell) for one in found] == [
        ("audit.short", "B5", "B4")
    ]


def test_names_of_an_opendocument_are_read_with_the_sheet_they_belong_to(tmp_path: Path) -> None:
    cell = '<table:table-cell table:formula="of:=SUM(Lijst)" office:value-type="float" office:value="3"/>'
    own = (
        '<table:named-expressions><table:named-range table:name="Eigen" table:base-cell-address="$Blad.$A$1" '
        'table:cell-range-address="$Blad.$B$1"/></table:named-expressions>'
    )
    whole = (
        '<table:named-expressions><table:named-range table:name="Lijst" '
        "table:cell-range-address=\"$'Blad 2'.$A$1:.$A$3\"/>"
        '<table:named-expression table:name="Btw" table:expression="0.21"/></table:named-expressions>'
    )
    rows = row(cell) + own
    path = opendocument(tmp_path / "b.ods", rows, tables=f'<table:table table:name="Blad 2"/>{whole}')
    first, second = read_grids(path)
    assert first.names.defined == {"lijst": "'Blad 2'!$A$1:$A$3", "btw": "0.21", "eigen": "Blad!$B$1"}
    assert second.names.defined == {"lijst": "'Blad 2'!$A$1:$A$3", "btw": "0.21"}
