"""The macros on an `xlwings.Book`: what they write, what they leave alone, what they say when they cannot."""

from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlwings
from openpyxl import load_workbook

from hoka_excel.begroting.build import workbook_bytes
from hoka_excel.begroting.content import begroting_of
from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.excel import desktop
from hoka_excel.excel.macro_workbook import with_buttons
from hoka_excel.excel.macros import MACROS, aansluiten, herberekenen, ongedaan_maken, rapport
from hoka_excel.excel.memory import MEMORY_SHEET
from hoka_excel.workbook.addresses import position
from tests.excel.counted_book import Calls, counted_book

HEAD = "B2"
"""Where the master check of a sheet stands, and its note hangs."""


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
    """Take all that stands in a workbook: contents and notes."""
    return {
        page.name: (dict(page.held), dict(page.texts))
        for page in book.impl.sheets
        if memory or page.name != MEMORY_SHEET
    }


def note(book: xlwings.Book, sheet: str, cell: str = HEAD) -> str | None:
    text: str | None = book.impl.sheets(sheet).texts.get(position(cell))
    return text


def put(book: xlwings.Book, sheet: str, cell: str, value: object) -> None:
    book.impl.sheets(sheet).held[position(cell)] = (str(value), value)


def edited(workbook: bytes, edit: Any) -> xlwings.Book:
    """Open a workbook after a controller has changed it."""
    book = load_workbook(BytesIO(workbook))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return counted_book(saved.getvalue())[0]


def test_aansluiten_tells_on_each_sheet_which_cells_do_not_tie(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    assert str(aansluiten(book)).startswith("3 van de 114 controles sluiten niet aan.")
    told = (note(book, "Thema 2") or "").splitlines()
    assert [line.partition(":")[0] for line in told] == ["HoKa", "E8", "G8", "G8"]
    assert "379.663" in told[1]
    assert {sheet.name for sheet in book.sheets if note(book, sheet.name)} == {"Thema 2"}


def test_aansluiten_changes_nothing_else(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    before = snapshot(book)
    aansluiten(book)
    after = snapshot(book)
    assert {name for name in before if before[name] != after[name]} == {"Thema 2"}
    assert before["Thema 2"][0] == after["Thema 2"][0]


def test_a_mended_figure_leaves_the_note_and_the_last_one_takes_it_away(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    aansluiten(book)
    put(book, "Thema 2", "G8", 451814)
    aansluiten(book)
    assert "G8" not in (note(book, "Thema 2") or "G8")
    put(book, "Thema 2", "E8", 379663)
    put(book, "Begroting integraal", "E6", 379663)
    aansluiten(book)
    assert note(book, "Thema 2") is None


def test_a_note_of_the_controller_stays(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    kept = {position(cell): "navragen bij de faculteit" for cell in (HEAD, "G8")}
    book.impl.sheets("Thema 2").texts.update(kept)
    aansluiten(book)
    ongedaan_maken(book)
    assert book.impl.sheets("Thema 2").texts == kept


def test_a_note_that_the_controller_threw_away_comes_back_when_it_changes(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    aansluiten(book)
    book.impl.sheets("Thema 2").texts.clear()
    put(book, "Thema 2", "G8", 451814)
    aansluiten(book)
    assert "E8" in (note(book, "Thema 2") or "")


def test_a_new_error_appears_in_the_findings_and_undo_takes_it_back(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, _ = published_book
    put(book, "Thema 1", "B8", 7)
    before = snapshot(book)
    aansluiten(book)
    page = book.impl.sheets("Bevindingen")
    assert "Thema 1!B8" in {held[1] for place, held in page.held.items() if place.column == 3}
    assert str(ongedaan_maken(book)) == "De vorige inhoud staat weer in het werkboek."
    assert snapshot(book) == before


def test_a_run_that_finds_what_stood_there_writes_nothing_and_keeps_what_to_undo(
    published_book: tuple[xlwings.Book, Calls],
) -> None:
    book, calls = published_book
    before = snapshot(book)
    aansluiten(book)
    calls.writes.clear()
    aansluiten(book)
    assert not calls.writes
    ongedaan_maken(book)
    assert snapshot(book) == before


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
def test_a_sheet_costs_at_most_three_reads_and_four_writes(
    macro: Any, recomputed_book: tuple[xlwings.Book, Calls]
) -> None:
    book, calls = recomputed_book
    put(book, "Thema 1", "C5", 99)
    macro(book)
    assert max(totals(calls.reads).values()) <= 3
    assert max(totals(calls.writes).values()) <= 4


@pytest.mark.parametrize("macro", [aansluiten, herberekenen])
def test_so_does_a_sheet_whose_note_comes_changes_and_goes(
    macro: Any, published_book: tuple[xlwings.Book, Calls]
) -> None:
    book, calls = published_book
    mended: tuple[dict[str, int], ...] = ({}, {"G8": 451814}, {"E8": 379663})
    for figures in mended:
        for cell, figure in figures.items():
            put(book, "Thema 2", cell, figure)
        put(book, "Begroting integraal", "E6", 379663 if "E8" in figures else 379015)
        calls.reads.clear()
        calls.writes.clear()
        macro(book)
        assert calls.writes["Thema 2", "note"] == 1
        assert max(totals(calls.reads).values()) <= 3
        assert max(totals(calls.writes).values()) <= 4
    assert note(book, "Thema 2") is None


def totals(kind: Counter[tuple[str, str]]) -> Counter[str]:
    """Count the calls by sheet, whatever they were."""
    found: Counter[str] = Counter()
    for (sheet, _), times in kind.items():
        found[sheet] += times
    return found


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
    told = (note(book, "Thema 2") or "").splitlines()
    assert [line.partition(":")[0] for line in told[1:]] == ["E10", "G10", "G10"]


def test_undo_refuses_after_rows_have_moved(published_book: tuple[xlwings.Book, Calls]) -> None:
    book, _ = published_book
    aansluiten(book)
    book.impl.defined["Hoka_tabel_Thema_2"] = "'Thema 2'!$A$5:$G$9"
    with pytest.raises(WorkbookError, match="verplaatst"):
        ongedaan_maken(book)


def test_a_note_that_moved_with_the_master_check_is_found_there(published_bytes: bytes) -> None:
    book, _ = counted_book(published_bytes)
    aansluiten(book)
    page = book.impl.sheets("Thema 2")
    page.texts[position("B5")] = page.texts.pop(position(HEAD))
    book.impl.defined["Hoka_hoofdcontrole_Thema_2"] = "'Thema 2'!$A$5:$B$5"
    put(book, "Thema 2", "G8", 451814)
    aansluiten(book)
    assert note(book, "Thema 2") is None
    assert "G8" not in (note(book, "Thema 2", "B5") or "G8")


def test_a_table_on_a_sheet_of_its_own_gets_its_note_at_its_first_cell(published_bytes: bytes) -> None:
    def move(opened: Any) -> None:
        page, apart = opened["Thema 2"], opened.create_sheet("Apart")
        for row in page["A4:G8"]:
            for cell in row:
                apart[cell.coordinate] = cell.value
                cell.value = None
        opened.defined_names["Hoka_tabel_Thema_2"].attr_text = "Apart!$A$4:$G$8"

    book = edited(published_bytes, move)
    aansluiten(book)
    assert "379.663" in (note(book, "Apart", "E8") or "")


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
