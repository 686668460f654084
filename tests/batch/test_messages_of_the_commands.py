"""What the commands say of where results go, of what was done before, and of being broken off."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hoka_excel.batch import local_copies
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.regeneration import Regeneration
from hoka_excel.report.addresses import address
from tests.answers import answer
from tests.conftest import PLAN_FILE


def test_a_begroting_is_a_workbook(tmp_path: Path) -> None:
    target = tmp_path / "begroting.ods"
    assert answer("build", PLAN_FILE, "-o", target).faults == (
        f"Fout: {target}: een begroting is een .xlsx- of .xlsm-bestand. Geef de naam een van die extensies.\n"
    )


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, recomputed: Path) -> None:
    taken = tmp_path / "uit"
    taken.write_text("a file where the folder should come", encoding="utf-8")
    run = Regeneration(datetime.now(tz=UTC)).run(Job(recomputed, taken / "b.xlsx"))
    (fault,) = run.outcome.faults
    assert str(fault).startswith(f"{taken}: deze map kan niet worden gemaakt (")
    assert str(fault).endswith("). Kies een andere map met -o.")


def test_what_did_not_change_is_passed_over_and_counted(tmp_path: Path, recomputed: Path) -> None:
    book = Path(shutil.copy(recomputed, tmp_path / "b.xlsx"))
    passed_over = "Ongewijzigd en overgeslagen: 1 van 1 werkboeken. Met --force worden ze toch herberekend."
    assert passed_over not in answer("regenerate", book).out
    assert passed_over in answer("regenerate", book).out
    assert passed_over not in answer("regenerate", book, "--force").out


def test_a_command_that_is_broken_off_says_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hoka_excel.comparison.compare_files", interrupted)
    ended = answer("diff", PLAN_FILE, PLAN_FILE)
    assert (ended.code, ended.faults) == (130, "\nAfgebroken. Wat al klaar was, is bewaard.\n")


def test_a_workbook_in_a_store_that_someone_changed_is_left_alone(
    recomputed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = pytest.importorskip("fsspec", reason="fsspec is not installed").filesystem("memory")
    memory.pipe_file("/gewijzigd/b.xlsx", recomputed.read_bytes())
    marks = iter("ab")
    monkeypatch.setattr(local_copies, "mark", lambda _: next(marks))
    place = Path("memory://gewijzigd/b.xlsx")
    run = Regeneration(datetime.now(tz=UTC)).run(Job(place, place))
    memory.rm("/gewijzigd", recursive=True)
    (fault,) = run.outcome.faults
    assert str(fault) == (
        f"{address(place)}: iemand heeft dit werkboek intussen gewijzigd; dat blijft staan. Herhaal de "
        "opdracht."
    )


def test_a_store_that_fails_is_told_and_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = pytest.importorskip("fsspec", reason="fsspec is not installed").filesystem("memory")

    def broken(*_: object, **__: object) -> None:
        raise ConnectionError("geen verbinding")

    monkeypatch.setattr(type(memory), "isfile", broken)
    monkeypatch.setattr(type(memory), "info", broken)
    assert answer("regenerate", "memory://emmer/b.xlsx").faults == (
        "Fout: memory://emmer/b.xlsx: de opslag antwoordt niet zoals het moet (ConnectionError: geen "
        "verbinding). Controleer adres, toegang en verbinding; er is niets gewijzigd.\n"
    )


@pytest.mark.parametrize(
    ("command", "name", "told"),
    [
        ("scenario", "s.xlsx", "scenario's geschreven."),
        ("export", "bedragen.csv", "138 rijen geschreven."),
        ("build", "b.xlsx", "werkboek gemaakt, sluit niet aan."),
        ("report", "verantwoording.html", "rapport gemaakt, sluit niet aan."),
    ],
)
def test_a_command_says_what_it_wrote_and_where(tmp_path: Path, command: str, name: str, told: str) -> None:
    plan, target = tmp_path / "plan.toml", tmp_path / name
    plan.write_text(f"{PLAN_FILE.read_text(encoding='utf-8')}\n[[scenario]]\nnaam = 'x'\n", encoding="utf-8")
    answered = answer(command, plan, "-o", target)
    assert target.exists()
    assert f"{target}: {told}\n" in answered.out + answered.faults


def test_a_pattern_that_cannot_be_is_told_with_one_that_can(tmp_path: Path) -> None:
    pattern = tmp_path / "geen**.xlsx"
    assert answer("regenerate", pattern).faults == (
        f"Fout: {pattern}: in een patroon staat ** altijd alleen tussen schuine strepen. Schrijf "
        "bijvoorbeeld map/**/*.xlsx.\n"
    )


def test_a_file_without_anything_to_check_says_so(tmp_path: Path) -> None:
    file = tmp_path / "leeg.csv"
    file.write_text("a;b\nx;y\n", encoding="utf-8")
    assert answer("check", file).out == f"{file}: sluit aan (niets gevonden om te toetsen)\n"
