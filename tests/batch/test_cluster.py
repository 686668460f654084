"""A batch on a Dask cluster: the same results, also when a worker is killed midway."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

import pytest

from hoka_excel.batch.cluster import run_on_cluster
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.regeneration import Regeneration
from hoka_excel.core.errors import UsageError
from tests.batch.dask_cluster import Cluster, dask_cluster
from tests.batch.stalling_workbooks import stalling, when_opened

NOW = datetime.fromisoformat("2026-11-22T09:30:00+01:00")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    with dask_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running


def opener(path: Path, workers: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Find the worker that has a file open."""
    return next(
        worker
        for worker in workers
        if str(path) in {str(link.resolve()) for link in Path(f"/proc/{worker.pid}/fd").iterdir()}
    )


@pytest.mark.skipif(sys.platform != "linux", reason="who has a file open is asked of /proc")
def test_a_cluster_gives_what_a_single_process_gives_also_when_a_worker_is_killed(
    cluster: Cluster, published: Path, recomputed: Path, tmp_path: Path
) -> None:
    broken, copy = tmp_path / "broken.xlsx", tmp_path / "copy.xlsx"
    broken.write_bytes(b"PK broken")
    shutil.copy(published, copy)
    stalled = stalling(tmp_path / "stalled.xlsx")
    killed = []

    def mend_and_kill() -> None:
        victim = opener(stalled, cluster.workers)
        copy.replace(stalled)
        victim.kill()
        killed.append(victim)

    watching = when_opened(stalled, mend_and_kill)
    sources = (stalled, published, broken, recomputed)
    jobs = [Job(source, tmp_path / "samen" / source.name) for source in sources]
    runs = {run.job: run for run in run_on_cluster(jobs, Regeneration(NOW), cluster.address)}
    watching.join()
    assert len(killed) == 1
    for job in jobs:
        alone = Regeneration(NOW).run(Job(job.source, tmp_path / "alleen" / job.source.name))
        assert runs[job].outcome.reconciliation == alone.outcome.reconciliation
        assert runs[job].outcome.faults == alone.outcome.faults
        assert runs[job].written == alone.written
        if alone.outcome.written is not None:
            assert job.target is not None
            assert job.target.read_bytes() == alone.outcome.written.read_bytes()


HOKA = (sys.executable, "-c", "from hoka_excel.cli import main; main()")


def test_the_command_on_a_cluster_gives_the_same_bytes_as_one_process_though_a_worker_is_killed_midway(
    published: Path, recomputed: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "stuk.xlsx").write_bytes(b"PK broken")
    for number in range(6):
        shutil.copy((published, recomputed)[number % 2], tmp_path / "in" / f"{number}.xlsx")
    environment = {**os.environ, "HOKA_CACHE": str(tmp_path / "kas"), "COLUMNS": "300"}

    def started(out: str, *more: str) -> subprocess.Popen[str]:
        command = [*HOKA, "regenerate", str(tmp_path / "in"), "-o", str(tmp_path / out), *more]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, env=environment, text=True, stdout=pipe, stderr=pipe)

    log = tmp_path / "log.jsonl"
    with dask_cluster(tmp_path, workers=2) as own:
        running = started("samen", "--dask", own.address, "--log", str(log))
        until = monotonic() + 60
        while not (log.exists() and log.read_text(encoding="utf-8")) and monotonic() < until:
            sleep(0.02)
        own.workers[0].kill()
        done = len(log.read_text(encoding="utf-8").splitlines())
        together, faults = running.communicate(timeout=120)
    assert 0 < done < 7, "the worker was killed midway"
    alone, others = started("alleen").communicate(timeout=120)
    assert together == alone.replace(str(tmp_path / "alleen"), str(tmp_path / "samen"))
    assert faults == others
    made = {path.name: path.read_bytes() for path in (tmp_path / "samen").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "alleen").iterdir()}
    assert sorted(made) == [f"{number}.xlsx" for number in range(6)]
    assert len(log.read_text(encoding="utf-8").splitlines()) == 7


def test_files_are_named_as_they_were_given(
    cluster: Cluster, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(published, "b.xlsx")
    job = Job(Path("b.xlsx"), Path("uit.xlsx"))
    (run,) = run_on_cluster([job], Regeneration(NOW), cluster.address)
    assert (run.job, run.outcome.file, run.outcome.written) == (job, job.source, job.target)
    assert (tmp_path / "uit.xlsx").is_file()


def test_the_workers_go_by_the_limits_that_are_set_where_the_batch_is_asked_for(
    cluster: Cluster, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOKA_LIMIT_PARTS", "2")
    (run,) = run_on_cluster([Job(published, tmp_path / "uit.xlsx")], Regeneration(NOW), cluster.address)
    assert [fault.code for fault in run.outcome.faults] == ["package.too_many_members"]
    assert "meer dan 2. Splits het, of verhoog HOKA_LIMIT_PARTS." in str(run.outcome.faults[0])


@pytest.mark.parametrize(
    ("address", "code"), [("127.0.0.1:8786", "batch.bad_address"), ("tcp://127.0.0.1:1", "batch.no_cluster")]
)
def test_an_address_where_nobody_answers_is_told(
    address: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setenv("HOKA_LIMIT_CLUSTER_SECONDS", "1")
    with pytest.raises(UsageError) as caught:
        list(run_on_cluster([Job(Path("b.xlsx"), None)], Regeneration(NOW), address))
    assert caught.value.faults[0].code == code


def test_without_the_extra_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"hoka-excel\[dask\]"):
        list(run_on_cluster([Job(Path("b.xlsx"), None)], Regeneration(NOW), "tcp://127.0.0.1:1"))
