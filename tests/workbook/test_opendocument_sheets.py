"""What is read of an .ods beside its values."""

import tracemalloc
from pathlib import Path

import pytest
import xlsxwriter

from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.footings import check_grid
from hoka_excel.tables.grid import Grid
from hoka_excel.tables.number_formats import shown_decimals
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.opendocument.sheets import opendocument_notes
from tests.office import convert, needs_office
from tests.workbook.forged_opendocument import formula, number, opendocument, row, text

MANY = 2**31
EMPTY = '<table:table-cell table:number-columns-repeated="16384"/>'
STYLES = """
<number:number-style style:name="N1"><number:number number:decimal-places="2" number:grouping="true"/>
</number:number-style>
<number:percentage-style style:name="N2"><number:number number:decimal-places="1"/></number:percentage-style>
<number:number-style style:name="N3"><number:number number:decimal-places="0" number:display-factor="1000"/>
</number:number-style>
<number:number-style style:name="N4P0">
<number:number number:decimal-places="3" number:min-decimal-places="1"/></number:number-style>
<number:number-style style:name="N4"><number:text>(</number:text><number:number number:decimal-places="0"/>
<style:map style:condition="value()&gt;=0" style:apply-style-name="N4P0"/></number:number-style>
<number:date-style style:name="N5"><number:day/></number:date-style>
<number:number-style style:name="N6"><number:number number:min-integer-digits="1"/></number:number-style>
<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="c2" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="c3" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="c4" style:family="table-cell" style:data-style-name="N4"/>
<style:style style:name="c5" style:family="table-cell" style:data-style-name="N5"/>
<style:style style:name="c6" style:family="table-cell" style:data-style-name="N6"/>
<style:style style:name="heir" style:family="table-cell" style:parent-style-name="c1"/>
<style:style style:name="ring" style:family="table-cell" style:parent-style-name="ring"/>
"""


def read(path: Path, rows: str, **more: str) -> Grid:
    (grid,) = read_grids(opendocument(path / "b.ods", rows, styles=STYLES, **more))
    return grid


@pytest.mark.parametrize(
    ("style", "code"),
    [
        ("c1", "#,##0.00"),
        ("c2", "0.0%"),
        ("c3", "0,"),
        ("c4", "0.0##"),
        ("c5", "yyyy-mm-dd"),
        ("c6", None),
        ("heir", "#,##0.00"),
        ("ring", None),
        ("nowhere", None),
    ],
)
def test_a_cell_style_shows_numbers_as_its_data_style_says(
    tmp_path: Path, style: str, code: str | None
) -> None:
    assert read(tmp_path, row(number(more=f'table:style-name="{style}"'))).formats.get((0, 0)) == code


def test_a_cell_without_a_style_takes_that_of_its_row_or_of_each_column_it_spans(tmp_path: Path) -> None:
    columns = "".join(
        f'<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="{style}"/>'
        for style in ("c1", "c2")
    )
    sheet = read(
        tmp_path,
        columns
        + row(number(more='table:number-columns-repeated="3"'), more='table:number-rows-repeated="2"')
        + row(number(), more='table:default-cell-style-name="c3"')
        + row("<table:table-cell/>", number()),
    )
    assert [sheet.formats.get((1, column)) for column in range(4)] == ["#,##0.00", "#,##0.00", "0.0%", None]
    assert dict(sheet.formats) == {
        **{
            (line, column): code for line in (0, 1) for column, code in enumerate(["#,##0.00"] * 2 + ["0.0%"])
        },
        (2, 0): "0,",
        (3, 1): "#,##0.00",
    }
    assert len(sheet.formats) == 8


def test_formulas_stand_where_their_values_do(tmp_path: Path) -> None:
    sheet = read(
        tmp_path,
        row(number(), more='table:number-rows-repeated="3"')
        + "<table:table-header-rows>"
        + row('<table:table-cell table:number-columns-repeated="2"/>', formula("of:=SUM([.A1:.A3])"))
        + "</table:table-header-rows>"
        + row(formula("of:=[.A1]"), "<table:covered-table-cell/>", formula("of:=[.C4]*2")),
    )
    assert dict(sheet.formulas) == {(3, 2): "SUM(A1:A3)", (4, 0): "A1", (4, 2): "C4*2"}
    assert all(sheet.value(*spot) == 1 for spot in sheet.formulas)


