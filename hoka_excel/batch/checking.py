"""Check many files: what a path stands for, each file once, in processes that share the work."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from glob import has_magic
from pathlib import Path

from hoka_excel import limits
from hoka_excel.batch.jobs import Destination, Found, Job, jobs_of, workbooks_at
from hoka_excel.batch.plain_faults import plain
from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.messages import Message
from hoka_excel.report.copies import copy_beside, refuse_own_source
from hoka_excel.report.outcomes import Outcome
from hoka_excel.sources import examine, with_recalculation
from hoka_excel.workbook.kinds import TABLES


@dataclass(frozen=True, slots=True)
class Checking:
    """The work of a check: reconcile each file, and write a copy with the findings where one is asked for.

    Attributes:
        recalculate: whether LibreOffice works out every formula again.
        all_checks: whether the outcome lists the exact checks too; a large file has a hundred thousand, which
            take far longer to travel between processes than to check.
    """

    recalculate: bool = False
    all_checks: bool = False

    def run(self, job: Job) -> Outcome:
        """Check one file; its target, if any, is the copy."""
        try:
            outcome = self._checked(job)
        except HokaError as error:
            return Outcome(job.source, None, tuple(map(plain, error.faults)))
        except Exception as error:  # noqa: BLE001 - an unforeseen fault in one file stops no other
            return self.failed(job, "batch.failed", detail=f"{type(error).__name__}: {error}")
        found = outcome.reconciliation
        if found is not None and not self.all_checks:
            found = found.without_exact()
        return replace(outcome, reconciliation=found, faults=tuple(map(plain, outcome.faults)))

    def failed(self, job: Job, code: str, **values: object) -> Outcome:
        """Say why nothing came of a file."""
        return Outcome(job.source, None, (Message(code, {"where": job.source, **values}),))

    def _checked(self, job: Job) -> Outcome:
        outcome = examine(job.source)
        if self.recalculate:
            outcome = with_recalculation(outcome)
        if job.target is None or outcome.reconciliation is None:
            return outcome
        from hoka_excel.report.findings_copy import write_copy  # noqa: PLC0415 - what writes workbooks is heavy

        try:
            write_copy(job.source, job.target, outcome.reconciliation)
        except HokaError as error:
            return replace(outcome, faults=(*outcome.faults, *error.faults))
        return replace(outcome, written=job.target)


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Files to check.

    Attributes:
        paths: files, folders and patterns; folders are searched for workbooks and tables.
        work: what to do with each.
        copies: whether each gets a copy with its findings.
        out: the folder for the copies, or the copy of a single workbook; None for beside each workbook.
        processes: how many processes share the work; None for as many as there are processors.
    """

    paths: tuple[Path, ...]
    work: Checking = Checking()
    copies: bool = False
    out: Path | None = None
    processes: int | None = None

    def jobs(self) -> list[Job]:
        """List what to check, each file once, in the order asked.

        A file that is not there is among them: its check tells.

        Raises:
            UsageError: a folder or pattern holds nothing to check, or a copy would replace a file that is
                read; every fault is listed.
        """
        found: list[Found] = []
        faults: list[Message] = []
        for path in self.paths:
            try:
                found += _files_at(path, self.out)
            except UsageError as error:
                faults += error.faults
        if not faults:
            jobs = self._jobs(found)
            for job in jobs:
                try:
                    if job.target is not None:
                        refuse_own_source(job.source, job.target)
                except UsageError as error:
                    faults += error.faults
        if faults:
            raise UsageError.of(faults)
        return jobs

    def _jobs(self, found: Sequence[Found]) -> list[Job]:
        if not self.copies:
            return jobs_of(found, Destination(dry_run=True))
        if self.out is None:
            return [
                Job(job.source, copy_beside(job.source)) for job in jobs_of(found, Destination(dry_run=True))
            ]
        if len(found) == 1 and self.out.suffix.lower() == found[0].source.suffix.lower():
            return [Job(found[0].source, self.out)]
        return jobs_of(found, Destination(self.out))

    def outcomes(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """Check the files; one bad file never stops the others.

        Yields:
            An outcome per job, in their order, each as soon as it and those before it are there.
        """
        if len(jobs) == 1:
            yield self.work.run(jobs[0])
            return
        from hoka_excel.batch.workers import MOST_PROCESSES, run_in_processes  # noqa: PLC0415 - one needs none

        count = min(self.processes or os.cpu_count() or 1, MOST_PROCESSES, len(jobs))
        done: dict[Path, Outcome] = {}
        waiting = iter(jobs)
        job = next(waiting, None)
        for outcome in run_in_processes(jobs, self.work, count, limits.FILE_SECONDS.current):
            done[outcome.file] = outcome
            while job is not None and job.source in done:
                yield done.pop(job.source)
                job = next(waiting, None)


def _files_at(path: Path, out: Path | None) -> list[Found]:
    try:
        is_one = not path.is_dir() and (path.exists() or not has_magic(str(path)))
    except OSError:
        is_one = True
    return [Found(path.parent, path)] if is_one else workbooks_at(path, out, TABLES)
