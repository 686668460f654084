"""The commands `scenario` and `students`, and binding years in `diff`."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.cli import hoka
from hoka_excel.core.plan import AllocationKey
from tests.conftest import PLAN_FILE
from tests.plans_over_time import STUDENTS, plan_over_time, text_over_time
from tests.students.duo_samples import per_year, written


def run(*arguments: object) -> Result:
    return CliRunner().invoke(hoka, [*map(str, arguments)], standalone_mode=False, env={"COLUMNS": "200"})


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.toml"
    path.write_text(text_over_time(), encoding="utf-8")
    return path


def test_scenario_prints_the_plan_the_scenarios_and_what_they_add(plan_file: Path) -> None:
    answer = run("scenario", plan_file)
    assert answer.return_value == 0
    lines = [line.split() for line in answer.output.splitlines()]
    assert lines.count(["Het", "plan,", "herberekend"]) == 5
    assert ["Totaal", "EUR", "893.217", "936.975", "930.348", "1.166.070", "1.244.739", "1.404.943"] in lines
    assert ["Totaal", "EUR", "+0", "+0", "+0", "+17.646", "+50.221", "+56.685"] in lines


def test_scenario_of_a_begroting_is_that_of_its_plan(plan_file: Path, tmp_path: Path) -> None:
    build_workbook(plan_over_time(), tmp_path / "b.xlsx")
    assert run("scenario", tmp_path / "b.xlsx").output == run("scenario", plan_file).output


def test_scenario_as_json_gives_every_figure_as_a_decimal_string(plan_file: Path) -> None:
    found = json.loads(run("scenario", plan_file, "--json").output)
    assert [scenario["name"] for scenario in found["scenarios"]] == [
        "Minder geld, meer BMW",
        "Volle indexatie",
    ]
    figures = found["scenarios"][0]["figures"]
    assert len(figures) == sum(len(table.rows) for table in plan_over_time().tables) * 6
    assert all(
        Decimal(entry["plan"]) + Decimal(entry["difference"]) == Decimal(entry["scenario"])
        for entry in figures
    )
    assert found["scenarios"][1]["settings"][0] == {
        "lever": "indexatie",
        "table": None,
        "line": None,
        "year": 2023,
        "value": "2.5",
    }


def test_scenario_writes_a_workbook(plan_file: Path, tmp_path: Path) -> None:
    answer = run("scenario", plan_file, "-o", tmp_path / "s.xlsx")
    assert answer.return_value == 0
    assert load_workbook(tmp_path / "s.xlsx").sheetnames == ["Scenario's"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((PLAN_FILE,), "heeft geen scenario's"),
        ((PLAN_FILE, "-o", "s.pdf"), "s.pdf: scenario's gaan in een .xlsx"),
    ],
)
def test_scenario_says_what_it_cannot_do(arguments: tuple[object, ...], told: str) -> None:
    answer = run("scenario", *arguments)
    assert answer.return_value == 2
    assert told in answer.output + answer.stderr


def test_students_are_written_into_the_plan_file_with_a_backup(plan_file: Path, tmp_path: Path) -> None:
    duo = written(tmp_path / "duo.csv", per_year())
    before = plan_file.read_bytes()
    answer = run("students", duo, "--plan", plan_file)
    assert answer.return_value == 1, "two numbers are not told"
    assert "2 aantallen staan in het bestand als <5" in answer.output
    key = read_plan(plan_file).themes[0].division
    assert isinstance(key, AllocationKey)
    assert [*key.weights(2)] == [2296, 199, 712, 731]
    assert key.students is not None
    assert key.students.source == "DUO, duo.csv"
    (backup,) = (tmp_path / "hoka-backup").iterdir()
    assert backup.read_bytes() == before


def test_students_elsewhere_leave_the_plan_file_as_it_is(plan_file: Path, tmp_path: Path) -> None:
    duo, before = written(tmp_path / "duo.csv", per_year()), plan_file.read_bytes()
    run("students", duo, "--plan", plan_file, "-o", tmp_path / "nieuw.toml")
    assert plan_file.read_bytes() == before
    assert read_plan(tmp_path / "nieuw.toml") != read_plan(plan_file)
    assert not (tmp_path / "hoka-backup").exists()


def test_students_from_another_file_change_nothing(plan_file: Path, tmp_path: Path) -> None:
    duo, before = written(tmp_path / "duo.csv", ["a;b", "1;2"]), plan_file.read_bytes()
    answer = run("students", duo, "--plan", plan_file)
    assert answer.return_value == 2
    assert "er ontbreekt: OPLEIDINGSCODE ACTUEEL" in answer.output + answer.stderr
    assert plan_file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["duo.csv", "plan.toml"]


def test_diff_says_which_differences_are_in_a_binding_year(plan_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "ander.toml"
    other.write_text(
        text_over_time(students=STUDENTS.replace("[2300, 2310, 2290, 2290", "[2300, 2311, 2290, 2291")),
        encoding="utf-8",
    )
    answer = run("diff", plan_file, other)
    lines = [line for line in answer.output.splitlines() if line.startswith("Studenten")]
    assert ["2020 · taakstellend" in line for line in lines] == [True, False]
    listed = json.loads(run("diff", plan_file, other, "--json").output)["differences"]
    assert [(entry["year"], entry["binding"]) for entry in listed] == [(2020, True), (2022, False)]
