"""The ledger: what has not changed since an earlier run is left alone."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from hoka_excel.batch.jobs import Job
from hoka_excel.batch.ledger import Ledger, cache_folder, resumed
from hoka_excel.batch.regeneration import Regeneration, Run
from hoka_excel.report.outcomes import exit_code
from hoka_excel.workbook.cells import write_cells

NOW = datetime.fromisoformat("2026-11-22T09:30:00+01:00")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "kas")


@pytest.fixture
def job(recomputed: Path, tmp_path: Path) -> Job:
    source = tmp_path / "b.xlsx"
    source.write_bytes(recomputed.read_bytes())
    return Job(source, tmp_path / "uit.xlsx")


def done(jobs: Sequence[Job], ledger: Ledger, *, force: bool = False) -> list[Run]:
    def start(left: Sequence[Job]) -> Iterator[Run]:
        return (Regeneration(NOW).run(job) for job in left)

    return list(resumed(jobs, ledger, start, force=force))


def test_what_has_not_changed_is_skipped_and_keeps_its_verdict(job: Job, ledger: Ledger) -> None:
    (first,), (second,) = done([job], ledger), done([job], ledger)
    assert (first.skipped, second.skipped) == (False, True)
    assert second.outcome.status == first.outcome.status
    assert second.outcome.written == job.target
    assert exit_code([second.outcome]) == exit_code([first.outcome])


def test_no_workbook_is_read_for_what_was_never_done(
    job: Job, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr("hoka_excel.batch.ledger.digest", refuse)
    assert ledger.recall(job) is None


def test_force_does_it_again(job: Job, ledger: Ledger) -> None:
    done([job], ledger)
    assert not done([job], ledger, force=True)[0].skipped


def test_a_changed_workbook_a_changed_result_and_a_lost_result_are_made_again(
    job: Job, ledger: Ledger
) -> None:
    assert job.target is not None
    done([job], ledger)
    write_cells(job.source, {("Uitgangspunten", "B15"): 900_000})
    assert not done([job], ledger)[0].skipped
    write_cells(job.target, {("Uitgangspunten", "B15"): 1})
    assert not done([job], ledger)[0].skipped
    job.target.unlink()
    assert not done([job], ledger)[0].skipped
    assert done([job], ledger)[0].skipped


def test_another_version_makes_its_own_results(job: Job, ledger: Ledger) -> None:
    done([job], ledger)
    assert ledger.recall(job) is not None
    assert replace(ledger, version="0").recall(job) is None


def test_in_place_a_workbook_is_skipped_as_long_as_it_is_what_was_written(
    job: Job, ledger: Ledger, tmp_path: Path
) -> None:
    write_cells(job.source, {("Uitgangspunten", "B15"): 900_000})
    in_place = Job(job.source, job.source, tmp_path / "kopie")
    assert not done([in_place], ledger)[0].skipped
    assert done([in_place], ledger)[0].skipped
    assert len(list((tmp_path / "kopie").iterdir())) == 1
    write_cells(job.source, {("Uitgangspunten", "B15"): 950_000})
    assert not done([in_place], ledger)[0].skipped


def test_a_workbook_that_could_not_be_read_is_tried_again(ledger: Ledger, tmp_path: Path) -> None:
    broken = Job(tmp_path / "b.xlsx", tmp_path / "uit.xlsx")
    broken.source.write_bytes(b"PK broken")
    assert [run.skipped for run in (*done([broken], ledger), *done([broken], ledger))] == [False, False]


def test_a_dry_run_neither_asks_nor_tells_the_ledger(job: Job, ledger: Ledger) -> None:
    dry = Job(job.source, None)
    assert [run.skipped for run in (*done([dry], ledger), *done([dry], ledger))] == [False, False]
    assert not ledger.folder.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"status": "best"}', "\x00"])
def test_a_damaged_entry_is_no_entry(job: Job, ledger: Ledger, text: str) -> None:
    done([job], ledger)
    (entry,) = ledger.folder.iterdir()
    entry.write_text(text, encoding="utf-8")
    assert ledger.recall(job) is None


def test_an_entry_holds_no_more_than_digests_version_and_status(job: Job, ledger: Ledger) -> None:
    done([job], ledger)
    (entry,) = ledger.folder.iterdir()
    assert set(json.loads(entry.read_text(encoding="utf-8"))) == {"version", "read", "written", "status"}


def test_a_ledger_that_cannot_be_written_stops_nothing(job: Job, tmp_path: Path) -> None:
    (tmp_path / "kas").write_text("a file where the folder should come", encoding="utf-8")
    assert done([job], Ledger(tmp_path / "kas" / "dieper"))[0].outcome.faults == ()


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOKA_CACHE": "/kas", "XDG_CACHE_HOME": "/x"}, Path("/kas")),
        ({"XDG_CACHE_HOME": "/x"}, Path("/x/hoka-excel")),
        ({"LOCALAPPDATA": "/local"}, Path("/local/hoka-excel")),
        ({}, Path.home() / ".cache" / "hoka-excel"),
    ],
)
def test_the_ledger_is_kept_in_the_cache_folder_of_the_user(
    environment: dict[str, str], folder: Path
) -> None:
    assert cache_folder(environment) == folder
