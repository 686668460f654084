"""What became of one file: a reconciliation, or the reasons why there is none."""

from dataclasses import dataclass
from pathlib import Path

from hoka_excel.core.findings import Reconciliation, Status
from hoka_excel.core.messages import Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Attributes:
        file: the file that was read.
        reconciliation: what its checks found; None when it could not be read.
        faults: what is wrong with the file itself; with a reconciliation, the cells that hold no figure.
        written: the file that was written, if any.
    """

    file: Path
    reconciliation: Reconciliation | None
    faults: tuple[Message, ...] = ()
    written: Path | None = None

    @property
    def status(self) -> Status:
        """The status of the reconciliation, or unreadable."""
        return Status.UNREADABLE if self.reconciliation is None else self.reconciliation.status


def exit_code(outcomes: list[Outcome], *, strict: bool = False) -> int:
    """Say how a command ends: 0 all ties, 1 something does not, 2 something could not be read or tested.

    Args:
        outcomes: of all files.
        strict: whether a rounding difference counts as one.
    """
    statuses = {outcome.status for outcome in outcomes}
    if statuses & {Status.UNREADABLE, Status.UNTESTABLE} or any(outcome.faults for outcome in outcomes):
        return 2
    if Status.MISMATCH in statuses or (strict and Status.ROUNDING in statuses):
        return 1
    return 0
