"""What the add-in says, served inside the process of the tests: pane, ribbon, verdict, refusals."""

import asyncio
import html
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from openpyxl import Workbook

from hoka_excel import limits
from hoka_excel.addin.launch import LICENCE_VARIABLE, NONCOMMERCIAL
from hoka_excel.addin.request_guards import Application
from tests.addin.addin_server import needs_server
from tests.addin.office_js import OfficeBook
from tests.answers import answer

LOGIN = "een-lang-token-voor-de-proef"
HOST = b"127.0.0.1:8000"


@dataclass(frozen=True)
class Served:
    """The web application as `hoka serve` makes it, and what the command told."""

    application: Application
    told: str

    def ask(self, path: str, body: object = None, length: int = 0) -> tuple[int, str]:
        """Send a request, a workbook when there is a body, and give the status and text of the answer."""
        content = b"" if body is None else json.dumps(body).encode()
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": content, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        plain, _, query = path.partition("?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET" if body is None else "POST",
            "scheme": "http",
            "path": plain,
            "raw_path": plain.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [
                (b"host", HOST),
                (b"content-type", b"application/json"),
                (b"authorization", LOGIN.encode()),
                (b"content-length", str(length or len(content)).encode()),
            ],
        }

        async def asked() -> None:
            await self.application(scope, receive, send)

        asyncio.run(asked())
        text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
        return sent[0]["status"], html.unescape(text)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    import uvicorn
    import xlwings

    login = tmp_path_factory.mktemp("login") / "token"
    login.write_text(LOGIN, encoding="utf-8")
    made: list[Any] = []

    def run(server: uvicorn.Server, sockets: object) -> None:
        made.append(server.config.app)

    with patch.dict(os.environ), patch.object(uvicorn.Server, "run", run):
        told = answer("serve", "--port", "0", "--token-file", login)
    assert (told.code, told.faults) == (0, "")
    with patch.dict(os.environ, {LICENCE_VARIABLE: NONCOMMERCIAL}):
        from xlwings.pro import _xlremote
    # xlwings has it only where the key was there when it was first imported.
    remote = {"remote": xlwings.Engine(impl=_xlremote.engine)}
    with patch.dict(xlwings.engines.engines_by_name, remote):
        yield Served(made[0], told.out)


@needs_server
def test_the_server_says_where_it_is_and_that_excel_asks_for_https(served: Served) -> None:
    first, second = served.told.splitlines()
    assert first.startswith("De invoegtoepassing is bereikbaar op http://127.0.0.1:")
    assert first.endswith("/manifest.xml. Stop met Ctrl+C.")
    assert second.startswith(
        "Let op: Excel laadt een invoegtoepassing alleen over https. Geef --certificate en"
    )


@needs_server
def test_the_pane_says_what_each_part_is_for(served: Served) -> None:
    status, pane = served.ask("/taskpane.html?lang=nl")
    assert status == 200
    for text in (
        "HoKa: begroting aansluiten",
        "Wat wilt u doen?",
        "Open dit paneel in Excel, met een begroting.",
        "Toetst elk totaal en elk verband, en noteert op elk blad wat niet aansluit.",
        "Verdeelt de bedragen opnieuw volgens de uitgangspunten.",
        "Maakt een verantwoordingspagina van de begroting.",
        "Zet terug wat de laatste opdracht overschreef.",
        "Bezig…",
        "Rapport openen",
        "Oordeel",
        "Token van de beheerder",
        "Aanmelden",
        "De server herkent deze aanmelding niet. Vul het token opnieuw in of vraag de beheerder.",
        "Deze cel is niet gevonden: het blad is hernoemd of verwijderd. Klik op Aansluiten voor een",
        "De server antwoordt niet of vond een fout. Het werkboek is niet gewijzigd. Probeer het opnieuw.",
    ):
        assert text in pane


@needs_server
def test_the_ribbon_names_its_buttons_and_what_they_do(served: Served) -> None:
    _, manifest = served.ask("/manifest.xml")
    assert (
        "Sluit begrotingen voor kwaliteitsafspraken (HoKa) aan, herbereken ze en wijs aan welke" in manifest
    )
    for text in ("Begroting", "Paneel", "Aansluiten", "Herberekenen", "Rapport", "Ongedaan maken"):
        assert f'DefaultValue="{text}"' in manifest
    assert "Toont het oordeel en de bevindingen naast het blad." in manifest


@needs_server
def test_the_verdict_counts_what_does_not_tie(served: Served, published: Path) -> None:
    status, verdict = served.ask("/hoka/oordeel", OfficeBook(published).sent())
    assert status == 200
    for text in (
        "Sluit niet aan (3)",
        "Kan niet samen kloppen (3)",
        "Afronding en toegelicht (38)",
        "Ga naar Thema 2!E8",
    ):
        assert text in verdict


@needs_server
def test_a_workbook_that_is_none_of_ours_gets_no_verdict(served: Served, tmp_path: Path) -> None:
    path = tmp_path / "vreemd.xlsx"
    Workbook().save(path)
    status, verdict = served.ask("/hoka/oordeel", OfficeBook(path).sent())
    assert (status, "geen begroting" in verdict) == (200, True)


@needs_server
def test_a_report_is_ready_and_another_is_gone(served: Served, published: Path) -> None:
    status, told = served.ask("/xlwings/custom-scripts-call/rapport", OfficeBook(published).sent())
    assert (status, "Het rapport is klaar." in told) == (200, True)
    assert served.ask("/hoka/rapport/weg") == (
        404,
        "Dit rapport is er niet meer. Klik in Excel opnieuw op Rapport.",
    )


@needs_server
def test_a_request_that_is_too_large_says_what_to_do_instead(served: Served) -> None:
    status, refusal = served.ask("/hoka/oordeel", {}, length=limits.REQUEST_MB.in_bytes + 1)
    assert status == 413
    assert refusal == (
        "Deze aanvraag is groter dan 20 MB. Verwijder lege bladen of verwerk dit werkboek met: hoka "
        "regenerate. De beheerder van de server kan HOKA_LIMIT_REQUEST_MB verhogen."
    )


@needs_server
def test_a_port_in_use_is_told_with_another_way() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = answer("serve", "--port", port)
    assert told.code == 2
    assert told.faults.startswith(f"Fout: 127.0.0.1:{port}: hier kan niet worden geluisterd (")
    assert told.faults.endswith("Kies een andere poort met --port of een adres van deze computer.\n")


def test_without_its_packages_the_server_says_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoka_excel.addin.launch.find_spec", lambda _: None)
    assert answer("serve").faults == (
        'Fout: Voor hoka serve is xlwings-server nodig. Installeer het met: pip install "hoka-excel[addin]"\n'
    )
