"""Where pages go: .html, .pdf by a browser, and the commands that make them."""

import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from hoka_excel.cli import hoka
from hoka_excel.core.errors import UsageError
from hoka_excel.report.browser import BROWSERS, print_page
from hoka_excel.report.page_file import check_target, write_page
from hoka_excel.sources import examined
from tests.conftest import PLAN_FILE
from tests.report.pages import parsed


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = hoka.main([str(argument) for argument in arguments], standalone_mode=False)
    return code, *capsys.readouterr()


def test_check_writes_a_section_per_file_beside_its_usual_output(
    published: Path, recomputed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, broken = tmp_path / "b.html", tmp_path / "stuk.toml"
    broken.write_text("geen = [", encoding="utf-8")
    code, out, _ = run(capsys, "check", published, recomputed, broken, "--html", page, "--lang", "en")
    assert code == 2
    assert f"{published}: does not tie" in out
    verdicts = parsed(page.read_text(encoding="utf-8")).xpath(
        "//div[contains(@class, 'verdict')]/strong/text()"
    )
    assert verdicts == ["does not tie", "ties but for rounding", "unreadable"]


def test_a_page_of_checks_loads_no_plot_library(published: Path, tmp_path: Path) -> None:
    from tests.test_lightness import loaded_by

    arguments = ["check", str(published), "--html", str(tmp_path / "b.html")]
    loaded = loaded_by(f"from hoka_excel.cli import hoka; hoka.main({arguments!r}, standalone_mode=False)")
    assert "jinja2" in loaded
    assert "matplotlib" not in loaded


@pytest.mark.parametrize("source", ["plan", "workbook"])
def test_report_shows_the_plan_behind_a_plan_file_and_a_workbook(
    source: str, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "r.html"
    code, out, _ = run(capsys, "report", PLAN_FILE if source == "plan" else published, "-o", page)
    assert (code, out) == (1, f"{page}: rapport gemaakt, sluit niet aan.\n")
    tree = parsed(page.read_text(encoding="utf-8"))
    assert len(tree.xpath("//svg")) == 3
    assert len(tree.xpath("//table[@class='checks']/tbody/tr")) == 41


def test_a_workbook_that_holds_no_plan_has_none_to_show(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "b.xlsx")
    assert [examined(tmp_path / name).planned for name in ("b.xlsx", "b.csv", "weg.toml")] == [None] * 3


def test_report_of_an_unreadable_file_says_why_and_writes_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "r.html"
    code, _, err = run(capsys, "report", tmp_path / "weg.toml", "-o", page)
    assert code == 2
    assert "bestaat niet" in err
    assert not page.exists()


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["check", PLAN_FILE, "--html", "b.pdf"], "b.pdf: hier kan geen pagina in. Geef een bestand met"),
        (["report", PLAN_FILE, "-o", "b.docx"], "b.docx: hier kan geen pagina in. Geef een bestand met"),
        (["report", "b.html", "-o", "b.html"], "b.html: dit bestand wordt zelf gelezen."),
    ],
)
def test_a_page_goes_only_where_a_page_can_go(
    arguments: list[object], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert fault in err


def test_a_source_by_another_path_is_still_the_source(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(UsageError) as refusal:
        check_target(tmp_path / "a/../x.html", [tmp_path / "x.html"])
    assert refusal.value.faults[0].code == "page.own_source"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="hier kan niet worden geschreven"):
        write_page("<p>", tmp_path / "weg" / "r.html")


def test_without_a_browser_there_is_no_pdf_and_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("PROGRAMFILES", raising=False)
    monkeypatch.delenv("PROGRAMFILES(X86)", raising=False)
    with pytest.raises(UsageError, match=r"die is hier niet gevonden. Maak een \.html"):
        print_page("<p>", tmp_path / "r.pdf")


def test_a_browser_that_prints_nothing_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(UsageError, match="kon de pagina niet afdrukken"):
        print_page("<p>", tmp_path / "r.pdf")
    assert not (tmp_path / "r.pdf").exists()


def test_a_browser_that_does_not_end_is_stopped_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setenv("HOKA_LIMIT_PRINTING_SECONDS", "1")
    with pytest.raises(UsageError, match=r"na 1 seconden nog niet klaar .* of verhoog HOKA_LIMIT_PRINTING_S"):
        print_page("<p>", tmp_path / "r.pdf")


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no browser of the Chromium family")
def test_a_browser_prints_the_page(tmp_path: Path) -> None:
    pdf = tmp_path / "r.pdf"
    write_page("<!doctype html><title>x</title><p>Gedrukte tekst", pdf)
    assert pdf.read_bytes().startswith(b"%PDF-")
    reader = pytest.importorskip("pypdfium2", reason="reads the printed text")
    with reader.PdfDocument(pdf) as document:
        assert "Gedrukte tekst" in document[0].get_textpage().get_text_range()
