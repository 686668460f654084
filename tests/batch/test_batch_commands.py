"""`hoka regenerate` of many workbooks and `hoka diff`, as a user meets them."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep

import pytest
from click.testing import CliRunner

from hoka_excel import cli
from hoka_excel.agenda.own_workbook import regenerate
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.request import Request
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.edits import Rules
from hoka_excel.workbook.encryption import encipher, has_password, unlocked
from hoka_excel.workbook.package import opened
from hoka_excel.workbook.temporaries import Maker
from tests.batch.stalling_workbooks import stalling
from tests.conftest import PLAN_FILE
from tests.workbook.forged_workbooks import forged, members, signed

PASSWORD = "Zeer geheim"  # noqa: S105 - opens nothing but the test's own file
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
    count = sum(line.startswith("  ") and " → " in line for line in lines)
    assert count > 20
    assert lines[0].startswith(f"{path}: {count} cellen zouden veranderen;")
    assert "  Thema 2!B8: 297.739 → 333.333" in lines
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.xlsx"]


def test_one_bad_workbook_stops_no_other_and_a_table_counts_what_came_of_all(
    recomputed: Path, published: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(b"PK broken")
    for name, source in (("b.xlsx", recomputed), ("c.xlsx", published), ("d.xlsx", recomputed)):
        shutil.copy(source, tmp_path / "in" / name)
    answer = hoka(environment, "regenerate", tmp_path / "in", "-o", tmp_path / "uit", "--jobs", 2)
    assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 1)
    assert "a.xlsx" in answer.stderr
    assert sorted(path.name for path in (tmp_path / "uit").iterdir()) == ["b.xlsx", "c.xlsx", "d.xlsx"]
    lines = [" ".join(line.split()) for line in answer.stdout.splitlines()]
    assert [line.partition(": ")[0][-6:] for line in lines[:4]] == ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx"]
    assert lines[4:] == [
        "Uitkomst Werkboeken",
        "sluit aan, op afronding na 2",
        "sluit niet aan 1",
        "niet te lezen 1",
    ]


def test_a_request_hands_on_how_long_a_workbook_may_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOKA_CACHE", str(tmp_path / "kas"))
    job = Job(stalling(tmp_path / "stil.xlsx"), tmp_path / "nooit.xlsx")
    (run,) = Request((), processes=2, timeout=2.0).runs([job], datetime.now(tz=UTC))
    assert [fault.code for fault in run.outcome.faults] == ["batch.timeout"]
    assert "na 2 seconden" in str(run.outcome.faults[0])


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


def test_an_encrypted_workbook_needs_its_password_and_stays_encrypted(
    recomputed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    pytest.importorskip("msoffcrypto", reason="msoffcrypto-tool is not installed")
    book, log = tmp_path / "geheim.xlsx", tmp_path / "log.jsonl"
    with recomputed.open("rb") as plain, book.open("w+b") as target:
        encipher(plain, PASSWORD, target, book.name)
    before = book.read_bytes()
    for arguments in ((), ("--password", PASSWORD[::-1])):
        answer = hoka(environment, "regenerate", book, "--log", log, *arguments)
        assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 1)
        assert "wachtwoord" in answer.stderr
        assert book.read_bytes() == before
    told = hoka({**environment, "HOKA_PASSWORD": PASSWORD}, "regenerate", book, "--log", log)
    assert (told.returncode, told.stderr) == (0, "")
    with unlocked(book, PASSWORD) as package, opened(recomputed) as original:
        assert package.parts == original.parts
    backup = next((tmp_path / "hoka-backup").iterdir())
    assert backup.read_bytes() == before
    assert has_password(book)
    assert PASSWORD not in log.read_text(encoding="utf-8")
    assert PASSWORD not in repr(Rules(password=PASSWORD))


def test_a_password_is_asked_for_when_none_is_given(
    recomputed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("msoffcrypto", reason="msoffcrypto-tool is not installed")
    book = tmp_path / "geheim.xlsx"
    with recomputed.open("rb") as plain, book.open("w+b") as target:
        encipher(plain, PASSWORD, target, book.name)
    monkeypatch.setenv("HOKA_CACHE", str(tmp_path / "kas"))
    answer = CliRunner().invoke(
        cli.hoka, ["regenerate", str(book), "--dry-run", "--password"], input=PASSWORD
    )
    assert PASSWORD not in answer.output
    assert "Wachtwoord" in answer.output
    assert "sluit aan" in answer.output


def test_a_signed_workbook_is_only_written_when_its_signature_may_go(
    recomputed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    book = forged(tmp_path / "getekend.xlsx", signed(members(recomputed)))
    answer = hoka(environment, "regenerate", book)
    assert answer.returncode == 2
    assert "--break-signature" in answer.stderr
    answer = hoka(environment, "regenerate", book, "--break-signature")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert not [name for name in members(book) if "signature" in name]


def test_as_many_backups_stay_as_asked(recomputed: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    book = tmp_path / "b.xlsx"
    shutil.copy(recomputed, book)
    for _ in range(3):
        assert hoka(environment, "regenerate", book, "--force", "--keep", 2).returncode == 0
    assert len(list((tmp_path / "hoka-backup").iterdir())) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not asked whether it lives there")
def test_what_a_killed_run_left_is_gone_after_the_next(
    recomputed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    book = tmp_path / "b.xlsx"
    shutil.copy(recomputed, book)
    (tmp_path / "hoka-backup").mkdir()
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], check=True, capture_output=True
    )
    name = f".{int(dead.stdout)}-{Maker.here().machine}-{'0' * 12}.hoka.tmp"
    for folder in (tmp_path, tmp_path / "hoka-backup"):
        (folder / name).write_bytes(b"half")
    answer = hoka(environment, "regenerate", book)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert list(tmp_path.rglob("*.tmp")) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "Geef minstens een werkboek"),
        (("--manifest", "geen.txt"), "geen.txt: deze lijst is niet te lezen"),
        (("geen*.xlsx",), "geen*.xlsx: hier staan geen werkboeken"),
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
