"""Compare two files that hold a plan or an agenda: plan files, workbooks of ours, or one of each."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from hoka_excel.core.agenda.agenda_comparison import compare_agendas
from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.plan_comparison import Difference, compare
from hoka_excel.sources import agenda_in_file, holds_agenda, planned_in

if TYPE_CHECKING:
    from hoka_excel.core.messages import Message


def compare_files(old: Path, new: Path) -> tuple[Difference, ...]:
    """List what differs between two plans, or between two quality agendas.

    Raises:
        HokaError: a file cannot be read, or they are not of one kind; the faults of both are listed.
    """
    agendas = _both(old, new, holds_agenda)
    if all(agendas):
        return compare_agendas(*_both(old, new, agenda_in_file))
    if any(agendas):
        raise UsageError("diff.other_kind", old=old, new=new)
    return compare(*_both(old, new, lambda path: planned_in(path).plan))


T = TypeVar("T")


def _both(old: Path, new: Path, read: Callable[[Path], T]) -> tuple[T, T]:
    """Read both files, or list the faults of both."""
    found: list[T] = []
    faults: list[Message] = []
    for path in (old, new):
        try:
            found.append(read(path))
        except HokaError as error:
            faults += error.faults
    if faults:
        raise HokaError.of(faults)
    first, second = found
    return first, second
