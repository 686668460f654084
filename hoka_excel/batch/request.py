"""What someone asks of a batch: which workbooks, where the results go, and who does the work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from hoka_excel import limits
from hoka_excel.batch.cluster import run_on_cluster
from hoka_excel.batch.jobs import Destination, Found, Job, jobs_of, workbooks_at, workbooks_in
from hoka_excel.batch.ledger import Ledger, cache_folder, resumed
from hoka_excel.batch.regeneration import BACKUPS_KEPT, Regeneration, Run
from hoka_excel.batch.workers import run_in_processes
from hoka_excel.core.errors import UsageError
from hoka_excel.report.addresses import is_remote
from hoka_excel.workbook.edits import STRICT, Rules
from hoka_excel.workbook.locks import remove_leftovers

if TYPE_CHECKING:
    from hoka_excel.core.messages import Message

IN_PLACE = Destination()


@dataclass(frozen=True, slots=True)
class Request:
    """A batch to run.

    Attributes:
        paths: workbooks, folders and patterns.
        manifest: a text file that lists more of them, if any.
        destination: where the results go.
        processes: how many processes share the work; None for one.
        timeout: seconds that one workbook may take; None for the limit.
        cluster: the address of the Dask scheduler that gets the work instead.
        force: whether to do again what an earlier run did.
        rules: what may be passed over, and the password of encrypted workbooks.
        backups_kept: how many copies of each workbook are kept.
    """

    paths: tuple[Path, ...]
    manifest: Path | None = None
    destination: Destination = IN_PLACE
    processes: int | None = None
    timeout: float | None = None
    cluster: str | None = None
    force: bool = False
    rules: Rules = STRICT
    backups_kept: int = BACKUPS_KEPT

    def jobs(self) -> list[Job]:
        """List what to do, each workbook once, in the order asked.

        Raises:
            UsageError: a path or a line of the manifest is no workbook, two results would land on one file,
                or the request contradicts itself; every fault is listed.
        """
        if not self.paths and self.manifest is None:
            raise UsageError("batch.nothing_asked")
        if self.cluster is not None and (self.processes is not None or self.timeout is not None):
            raise UsageError("batch.jobs_or_dask")
        found: list[Found] = []
        faults: list[Message] = []
        for path in self.paths:
            try:
                found += workbooks_at(path, self.destination.out)
            except UsageError as error:
                faults += error.faults
        if faults:
            raise UsageError.of(faults)
        if self.manifest is not None:
            found += workbooks_in(self.manifest, self.destination.out)
        return jobs_of(found, self.destination)

    def runs(self, jobs: Sequence[Job], now: datetime) -> Iterator[Run]:
        """Do the jobs; one bad workbook never stops the others.

        Args:
            jobs: what to do.
            now: the moment that dates the backups.

        Yields:
            A run per job, in the order in which they are done.

        Raises:
            UsageError: the cluster cannot be reached.
        """
        work = Regeneration(now, self.rules, self.backups_kept)

        def started(left: Sequence[Job]) -> Iterator[Run]:
            if self.cluster is not None:
                return run_on_cluster(left, work, self.cluster)
            seconds = self.timeout or limits.FILE_SECONDS.current
            return run_in_processes(left, work, self.processes or 1, seconds)

        _remove_leftovers(jobs)
        yield from resumed(jobs, Ledger(cache_folder()), started, force=self.force)
        _remove_leftovers(jobs)


def _remove_leftovers(jobs: Sequence[Job]) -> None:
    """Clear the folders of results and backups of what a killed process left there.

    For a folder in a store that is the folder here where copies of its workbooks lie.
    """
    written = [job.target and job.target.parent for job in jobs] + [job.backup for job in jobs]
    folders = [Path(gettempdir()) if is_remote(folder) else folder for folder in filter(None, written)]
    for folder in dict.fromkeys(folders):
        remove_leftovers(folder)
