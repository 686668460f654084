"""The macros over HTTP: what comes back, carried out, gives the workbook that the command line gives."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook

from hoka_excel import regenerate, write_cells
from hoka_excel.excel.memory import MEMORY_SHEET
from tests.addin.addin_server import AddinServer, Answer, needs_server
from tests.addin.office_js import OfficeBook

pytestmark = needs_server
CHANGED = {"published": ("Thema 2", "E5", 212648), "recomputed": ("Uitgangspunten", "B15", 700000)}
"""A figure that a controller changes in either begroting."""


def run(server: AddinServer, script: str, book: OfficeBook, language: str = "nl") -> Answer:
    path = f"/xlwings/custom-scripts-call/{script}"
    answer = server.post(path, {**book.sent(), "args": [language]})
    if answer.status == 200:
        book.apply(answer.json)
    return answer


def told(book: OfficeBook) -> str:
    name, text = book.told[-1]
    assert name == "hokaTold"
    return text


def shown(book: OfficeBook) -> Mapping[str, object]:
    """Take what a controller sees: no hidden memory; a link, made either way, by its text."""
    return {
        cell: re.sub(r'^=HYPERLINK\(".*","(.*)"\)$', r"\1", value) if isinstance(value, str) else value
        for cell, value in book.cells().items()
        if not cell.startswith(MEMORY_SHEET)
    }


def changed(request: pytest.FixtureRequest, state: str, folder: Path) -> Path:
    sheet, cell, value = CHANGED[state]
    path = folder / f"{state}.xlsx"
    write_cells(request.getfixturevalue(state), {(sheet, cell): value}, path)
    return path


@pytest.mark.parametrize(
    ("state", "script"),
    [("published", "aansluiten"), ("published", "herberekenen"), ("recomputed", "herberekenen")],
)
def test_a_script_makes_what_the_command_makes(
    server: AddinServer, state: str, script: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = changed(request, state, tmp_path)
    book = OfficeBook(path)
    before = shown(book)
    assert run(server, script, book).status == 200
    regenerate(path, tmp_path / "uit.xlsx")
    assert shown(book) == shown(OfficeBook(tmp_path / "uit.xlsx"))
    assert shown(book) != before


def test_the_note_of_a_sheet_tells_what_does_not_tie(server: AddinServer, published: Path) -> None:
    book = OfficeBook(published)
    run(server, "aansluiten", book)
    assert told(book) == "3 van de 114 controles sluiten niet aan. Zie de bladen Aansluiting en Bevindingen."
    assert list(book.notes()) == ["Thema 2!B2"]
    assert "379.663" in book.notes()["Thema 2!B2"]


def test_a_note_follows_what_is_mended(server: AddinServer, published: Path) -> None:
    book = OfficeBook(published)
    run(server, "aansluiten", book)
    for sheets in (book.formulas, book.values):
        sheets["Thema 2"]["G8"] = 451814
    run(server, "aansluiten", book)
    assert "G8" not in book.notes()["Thema 2!B2"]


def test_a_second_run_changes_nothing(server: AddinServer, published: Path) -> None:
    book = OfficeBook(published)
    run(server, "aansluiten", book)
    once = book.cells()
    run(server, "aansluiten", book)
    assert book.cells() == once


@pytest.mark.parametrize("state", ["published", "recomputed"])
def test_undo_puts_every_cell_back_formulas_too(
    server: AddinServer, state: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    book = OfficeBook(changed(request, state, tmp_path))
    before = shown(book)
    run(server, "herberekenen", book)
    assert shown(book) != before
    assert run(server, "ongedaan_maken", book).status == 200
    assert shown(book) == before
    assert book.notes() == {}
    run(server, "ongedaan_maken", book)
    assert told(book) == "Er is niets om ongedaan te maken."


def test_a_macro_speaks_the_language_of_the_pane(server: AddinServer, published: Path) -> None:
    book = OfficeBook(published)
    run(server, "aansluiten", book, "en")
    assert told(book).startswith("3 of the 114 checks do not tie.")


def test_the_report_speaks_the_language_of_the_pane(server: AddinServer, published: Path) -> None:
    book = OfficeBook(published)
    run(server, "rapport", book, "en")
    (_, path), _ = book.told
    page = server.get(path).text
    assert '<html lang="en"' in page
    assert "does not tie" in page


def test_the_report_waits_under_a_key_for_the_browser(server: AddinServer, published: Path) -> None:
    book = OfficeBook(published)
    before = book.cells()
    run(server, "rapport", book)
    (name, path), _ = book.told
    page = server.get(path)
    assert (name, page.status, book.cells()) == ("hokaReport", 200, before)
    assert "379.015" in page.text
    assert server.get("/hoka/rapport/geraden").status == 404


@pytest.mark.parametrize("script", ["aansluiten", "herberekenen", "rapport"])
def test_a_workbook_that_is_no_begroting_is_told_and_left(
    server: AddinServer, script: str, tmp_path: Path
) -> None:
    path = tmp_path / "leeg.xlsx"
    Workbook().save(path)
    answer = run(server, script, OfficeBook(path))
    assert answer.status == 400
    assert answer.text.startswith("leeg.xlsx: ")


@pytest.mark.parametrize(("language", "word"), [("nl", "sluit niet aan"), ("en", "does not tie")])
def test_the_verdict_shows_the_outcome_and_jumps_to_the_cells(
    server: AddinServer, published: Path, language: str, word: str
) -> None:
    page = server.post(f"/hoka/oordeel?lang={language}", OfficeBook(published).sent()).text
    assert 'data-status="mismatch"' in page
    assert word in page
    assert 'data-sheet="Thema 2" data-cell="E8"' in page


def test_the_verdict_says_what_a_workbook_misses(server: AddinServer, tmp_path: Path) -> None:
    path = tmp_path / "leeg.xlsx"
    Workbook().save(path)
    answer = server.post("/hoka/oordeel", OfficeBook(path).sent())
    assert (answer.status, 'data-status="unreadable"' in answer.text) == (200, True)
    assert "leeg.xlsx: " in answer.text


def test_texts_of_a_workbook_are_shown_as_text(server: AddinServer, published: Path) -> None:
    book = OfficeBook(published)
    sheet = book.formulas["Thema 2"]
    for sheets in (book.formulas, book.values):
        sheets["Thema 2"]["A8"] = "<script>alert(1)</script>"
    assert sheet["A8"].value == "<script>alert(1)</script>"
    assert "<script>alert" not in server.post("/hoka/oordeel", book.sent()).text
