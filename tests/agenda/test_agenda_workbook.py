"""The workbook of an agenda as it is built."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.agenda.build import build_agenda_workbook
from hoka_excel.agenda.places.names import AgendaSheet
from hoka_excel.core.agenda.projects import Agenda, Status
from hoka_excel.core.errors import WorkbookError
from tests.made_agendas import agenda, project


def test_the_sheets_stand_in_their_order(agenda_workbook: Path) -> None:
    assert load_workbook(agenda_workbook).sheetnames == list(AgendaSheet)


def test_the_same_agenda_gives_the_same_bytes(
    shipped_agenda: Agenda, agenda_workbook: Path, tmp_path: Path
) -> None:
    build_agenda_workbook(shipped_agenda, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == agenda_workbook.read_bytes()


def test_the_master_check_and_the_word_example_are_on_every_sheet(agenda_workbook: Path) -> None:
    book = load_workbook(agenda_workbook, data_only=True)
    assert {sheet["B2"].value for sheet in book} == {"sluit niet aan: 4 x verschil"}
    assert all("voorbeeld" in str(sheet["A3"].value) for sheet in book)


def test_every_row_and_table_with_amounts_says_that_they_are_an_example(agenda_workbook: Path) -> None:
    book = load_workbook(agenda_workbook, data_only=True)
    for row in book["Projecten"].iter_rows(min_row=4):
        if isinstance(row[-1].value, int | float):
            assert row[1].value == "voorbeeld"
    totals = book["Totalen"]
    titles = [cell.value for cell in totals["A"] if cell.style == "Hoka Kop"]
    assert len(titles) == 4
    assert all(title.endswith("(voorbeeld)") for title in titles)
    listed = [row for row in book["Bevindingen"].iter_rows(min_row=5, values_only=True) if row[3]]
    assert len(listed) == 4
    assert all("(voorbeeld)" in str(row[3]) and "(voorbeeld)" in str(row[9]) for row in listed)


def test_an_agenda_whose_amounts_were_decided_says_nothing_of_examples(tmp_path: Path) -> None:
    build_agenda_workbook(agenda(project(1), project(2)), tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx", data_only=True)
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert not any("(voorbeeld)" in text for text in said)
    assert {sheet["B2"].value for sheet in book} == {"sluit aan"}


def test_every_table_of_totals_ends_in_the_same_grand_total(agenda_workbook: Path) -> None:
    sheet = load_workbook(agenda_workbook, data_only=True)["Totalen"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=7)]
    totals = {tuple(row[1:]) for row in rows if row[0] == "Totaal"}
    assert totals == {(1295000, 1644000.5, 1709000, 1754000, 1259000, 7661000.5)}
    verdicts = [row[1:] for row in rows if row[0] == "Oordeel"]
    assert verdicts == [["sluit aan"] * 6] * 4


def test_the_verdict_and_the_reason_stand_beside_each_project(agenda_workbook: Path) -> None:
    sheet = load_workbook(agenda_workbook, data_only=True)["Toelaatbaarheid"]
    rows = {row[0]: row[2:4] for row in sheet.iter_rows(min_row=12, max_col=4, values_only=True)}
    assert rows["3. Joint degrees met TU Delft en LUMC"] == ("toelaatbaar", None)
    assert rows["6. Veranderingen in het zorgstelsel"] == ("niet gevraagd", None)
    verdict, reason = rows["10. Zichtbaar profiel (toont een bevinding)"]
    assert (verdict, reason) == (
        "niet toelaatbaar",
        "geen sectorthema; verbetering niet aantoonbaar: geen onderbouwing",
    )


def test_what_a_cell_is_for_shows_in_its_named_style(agenda_workbook: Path) -> None:
    book = load_workbook(agenda_workbook)
    assert book["Projecten"]["D6"].style == "Hoka Invoer"
    assert book["Aandelen"]["D6"].style == "Hoka Invoer"
    assert book["Kwaliteitsdoelen"]["C6"].style == "Hoka Invoertekst"
    assert book["Totalen"]["B6"].style == "Hoka Resultaat"
    assert book["Totalen"]["B12"].style == "Hoka Totaal"
    assert book["Toelaatbaarheid"]["C13"].style == "Hoka Oordeel"


def test_every_sheet_prints_on_a4_landscape_one_page_wide_with_page_numbers(agenda_workbook: Path) -> None:
    for sheet in load_workbook(agenda_workbook):
        setup = sheet.page_setup
        assert (setup.paperSize, setup.orientation, setup.fitToWidth or 1) == (9, "landscape", 1)
        footer = sheet.oddFooter
        assert footer is not None
        assert "Pagina" in str(footer.right.text)


def test_every_name_of_ours_begins_with_its_prefix(agenda_workbook: Path) -> None:
    names = list(load_workbook(agenda_workbook).defined_names)
    assert len(names) > 30
    assert all(name.startswith(("Hoka_agenda_", "Hoka_hoofdcontrole_")) for name in names)


def test_no_formula_holds_an_amount_or_a_year(agenda_workbook: Path) -> None:
    from openpyxl.formula import Tokenizer

    numbers = {
        token.value
        for sheet in load_workbook(agenda_workbook)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for token in Tokenizer(str(cell.value)).items
        if token.type == token.OPERAND and token.subtype == token.NUMBER
    }
    assert numbers <= {"0", "1", "2", "3", "100", "500"}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError):
        build_agenda_workbook(agenda(project(status=Status.EXAMPLE)), tmp_path / "nowhere" / "a.xlsx")


def test_no_conditional_format_refers_to_another_sheet_but_by_name(agenda_workbook: Path) -> None:
    coloured = {}
    for sheet in load_workbook(agenda_workbook):
        for ranges in sheet.conditional_formatting:
            for rule in ranges.rules:
                is_beside_master = str(ranges.sqref).startswith("C2")
                if rule.type == "expression" and sheet.title != "Bevindingen" and not is_beside_master:
                    coloured[sheet.title, str(ranges.sqref)] = rule.formula[0]
    assert {sheet for sheet, _ in coloured} == {"Projecten", "Aandelen", "Kwaliteitsdoelen"}
    assert len(coloured) == 7
    assert not any("!" in formula for formula in coloured.values())
