"""Do jobs in processes of their own: a workbook that hangs or kills its process stops no other.

Every process has a pipe and one job at a time, so that the job of a process that dies is known.
"""

import signal
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, Generic, Protocol, TypeVar

from hoka_excel import limits
from hoka_excel.core.exact import exact_decimal

J = TypeVar("J")
R = TypeVar("R")
J_contra = TypeVar("J_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

TRIES = 2
"""How often a job is begun before it counts as one that kills its process."""
MOST_PROCESSES = 61
"""More pipes than this Windows cannot wait for at once."""
_FAREWELL_SECONDS = 5.0


class Work(Protocol[J_contra, R_co]):
    """What is done with each job; it travels between processes, as do the jobs and what comes of them."""

    def run(self, job: J_contra) -> R_co:
        """Do a job; whatever is wrong with it is told, never raised."""

    def failed(self, job: J_contra, code: str, **values: object) -> R_co:
        """Say why nothing came of a job: the code of a message, and its values."""


def run_in_processes(jobs: Sequence[J], work: Work[J, R], count: int, timeout: float) -> Iterator[R]:
    """Do jobs, each in one of `count` processes.

    A job whose process dies is begun once more, in a fresh process; one that takes too long is not.

    Args:
        jobs: what to do.
        work: how.
        count: how many processes, from 1 to `MOST_PROCESSES`.
        timeout: seconds that one job may take.

    Yields:
        What came of each job, in the order in which they are done.
    """
    waiting = deque(_Try(job, 1) for job in jobs)
    busy: dict[_Worker[J, R], _Try[J]] = {}
    idle: list[_Worker[J, R]] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < count:
                worker = idle.pop() if idle else _Worker(work)
                busy[worker] = waiting.popleft()
                worker.begin(busy[worker].job, timeout)
            for worker in _due(busy):
                attempt = busy.pop(worker)
                done = worker.answer()
                if done is not None:
                    idle.append(worker)
                    yield done
                    continue
                worker.end()
                if worker.is_late:
                    seconds = exact_decimal(f"{timeout:g}")
                    variable = limits.FILE_SECONDS.variable
                    yield work.failed(attempt.job, "batch.timeout", seconds=seconds, variable=variable)
                elif attempt.number < TRIES:
                    waiting.appendleft(_Try(attempt.job, attempt.number + 1))
                else:
                    yield work.failed(attempt.job, "batch.died")
    finally:
        for worker in (*idle, *busy):
            worker.pipe.close()
        for worker in (*idle, *busy):
            worker.end(_FAREWELL_SECONDS)


@dataclass(frozen=True, slots=True)
class _Try(Generic[J]):
    """A job, and how often it has been begun."""

    job: J
    number: int


class _Worker(Generic[J, R]):
    """A process that does one job after another.

    Attributes:
        pipe: our end; jobs go in, what came of them comes out.
        deadline: the moment on the monotonic clock when its job is given up.
    """

    def __init__(self, work: Work[J, R]) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.deadline = 0.0
        self._process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self._process.start()
        theirs.close()

    @property
    def is_late(self) -> bool:
        """Whether its job takes longer than it may."""
        return monotonic() >= self.deadline

    def begin(self, job: J, timeout: float) -> None:
        """Hand over a job; a process that has died since its last one is found out by its answer."""
        self.deadline = monotonic() + timeout
        with suppress(OSError):
            self.pipe.send(job)

    def answer(self) -> R | None:
        """Take what came of its job; None when it died, or has no answer yet."""
        try:
            done: R | None = self.pipe.recv() if self.pipe.poll() else None
        except (EOFError, OSError):
            return None
        return done

    def end(self, patience: float = 0.0) -> None:
        """End the process, at once or after it had some seconds to finish."""
        self.pipe.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()


def _due(busy: Mapping[_Worker[J, R], _Try[J]]) -> list[_Worker[J, R]]:
    """Wait for the workers that answer, die or run out of time."""
    soonest = min(worker.deadline for worker in busy)
    ready = wait([worker.pipe for worker in busy], max(0.0, soonest - monotonic()))
    return [worker for worker in busy if worker.pipe in ready or worker.is_late]


def _serve(pipe: "Connection[Any, Any]", work: Work[Any, Any]) -> None:
    """Do what comes through the pipe until it closes; Ctrl-C is for the process that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            pipe.send(work.run(pipe.recv()))
