"""The macros on the workbook of an agenda, and the .xlsm that carries them."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.agenda.read import read_agenda
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.excel.agenda_workbook import agenda_macro_bytes, build_agenda_macro_workbook
from hoka_excel.excel.macro_workbook import own_modules
from hoka_excel.excel.macros import aansluiten, herberekenen, ongedaan_maken, rapport
from tests.excel.counted_book import counted_book
from tests.excel.test_macros import note, put, snapshot


@pytest.fixture(scope="module")
def macro_bytes(shipped_agenda: Agenda) -> bytes:
    return agenda_macro_bytes(shipped_agenda, own_modules())


def test_aansluiten_tells_on_each_sheet_why_a_project_may_not_use_the_money(macro_bytes: bytes) -> None:
    book, _ = counted_book(macro_bytes)
    before = snapshot(book)
    assert str(aansluiten(book)).startswith("4 van de 315 controles sluiten niet aan.")
    assert "Kwaliteitsdoelen!D15" in (note(book, "Kwaliteitsdoelen") or "")
    told = {sheet.name for sheet in book.sheets if note(book, sheet.name)}
    assert told == {"Projecten", "Aandelen", "Kwaliteitsdoelen"}
    after = snapshot(book)
    assert {name: after[name][0] for name in after} == {name: before[name][0] for name in before}


def test_herberekenen_makes_a_total_live_again_and_undo_takes_it_back(macro_bytes: bytes) -> None:
    book, _ = counted_book(macro_bytes)
    before = snapshot(book)
    put(book, "Totalen", "B6", 1)
    typed_over = snapshot(book)
    herberekenen(book)
    assert snapshot(book)["Totalen"][0].keys() == before["Totalen"][0].keys()
    assert "=SUMPRODUCT(" in str(book.sheets["Totalen"].range("B6").formula)
    ongedaan_maken(book)
    assert snapshot(book)["Totalen"] == typed_over["Totalen"]


def test_the_findings_follow_what_a_controller_fills_in(macro_bytes: bytes) -> None:
    book, _ = counted_book(macro_bytes)
    put(book, "Kwaliteitsdoelen", "D15", "bezoekcijfers van de website")
    assert str(aansluiten(book)).startswith("3 van de 315 controles sluiten niet aan.")


def test_an_amount_that_is_text_stops_herberekenen_and_nothing_changes(macro_bytes: bytes) -> None:
    book, _ = counted_book(macro_bytes)
    put(book, "Projecten", "D21", "n.v.t.")
    before = snapshot(book)
    with pytest.raises(WorkbookError, match="Projecten!D21"):
        herberekenen(book)
    assert snapshot(book) == before


def test_rapport_shows_the_page_of_the_agenda(macro_bytes: bytes) -> None:
    book, _ = counted_book(macro_bytes)
    shown: list[str] = []
    rapport(book, shown.append)
    (page,) = shown
    text = Path(page.removeprefix("file://")).read_text(encoding="utf-8")
    assert "Kwaliteitsagenda Erasmus MC" in text
    assert "(voorbeeld)" in text


def test_the_macro_workbook_reads_back_and_has_its_buttons(shipped_agenda: Agenda, tmp_path: Path) -> None:
    path = tmp_path / "k.xlsm"
    build_agenda_macro_workbook(shipped_agenda, path)
    assert read_agenda(path).agenda == shipped_agenda
    book = load_workbook(path, keep_vba=True)
    assert {sheet.title for sheet in book if sheet.legacy_drawing} == {
        "Projecten",
        "Toelaatbaarheid",
        "Totalen",
        "Aansluiting",
    }


def test_a_macro_workbook_must_be_an_xlsm(shipped_agenda: Agenda, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        build_agenda_macro_workbook(shipped_agenda, tmp_path / "k.xlsx")
