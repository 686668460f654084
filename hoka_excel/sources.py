"""Reconcile whatever holds figures: a plan, a plan file, a begroting, or any other workbook."""

from pathlib import Path

from hoka_excel.begroting.layout import standard_layout
from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.report.outcomes import Outcome

PLAN_FILES = (".toml",)
WORKBOOKS = (".xlsx", ".xlsm")


def reconcile(source: str | Path | Plan) -> Reconciliation:
    """Judge every check of a source.

    Args:
        source: a plan, or the path of a plan file or a begroting workbook. The places of a plan are those it
            gets in a fresh begroting.

    Raises:
        HokaError: the source cannot be read; every fault is listed.
    """
    if isinstance(source, Plan):
        return reconcile_plan(source, standard_layout(source).places())
    outcome = examine(Path(source))
    if outcome.reconciliation is None:
        raise HokaError.of(outcome.faults)
    return outcome.reconciliation


def examine(path: Path) -> Outcome:
    """Read and reconcile one file; what is wrong with the file is part of the outcome."""
    try:
        reconciliation, misfits = _reconciled(path)
    except HokaError as error:
        return Outcome(path, None, error.faults)
    return Outcome(path, reconciliation, misfits)


def _reconciled(path: Path) -> tuple[Reconciliation, tuple[Message, ...]]:
    match path.suffix.lower():
        case ".toml":
            from hoka_excel.begroting.plan_file import read_plan  # noqa: PLC0415 - pydantic loads slowly

            return reconcile(read_plan(path)), ()
        case ".xlsx" | ".xlsm":
            from hoka_excel.begroting.read import read_begroting  # noqa: PLC0415 - openpyxl loads slowly

            read = read_begroting(path)
            return reconcile_plan(read.plan, read.layout.places()), read.misfits
        case _:
            raise UsageError("source.unknown_kind", where=path, known=", ".join((*WORKBOOKS, *PLAN_FILES)))