@pytest.mark.parametrize(("rows", "columns", "cells"), [(2, 3, 6), (1, 1, 1), (MANY, MANY, 1)])
def test_every_cell_that_an_array_formula_fills_is_a_formula(
    tmp_path: Path, rows: int, columns: int, cells: int
) -> None:
    spanned = f'table:number-matrix-rows-spanned="{rows}" table:number-matrix-columns-spanned="{columns}"'
    array = formula("of:=[.A9:.C10]*2", f'office:value-type="float" office:value="2" {spanned}')
    assert len(read(tmp_path, row(array)).formulas) == cells


def test_hidden_rows_and_columns_are_read_as_far_as_anything_stands(tmp_path: Path) -> None:
    hidden = 'table:visibility="{}" table:number-{}-repeated="{}"'
    sheet = read(
        tmp_path,
        f"<table:table-column/><table:table-column {hidden.format('collapse', 'columns', 2)}/>"
        + row(EMPTY, more=hidden.format("filter", "rows", 2))
        + row(number())
        + row(EMPTY, more=hidden.format("collapse", "rows", 1_048_570)),
    )
    assert (sheet.hidden_rows, sheet.hidden_columns) == (frozenset([0, 1]), frozenset([1, 2]))


@pytest.mark.parametrize(
    ("shown", "error"),
    [
        ("#DIV/0!", "#DIV/0!"),
        ("#WAARDE!", "#VALUE!"),
        ("Err:502", "#VALUE!"),
        ("Err:503", "#NUM!"),
        ("<text:span>#N/A</text:span>", "#N/A"),
        ("noot</text:p><text:p>#REF!", "#REF!"),
        ("# 1", None),
    ],
)
def test_errors_which_the_reader_of_values_leaves_out_are_read(
    tmp_path: Path, shown: str, error: str | None
) -> None:
    failed = formula("of:=1/0", 'office:value-type="string" office:string-value=""', shown)
    sheet = read(tmp_path, row(number()) + row("<table:table-cell/>", failed))
    assert sheet.value(1, 1) == error


def test_what_a_linked_workbook_held_is_no_sheet(tmp_path: Path) -> None:
    cached = f"<table:table table:name=\"'file:///b.ods'#Blad1\">{row(number())}</table:table>"
    assert read(tmp_path, row(number()), tables=cached).name == "Blad"


def test_a_table_inside_a_cell_is_no_sheet_and_moves_nothing(tmp_path: Path) -> None:
    inner = f'<table:table table:name="Binnen">{row(formula("of:=[.B9]"))}</table:table>'
    outer = row(f"<table:table-cell>{inner}</table:table-cell>", formula("of:=[.A1]"))
    path = opendocument(tmp_path / "b.ods", outer)
    assert {name: dict(sheet.formulas) for name, sheet in opendocument_notes(path).items()} == {
        "Blad": {(0, 1): "A1"}
    }


@pytest.mark.parametrize(
    ("rows", "columns"), [(1_048_576, 1), (1_048_576, 16_384), (1, MANY), (MANY, MANY), (10**30, 10**30)]
)
def test_what_is_repeated_without_end_takes_no_memory(tmp_path: Path, rows: int, columns: int) -> None:
    across = f'table:number-columns-repeated="{columns}"'
    failed = formula("of:=[.A1]", f'office:value-type="string" {across}', "#REF!")
    path = opendocument(
        tmp_path / "b.ods",
        f'<table:table-column table:visibility="collapse" {across}/>'
        + row(
            number(more=f'table:style-name="c1" {across}'),
            failed,
            more=f'table:visibility="collapse" table:number-rows-repeated="{rows}"',
        )
        + row(number(), failed),
        styles=STYLES,
    )
    tracemalloc.start()
    notes = opendocument_notes(path)["Blad"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 << 20
    assert notes.formats[min(rows, 1_048_576) - 1, min(columns, 16_384) - 1] == "#,##0.00"
    assert len(notes.hidden_rows) == min(rows, 1_048_576)
    assert len(notes.hidden_columns) == min(columns, 16_384)


@pytest.mark.parametrize("rows", [1_048_576, MANY])
@pytest.mark.parametrize("columns", [16_384, MANY])
def test_a_bomb_of_repeated_cells_is_one_line(tmp_path: Path, rows: int, columns: int) -> None:
    cell = number(more=f'table:number-columns-repeated="{columns}"')
    path = opendocument(tmp_path / "b.ods", row(cell, more=f'table:number-rows-repeated="{rows}"'))
    with pytest.raises(WorkbookError) as caught:
        read_grids(path)
    assert len(str(caught.value).splitlines()) == 1


def test_millions_of_empty_cells_with_a_style_are_read(tmp_path: Path) -> None:
    styled = '<table:table-cell table:style-name="c1" table:number-columns-repeated="16384"/>'
    sheet = read(tmp_path, row(number()) + row(styled, more='table:number-rows-repeated="1048575"'))
    assert (len(sheet.cells), len(sheet.formats)) == (1, 0)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}, "package.encrypted"),
        ({"encrypted-package": "x"}, "package.encrypted"),
        ({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "package.doctype"),
        ({"content.xml": "<a><b></a>"}, "package.malformed"),
        ({"styles.xml": "<a"}, "package.malformed"),
        ({"content.xml": "0" * (40 << 20)}, "package.too_large"),
    ],
    ids=["encrypted", "encrypted whole", "entities", "not closed", "styles cut off", "zip bomb"],
)
def test_a_bad_file_is_one_line(tmp_path: Path, more: dict[str, str], code: str) -> None:
    with pytest.raises(WorkbookError) as caught:
        read_grids(opendocument(tmp_path / "b.ods", row(number()), **more))
    assert caught.value.faults[0].code == code
    assert len(str(caught.value).splitlines()) == 1


