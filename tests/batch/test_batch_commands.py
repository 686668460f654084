"""`hoka regenerate` of many workbooks and `hoka diff`, as a user meets them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from hoka_excel.begroting.regenerate import regenerate
from hoka_excel.workbook.cells import write_cells
from tests.conftest import PLAN_FILE

COMMAND = (sys.executable, "-c", "from hoka_excel.cli import main; main()")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "HOKA_CACHE": str(tmp_path / "kas"), "COLUMNS": "300"}


def hoka(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)


def test_a_batch_that_was_killed_goes_on_where_it_was(
    recomputed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    names = [f"{number}.xlsx" for number in range(6)]
    (tmp_path / "in").mkdir()
    for name in names:
        shutil.copy(recomputed, tmp_path / "in" / name)
    log = tmp_path / "log.jsonl"
    arguments = ("regenerate", tmp_path / "in", "-o", tmp_path / "uit", "--log", log)
    process = subprocess.Popen([*COMMAND, *map(str, arguments)], env=environment, stdout=subprocess.DEVNULL)
    until = monotonic() + 60
    while not (log.exists() and log.read_text(encoding="utf-8")) and monotonic() < until:
        sleep(0.02)
    process.kill()
    process.wait()
    done = len(log.read_text(encoding="utf-8").splitlines())
    assert 0 < done < len(names)
    log.unlink()
    answer = hoka(environment, *arguments, "--jobs", 2)
    assert answer.returncode == 0
    assert f"Ongewijzigd en overgeslagen: {done} van 6 werkboeken." in answer.stdout
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert sum(entry["skipped"] for entry in entries) == done
    regenerate(recomputed, tmp_path / "alleen.xlsx")
    expected = (tmp_path / "alleen.xlsx").read_bytes()
    assert all((tmp_path / "uit" / name).read_bytes() == expected for name in names)


def test_a_dry_run_prints_each_cell_with_old_and_new_value(
    recomputed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    path = tmp_path / "b.xlsx"
    write_cells(recomputed, {("Uitgangspunten", "B15"): 1_000_000}, path)
    answer = hoka(environment, "regenerate", path, "--dry-run")
    assert answer.returncode == 1, "the given lines of Thema 3 no longer make its amount"
    lines = answer.stdout.splitlines()
    assert lines[0].startswith(f"{path}: 43 cellen zouden veranderen;")
    assert "  Thema 2!B8: 297.739 → 333.333" in lines
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.xlsx"]


def test_a_manifest_and_a_folder_for_backups(
    recomputed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    for name in ("a", "c"):
        (tmp_path / name).mkdir()
        shutil.copy(recomputed, tmp_path / name / "b.xlsx")
    manifest = tmp_path / "lijst.txt"
    manifest.write_text("a/b.xlsx\nc/b.xlsx\n", encoding="utf-8")
    kept = tmp_path / "kopie"
    answer = hoka(environment, "regenerate", "--manifest", manifest, "--backup-dir", kept)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert sorted(path.parent.relative_to(kept).as_posix() for path in kept.rglob("*.xlsx")) == ["a", "c"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Geef minstens een werkboek"),
        (("--manifest", "geen.txt"), "geen.txt: deze lijst is niet te lezen"),
        (("geen*.xlsx",), "geen*.xlsx: in deze map staan geen werkboeken"),
        ((".", "--dask", "tcp://h:1", "--jobs", "2"), "Kies die of --dask"),
    ],
)
def test_a_request_that_cannot_be_carried_out_is_one_line_and_code_2(
    arguments: tuple[str, ...], told: str, environment: dict[str, str]
) -> None:
    answer = hoka(environment, "regenerate", *arguments)
    assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 1)
    assert told in answer.stderr


def test_diff_of_a_plan_file_and_its_workbook_finds_nothing(
    published: Path, environment: dict[str, str]
) -> None:
    answer = hoka(environment, "diff", PLAN_FILE, published)
    assert (answer.returncode, answer.stdout) == (0, "Geen verschillen.\n")


def test_diff_of_before_and_after_lists_what_changed(
    published: Path, recomputed: Path, environment: dict[str, str]
) -> None:
    answer = hoka(environment, "diff", published, recomputed)
    lines = [" ".join(line.split()) for line in answer.stdout.splitlines()]
    assert answer.returncode == 1
    assert "Bedrag · Thema 2 · Totaal EUR · 2024 452.096 451.814 -282" in lines
    whole = json.loads(hoka(environment, "diff", published, recomputed, "--json", "--lang", "en").stdout)
    assert lines[-1] == f"Verschillen: {len(whole['differences'])}."


def test_diff_tells_the_faults_of_both_files(environment: dict[str, str]) -> None:
    answer = hoka(environment, "diff", "geen.xlsx", "plan.rtf")
    assert (answer.returncode, answer.stdout, len(answer.stderr.splitlines())) == (2, "", 2)
