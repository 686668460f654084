"""Run jobs in processes of their own: a workbook that hangs or kills its process stops no other.

Every process has a pipe and one job at a time, so that the job of a process that dies is known.
"""

import signal
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import NamedTuple

from hoka_excel.batch.jobs import Job
from hoka_excel.batch.regeneration import Run, failed, run_one
from hoka_excel.core.exact import exact_decimal
from hoka_excel.core.messages import Message

TRIES = 2
"""How often a job is begun before it counts as one that kills its process."""
MOST_PROCESSES = 61
"""More pipes than this Windows cannot wait for at once."""
_FAREWELL_SECONDS = 5.0


def run_in_processes(jobs: Sequence[Job], count: int, timeout: float, now: datetime) -> Iterator[Run]:
    """Regenerate workbooks, each in one of `count` processes.

    A job whose process dies is begun once more, in a fresh process; one that takes too long is not.

    Args:
        jobs: what to do.
        count: how many processes, from 1 to `MOST_PROCESSES`.
        timeout: seconds that one workbook may take.
        now: the moment that dates the backups.

    Yields:
        A run per job, in the order in which they are done.
    """
    waiting = deque(_Try(job, 1) for job in jobs)
    busy: dict[_Worker, _Try] = {}
    idle: list[_Worker] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < count:
                worker = idle.pop() if idle else _Worker(now)
                busy[worker] = waiting.popleft()
                worker.begin(busy[worker].job, timeout)
            for worker in _due(busy):
                attempt = busy.pop(worker)
                run = worker.answer()
                if run is not None:
                    idle.append(worker)
                    yield run
                    continue
                worker.end()
                if worker.is_late:
                    values = {"where": attempt.job.source, "seconds": exact_decimal(f"{timeout:g}")}
                    yield failed(attempt.job, Message("batch.timeout", values))
                elif attempt.number < TRIES:
                    waiting.appendleft(_Try(attempt.job, attempt.number + 1))
                else:
                    yield failed(attempt.job, Message("batch.died", {"where": attempt.job.source}))
    finally:
        for worker in (*idle, *busy):
            worker.pipe.close()
        for worker in (*idle, *busy):
            worker.end(_FAREWELL_SECONDS)


class _Try(NamedTuple):
    """A job, and how often it has been begun."""

    job: Job
    number: int


class _Worker:
    """A process that regenerates one workbook after another.

    Attributes:
        pipe: our end; jobs go in, runs come out.
        deadline: the moment on the monotonic clock when its job is given up.
    """

    def __init__(self, now: datetime) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.deadline = 0.0
        self._process = context.Process(target=_serve, args=(theirs, now), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_late(self) -> bool:
        """Whether its job takes longer than it may."""
        return monotonic() >= self.deadline

    def begin(self, job: Job, timeout: float) -> None:
        """Hand over a job; a process that has died since its last one is found out by its answer."""
        self.deadline = monotonic() + timeout
        with suppress(OSError):
            self.pipe.send(job)

    def answer(self) -> Run | None:
        """Take the run of its job; None when it died, or has no answer yet."""
        try:
            run: Run | None = self.pipe.recv() if self.pipe.poll() else None
        except (EOFError, OSError):
            return None
        return run

    def end(self, patience: float = 0.0) -> None:
        """End the process, at once or after it had some seconds to finish."""
        self.pipe.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()


def _due(busy: Mapping[_Worker, _Try]) -> list[_Worker]:
    """Wait for the workers that answer, die or run out of time."""
    soonest = min(worker.deadline for worker in busy)
    ready = wait([worker.pipe for worker in busy], max(0.0, soonest - monotonic()))
    return [worker for worker in busy if worker.pipe in ready or worker.is_late]


def _serve(pipe: "Connection[Run, Job]", now: datetime) -> None:
    """Regenerate what comes through the pipe until it closes; Ctrl-C is for the process that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(run_one(pipe.recv(), now))
