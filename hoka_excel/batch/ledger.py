"""What earlier runs did, so that a workbook that has not changed since is left alone.

The ledger holds one small file per result, in the user's own cache folder and not among the workbooks. It is
a convenience: what it does not know is done again.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from hoka_excel.batch.digests import digest
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.regeneration import Run
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.findings import Status
from hoka_excel.core.version import VERSION
from hoka_excel.report.addresses import address, is_remote
from hoka_excel.report.outcomes import Outcome
from hoka_excel.workbook.files import replacing

CACHE_VARIABLE = "HOKA_CACHE"


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Name the folder for what can be made again: HOKA_CACHE, or that of the system for this user."""
    chosen = environment.get(CACHE_VARIABLE)
    if chosen:
        return Path(chosen)
    system = environment.get("LOCALAPPDATA") or environment.get("XDG_CACHE_HOME")
    return (Path(system) if system else Path.home() / ".cache") / "hoka-excel"


@dataclass(frozen=True)
class Remembered(Outcome):
    """The outcome of an earlier run: its status is known, its findings stand in the workbook.

    Attributes:
        known: the status.
    """

    known: Status = Status.UNREADABLE

    @property
    def status(self) -> Status:
        """The status that the earlier run came to."""
        return self.known


@dataclass(frozen=True, slots=True)
class Ledger:
    """What earlier runs did, by result.

    Attributes:
        folder: where the ledger is kept; made when it is first written.
        version: of hoka; the results of another version are made again.
    """

    folder: Path
    version: str = VERSION

    def recall(self, job: Job) -> Run | None:
        """Tell what an earlier run of a job came to, if the workbook and its result are still the same.

        A workbook regenerated in place is the same as long as it is what that run wrote.
        """
        if job.target is None:
            return None
        entry = self._entry(job.target)
        if entry.get("version") != self.version:
            return None
        written = digest(job.target)
        if not written or entry.get("written") != written:
            return None
        in_place = job.backup is not None
        read = written if in_place else digest(job.source)
        if not in_place and entry.get("read") != read:
            return None
        status = Status(entry["status"])
        outcome = Remembered(job.source, None, written=job.target, known=status)
        return Run(job, outcome, read=read, written=written, skipped=True)

    def note(self, run: Run) -> None:
        """Remember what was written; where the folder cannot be written, the next run does it again."""
        if run.job.target is None or not run.written:
            return
        status = run.outcome.status
        entry = {"version": self.version, "read": run.read, "written": run.written, "status": status}
        with suppress(OSError, WorkbookError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with replacing(self._file(run.job.target)) as stream:
                stream.write(json.dumps(entry).encode())

    def _entry(self, target: Path) -> dict[str, str]:
        try:
            entry = json.loads(self._file(target).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return entry if isinstance(entry, dict) and entry.get("status") in set(Status) else {}

    def _file(self, target: Path) -> Path:
        place = address(target) if is_remote(target) else os.path.realpath(target)
        name = sha256(place.encode("utf-8", "surrogateescape")).hexdigest()
        return self.folder / f"{name}.json"


def resumed(
    jobs: Sequence[Job],
    ledger: Ledger,
    start: Callable[[Sequence[Job]], Iterator[Run]],
    *,
    force: bool = False,
) -> Iterator[Run]:
    """Do only the jobs that an earlier run did not do, and note each as soon as it is done.

    Args:
        jobs: what to do.
        ledger: what earlier runs did.
        start: does the rest, in any order.
        force: whether to do all of them again.

    Yields:
        A run per job, those that are skipped first.
    """
    left = []
    for job in jobs:
        earlier = None if force else ledger.recall(job)
        if earlier is None:
            left.append(job)
        else:
            yield earlier
    for run in start(left):
        ledger.note(run)
        yield run
