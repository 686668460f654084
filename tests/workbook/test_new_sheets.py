"""Whole sheets put into a workbook: added last, or in the place of the sheet of that name."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hoka_excel.core.errors import HokaError
from hoka_excel.workbook import styles
from hoka_excel.workbook.cells import rewrite, write_cells
from hoka_excel.workbook.edits import Rules
from hoka_excel.workbook.sheets import Cell, Formula, Link, Position, Rule, Sheet
from tests.office import convert, needs_office
from tests.workbook.forged_workbooks import MAIN, RELATIONS, forged, members, parts, relationships, worksheet
from tests.workbook.real_workbooks import needs_real_workbooks, openpyxl_reads, outcomes, real_workbooks

FINDINGS = Sheet(
    name="Bevindingen",
    title="Bevindingen & meer",
    cells={
        Position(1, 1): Cell("Bevindingen <&> é", styles.TITLE),
        Position(3, 1): Cell("=geen formule", styles.HEADER),
        Position(3, 2): Cell(Link("naar B1", "Blad!B1"), styles.LINK),
        Position(4, 1): Cell(Decimal("12.50"), styles.RESULT, styles.EURO_CENTS),
        Position(4, 2): Cell(Formula("A4*2", Decimal(25)), styles.TOTAL, styles.EURO),
        Position(4, 3): Cell(date(2022, 1, 3), styles.TEXT, styles.DAY),
        Position(5, 1): Cell("verschil", styles.VERDICT),
    },
    widths={1: 40, 2: 12.5},
    heights={1: 24},
    frozen=Position(4, 2),
    repeated_rows=(1, 3),
    column_styles={2: styles.TEXT},
    verdicts=("A5:A9",),
    rules=(Rule("B4:B9", 'AND(B4>1,"<">"")', styles.WHOLE), Rule("C4:C9", "C4=1", styles.WRONG)),
    filtered="A3:C5",
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return forged(tmp_path / "begroting.xlsx")


def put(path: Path, *sheets: Sheet, rules: Rules = Rules()) -> Any:  # noqa: B008 - a record, never changed
    """Put the sheets in; give the workbook as openpyxl reads it."""
    rewrite(path, path, {}, sheets, rules)
    return openpyxl.load_workbook(path)


def test_a_sheet_is_added_last_and_looks_as_described(book: Path) -> None:
    read = put(book, FINDINGS)
    assert read.sheetnames == ["Blad", "Bevindingen"]
    sheet = read["Bevindingen"]
    assert [sheet[cell].value for cell in ("A1", "A3", "A4", "B4")] == [
        "Bevindingen <&> é",
        "=geen formule",
        12.5,
        "=A4*2",
    ]
    assert sheet["A3"].data_type == "s"
    assert sheet["C4"].value.date() == date(2022, 1, 3)
    assert sheet["B3"].value == '=HYPERLINK("#Blad!B1","naar B1")'
    assert (sheet.column_dimensions["A"].width, sheet.row_dimensions[1].height) == (40, 24)
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.auto_filter.ref) == ("B4", "$1:$3", "A3:C5")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.left.text == "Bevindingen && meer"


def test_its_cells_have_named_styles_with_their_look(book: Path) -> None:
    sheet = put(book, FINDINGS)["Bevindingen"]
    header, total = sheet["A3"], sheet["B4"]
    assert (header.style, header.font.b, header.fill.fgColor.rgb) == (styles.HEADER, True, "FF1B3A57")
    assert header.alignment.wrap_text
    assert (total.style, total.number_format, total.border.bottom.style) == (
        styles.TOTAL,
        styles.EURO,
        "double",
    )
    assert set(openpyxl.load_workbook(book).named_styles) >= {"Normal", styles.HEADER}


def test_cells_of_a_row_stand_at_one_height_however_long_their_texts(book: Path) -> None:
    sheet = put(book, FINDINGS)["Bevindingen"]
    assert {sheet[cell].alignment.vertical for cell in ("A1", "A3", "A4", "B4", "C4")} == {"center"}


def test_cells_with_a_verdict_are_coloured_by_its_words(book: Path) -> None:
    sheet = put(book, FINDINGS)["Bevindingen"]
    rules = sheet.conditional_formatting["A5:A9"]
    assert [rule.text for rule in rules] == list(styles.VERDICT_COLOURS)
    assert [rule.dxf.font.color.rgb[2:] for rule in rules] == [
        text for text, _ in styles.VERDICT_COLOURS.values()
    ]


def test_cells_take_a_look_while_a_formula_holds_and_columns_have_a_style(book: Path) -> None:
    sheet = put(book, FINDINGS)["Bevindingen"]
    (whole,), (wrong,) = (sheet.conditional_formatting[area] for area in ("B4:B9", "C4:C9"))
    assert (whole.formula, whole.dxf.numFmt.formatCode) == (['AND(B4>1,"<">"")'], "#,##0")
    assert wrong.dxf.fill.bgColor.rgb == "FFFDE2E1"
    assert whole.priority < wrong.priority
    assert sheet.column_dimensions["B"].alignment.wrap_text


def test_putting_the_same_sheet_in_again_changes_nothing(book: Path) -> None:
    put(book, FINDINGS)
    before = members(book)
    put(book, FINDINGS)
    assert members(book) == before


def test_a_style_that_a_controller_changed_is_used_as_it_is(book: Path) -> None:
    put(book, FINDINGS)
    contents = {name: text.replace(b"FF1B3A57", b"FF00AA00") for name, text in members(book).items()}
    assert put(forged(book, contents), FINDINGS)["Bevindingen"]["A3"].fill.fgColor.rgb == "FF00AA00"


def test_the_cells_of_other_sheets_keep_their_styles(book: Path) -> None:
    before = members(book)
    put(book, FINDINGS)
    assert members(book)["xl/worksheets/sheet1.xml"] == before["xl/worksheets/sheet1.xml"]
    assert openpyxl.load_workbook(book)["Blad"]["B1"].protection.locked is False


def test_cells_and_sheets_are_written_in_one_rewrite(book: Path) -> None:
    changes = rewrite(book, book, {"Blad": {Position(1, 2): 99}}, [FINDINGS])
    assert [(change.cell, change.new) for change in changes] == [("B1", 99)]
    read = openpyxl.load_workbook(book)
    assert read["Blad"]["B1"].value == 99
    assert "Bevindingen" in read.sheetnames


def test_a_replaced_sheet_keeps_its_place_its_code_name_its_buttons_and_loses_its_tables(
    tmp_path: Path,
) -> None:
    old = worksheet(
        after='<drawing r:id="d"/><tableParts count="1"><tablePart r:id="t"/></tableParts>',
        before='<sheetPr codeName="Blad7"><tabColor rgb="FFFF0000"/></sheetPr>',
    )
    contents = parts(Voor=worksheet(), Bevindingen=old, Na=worksheet())
    contents["xl/worksheets/_rels/sheet2.xml.rels"] = relationships(
        d=("drawing", "../drawings/drawing1.xml"), t=("table", "../tables/table1.xml")
    )
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    contents["xl/drawings/drawing1.xml"] = f'<xdr:wsDr xmlns:xdr="{drawing}"/>'
    contents["xl/tables/table1.xml"] = f'<table xmlns="{MAIN}" ref="A1:B2" displayName="T"/>'
    names = (
        '<definedNames><definedName name="Eerste">Bevindingen!$A$1</definedName></definedNames></workbook>'
    )
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace("</workbook>", names)
    book = forged(tmp_path / "b.xlsx", contents)
    read = put(book, FINDINGS)
    assert read.sheetnames == ["Voor", "Bevindingen", "Na"]
    assert read.defined_names["Eerste"].attr_text == "Bevindingen!$A$1"
    after = members(book)
    sheet = after["xl/worksheets/sheet2.xml"].decode()
    assert 'codeName="Blad7"' in sheet
    assert "FFFF0000" in sheet
    assert '<drawing r:id="d"/>' in sheet
    assert "tablePart" not in sheet
    assert "xl/tables/table1.xml" not in after
    assert b"table1" not in after["xl/worksheets/_rels/sheet2.xml.rels"]


def test_a_hidden_sheet_is_added_hidden(book: Path) -> None:
    assert put(book, replace(FINDINGS, hidden=True))["Bevindingen"].sheet_state == "hidden"


def test_an_empty_sheet_can_be_added(book: Path) -> None:
    assert put(book, Sheet("Leeg", "Leeg", {}))["Leeg"]["A1"].value is None


def test_a_workbook_without_styles_gets_them(tmp_path: Path) -> None:
    contents = parts()
    del contents["xl/styles.xml"]
    links = contents["xl/_rels/workbook.xml.rels"]
    contents["xl/_rels/workbook.xml.rels"] = links.replace('/styles"', '/none"')
    override = '<Override PartName="/xl/styles.xml"'
    contents["[Content_Types].xml"] = contents["[Content_Types].xml"].replace(
        override, '<Override PartName="/x"'
    )
    book = forged(tmp_path / "b.xlsx", contents)
    assert put(book, FINDINGS)["Bevindingen"]["A3"].style == styles.HEADER


def test_a_strict_workbook_gets_a_strict_sheet(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/"
    contents = {
        name: text.replace(MAIN, f"{strict}spreadsheetml/main").replace(
            RELATIONS, f"{strict}officeDocument/relationships"
        )
        for name, text in parts().items()
    }
    book = forged(tmp_path / "b.xlsx", contents)
    rewrite(book, book, {}, [FINDINGS])
    after = members(book)
    assert b"purl.oclc.org/ooxml/spreadsheetml/main" in after["xl/worksheets/sheet2.xml"]
    assert MAIN.encode() not in b"".join(after.values())
    assert write_cells(book, {("Bevindingen", "A4"): 1}, dry_run=True)[0].old == Decimal("12.5")


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "a[b", "'a", "a:b"])
def test_an_impossible_name_is_refused(book: Path, name: str) -> None:
    with pytest.raises(HokaError) as caught:
        put(book, replace(FINDINGS, name=name))
    assert caught.value.faults[0].code == "cells.bad_sheet_name"


def test_a_protected_structure_gets_no_sheet_unless_told(tmp_path: Path) -> None:
    contents = parts()
    locked = '<workbookProtection lockStructure="1"/><sheets>'
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace("<sheets>", locked)
    book = forged(tmp_path / "b.xlsx", contents)
    with pytest.raises(HokaError, match="structuur"):
        put(book, FINDINGS)
    assert "Bevindingen" in put(book, FINDINGS, rules=Rules(obey_protection=False)).sheetnames


def test_a_protected_sheet_is_replaced_only_when_told_and_stays_protected(tmp_path: Path) -> None:
    old = worksheet(after='<sheetProtection sheet="1"/>')
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(), Bevindingen=old))
    with pytest.raises(HokaError, match="Bevindingen"):
        put(book, FINDINGS)
    assert put(book, FINDINGS, rules=Rules(obey_protection=False))["Bevindingen"].protection.sheet


def test_a_sheet_with_a_pivot_table_is_not_replaced(tmp_path: Path) -> None:
    contents = parts(Blad=worksheet(), Bevindingen=worksheet())
    contents["xl/worksheets/_rels/sheet2.xml.rels"] = relationships(r=("pivotTable", "../pivot.xml"))
    contents["xl/pivot.xml"] = "<x/>"
    book = forged(tmp_path / "b.xlsx", contents)
    with pytest.raises(HokaError, match="Bevindingen"):
        put(book, FINDINGS)


def lost_by_adding(source: Path, target: Path) -> list[str]:
    """Say which other parts changed, and whether openpyxl no longer opens the workbook."""
    rewrite(source, target, {}, [FINDINGS])
    before, after = members(source), members(target)
    lists = ("[Content_Types].xml", "workbook.xml", "workbook.xml.rels", "styles.xml", "calcChain.xml")
    lost = [name for name in before if before[name] != after.get(name) and not name.endswith(lists)]
    return lost + ([] if openpyxl_reads(target, None) or not openpyxl_reads(source, None) else ["openpyxl"])


@needs_real_workbooks
def test_real_workbooks_lose_nothing_by_a_new_sheet(tmp_path: Path) -> None:
    small = [path for path in real_workbooks(every=4) if path.stat().st_size < 200_000]
    found = outcomes(small, tmp_path, lost_by_adding)
    assert found["lost"] == []
    assert all("ondertekend" in line or "beveiligd" in line for line in found["refused"])
    assert len(found["written"]) > len(small) * 0.9


@needs_office
def test_libreoffice_opens_what_was_written(book: Path, tmp_path: Path) -> None:
    rewrite(book, book, {"Blad": {Position(1, 2): 99}}, [FINDINGS])
    made = openpyxl.load_workbook(convert(book, "xlsx", tmp_path), data_only=True)
    assert made["Blad"]["A3"].value == 198
    assert made["Bevindingen"]["B4"].value == 25
