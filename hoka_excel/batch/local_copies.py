"""A job on workbooks in a store: done on copies here, and what it wrote put in the store at its end."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from hoka_excel.batch.jobs import Job
from hoka_excel.batch.remote import fetch, mark, names_in, put, remove
from hoka_excel.core.errors import WorkbookError
from hoka_excel.report.addresses import address, is_remote
from hoka_excel.workbook.temporaries import temporary_folder


@contextmanager
def at_hand(job: Job) -> Iterator[Job]:
    """Give a job with copies here of what is remote, itself when nothing is.

    Nothing is put in the store when the work fails, or when someone changed the workbook meanwhile. The
    backup goes first: a process killed in between leaves the old workbook and its backup.

    Raises:
        UsageError: a package is missing that the store needs, or there is no such workbook.
        WorkbookError: the store does not answer, or the workbook was changed meanwhile.
    """
    if not any(is_remote(path) for path in (job.source, job.target, job.backup) if path is not None):
        yield job
        return
    with temporary_folder() as copies:
        seen = mark(job.source) if is_remote(job.source) else None
        source = job.source if seen is None else fetch(job.source, copies / "in")
        target = job.target
        if job.target is not None and is_remote(job.target):
            target = source if job.target == job.source else copies / "uit" / job.target.name
        with _backups(job, copies / "kopie") as backup:
            yield Job(source, target, backup)
            if seen is not None and job.target == job.source and mark(job.source) != seen:
                raise WorkbookError("remote.changed", where=address(job.source))
        if job.target is not None and target is not None and target != job.target:
            put(target, job.target)


def _backups(job: Job, here: Path) -> AbstractContextManager[Path | None]:
    """Give the folder for the backups of a job, or a mirror of it at `here` when it is in a store."""
    if job.backup is None or not is_remote(job.backup):
        return nullcontext(job.backup)
    return _mirrored(job.backup, here, f"{job.source.stem}.")


@contextmanager
def _mirrored(folder: Path, here: Path, beginning: str) -> Iterator[Path]:
    """Give a folder here for one in a store: what is made or removed in it, is so in the store at the end.

    It holds an empty file for each file there whose name begins with `beginning`, so that a new one is named,
    and old ones are chosen to go, by the rule for folders here.
    """
    before = {name for name in names_in(folder) if name.startswith(beginning)}
    here.mkdir()
    for name in before:
        (here / name).touch()
    yield here
    after = {file.name for file in here.iterdir()}
    for name in sorted(after - before):
        put(here / name, folder / name)
    for name in sorted(before - after):
        remove(folder / name)
