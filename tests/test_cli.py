"""The command line, as a user meets it."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.workbook.cells import write_cells
from tests.conftest import PLAN_FILE


def hoka(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from hoka_excel.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_build_makes_a_workbook_and_says_whether_it_ties(tmp_path: Path) -> None:
    made = hoka("build", PLAN_FILE, "-o", tmp_path / "b.xlsx")
    assert (made.returncode, made.stdout) == (
        1,
        f"{tmp_path / 'b.xlsx'}: werkboek gemaakt, sluit niet aan.\n",
    )
    again = hoka("build", PLAN_FILE, "-o", tmp_path / "h.xlsx", "--herberekend")
    assert (again.returncode, again.stderr) == (0, "")
    assert load_workbook(tmp_path / "h.xlsx").sheetnames[0] == "Toelichting"


@pytest.mark.parametrize(("language", "verdict"), [("nl", "sluit niet aan"), ("en", "does not tie")])
def test_check_answers_in_the_language_asked_for(published: Path, language: str, verdict: str) -> None:
    answer = hoka("check", published, "--lang", language)
    assert answer.returncode == 1
    assert f"{published}: {verdict}" in answer.stdout
    assert answer.stdout.count("Thema 2!") >= 3


def test_check_as_json_has_the_shape_that_scripts_rely_on(published: Path) -> None:
    answer = json.loads(hoka("check", published, "--json").stdout)
    assert answer["schema"] == 1
    (file,) = answer["files"]
    assert (file["file"], file["status"], file["error"]) == (str(published), "mismatch", None)
    assert file["counts"] == {
        "exact": 73,
        "rounding": 37,
        "double_rounding": 1,
        "mismatch": 3,
        "untestable": 0,
        "explained": 0,
    }
    finding = next(f for f in file["findings"] if f["cell"] == "E8" and f["sheet"] == "Thema 2")
    assert {key: finding[key] for key in ("kind", "verdict", "label", "period", "parts")} == {
        "kind": "footing",
        "verdict": "mismatch",
        "label": "Totaal EUR",
        "period": "2022",
        "parts": ["Thema 2!E5", "Thema 2!E6", "Thema 2!E7"],
    }
    assert [finding[key] for key in ("stated", "expected", "difference", "tolerance")] == [
        "379015",
        "379663",
        "-648",
        "2",
    ]
    assert all(f["verdict"] != "exact" for f in file["findings"])
    everything = json.loads(hoka("check", published, "--json", "--all").stdout)
    assert len(everything["files"][0]["findings"]) == 114


def test_check_of_a_plan_file_and_of_its_workbook_find_the_same(published: Path) -> None:
    plan, workbook = (
        json.loads(hoka("check", path, "--json").stdout)["files"][0] for path in (PLAN_FILE, published)
    )
    assert plan["findings"] == workbook["findings"]


def test_rounding_is_no_difference_unless_asked_to_be_strict(recomputed: Path) -> None:
    assert hoka("check", recomputed).returncode == 0
    assert hoka("check", recomputed, "--strict").returncode == 1


def test_regenerate_writes_every_workbook_of_a_folder_and_says_where(
    published: Path, recomputed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "werk" / "faculteit"
    folder.mkdir(parents=True)
    shutil.copy(published, folder)
    shutil.copy(recomputed, folder)
    answer = hoka("regenerate", tmp_path / "werk", "-o", tmp_path / "uitvoer")
    assert answer.returncode == 1
    assert answer.stderr == ""
    out = tmp_path / "uitvoer" / "faculteit"
    assert answer.stdout.splitlines() == [
        f"{folder / published.name}: sluit niet aan → {out / published.name}",
        f"{folder / recomputed.name}: sluit aan, op afronding na → {out / recomputed.name}",
        "Uitkomst                    Werkboeken",
        "sluit aan, op afronding na           1",
        "sluit niet aan                       1",
    ]
    assert {path.name for path in out.iterdir()} == {published.name, recomputed.name}


def test_regenerate_in_place_keeps_a_dated_backup(recomputed: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    write_cells(recomputed, {("Uitgangspunten", "B15"): 900_000}, path)
    before = path.read_bytes()
    assert hoka("regenerate", path).returncode in {0, 1}
    (backup,) = (tmp_path / "hoka-backup").iterdir()
    assert backup.read_bytes() == before
    assert path.read_bytes() != before


def test_one_bad_workbook_does_not_stop_the_others(published: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    shutil.copy(published, tmp_path / "in" / "b.xlsx")
    (tmp_path / "in" / "a.xlsx").write_bytes(b"PK broken")
    answer = hoka("regenerate", tmp_path / "in", "-o", tmp_path / "uit")
    assert answer.returncode == 2
    assert len(answer.stderr.splitlines()) == 1
    assert [path.name for path in (tmp_path / "uit").iterdir()] == ["b.xlsx"]


@pytest.mark.parametrize("command", ["check", "regenerate"])
def test_a_missing_file_is_one_line_and_code_2(command: str, tmp_path: Path) -> None:
    answer = hoka(command, tmp_path / "nergens.xlsx")
    assert answer.returncode == 2
    assert answer.stderr.startswith("Fout: ")
    assert len(answer.stderr.splitlines()) == 1
    assert "Traceback" not in answer.stderr


def test_a_folder_without_workbooks_is_told(tmp_path: Path) -> None:
    answer = hoka("regenerate", tmp_path)
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert "geen werkboeken" in answer.stderr


def test_text_in_a_figure_is_told_by_check_and_refused_by_regenerate(published: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    write_cells(published, {("Thema 2", "E5"): "n.v.t."}, path)
    before = path.read_bytes()
    for command in ("check", "regenerate"):
        answer = hoka(command, path)
        assert answer.returncode == 2
        assert "Thema 2!E5: hier hoort een bedrag, maar er staat de tekst 'n.v.t.'" in answer.stderr
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.xlsx"]


def test_a_read_only_target_is_told_and_nothing_is_written(published: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "uit"
    blocked.write_text("a file where the folder should come", encoding="utf-8")
    answer = hoka("regenerate", published, "-o", blocked)
    assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 1)
    assert blocked.read_text(encoding="utf-8").startswith("a file")


def test_an_unknown_kind_of_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.rtf"
    path.write_text("x", encoding="utf-8")
    answer = hoka("check", path)
    assert (answer.returncode, answer.stdout) == (2, f"{path}: niet te lezen\n")
    assert "dit soort bestand kan hoka niet lezen" in answer.stderr


def test_wrong_usage_is_code_2() -> None:
    assert hoka("check").returncode == 2
    assert hoka("bestaatniet").returncode == 2
    assert hoka("check", "--lang", "fr", "x").returncode == 2


SEEDS = Path(__file__).parents[2] / "shared/seeds"
needs_seeds = pytest.mark.skipif(
    not SEEDS.exists(), reason="the source documents of shared/seeds are not here"
)


@needs_seeds
def test_the_published_plan_is_imported_built_and_checked(tmp_path: Path) -> None:
    plan, workbook = tmp_path / "plan.toml", tmp_path / "begroting.xlsx"
    document = SEEDS / "uu-geneeskunde-facultair-plan-2019-2024.txt"
    assert hoka("import", document, "-o", plan).returncode == 0
    assert hoka("build", plan, "-o", workbook).returncode == 1
    shipped, own, built = (
        {(f["kind"], f["cell"], f["difference"]) for f in json.loads(answer.stdout)["files"][0]["findings"]}
        for answer in (hoka("check", path, "--json") for path in (PLAN_FILE, plan, workbook))
    )
    mismatches = {found for found in shipped if found[0] in {"footing", "same_figure"}}
    assert {found for found in own if found[0] in {"footing", "same_figure"}} == mismatches
    assert own == built


@needs_seeds
def test_a_document_without_amounts_becomes_a_skeleton_that_says_so(tmp_path: Path) -> None:
    skeleton = tmp_path / "plan.toml"
    answer = hoka("import", SEEDS / "erasmus-mc-kwaliteitsagenda.txt", "-o", skeleton)
    assert answer.returncode == 0
    assert "noemt geen bedragen" in answer.stdout
    refused = hoka("check", skeleton)
    assert (refused.returncode, len(refused.stderr.splitlines())) == (2, 1)
    assert "geraamte zonder bedragen" in refused.stderr


@needs_seeds
def test_a_published_document_is_checked_where_it_stands() -> None:
    answer = hoka("check", SEEDS / "uu-geneeskunde-facultair-plan-2019-2024.txt", "--json")
    (file,) = json.loads(answer.stdout)["files"]
    assert (answer.returncode, file["counts"]["mismatch"]) == (1, 3)


def test_any_workbook_is_checked_for_the_totals_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "eigen.csv"
    path.write_text(
        "Post;2023;2024\nLonen;1250;1310\nMateriaal;430;445\nHuur;700;715\nTotaal;2380;2490\n",
        encoding="utf-8",
    )
    answer = hoka("check", path, "--json", "--all")
    (file,) = json.loads(answer.stdout)["files"]
    verdicts = {finding["cell"]: finding["verdict"] for finding in file["findings"]}
    assert verdicts["B5"] == "exact"
    assert verdicts["C5"] == "mismatch"
    assert answer.returncode == 1
