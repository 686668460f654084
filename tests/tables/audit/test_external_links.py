"""Formulas that read other workbooks."""

from dataclasses import replace

from hoka_excel.tables.audit.formulas import parse
from tests.tables.made_grids import audited, codes, grid


def test_each_linked_workbook_is_one_finding_with_its_name_the_count_and_the_first_places() -> None:
    cells = {f"A{row}": f"[1]Blad1!$A${row}" for row in range(1, 9)} | {"B1": "'[2]Blad 2'!A1+1"}
    sheet = replace(grid([[1, 1]] * 8, **cells), linked={"1": "Begroting 2022.xlsx"})
    first, second = audited(sheet)
    assert (first.place.cell, len(first.parts), second.place.cell) == ("A1", 8, "B1")
    assert str(first.message).startswith(
        "Begroting 2022.xlsx wordt gelezen door formules (8), te beginnen met Blad!A1, Blad!A2, Blad!A3, "
        "Blad!A4, Blad!A5 …."
    )
    assert str(second.message).startswith("2 wordt gelezen door formules (1)")


def test_columns_of_a_table_are_no_other_workbook() -> None:
    for formula in ("SUM(Tabel[Bedrag])", "SUM(Tabel[[#This Row],[Bedrag]])", "Tabel[Bedrag]!A1"):
        assert parse(formula).books == frozenset(), formula
    assert parse("SUM('C:\\map\\[b.xlsx]Blad 1'!A1:A3)").books == {"b.xlsx"}


def test_the_workbook_itself_is_no_link() -> None:
    assert codes(grid([[4, 4]], A1="[0]!Naam", B1="'[0]Blad'!A1")) == []
