"""Regenerate many workbooks: one bad file never stops the others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.report.outcomes import Outcome
from hoka_excel.sources import WORKBOOKS

BACKUPS_KEPT = 10
BACKUP_FOLDER = "hoka-backup"


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook to regenerate.

    Attributes:
        source: the workbook.
        target: where the result goes; the workbook itself when it is regenerated in place.
    """

    source: Path
    target: Path


def jobs_of(paths: Sequence[Path], out: Path | None) -> list[Job]:
    """List the workbooks among `paths`; folders are searched, with everything below them.

    Args:
        paths: workbooks and folders.
        out: the folder for the results, which keeps the folders below each path; None for in place.

    Raises:
        UsageError: a path does not exist, a folder holds no workbooks, or two results would land on one file.
    """
    jobs = [
        Job(source, source if out is None else out / source.relative_to(root))
        for path in paths
        for root, source in _workbooks(path)
    ]
    seen: dict[Path, Path] = {}
    for job in jobs:
        other = seen.setdefault(job.target.resolve(), job.source)
        if other != job.source:
            raise UsageError("batch.collision", where=job.target, first=other, second=job.source)
    return jobs


def _workbooks(path: Path) -> list[tuple[Path, Path]]:
    if not path.exists():
        raise UsageError("batch.missing", where=path)
    if path.is_file():
        return [(path.parent, path)]
    found = [
        (path, file)
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in WORKBOOKS
        and file.is_file()
        and not file.name.startswith(("~$", "."))
        and BACKUP_FOLDER not in file.parts
    ]
    if not found:
        raise UsageError("batch.no_workbooks", where=path)
    return found


def run(jobs: Sequence[Job], now: datetime) -> Iterator[Outcome]:
    """Regenerate the workbooks one by one; in place, a dated backup is kept beside each.

    Args:
        jobs: what to do.
        now: the moment that dates the backups.
    """
    for job in jobs:
        yield run_one(job, now)


def run_one(job: Job, now: datetime) -> Outcome:
    """Regenerate one workbook; whatever is wrong with it is told in the outcome, and nothing is written."""
    from hoka_excel.begroting.regenerate import recomputed, write  # noqa: PLC0415 - openpyxl loads slowly
    from hoka_excel.workbook.files import back_up  # noqa: PLC0415

    try:
        layout, reconciliation = recomputed(job.source)
        if job.target == job.source:
            back_up(job.source, job.source.parent / BACKUP_FOLDER, now, BACKUPS_KEPT)
        else:
            _make_folder(job.target.parent)
        write(job.source, job.target, layout, reconciliation)
    except HokaError as error:
        return Outcome(job.source, None, error.faults)
    return Outcome(job.source, reconciliation, written=job.target)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("batch.no_folder", where=folder, detail=error.strerror or error) from error
