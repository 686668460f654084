"""The task pane in a browser: verdict, findings, buttons, keyboard, screen reader, two languages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from hoka_excel.addin.settings import TOKEN_VARIABLE
from tests.addin.addin_server import AddinServer, needs_server, running_server
from tests.addin.browser import Page, browsing, needs_browser
from tests.addin.office_js import OfficeBook

pytestmark = [needs_server, needs_browser]
LOGIN = "een-lang-token-voor-de-proef"
STATUS = "document.querySelector('.hoka-status').dataset.status"
TOLD = "document.getElementById('hoka-told').textContent"
BUTTONS = ["Aansluiten", "Herberekenen", "Rapport", "Ongedaan maken"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browsing(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def pane(browser: Page, server: AddinServer, published: Path) -> Iterator[Page]:
    """Open the pane beside the published begroting; a fault in the page fails the test."""
    browser.faults.clear()
    browser.resize(350)
    browser.open(f"{server.address}/taskpane.html?lang=nl", OfficeBook(published).sent())
    browser.wait(f"{STATUS} === 'mismatch' && !hoka.busy")
    yield browser
    assert [fault for fault in browser.faults if "ERR_BLOCKED_BY_CLIENT" not in fault] == []


def saved(page: Page, name: str) -> None:
    """Keep a screenshot where someone asks for them."""
    folder = os.environ.get("HOKA_SCREENSHOTS")
    if folder:
        page.screenshot(Path(folder) / f"{name}.png")


def test_the_verdict_and_the_findings_stand_there_at_once(pane: Page) -> None:
    text = pane.run("document.body.innerText")
    saved(pane, "paneel-nl")
    assert "sluit niet aan" in text
    assert "3 van de 114 controles sluiten niet aan." in text
    assert "Totaal EUR 2022 is 379.015" in text
    assert pane.run("document.documentElement.lang") == "nl"


def test_a_finding_jumps_to_its_cell(pane: Page) -> None:
    pane.run("document.querySelector('[data-cell=G8]').click()")
    assert pane.wait("selected.length && selected") == ["Thema 2!G8"]


def test_a_finding_on_a_sheet_that_has_gone_says_what_to_do(pane: Page) -> None:
    pane.run("document.querySelector('[data-cell=G8]').dataset.sheet = 'Weg'")
    pane.run("document.querySelector('[data-cell=G8]').click()")
    told = pane.wait("document.getElementById('hoka-fault').textContent")
    assert told.startswith("Deze cel is niet gevonden")
    assert "Aansluiten" in told


@pytest.mark.parametrize("width", [320, 350, 450])
def test_the_pane_fits_however_narrow_excel_makes_it(pane: Page, width: int) -> None:
    pane.resize(width)
    for language in ("nl", "en"):
        pane.wait(f"document.documentElement.lang === '{language}' && {STATUS} === 'mismatch' && !hoka.busy")
        saved(pane, f"paneel-{language}-{width}")
        assert pane.run("document.documentElement.scrollWidth") <= width
        parts = "[...document.querySelectorAll('#hoka *')].filter(part => part.clientWidth)"
        cut = f"{parts}.filter(part => part.scrollWidth > part.clientWidth + 1)"
        assert pane.run(f"{cut}.map(part => part.outerHTML)") == []
        pane.run("document.querySelector('.hoka-language').click()")


def test_a_button_runs_its_macro_and_tells(pane: Page) -> None:
    pane.run("document.querySelector('[data-script=aansluiten]').click()")
    pane.wait(f"!hoka.busy && {TOLD}")
    saved(pane, "paneel-aangesloten")
    assert pane.run(TOLD).startswith("3 van de 114 controles sluiten niet aan.")
    assert "addNote" in pane.run("applied")


def test_the_ribbon_presses_the_same_button(pane: Page) -> None:
    assert len(pane.run("Object.keys(ribbon)")) == len(BUTTONS)
    pane.run("ribbon['hoka-ongedaan_maken']({ completed: () => {} })")
    assert pane.wait(f"!hoka.busy && {TOLD}") == "Er is niets om ongedaan te maken."


def test_the_report_comes_as_a_link(pane: Page) -> None:
    pane.run("document.querySelector('[data-script=rapport]').click()")
    pane.wait(f"!hoka.busy && {TOLD}")
    address = pane.run("[...document.links].find(link => link.textContent === 'Rapport openen').href")
    assert "/hoka/rapport/" in address


def test_the_pane_works_with_the_keyboard_alone(pane: Page) -> None:
    seen = []
    for _ in range(12):
        pane.key("Tab")
        seen.append(pane.run("document.activeElement.textContent.trim()"))
        if seen[-1] == "Ongedaan maken":
            break
    assert [name for name in seen if name in BUTTONS] == BUTTONS
    pane.key("Enter")
    assert pane.wait(f"!hoka.busy && {TOLD}") == "Er is niets om ongedaan te maken."


def test_a_screen_reader_meets_names_and_live_regions(pane: Page) -> None:
    met = pane.accessible()
    names = [name for role, name in met if role == "button"]
    assert all(names)
    assert set(BUTTONS) <= set(names)
    assert "Ga naar Thema 2!E8" in names
    assert ("heading", "HoKa: begroting aansluiten") in met
    assert {"main", "status", "alert", "list"} <= {role for role, _ in met}


def test_the_language_changes_in_place(pane: Page) -> None:
    pane.run("document.querySelector('.hoka-language').click()")
    pane.wait("document.documentElement.lang === 'en'")
    pane.wait(f"{STATUS} === 'mismatch' && !hoka.busy")
    text = pane.run("document.body.innerText")
    saved(pane, "paneel-en")
    assert "does not tie" in text
    assert "Reconcile" in text
    pane.run("document.querySelector('[data-script=ongedaan_maken]').click()")
    assert pane.wait(f"!hoka.busy && {TOLD}") == "There is nothing to undo."


def test_a_workbook_that_is_no_begroting_is_told(browser: Page, server: AddinServer, tmp_path: Path) -> None:
    path = tmp_path / "leeg.xlsx"
    Workbook().save(path)
    browser.open(f"{server.address}/taskpane.html?lang=nl", OfficeBook(path).sent())
    browser.wait(f"{STATUS} === 'unreadable' && !hoka.busy")
    browser.run("document.querySelector('[data-script=aansluiten]').click()")
    told = browser.wait("!hoka.busy && document.getElementById('hoka-fault').textContent")
    saved(browser, "paneel-geen-begroting")
    assert told.startswith("leeg.xlsx: ")
    assert browser.run("applied") == []


def test_the_token_is_asked_once(browser: Page, published: Path) -> None:
    with running_server(environment={TOKEN_VARIABLE: LOGIN}) as guarded:
        address, book = f"{guarded.address}/taskpane.html?lang=nl", OfficeBook(published).sent()
        browser.open(address, book)
        browser.wait(
            "window.hoka && hoka.signedOut && document.getElementById('hoka-token').offsetHeight > 0"
        )
        saved(browser, "paneel-aanmelden")
        for given in ("een-verkeerd-token-voor-de-proef", LOGIN):
            browser.run(f"document.getElementById('hoka-token').value = '{given}'")
            browser.run("document.querySelector('#hoka-login button').click()")
            browser.wait("hoka.fault" if given != LOGIN else f"{STATUS} === 'mismatch'")
        browser.open(address, book)
        browser.wait(f"{STATUS} === 'mismatch' && !hoka.busy")
        assert browser.run("hoka.signedOut") is False
