"""The commands of `hoka` on an agenda."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hoka_excel.cli import hoka
from hoka_excel.core.findings import Status
from hoka_excel.sources import reconcile
from hoka_excel.workbook.cells import write_cells
from tests.agenda.conftest import AGENDA_FILE
from tests.made_agendas import agenda, project


def run(*arguments: object) -> Result:
    return CliRunner().invoke(hoka, [str(argument) for argument in arguments], standalone_mode=False)


def test_build_check_and_regenerate_know_an_agenda_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "k.xlsx"
    assert run("build", AGENDA_FILE, "-o", path).return_value == 1
    checked = run("check", path, AGENDA_FILE, "--json")
    assert checked.return_value == 1
    files = json.loads(checked.stdout)["files"]
    assert [file["counts"]["mismatch"] for file in files] == [4, 4]
    kinds = {finding["kind"] for finding in files[0]["findings"]}
    assert kinds == {"sector_theme", "evidence", "agreement_years", "coverage"}
    assert all("(voorbeeld)" in finding["label"] for finding in files[0]["findings"])
    again = run("regenerate", path, "-o", tmp_path / "uit")
    assert again.return_value == 1
    assert (tmp_path / "uit/k.xlsx").exists()


def test_the_outcome_is_told_in_english_too() -> None:
    told = run("check", AGENDA_FILE, "--lang", "en").stdout
    assert "asks for 80,000 of the quality agreement" in told
    assert "Example: the amounts of 11 of the 11 projects" in told


def test_the_report_of_an_agenda_marks_its_examples(agenda_workbook: Path, tmp_path: Path) -> None:
    page = tmp_path / "k.html"
    assert run("report", agenda_workbook, "-o", page).return_value == 1
    text = page.read_text(encoding="utf-8")
    assert "Voorbeeld: van 11 van de 11 projecten" in text
    assert "(voorbeeld)" in text


def test_an_agenda_is_never_asked_to_be_recomputed(tmp_path: Path) -> None:
    refused = run("build", AGENDA_FILE, "-o", tmp_path / "k.xlsx", "--herberekend")
    assert refused.return_value == 2
    assert "rekent altijd opnieuw" in refused.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text", ['soort = "kwaliteitsagenda"\n', 'schema = 1\nsoort = "kwaliteitsagenda"\njaren = 3\n']
)
def test_an_agenda_that_does_not_fit_is_told_in_lines(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    refused = run("check", path)
    assert refused.return_value == 2
    assert "plan.toml, titel: deze sleutel ontbreekt" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_an_agenda_in_python_is_reconciled_as_a_plan_is() -> None:
    assert reconcile(agenda(project())).status is Status.EXACT
    assert reconcile(agenda(project(aim=""))).status is Status.MISMATCH


def test_a_workbook_and_its_plan_file_do_not_differ(agenda_workbook: Path) -> None:
    assert run("diff", AGENDA_FILE, agenda_workbook).return_value == 0


def test_a_changed_agenda_differs_line_by_line(agenda_workbook: Path, tmp_path: Path) -> None:
    changed = tmp_path / "k.xlsx"
    write_cells(agenda_workbook, {("Projecten", "D21"): 170000}, changed)
    told = run("diff", agenda_workbook, changed)
    assert told.return_value == 1
    assert "Betaald voor project · 1 · HoKa-middelen · 2021" in told.stdout
    assert "-10.000" in told.stdout


def test_an_agenda_is_not_compared_with_a_begroting(published: Path) -> None:
    refused = run("diff", AGENDA_FILE, published)
    assert refused.return_value == 2
    assert "het een is een kwaliteitsagenda, het ander niet" in refused.stderr


@pytest.mark.parametrize("kind", ["plan file", "workbook"])
def test_a_command_for_a_begroting_says_what_an_agenda_is(
    kind: str, agenda_workbook: Path, tmp_path: Path
) -> None:
    source = AGENDA_FILE if kind == "plan file" else agenda_workbook
    refused = run("export", source, "-o", tmp_path / "k.csv")
    assert refused.return_value == 2
    assert "is een kwaliteitsagenda, geen" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
