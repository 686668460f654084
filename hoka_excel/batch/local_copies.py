"""A job on workbooks in a store: done on copies here, and what it wrote put in the store at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hoka_excel.batch.jobs import Job
from hoka_excel.batch.remote import address, fetch, is_remote, mark, put
from hoka_excel.core.errors import WorkbookError


@contextmanager
def at_hand(job: Job) -> Iterator[Job]:
    """Give a job with copies here of what is remote, itself when nothing is.

    Nothing is put in the store when the work fails, or when someone changed the workbook meanwhile.

    Raises:
        UsageError: a package is missing that the store needs, or there is no such workbook.
        WorkbookError: the store does not answer, or the workbook was changed meanwhile.
    """
    if not any(is_remote(path) for path in (job.source, job.target, job.backup) if path is not None):
        yield job
        return
    with TemporaryDirectory(prefix="hoka-") as name:
        copies = Path(name)
        seen = mark(job.source) if is_remote(job.source) else None
        source = job.source if seen is None else fetch(job.source, copies / "in")
        if job.target == job.source:
            target: Path | None = source
        else:
            target = _here(job.target, copies / "uit")
        backup = _here(job.backup, copies / "kopie")
        yield Job(source, target, backup)
        if seen is not None and job.target == job.source and mark(job.source) != seen:
            raise WorkbookError("remote.changed", where=address(job.source))
        if job.backup is not None and backup is not None and backup != job.backup:
            for copy in sorted(backup.iterdir()):
                put(copy, job.backup / copy.name)
        if job.target is not None and target is not None and target != job.target:
            put(target, job.target)


def _here(wanted: Path | None, folder: Path) -> Path | None:
    """Give a place here for what is to be put in a store."""
    if wanted is None or not is_remote(wanted):
        return wanted
    return folder / wanted.name if wanted.suffix else folder
