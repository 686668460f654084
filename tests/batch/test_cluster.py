"""A batch on a Dask cluster: the same results, also when a worker is killed midway."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

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


def test_files_are_named_as_they_were_given(
    cluster: Cluster, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(published, "b.xlsx")
    job = Job(Path("b.xlsx"), Path("uit.xlsx"))
    (run,) = run_on_cluster([job], Regeneration(NOW), cluster.address)
    assert (run.job, run.outcome.file, run.outcome.written) == (job, job.source, job.target)
    assert (tmp_path / "uit.xlsx").is_file()


@pytest.mark.parametrize(
    ("address", "code"), [("127.0.0.1:8786", "batch.bad_address"), ("tcp://127.0.0.1:1", "batch.no_cluster")]
)
def test_an_address_where_nobody_answers_is_told(
    address: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr("hoka_excel.batch.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(UsageError) as caught:
        list(run_on_cluster([Job(Path("b.xlsx"), None)], Regeneration(NOW), address))
    assert caught.value.faults[0].code == code


def test_without_the_extra_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install hoka-excel\[dask\]"):
        list(run_on_cluster([Job(Path("b.xlsx"), None)], Regeneration(NOW), "tcp://127.0.0.1:1"))
