"""Compare two files that hold a plan or an agenda: plan files, workbooks of ours, or one of each."""

from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.agenda.comparison import compare_agendas
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.plan import Plan
from hoka_excel.core.plan_comparison import Difference, compare
from hoka_excel.sources import agenda_in_file, holds_agenda, planned_in

if TYPE_CHECKING:
    from hoka_excel.core.messages import Message


def compare_files(old: Path, new: Path) -> tuple[Difference, ...]:
    """List what differs between two plans, or between two quality agendas.

    Raises:
        HokaError: a file cannot be read, or they are not of one kind; the faults of both are listed.
    """
    faults: list[Message] = []
    found: list[Plan | Agenda] = []
    for path in (old, new):
        try:
            found.append(agenda_in_file(path) if holds_agenda(path) else planned_in(path).plan)
        except HokaError as error:
            faults += error.faults
    if faults:
        raise HokaError.of(faults)
    match found:
        case [Plan() as first, Plan() as second]:
            return compare(first, second)
        case [Agenda() as first, Agenda() as second]:
            return compare_agendas(first, second)
        case _:
            raise UsageError("diff.other_kind", old=old, new=new)
