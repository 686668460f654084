"""Run jobs on a Dask cluster whose workers see the same files under the same names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from hoka_excel import limits
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.regeneration import Regeneration, Run
from hoka_excel.core.errors import UsageError
from hoka_excel.report.addresses import is_remote


def run_on_cluster(jobs: Sequence[Job], work: Regeneration, address: str) -> Iterator[Run]:
    """Regenerate workbooks on the workers of a Dask cluster.

    A job whose worker dies is begun again on another, as often as the scheduler allows.

    Args:
        jobs: what to do.
        work: how; a password in it travels along, so use tls:// outside a network of your own.
        address: of the scheduler, such as tcp://host:8786.

    Yields:
        A run per job, in the order in which they are done.

    Raises:
        UsageError: distributed is not installed, or no scheduler answers at the address.
    """
    if not jobs:
        return
    dask = _dask()
    with _client(dask, address) as client:
        told = dict(limits.settings())
        asked = {client.submit(_run, work, _absolute(job), told, pure=False): job for job in jobs}
        for future in dask.as_completed(list(asked), loop=client.loop):
            job, error = asked.pop(future), future.exception()
            if error is None:
                yield _as_asked(future.result(), job)
            else:
                detail = f"{type(error).__name__}: {error}".splitlines()[0]
                yield work.failed(job, "batch.failed", detail=detail)


def _run(work: Regeneration, job: Job, told: Mapping[str, str]) -> Run:
    """Do a job within the limits that are set where the batch was asked for."""
    with limits.handed_over(told):
        return work.run(job)


def _dask() -> Any:
    """Load the client side of Dask: an extra, slow to load and without types."""
    try:
        return import_module("distributed")
    except ImportError as error:
        raise UsageError("batch.no_dask") from error


def _client(dask: Any, address: str) -> Any:
    if not address.startswith(("tcp://", "tls://")):
        raise UsageError("batch.bad_address", where=address)
    most = limits.CLUSTER_SECONDS
    try:
        return dask.Client(address, timeout=most.current, set_as_default=False)
    except OSError as error:
        values = {"where": address, "detail": str(error), "variable": most.variable}
        raise UsageError("batch.no_cluster", **values) from error


def _absolute(job: Job) -> Job:
    """Name the files of a job in a way that does not depend on the folder a worker runs in."""

    def absolute(path: Path | None) -> Path | None:
        return path if path is None or is_remote(path) else path.absolute()

    return Job(absolute(job.source) or job.source, absolute(job.target), absolute(job.backup))


def _as_asked(run: Run, job: Job) -> Run:
    """Name the files of a run as its job was given."""
    written = None if run.outcome.written is None else job.target
    return replace(run, job=job, outcome=replace(run.outcome, file=job.source, written=written))
