"""The macros on an `xlwings.Book`: what they write, what they leave alone, what they say when they cannot."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlwings
from openpyxl import load_workbook

from hoka_excel.begroting.build import workbook_bytes
from hoka_excel.begroting.content import begroting_of
from hoka_excel.begroting.layout import standard_layout
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.excel import desktop
from hoka_excel.excel.macro_workbook import with_buttons
from hoka_excel.excel.macros import MACROS, aansluiten, herberekenen, ongedaan_maken, rapport
from hoka_excel.excel.memory import MEMORY_SHEET
from hoka_excel.workbook.addresses import position
from tests.excel.counted_book import Calls, counted_book

MARK = (0xFD, 0xE2, 0xE1)


def sheets_of(plan: Plan) -> bytes:
    layout = standard_layout(plan)
    begroting = begroting_of(layout, reconcile_plan(plan, layout.places()))
    return workbook_bytes(with_buttons(begroting, layout), layout)


@pytest.fixture(scope="module")
def published_bytes(published_plan: Plan) -> bytes:
    return sheets_of(published_plan)


@pytest.fixture(scope="module")
def recomputed_bytes(recomputed_plan: Plan) -> bytes:
    return sheets_of(recomputed_plan)


@pytest.fixture
def published_book(published_bytes: bytes) -> tuple[xlwings.Book, Calls]:
    return counted_book(published_bytes)


@pytest.fixture
def recomputed_book(recomputed_bytes: bytes) -> tuple[xlwings.Book, Calls]:
    return counted_book(recomputed_bytes)


def snapshot(book: xlwings.Book, *, memory: bool = False) -> dict[str, Any]:
    """Take all that stands in a workbook: contents, colours, notes."""
    return {
        page.name: (dict(page.held), dict(page.fills), dict(page.texts))
        for page in book.impl.sheets
        if memory or page.name != MEMORY_SHEET
    }


def contents(book: xlwings.Book) -> dict[str, Any]:
    """Take what the cells hold and the notes, without the colours."""
    return {name: (held, texts) for name, (held, _, texts) in snapshot(book).items()}


def put(book: xlwings.Book, sheet: str, cell: str, value: object) -> None:
    book.impl.sheets(sheet).held[position(cell)] = (str(value), value)


def edited(workbook: bytes, edit: Any) -> xlwings.Book:
    """Open a workbook after a controller has changed it."""
    book = load_workbook(BytesIO(workbook))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return counted_book(saved.getvalue())[0]


def test_aansluiten_marks_the_two_totals_that_do_not_tie(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    assert str(aansluiten(book)).startswith("3 van de 114 controles sluiten niet aan.")
    page = book.impl.sheets("Thema 2")
    assert {cell for cell in ("E8", "G8") if book.sheets["Thema 2"][cell].color == MARK} == {"E8", "G8"}
    assert "379.663" in page.texts[position("E8")]
    assert page.texts[position("G8")].count("\n") == 2


def test_aansluiten_changes_nothing_else(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    before = snapshot(book)
    aansluiten(book)
    after = snapshot(book)
    assert {name for name in before if before[name] != after[name]} == {"Thema 2"}
    assert before["Thema 2"][0] == after["Thema 2"][0]


def test_a_mended_figure_loses_its_mark_on_the_next_run(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    before = snapshot(book)["Thema 2"][1]
    aansluiten(book)
    put(book, "Thema 2", "G8", 451814)
    put(book, "Thema 2", "E8", 379663)
    put(book, "Begroting integraal", "E6", 379663)
    aansluiten(book)
    page = book.impl.sheets("Thema 2")
    assert position("G8") not in page.texts
    assert page.fills[position("G8")] == before[position("G8")]


def test_a_cell_gets_back_the_colour_a_controller_gave_it(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    book.impl.sheets("Thema 2").fills[position("G8")] = "00FF00"
    aansluiten(book)
    ongedaan_maken(book)
    assert book.impl.sheets("Thema 2").fills[position("G8")] == "00FF00"


def test_a_note_of_the_controller_stays(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    book.impl.sheets("Thema 2").texts[position("G8")] = "navragen bij de faculteit"
    aansluiten(book)
    ongedaan_maken(book)
    assert book.impl.sheets("Thema 2").texts == {position("G8"): "navragen bij de faculteit"}


def test_a_new_error_appears_in_the_findings_and_undo_takes_it_back(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    put(book, "Thema 1", "B8", 7)
    before = contents(book)
    aansluiten(book)
    page = book.impl.sheets("Bevindingen")
    assert "Thema 1!B8" in {held[1] for place, held in page.held.items() if place.column == 3}
    assert str(ongedaan_maken(book)) == "De vorige inhoud staat weer in het werkboek."
    assert contents(book) == before


def test_findings_that_shift_keep_within_the_four_writes(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, calls = published_book
    put(book, "Thema 1", "B8", 7)
    aansluiten(book)
    assert sum(count for (sheet, _), count in calls.writes.items() if sheet == "Bevindingen") == 4


def test_undo_twice_says_there_is_nothing_left(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    aansluiten(book)
    ongedaan_maken(book)
    assert str(ongedaan_maken(book)) == "Er is niets om ongedaan te maken."


def test_herberekenen_divides_anew_and_undo_puts_the_old_figures_back(
    recomputed_book: tuple[xlwings.Book, Calls],
) -> None:
    book, calls = recomputed_book
    spoiled = position("C5")
    book.impl.sheets("Thema 1").held[spoiled] = ("99", 99)
    before = snapshot(book)
    assert str(herberekenen(book)).startswith("De bedragen zijn opnieuw verdeeld")
    assert book.impl.sheets("Thema 1").held[spoiled][1] != 99
    assert max(count for (sheet, _), count in calls.writes.items() if sheet != MEMORY_SHEET) == 1
    ongedaan_maken(book)
    assert snapshot(book) == before


def test_herberekenen_keeps_the_figures_of_a_published_plan(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    before = snapshot(book)
    assert "zoals gepubliceerd" in str(herberekenen(book))
    assert {name: page[0] for name, page in snapshot(book).items()} == {
        name: page[0] for name, page in before.items()
    }


@pytest.mark.parametrize("macro", [aansluiten, herberekenen])
def test_a_sheet_costs_three_reads_and_at_most_four_writes(
    macro: Any, recomputed_book: tuple[xlwings.Book, Calls]
) -> None:
    book, calls = recomputed_book
    put(book, "Uitgangspunten", "C21", 4)
    macro(book)
    for sheet in book.sheets:
        assert sum(n for (name, _), n in calls.reads.items() if name == sheet.name) <= 3
        assert sum(n for (name, _), n in calls.writes.items() if name == sheet.name) <= 4


def test_a_protected_sheet_stops_the_macro_and_nothing_has_changed(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    put(book, "Thema 1", "B8", 7)
    before = snapshot(book, memory=True)
    book.impl.sheets("Thema 2").protected = True
    with pytest.raises(WorkbookError) as refused:
        aansluiten(book)
    assert "Thema" in str(refused.value)
    assert "Het blad is beveiligd" in str(refused.value)
    assert "Hef de beveiliging" in str(refused.value)
    assert snapshot(book, memory=True) == before


def test_a_workbook_without_our_names_is_refused(published_bytes: bytes) -> None:
    book = edited(published_bytes, lambda opened: opened.defined_names.clear())
    before = snapshot(book, memory=True)
    with pytest.raises(WorkbookError) as refused:
        aansluiten(book)
    assert "begroting.xlsm" in str(refused.value)
    assert snapshot(book, memory=True) == before


def test_a_missing_sheet_is_named(published_bytes: bytes) -> None:
    book = edited(published_bytes, lambda opened: opened.remove(opened["Thema 3"]))
    with pytest.raises(WorkbookError, match="Thema 3"):
        aansluiten(book)


def test_rows_that_moved_are_found_by_name_and_label(published_bytes: bytes) -> None:
    def insert_rows(opened: Any) -> None:
        page = opened["Thema 2"]
        page.move_range("A4:G8", rows=2)
        for name in ("Hoka_tabel_Thema_2",):
            opened.defined_names[name].attr_text = "'Thema 2'!$A$6:$G$10"

    book = edited(published_bytes, insert_rows)
    aansluiten(book)
    assert sorted(book.impl.sheets("Thema 2").texts) == [position("E10"), position("G10")]


def test_undo_refuses_after_rows_have_moved(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    aansluiten(book)
    book.impl.defined["Hoka_tabel_Thema_2"] = "'Thema 2'!$A$5:$G$9"
    with pytest.raises(WorkbookError, match="verplaatst"):
        ongedaan_maken(book)


def test_a_mark_that_moved_with_its_row_is_taken_away_there(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    aansluiten(book)
    page = book.impl.sheets("Thema 2")
    for kept in (page.texts, page.fills):
        kept[position("G20")] = kept.pop(position("G8"))
    put(book, "Thema 2", "G8", 451814)
    aansluiten(book)
    assert position("G20") not in page.texts
    assert page.fills[position("G20")] != bytes(MARK).hex().upper()


def test_text_where_a_figure_belongs_is_untestable_when_checking_and_refused_when_recomputing(
    recomputed_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = recomputed_book
    put(book, "Thema 2", "B5", "PM")
    assert "sluiten niet aan" in str(aansluiten(book))
    with pytest.raises(WorkbookError, match="Thema 2!B5"):
        herberekenen(book)


def test_only_the_calling_workbook_changes(published_bytes: bytes) -> None:
    book, _ = counted_book(published_bytes)
    other, _ = counted_book(published_bytes, "andere.xlsm")
    before = snapshot(other, memory=True)
    aansluiten(book)
    assert snapshot(other, memory=True) == before


def test_the_report_of_an_unsaved_workbook_opens(
    published_bytes: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hoka_excel.excel.macros.gettempdir", lambda: str(tmp_path))
    book, _ = counted_book(published_bytes, "Map1")
    shown: list[str] = []
    told = rapport(book, shown.append)
    assert shown == [(tmp_path / "Map1-rapport.html").as_uri()]
    assert str(tmp_path) in str(told)
    assert "379.663" in (tmp_path / "Map1-rapport.html").read_text(encoding="utf-8")


def test_whatever_breaks_ends_in_a_text(
    published_book: tuple[xlwings.Book, Calls], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _ = published_book
    monkeypatch.setattr("hoka_excel.excel.macros.read_live", lambda _: 1 / 0)
    told = desktop.told("HokaAansluiten", book)
    assert "begroting.xlsm" in told
    assert "ZeroDivisionError" in told


def test_every_message_is_one_or_two_sentences(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    for macro in MACROS:
        if macro.call is not rapport:
            text = desktop.told(macro.subroutine, book)
            assert 1 <= text.count(". ") + text.endswith(".") <= 2
