"""Compare two files that hold a plan: plan files, begroting workbooks, or one of each."""

from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.plan import Plan
from hoka_excel.core.plan_comparison import Difference, compare
from hoka_excel.sources import PLAN_FILES, WORKBOOKS

if TYPE_CHECKING:
    from hoka_excel.core.messages import Message


def compare_files(old: Path, new: Path) -> tuple[Difference, ...]:
    """List what differs between two plans.

    Raises:
        HokaError: a file cannot be read; the faults of both are listed.
    """
    plans = []
    faults: list[Message] = []
    for path in (old, new):
        try:
            plans.append(plan_in(path))
        except HokaError as error:
            faults += error.faults
    if faults:
        raise HokaError.of(faults)
    return compare(*plans)


def plan_in(path: Path) -> Plan:
    """Read the plan that a plan file or a begroting workbook holds.

    Raises:
        HokaError: the file cannot be read, or is of another kind.
    """
    suffix = path.suffix.lower()
    if suffix in PLAN_FILES:
        from hoka_excel.begroting.plan_file import read_plan  # noqa: PLC0415 - pydantic loads slowly

        return read_plan(path)
    if suffix in WORKBOOKS:
        from hoka_excel.begroting.read import read_begroting  # noqa: PLC0415 - openpyxl loads slowly

        return read_begroting(path).plan
    raise UsageError("source.unknown_kind", where=path, known=", ".join((*WORKBOOKS, *PLAN_FILES)))