def test_a_count_that_is_no_number_is_one_line(tmp_path: Path) -> None:
    rows = row(number(more='table:number-columns-repeated="veel"'))
    with pytest.raises(WorkbookError, match=r"^[^\n]*$"):
        read_grids(opendocument(tmp_path / "b.ods", rows))


@needs_office
def test_a_workbook_saved_as_ods_tells_what_it_told_before(tmp_path: Path) -> None:
    source = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(source) as book:
        sheet, other, hidden = (book.add_worksheet(name) for name in ("Blad 1", "It's", "Weg"))
        hidden.hide()
        codes = ["#,##0.00", "0.0%", "[$€-413] #,##0", "#,##0,", "0.##", "#,##0.000;[Red]-#,##0.000"]
        for column, code in enumerate(codes):
            sheet.write_number(0, column, 1234.5, book.add_format({"num_format": code}))
        other.write_column("A1", [1, 2, 3])
        for line, written in enumerate(FORMULAS, start=2):
            sheet.write_formula(line, 0, f"={written}")
        sheet.write_formula(1, 0, "=1/0")
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column("C:D", None, None, {"hidden": True})
    before, after = read_grids(source), read_grids(convert(source, "ods", tmp_path))
    assert [(grid.name, grid.hidden, grid.hidden_rows, grid.hidden_columns) for grid in after] == [
        (grid.name, grid.hidden, grid.hidden_rows, grid.hidden_columns) for grid in before
    ]
    assert dict(after[0].formulas) == dict(before[0].formulas)
    shown = [
        [shown_decimals(grid.formats[0, column]) for column in range(6)] for grid in (before[0], after[0])
    ]
    assert shown[0] == shown[1] == [2, 3, 0, -3, 2, 3]
    assert after[0].value(1, 0) == "#DIV/0!"


FORMULAS = (
    "SUM('It''s'!$A$1:A3,B1)",
    "SUM(A:A)+SUM($2:$2)",
    'IF(A1>2,"a""b;c",SUM({1,2;3,4}))',
    "SUBTOTAL(9,A1:B1)",
    "SUM((A1:A2,B1:B2))",
    'SUMIF(A1:A2,">2",B1:B2)',
    "A1&-B1^2<>C1",
)


@pytest.mark.parametrize(("style", "verdict"), [("c3", "rounding"), ("c1", "mismatch")])
def test_amounts_shown_in_thousands_tie_by_the_thousand(tmp_path: Path, style: str, verdict: str) -> None:
    lines = {"a": (101_400, 220_250), "b": (202_400, 330_500), "c": (307_400, 411_250)}
    named = f'table:style-name="{style}"'
    rows = row(text(""), text("x"), text("y")) + "".join(
        row(text(label), *(number(figure, named) for figure in figures))
        for label, figures in {**lines, "Totaal": (612_100, 962_900)}.items()
    )
    findings = check_grid(read(tmp_path, rows))
    assert {finding.place.cell: str(finding.verdict) for finding in findings}["B5"] == verdict


def test_an_error_far_from_everything_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    far = '<table:table-cell table:number-columns-repeated="16383"/>'
    rows = row(number()) + row("", more='table:number-rows-repeated="1048574"')
    path = opendocument(tmp_path / "b.ods", rows + row(far + formula("of:=1/0", "", "#DIV/0!")))
    with pytest.raises(WorkbookError) as raised:
        read_grids(path)
    assert raised.value.faults[0].code == "read.too_many_cells"
