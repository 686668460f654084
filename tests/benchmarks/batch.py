"""How fast a batch goes: one and two processes, few and many workbooks, a Dask cluster, and doing nothing.

Run by hand: `python -m tests.benchmarks.batch [COUNT]`. Times are wall clock, start-up of the processes
included; CPU time is that of the processes that did the work, and tells what a machine that does nothing else
would need.
"""

import os
import shutil
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from hoka_excel.batch.cluster import run_on_cluster
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.ledger import Ledger, resumed
from hoka_excel.batch.regeneration import Regeneration, Run
from hoka_excel.batch.workers import run_in_processes
from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.core.cascade import recompute
from hoka_excel.excel.macro_workbook import build_macro_workbook
from tests.batch.dask_cluster import dask_cluster
from tests.conftest import PLAN_FILE
from tests.growth import Growth, Point

COUNT = 300
SIZES = (3, 10, 30, 100, 300, 1_000, 3_000)
TIMEOUT_SECONDS = 600.0
SMALL = 20

Batch = Callable[[Sequence[Job]], Iterator[Run]]


class Cost(NamedTuple):
    """What a batch took.

    Attributes:
        wall: seconds on the clock.
        cpu: CPU seconds of the processes that ended meanwhile.
        inside: seconds on the clock that workers spent in workbooks.
    """

    wall: float
    cpu: float
    inside: float


def cost(batch: Batch, jobs: Sequence[Job]) -> Cost:
    """Run a batch, and see that every workbook was written."""
    start, before = perf_counter(), _children_cpu()
    runs = list(batch(jobs))
    assert len(runs) == len(jobs)
    assert all(run.written for run in runs)
    inside = sum(run.seconds for run in runs)
    return Cost(perf_counter() - start, _children_cpu() - before, inside)


def _children_cpu() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def begroting(folder: Path) -> Path:
    """Build the begroting of UU Geneeskunde, macros and all."""
    path = folder / "begroting.xlsm"
    build_macro_workbook(recompute(read_plan(PLAN_FILE)), path)
    return path


def copies(book: Path, folder: Path, count: int) -> list[Job]:
    """Make copies of a workbook, and the jobs to regenerate them into another folder."""
    (folder / "in").mkdir(parents=True)
    names = [f"{number}.xlsm" for number in range(count)]
    for name in names:
        shutil.copy(book, folder / "in" / name)
    return [Job(folder / "in" / name, folder / "uit" / name) for name in names]


def in_processes(count: int) -> Batch:
    """Share the work among processes of this computer."""
    now = datetime.now(tz=UTC)
    return lambda jobs: run_in_processes(jobs, Regeneration(now), count, TIMEOUT_SECONDS)


def in_this_process(jobs: Sequence[Job]) -> Iterator[Run]:
    """Do the work one by one, right here."""
    return (Regeneration(datetime.now(tz=UTC)).run(job) for job in jobs)


def nothing_to_do(jobs: Sequence[Job], folder: Path) -> Iterator[str]:
    """Tell what a workbook costs that an earlier run did."""
    ledger = Ledger(folder / "kas")
    deque(resumed(jobs, ledger, in_this_process), maxlen=0)
    took = cost(lambda again: resumed(again, ledger, in_this_process), jobs).wall
    yield f"unchanged and skipped: {took / len(jobs) * 1000:.2f} ms each"


def speeds(jobs: Sequence[Job]) -> Iterator[str]:
    """Compare one process with two, in turn since others may use the machine."""
    shares = (jobs[::2], jobs[1::2])
    spent_by = [[cost(in_processes(count), share) for count in (1, 2)] for share in shares]
    one, two = (Cost(*map(sum, zip(*costs, strict=True))) for costs in zip(*spent_by, strict=True))
    for title, spent in (("1 process", one), ("2 processes", two)):
        rate = len(jobs) / spent.wall
        yield f"{title:<12}{spent.wall:8.1f} s, {rate:.2f} workbooks per second, CPU {spent.cpu:.1f} s"
    yield f"two against one: {one.wall / two.wall:.2f} x by the clock"
    yield f"two against one: {2 * one.cpu / two.cpu:.2f} x by CPU time"


def dask(jobs: Sequence[Job], folder: Path) -> Iterator[str]:
    """Compare two workers of a Dask cluster with two processes: speed, and time around the workbooks."""
    if find_spec("distributed") is None:
        yield "Dask: distributed is not installed"
        return
    with dask_cluster(folder, workers=2) as cluster:

        def on_cluster(jobs: Sequence[Job]) -> Iterator[Run]:
            return run_on_cluster(jobs, Regeneration(datetime.now(tz=UTC)), cluster.address)

        cost(on_cluster, jobs[:4])
        theirs = cost(on_cluster, jobs)
    ours = cost(in_processes(2), jobs)
    for title, spent in (("Dask", theirs), ("processes", ours)):
        around = (2 * spent.wall - spent.inside) / len(jobs) * 1000
        yield f"{title:<12}{len(jobs) / spent.wall:.2f} per second, {around:.1f} ms around each workbook"


def growth(book: Path, folder: Path, sizes: Sequence[int]) -> Iterator[str]:
    """Tell what batches of different sizes cost two processes, beside the half of what they cost one."""
    clock = Growth("regenerate a batch with two processes", "workbooks", "s", "half of one process")
    work = Growth("regenerate a batch with two processes: CPU", "workbooks", "s", "one process")
    for size in sizes:
        one, two = (
            cost(in_processes(count), copies(book, folder / f"{size} by {count}", size)) for count in (1, 2)
        )
        yield clock.row(Point(size, two.wall, one.wall / 2))
        yield work.row(Point(size, two.cpu, one.cpu))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    with TemporaryDirectory() as name:
        root = Path(name)
        book = begroting(root)
        made = copies(book, root / "many", count)
        for report in (
            nothing_to_do(made[:SMALL], root),
            speeds(made),
            dask(made[: count // 3], root),
            growth(book, root, [size for size in SIZES if size <= count]),
        ):
            for text in report:
                print(text, flush=True)
