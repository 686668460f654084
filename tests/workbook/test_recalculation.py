"""A workbook recalculated by LibreOffice, in a copy that nobody keeps."""

import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import xlsxwriter

from hoka_excel.core.errors import HokaError
from hoka_excel.report.outcomes import Outcome
from hoka_excel.sources import examine, with_recalculation
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.recalculation import recalculated
from tests.office import convert, needs_office


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    path = tmp_path / "oud.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad 1")
        sheet.write_column("A1", [1250, 430, 700])
        sheet.write_formula("A4", "=SUM(A1:A3)", None, 9999)
        sheet.write_formula("A5", "=A4*2", None, 4760)
        sheet.write_formula("A6", "=TODAY()", None, 1)
    return path


@needs_office
def test_stale_values_are_found_and_the_workbook_stays_as_it_is(stale: Path) -> None:
    before = stale.read_bytes()
    outcome = with_recalculation(examine(stale))
    assert outcome.reconciliation is not None
    found = [one for one in outcome.reconciliation.findings if one.message.code == "audit.stored"]
    assert [(one.place.cell, str(one.judgement.stated), str(one.judgement.expected)) for one in found] == [
        ("A4", "9999", "2380")
    ]
    assert any("Blad 1!A6" in str(note) for note in outcome.reconciliation.notes)
    assert stale.read_bytes() == before
    assert [path.name for path in stale.parent.iterdir()] == ["oud.xlsx"]


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Listen on this computer, and write down who asks for what."""
    paths: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"7")

        def log_message(self, *_: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        paths.append(str(server.server_port))
        yield paths
        server.shutdown()


@needs_office
def test_nothing_outside_the_workbook_is_asked_for(tmp_path: Path, asked: list[str]) -> None:
    path, other = tmp_path / "b.xlsx", tmp_path / "ander.xlsx"
    with xlsxwriter.Workbook(other) as book:
        book.add_worksheet("Blad1").write("A1", 7)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Blad")
        address = f"http://127.0.0.1:{asked[0]}"
        sheet.write_formula("A1", f'=_xlfn.WEBSERVICE("{address}/vraag")', None, "1")
        sheet.write_formula("A2", f"='{tmp_path}/[ander.xlsx]Blad1'!A1", None, 5)
        sheet.write_formula("A3", f"='{address}/[ver.xlsx]Blad1'!A1", None, 5)
        sheet.write_formula("A4", "=1+1", None, 1)
    (grid,) = recalculated(path)
    assert grid.value(3, 0) == 2
    assert grid.value(1, 0) != 7
    assert len(asked) == 1


@needs_office
def test_a_file_that_libreoffice_cannot_open_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "stuk.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)))
    with pytest.raises(HokaError) as caught:
        recalculated(path)
    assert len(str(caught.value).splitlines()) == 1


def with_sum(path: Path) -> Path:
    """Make a workbook with a total that leaves out a line, a hidden row and whole euros shown."""
    with xlsxwriter.Workbook(path) as book:
        sheet, euros = book.add_worksheet("Blad"), book.add_format({"num_format": "#,##0"})
        for row, content in enumerate([1200.4, 340.2, 77.0]):
            sheet.write_number(row, 0, content, euros)
        sheet.write_formula("A4", "=SUM(A1:A2)", euros, 1540.6)
        sheet.set_row(2, None, None, {"hidden": True})
    return path


def codes(outcome: Outcome) -> list[tuple[str, str]]:
    assert outcome.reconciliation is not None
    return [(str(found.place), found.kind) for found in outcome.reconciliation.findings]


@needs_office
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_formulas_of_other_kinds_are_audited_as_those_of_the_workbook_they_were_saved_from(
    tmp_path: Path, kind: str
) -> None:
    source = with_sum(tmp_path / "b.xlsx")
    made = convert(source, kind, tmp_path)
    expected, found = (with_recalculation(examine(path)) for path in (source, made))
    assert codes(found) == codes(expected) != []
    assert found.reconciliation is not None
    assert "1 formules vergeleken" in str(found.reconciliation.notes[0])


@needs_office
def test_of_an_xls_it_is_said_that_its_formulas_are_read_when_it_is_recalculated(tmp_path: Path) -> None:
    made = convert(with_sum(tmp_path / "b.xlsx"), "xls", tmp_path)
    assert read_grids(made)[0].formulas == {}
    plain, again = examine(made), with_recalculation(examine(made))
    assert plain.reconciliation is not None
    assert again.reconciliation is not None
    assert "Geef --recalculate" in str(plain.reconciliation.notes[0])
    assert "read.no_formulas" not in {note.code for note in again.reconciliation.notes}
    (found,) = [one for one in again.reconciliation.findings if one.message.code == "hidden.finding"]
    assert (found.place.cell, "Verborgen: Blad!A3" in str(found.message)) == ("A4", True)


@needs_office
@pytest.mark.parametrize("suffix", [".xltx", ".xltm"])
def test_a_template_is_recalculated(tmp_path: Path, suffix: str) -> None:
    (grid,) = recalculated(with_sum(tmp_path / "b.xlsx").rename(tmp_path / f"b{suffix}"))
    assert grid.formulas == {(3, 0): "SUM(A1:A2)"}


def test_without_libreoffice_one_line_says_so_and_the_rest_of_the_check_stands(
    stale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    outcome = with_recalculation(examine(stale))
    assert outcome.reconciliation is not None
    assert [fault.code for fault in outcome.faults] == ["recalculation.no_office"]


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (subprocess.TimeoutExpired("soffice", 1), "recalculation.too_slow"),
        (subprocess.CalledProcessError(1, "soffice"), "recalculation.failed"),
        (OSError("weg"), "recalculation.failed"),
        (None, "recalculation.failed"),
    ],
)
def test_a_libreoffice_that_fails_takes_too_long_or_makes_nothing_is_one_line(
    stale: Path, monkeypatch: pytest.MonkeyPatch, raised: Exception | None, code: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        if raised is not None:
            raise raised

    monkeypatch.setattr("shutil.which", lambda name: name)
    monkeypatch.setattr("hoka_excel.workbook.recalculation.subprocess.run", failing)
    with pytest.raises(HokaError) as caught:
        recalculated(stale)
    assert caught.value.faults[0].code == code
    assert "oud.xlsx" in str(caught.value)


def test_a_file_without_formulas_says_that_there_is_nothing_to_recalculate(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("a;1\nb;2\n", encoding="utf-8")
    outcome = with_recalculation(examine(path))
    assert outcome.reconciliation is not None
    assert [note.code for note in outcome.reconciliation.notes] == ["recalculation.no_formulas"]
    assert outcome.faults == ()
