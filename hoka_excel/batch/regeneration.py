"""Regenerate one workbook of a batch; whatever is wrong with it is told, never raised."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from time import monotonic

from hoka_excel.agenda.own_workbook import own_workbook
from hoka_excel.batch.digests import digest
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.local_copies import at_hand
from hoka_excel.batch.plain_faults import plain
from hoka_excel.core.errors import HokaError, UsageError, system_reason
from hoka_excel.core.messages import Message
from hoka_excel.report.addresses import address
from hoka_excel.report.outcomes import Outcome
from hoka_excel.workbook.edits import STRICT, Change, Rules
from hoka_excel.workbook.files import back_up
from hoka_excel.workbook.long_paths import reachable
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


@dataclass(frozen=True, slots=True)
class Regeneration:
    """The work of a batch: regenerate each workbook.

    Attributes:
        now: the moment that dates the backups.
        rules: what may be passed over, and the password of encrypted workbooks.
        backups_kept: how many copies of each workbook are kept; the oldest go first.
    """

    now: datetime
    rules: Rules = STRICT
    backups_kept: int = BACKUPS_KEPT

    def run(self, job: Job) -> Run:
        """Regenerate one workbook."""
        start = monotonic()
        try:
            run = self._regenerated(job)
        except HokaError as error:
            run = Run(job, Outcome(job.source, None, tuple(map(plain, error.faults))))
        except Exception as error:  # noqa: BLE001 - an unforeseen fault in one workbook stops no other
            run = self.failed(job, "batch.failed", detail=f"{type(error).__name__}: {error}")
        return replace(run, seconds=monotonic() - start)

    def failed(self, job: Job, code: str, **values: object) -> Run:
        """Say why nothing came of a job."""
        return Run(job, Outcome(job.source, None, (Message(code, {"where": address(job.source), **values}),)))

    def _regenerated(self, job: Job) -> Run:
        with at_hand(job) as here:
            read = digest(here.source)
            contents = own_workbook(here.source, self.rules.password).recomputed()
            if here.backup is not None:
                back_up(here.source, here.backup, self.now, self.backups_kept)
            elif here.target is not None:
                _make_folder(here.target.parent)
            changes = contents.write(here.source, here.target, self.rules)
            written = "" if here.target is None else digest(here.target)
        return Run(
            job,
            Outcome(job.source, contents.reconciliation, written=job.target),
            tuple(change for change in changes if _held(change.old) != _held(change.new)),
            read=read,
            written=written,
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


def _make_folder(folder: Path) -> None:
    try:
        reachable(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("batch.no_folder", where=folder, detail=system_reason(error)) from error
