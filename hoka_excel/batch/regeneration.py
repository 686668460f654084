"""Regenerate one workbook of a batch; whatever is wrong with it is told, never raised."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path
from time import monotonic

from hoka_excel.batch.jobs import Job
from hoka_excel.begroting.regenerate import recomputed, write
from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.messages import Message
from hoka_excel.report.outcomes import Outcome
from hoka_excel.workbook.cells import Change
from hoka_excel.workbook.files import back_up
from hoka_excel.workbook.sheets import Content, Formula

BACKUPS_KEPT = 10


@dataclass(frozen=True, slots=True)
class Run:
    """What was done for one job.

    Attributes:
        job: what was asked.
        outcome: what became of the workbook.
        changes: the cells that hold something else now, or would, in a dry run.
        seconds: how long it took.
        read: digest of the workbook as it was read.
        written: digest of what was written, if anything.
        skipped: whether it was left alone, since an earlier run did the same.
    """

    job: Job
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    seconds: float = 0.0
    read: str = ""
    written: str = ""
    skipped: bool = False


def run_one(job: Job, now: datetime) -> Run:
    """Regenerate one workbook.

    Args:
        job: what to do.
        now: the moment that dates the backup.
    """
    start = monotonic()
    try:
        run = _regenerated(job, now)
    except HokaError as error:
        run = Run(job, Outcome(job.source, None, tuple(_plain(fault) for fault in error.faults)))
    except Exception as error:  # noqa: BLE001 - an unforeseen fault in one workbook stops no other
        detail = f"{type(error).__name__}: {error}"
        run = failed(job, Message("batch.failed", {"where": job.source, "detail": detail}))
    return replace(run, seconds=monotonic() - start)


def failed(job: Job, fault: Message) -> Run:
    """Say that nothing came of a job."""
    return Run(job, Outcome(job.source, None, (fault,)))


def _regenerated(job: Job, now: datetime) -> Run:
    read = digest(job.source)
    layout, reconciliation = recomputed(job.source)
    if job.backup is not None:
        back_up(job.source, job.backup, now, BACKUPS_KEPT)
    elif job.target is not None:
        _make_folder(job.target.parent)
    changes = write(job.source, job.target, layout, reconciliation)
    return Run(
        job,
        Outcome(job.source, reconciliation, written=job.target),
        tuple(change for change in changes if _held(change.old) != _held(change.new)),
        read=read,
        written="" if job.target is None else digest(job.target),
    )


def _held(content: Content | float) -> object:
    """Reduce a content to what Excel makes of it: numbers are binary, an empty text is as good as none."""
    match content:
        case Formula(expression, value):
            return expression.removeprefix("="), _held(value)
        case bool():
            return content
        case int() | Decimal():
            return float(content)
        case "":
            return None
        case _:
            return content


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, or "" when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("batch.no_folder", where=folder, detail=error.strerror or error) from error


def _plain(fault: Message) -> Message:
    """Write out the exceptions in a message, which do not all travel between processes."""
    values = {
        name: str(value) if isinstance(value, BaseException) else value
        for name, value in fault.values.items()
    }
    return Message(fault.code, values)
