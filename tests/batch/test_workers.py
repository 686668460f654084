"""Workers: processes that regenerate workbooks and may fail without harm to the others."""

import shutil
from collections.abc import Generator, Iterable
from datetime import datetime
from multiprocessing import active_children
from pathlib import Path

import pytest

from hoka_excel.batch.jobs import Job
from hoka_excel.batch.regeneration import Regeneration, Run
from hoka_excel.batch.workers import TRIES, run_in_processes
from tests.batch.stalling_workbooks import stalling, when_opened

NOW = datetime.fromisoformat("2026-11-22T09:30:00+01:00")
PATIENCE = 120.0
WORK = Regeneration(NOW)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"PK broken")
    return path


def by_name(runs: Iterable[Run]) -> dict[str, Run]:
    return {run.job.source.name: run for run in runs}


def kill_workers() -> None:
    for process in active_children():
        process.kill()
        process.join()


def test_processes_give_what_a_single_process_gives(
    published: Path, recomputed: Path, broken: Path, tmp_path: Path
) -> None:
    sources = (published, broken, recomputed)
    together = [Job(source, tmp_path / "samen" / source.name) for source in sources]
    alone = [Job(source, tmp_path / "alleen" / source.name) for source in sources]
    runs = by_name(run_in_processes(together, WORK, 2, PATIENCE))
    for run in (WORK.run(job) for job in alone):
        other = runs[run.job.source.name]
        assert other.outcome.reconciliation == run.outcome.reconciliation
        assert other.outcome.faults == run.outcome.faults
        assert (other.changes, other.read, other.written) == (run.changes, run.read, run.written)
    assert runs[broken.name].written == ""
    assert active_children() == []


def test_a_job_whose_process_is_killed_is_begun_again(recomputed: Path, broken: Path, tmp_path: Path) -> None:
    stalled = stalling(tmp_path / "stalled.xlsx")
    copy = shutil.copy(recomputed, tmp_path / "copy.xlsx")

    def mend_and_kill() -> None:
        Path(copy).replace(stalled)
        kill_workers()

    watching = when_opened(stalled, mend_and_kill)
    jobs = [Job(stalled, tmp_path / "uit.xlsx"), Job(broken, tmp_path / "nooit.xlsx")]
    runs = by_name(run_in_processes(jobs, WORK, 1, PATIENCE))
    watching.join()
    assert runs["stalled.xlsx"].outcome.faults == ()
    assert runs["stalled.xlsx"].written == WORK.run(Job(recomputed, tmp_path / "alleen.xlsx")).written
    assert len(runs["broken.xlsx"].outcome.faults) == 1


def test_a_job_that_kills_its_process_every_time_is_told_and_stops_no_other(
    recomputed: Path, tmp_path: Path
) -> None:
    stalled = stalling(tmp_path / "stalled.xlsx")
    watching = when_opened(stalled, kill_workers, times=TRIES)
    jobs = [Job(stalled, tmp_path / "nooit.xlsx"), Job(recomputed, tmp_path / "uit.xlsx")]
    runs = by_name(run_in_processes(jobs, WORK, 1, PATIENCE))
    watching.join()
    assert [fault.code for fault in runs["stalled.xlsx"].outcome.faults] == ["batch.died"]
    assert "twee keer afgebroken" in str(runs["stalled.xlsx"].outcome.faults[0])
    assert runs[recomputed.name].outcome.written == tmp_path / "uit.xlsx"
    assert active_children() == []


def test_a_workbook_that_takes_too_long_is_given_up_and_stops_no_other(broken: Path, tmp_path: Path) -> None:
    stalled = stalling(tmp_path / "stalled.xlsx")
    jobs = [Job(stalled, tmp_path / "nooit.xlsx"), Job(broken, tmp_path / "ook-niet.xlsx")]
    runs = by_name(run_in_processes(jobs, WORK, 2, 5.0))
    assert [fault.code for fault in runs["stalled.xlsx"].outcome.faults] == ["batch.timeout"]
    assert [fault.code for fault in runs["broken.xlsx"].outcome.faults] != ["batch.timeout"]
    assert "na 5 seconden" in str(runs["stalled.xlsx"].outcome.faults[0])
    assert active_children() == []


def test_whoever_stops_listening_leaves_no_process_behind(recomputed: Path, tmp_path: Path) -> None:
    jobs = [Job(recomputed, tmp_path / f"{number}.xlsx") for number in range(3)]
    runs = run_in_processes(jobs, WORK, 1, PATIENCE)
    next(iter(runs))
    assert isinstance(runs, Generator)
    runs.close()
    assert active_children() == []


def test_no_jobs_need_no_process() -> None:
    assert list(run_in_processes([], WORK, 4, PATIENCE)) == []
