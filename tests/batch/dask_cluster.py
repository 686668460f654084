"""A real Dask cluster on loopback: a scheduler and workers, each a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


class Cluster(NamedTuple):
    """The address of the scheduler and the processes of the workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def dask_cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """Run a scheduler and workers for a while; a worker that is killed stays dead."""
    contact = folder / "scheduler.json"
    with ExitStack() as stack:

        def started(program: str, *options: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.dask_{program}", "--no-dashboard", *options]
            quiet = subprocess.DEVNULL
            process = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
            stack.callback(process.wait)
            stack.callback(process.kill)
            return process

        local = ("--host", "127.0.0.1", "--scheduler-file", str(contact))
        started("scheduler", "--port", "0", *local)
        crew = [started("worker", "--nthreads", "1", "--no-nanny", *local) for _ in range(workers)]
        yield Cluster(_address(contact, workers), crew)


def _address(contact: Path, workers: int) -> str:
    """Wait for the scheduler and all its workers."""
    dask = import_module("distributed")
    until = monotonic() + PATIENCE_SECONDS
    while not contact.exists() and monotonic() < until:
        sleep(0.1)
    with dask.Client(scheduler_file=str(contact), set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=PATIENCE_SECONDS)
        return str(client.scheduler.address)
