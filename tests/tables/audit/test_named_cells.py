"""Which cells a formula reads by name."""

from dataclasses import replace

import pytest

from hoka_excel.tables.audit.circles import circles
from hoka_excel.tables.audit.named_cells import parsed_formula
from hoka_excel.tables.grid import Grid, cell_name, cell_spot
from hoka_excel.tables.names import Names, Table, names_by_sheet
from tests.tables.made_grids import Rows, audited, codes, grid, taken_apart

LINES: Rows = [["Naam", "Bedrag", "Kosten [x]"], ["a", 10, 1], ["b", 20, 2], ["c", 30, 3], ["Totaal", 60, 6]]
TABLE = Table("Data", (0, 0, 4, 2), ("Naam", "Bedrag", "Kosten [x]"), totals_rows=1)
OPEN = replace(TABLE, area=(0, 0, 3, 2), totals_rows=0)


def read(formula: str, *, cell: str = "H9", **defined: str) -> list[str] | None:
    """Give the cells that a formula on the sheet Data reads, or None where a name stays a name."""
    names = Names({name.casefold(): text for name, text in defined.items()}, {"tabel1": TABLE})
    data = Grid("Data", LINES, {cell_spot(cell): formula}, names=names)
    book = {"data": data} | {name.casefold(): Grid(name, [[1]]) for name in ("Jan", "Feb", "Mrt 1")}
    parsed = parsed_formula(data, cell_spot(cell), book)
    if parsed.names:
        return None
    told = (
        (one.sheet, ":".join(dict.fromkeys((cell_name(*one.area[:2]), cell_name(*one.area[2:])))))
        for one in parsed.references
    )
    return [f"{sheet}!{cells}" if sheet else cells for sheet, cells in told]


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        ("SUM(Tabel1[Bedrag])", ["B2:B4"]),
        ("SUM(TABEL1[bedrag])", ["B2:B4"]),
        ("SUM(Tabel1)", ["A2:C4"]),
        ("SUM(Tabel1[])", ["A2:C4"]),
        ("SUM(Tabel1[[Bedrag]:[Kosten '[x']]])", ["B2:C4"]),
        ("SUM(Tabel1[Kosten '[x']])", ["C2:C4"]),
        ("Tabel1[[#Totals],[Bedrag]]", ["B5"]),
        ("Tabel1[[#Headers],[Bedrag]]", ["B1"]),
        ("SUM(Tabel1[#All])", ["A1:C5"]),
        ("SUM(Tabel1[[#Headers],[#Data],[Bedrag]])", ["B1:B4"]),
        ("SUM(Tabel1[[#Data], [#Totals], [Bedrag]])", ["B2:B5"]),
        ("SUM(Tabel1[Weg])", None),
        ("SUM(Tabel2[Bedrag])", None),
        ("Tabel1[[#This Row],[Bedrag]]", None),
        ("[@Bedrag]", None),
    ],
)
def test_a_structured_reference_is_read_as_the_cells_of_its_table(
    formula: str, cells: list[str] | None
) -> None:
    assert read(formula) == cells


@pytest.mark.parametrize(
    "formula",
    [
        "Tabel1[[#This Row],[Bedrag]]",
        "Tabel1[@Bedrag]",
        "[@Bedrag]",
        "[@[Bedrag]]",
        "[[#This Row],[Bedrag]]",
        "[[#This Row],Bedrag]",
    ],
)
def test_this_row_is_the_row_of_the_formula(formula: str) -> None:
    assert read(formula, cell="C3") == ["B3"]
    assert read(f"SUM({formula})", cell="C5") is None


@pytest.mark.parametrize(
    ("definition", "cells"),
    [
        ("Data!$B$2:$B$4", ["B2:B4"]),
        ("Jan!$A$1", ["Jan!A1"]),
        ("'Mrt 1'!$A$1:$A$3", ["Mrt 1!A1:A3"]),
        ("Data!$B$2,Data!$B$4", ["B2", "B4"]),
        ("Data!$B:$B", ["B1:B1048576"]),
        ("Tabel1[Bedrag]", ["B2:B4"]),
        ("Ander", ["C2"]),
        ("0.21", []),
        ("-0.21", []),
        ('"tekst"', []),
        ("Data!B2:B4", None),
        ("Data!$B2", None),
        ("Data!#REF!", None),
        ("#REF!", None),
        ("OFFSET(Data!$B$2,0,0,3,1)", None),
        ("Data!$B$2:$B$3 Data!$B$3:$B$4", None),
        ("Data!$B$2*2", None),
        ("[1]Blad1!$A$1", None),
        ("Weg!$A$1", None),
        ("Onbekend", None),
        ("Naam", None),
    ],
)
def test_a_defined_name_is_read_as_the_cells_it_lists(definition: str, cells: list[str] | None) -> None:
    assert read("SUM(Naam)", Naam=definition, Ander="Data!$C$2") == cells


def test_a_name_of_the_sheet_goes_before_one_of_the_workbook() -> None:
    names = names_by_sheet(["Een", "Twee"], {"": {"Lijst": "Een!$A$1"}, "Twee": {"lijst": "Twee!$A$1"}}, {})
    book = {
        name.casefold(): Grid(name, [[1]], {(1, 0): "LIJST", (2, 0): "Een!Lijst"}, names=names[name])
        for name in names
    }
    found = [
        parsed_formula(book[sheet], (row, 0), book).references[0].sheet
        for sheet, row in (("een", 1), ("twee", 1), ("twee", 2))
    ]
    assert found == [None, None, "Een"]
    assert not parsed_formula(book["een"], (1, 0), book).names


