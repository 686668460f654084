"""Formulas of OpenDocument, written as Excel writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.audit.formulas import parse
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.grid import cell_name
from hoka_excel.workbook.opendocument.formulas import excel_formula


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("of:=SUM([.B2:.B4])", "SUM(B2:B4)"),
        ("of:=SUM([.$B$2:.B$4];[.$A1])", "SUM($B$2:B$4,$A1)"),
        ("of:=[$Blad2.A1]+['Blad 3'.B2]", "Blad2!A1+'Blad 3'!B2"),
        ("of:=SUM([$Blad.A1:$Blad.B2])", "SUM(Blad!A1:B2)"),
        ("of:=SUM([.A:.A])+SUM([.$2:.$2])", "SUM(A:A)+SUM($2:$2)"),
        ("of:=[$'It''s'.A1]", "'It''s'!A1"),
        ("of:=[$AB12.A1]+[$R1C1.A1]", "'AB12'!A1+'R1C1'!A1"),
        ("of:=SUM([$Jan.A1:$Mrt.A1])", "SUM(Jan:Mrt!A1)"),
        ("of:=SUM([$Jan.A1:$Mrt.B2])", "SUM(Jan:Mrt!A1:B2)"),
        ("of:=['file:///C:/map/Begroting%202022.ods'#$'Blad 1'.A1]", "'[Begroting 2022.ods]Blad 1'!A1"),
        ("of:=SUM(([.A1:.A2]~[.B1:.B2]))", "SUM((A1:A2,B1:B2))"),
        ("of:=SUM([.A1:.B2]![.B1:.C2])", "SUM(A1:B2 B1:C2)"),
        ("of:=SUM({1;2|3;4})*2", "SUM({1,2;3,4})*2"),
        ('of:=IF([.A1]="x;y[.B1]""|";1;2)', 'IF(A1="x;y[.B1]""|",1,2)'),
        ("of:=COM.MICROSOFT.AGGREGATE(9;6;[.A1:.A2])", "AGGREGATE(9,6,A1:A2)"),
        ("of:=[.#REF!]+[#REF!.A1]+[$Blad.#REF!]+#REF!", "#REF!+#REF!+#REF!+#REF!"),
        ("of:=SUM(Bereik;[.B1])", "SUM(Bereik,B1)"),
        ("oooc:=SUM([.B2:.B4];3)", "SUM(B2:B4,3)"),
        ("=SUM([.B2:B4])", "SUM(B2:B4)"),
        ("msoxl:=SUM(B2:B4,Blad2!A1)", "SUM(B2:B4,Blad2!A1)"),
        ("of:=[1]x", "[1]x"),
        ("of:=[.A1", "[.A1"),
    ],
)
def test_a_formula_is_written_as_excel_writes_it(text: str, written: str) -> None:
    assert excel_formula(text) == written


names = st.from_regex(r"[Ab1.é$-]([Ab '1.é$-]{0,9}[Ab1.é$-])?", fullmatch=True)
"""A sheet's name neither begins nor ends with a quote."""
spots = st.tuples(st.integers(0, 1_048_575), st.integers(0, 16_383))


@given(names, spots, spots)
def test_a_range_on_a_sheet_of_any_name_is_the_range_that_excel_would_read(
    sheet: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    quoted = sheet.replace("'", "''")
    written = excel_formula(f"of:=SUM([$'{quoted}'.{cell_name(*first)}:.{cell_name(*last)}])")
    assert [(one.sheet, one.area) for one in parse(written).references] == [(sheet, (*first, *last))]


@given(st.text("[]'\".:;$#!|{}~=AZ19 of", max_size=60))
def test_whatever_a_file_holds_is_written_and_can_be_taken_apart(text: str) -> None:
    assert isinstance(parse(excel_formula(f"of:={text}")), Parsed)


@pytest.mark.parametrize("piece", ["[", "'", "['", "[''", "[.A1", "''\"[", "[$'a'", "['a'#", "{|"])
def test_a_formula_of_pieces_that_are_not_closed_is_read_at_once(piece: str) -> None:
    assert len(excel_formula("of:=" + piece * 20_000)) >= 20_000