@pytest.mark.parametrize(
    ("formula", "cells"),
    [
        ("SUM(Jan:Feb!A1)", ["Jan!A1", "Feb!A1"]),
        ("SUM(Feb:Jan!A1)", ["Jan!A1", "Feb!A1"]),
        ("SUM('Jan:Mrt 1'!A1:A2)", ["Jan!A1:A2", "Feb!A1:A2", "Mrt 1!A1:A2"]),
        ("SUM(Data:Jan!$A$1)", ["A1", "Jan!A1"]),
        ("SUM(Jan:Weg!A1)", None),
    ],
)
def test_cells_of_several_sheets_are_read_on_each(formula: str, cells: list[str] | None) -> None:
    assert read(formula) == cells


@pytest.mark.parametrize(
    ("formula", "cell", "cells"),
    [
        ("Lijst*2", "D3", None),
        ("Lijst*2", "B9", None),
        ("SUM(Lijst*2)", "D3", None),
        ("VLOOKUP(Lijst,A1:B2,2)", "D3", None),
        ("Lijst*2", "D9", ["B2:B4"]),
        ("SUMPRODUCT(Lijst*2)", "D3", ["B2:B4"]),
        ("SUM(Lijst)", "D3", ["B2:B4"]),
        ("Een*2", "D3", ["B3"]),
    ],
)
def test_a_range_of_which_excel_may_take_one_cell_stays_a_name(
    formula: str, cell: str, cells: list[str] | None
) -> None:
    assert read(formula, cell=cell, Lijst="Data!$B$2:$B$4", Een="Data!$B$3") == cells


def test_names_that_stand_for_each_other_end() -> None:
    assert read("SUM(Een)", Een="Twee", Twee="Een") is None


def test_a_sum_of_a_name_or_column_is_audited_like_any_other() -> None:
    names = Names({"lijst": "Blad!$A$1:$A$2"})
    short = replace(grid([[10], [20], [7], [30]], A4="SUM(Lijst)"), names=names)
    assert [(f.message.code, str(f.judgement.difference)) for f in audited(short)] == [("audit.short", "-7")]
    text = replace(grid([[10], ["20"], [10]], A3="SUM(Lijst)"), names=names)
    assert codes(text) == [("audit.text_in_sum", "A3")]
    double = replace(
        grid([[10], [20], [30], [60]], A3="SUM(Lijst)", A4="SUM(Alles)"),
        names=Names({**names.defined, "alles": "Blad!$A$1:$A$3"}),
    )
    assert codes(double) == [("audit.double", "A4")]
    blank = replace(grid([[4, None, 0]], C1="A1*Tarief"), names=Names({"tarief": "Blad!$B$1"}))
    assert codes(blank) == [("audit.blank_operand", "C1")]


def test_a_table_whose_total_below_leaves_out_a_line_typed_under_it_stops_short() -> None:
    rows: Rows = [*LINES[:4], ["d", 5, 4], ["Totaal", 60, 6]]
    data = replace(grid(rows, "Data", B6="SUM(Tabel1[Bedrag])"), names=Names(tables={"tabel1": OPEN}))
    assert [(f.message.code, f.parts[0].cell) for f in audited(data)] == [("audit.short", "B5")]


def test_a_circle_through_a_name_is_found() -> None:
    around = replace(grid([[1], [2], [3]], A3="SUM(Lijst)"), names=Names({"lijst": "Blad!$A$1:$A$3"}))
    assert circles(taken_apart(around)) == [[("blad", (2, 0))]]


def test_rows_of_a_table_that_read_their_own_cells_are_no_circle() -> None:
    rows: Rows = [["Naam", "Bedrag", "Kosten [x]"], ["a", 10, 20], ["b", 20, 40], ["c", 30, 60]]
    data = replace(
        grid(rows, "Data", **{f"C{row}": "Tabel1[[#This Row],[Bedrag]]*2" for row in (2, 3, 4)}),
        names=Names(tables={"tabel1": OPEN}),
    )
    assert audited(data) == []


def test_a_number_typed_into_a_calculated_column_is_found() -> None:
    rows: Rows = [["Naam", "Bedrag", "Kosten [x]"], ["a", 10, 20], ["b", 20, 41], ["c", 30, 60]]
    data = replace(
        grid(rows, "Data", **{f"C{row}": "[@Bedrag]*2" for row in (2, 4)}),
        names=Names(tables={"tabel1": OPEN}),
    )
    assert codes(data) == [("audit.typed", "C3")]


def test_a_number_as_text_on_a_sheet_between_two_is_found() -> None:
    months = [grid([["5"]] if name == "Feb" else [[5]], name) for name in ("Jan", "Feb", "Mrt")]
    year = grid([[10]], "Jaar", A1="SUM(Jan:Mrt!A1:A2)")
    assert [f.parts[0].sheet for f in audited(*months, year)] == ["Feb"]


def test_the_head_of_a_table_is_no_number_stored_as_text() -> None:
    rows: Rows = [["Naam", "12", "2024"], ["a", 10, 1], ["b", "20", 2], ["c", 30, 3]]
    table = replace(OPEN, columns=("Naam", "12", "2024"))
    data = replace(
        grid(rows, "Data", E1="SUM(B:B)", F1="SUM(C:C)", G1="SUM(Tabel1[#All])"),
        names=Names(tables={"tabel1": table}),
    )
    found = [(f.place.cell, [part.cell for part in f.parts]) for f in audited(data)]
    assert found == [("E1", ["B3"]), ("G1", ["B3"])]
