"""Reconcile whatever holds figures: a plan, a begroting, any other workbook, a published document."""

from collections.abc import Callable, Mapping, Sequence
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

# What reads a kind of file is imported when such a file comes along: openpyxl and pydantic load slowly.
# ruff: noqa: PLC0415


def reconcile(source: str | Path | Plan | Sequence[Sequence[object]]) -> Reconciliation:
    """Judge every check of a source.

    Args:
        source: a plan; a grid of cells (rows of values), whose totals are found; or the path of a plan file,
            a begroting, any workbook or table, or a published document. The places of a plan are those it
            gets in a fresh begroting.

    Raises:
        HokaError: the source cannot be read; every fault is listed.
    """
    if isinstance(source, Plan):
        return reconcile_plan(source, standard_layout(source).places())
    if not isinstance(source, str | Path):
        from hoka_excel.tables.grid import Grid
        from hoka_excel.tables.sheet_checks import check_grids

        return check_grids([Grid("", tuple(tuple(row) for row in source))])
    outcome = examine(Path(source))
    if outcome.reconciliation is None:
        raise HokaError.of(outcome.faults)
    return outcome.reconciliation


def examine(path: Path) -> Outcome:
    """Read and reconcile one file; what is wrong with the file is part of the outcome."""
    try:
        read = _READERS.get(path.suffix.lower())
        if read is None:
            raise UsageError("source.unknown_kind", where=path, known=", ".join(_READERS))
        reconciliation, misfits = read(path)
    except HokaError as error:
        return Outcome(path, None, error.faults)
    return Outcome(path, reconciliation, misfits)


Read = tuple[Reconciliation, tuple[Message, ...]]
"""What the checks of a file found, and the cells that hold no figure where one belongs."""


def _plan_file(path: Path) -> Read:
    from hoka_excel.begroting.plan_file import read_plan

    return reconcile(read_plan(path)), ()


def _workbook(path: Path) -> Read:
    from hoka_excel.begroting.read import is_begroting, read_begroting

    if not is_begroting(path):
        return _table(path)
    read = read_begroting(path)
    return reconcile_plan(read.plan, read.layout.places()), read.misfits


def _table(path: Path) -> Read:
    from hoka_excel.tables.sheet_checks import check_grids
    from hoka_excel.workbook.any_file import read_grids

    return check_grids(read_grids(path)), ()


def _document(path: Path) -> Read:
    from hoka_excel.documents.reading import read_document
    from hoka_excel.documents.reconciling import reconcile_document

    return reconcile_document(read_document(path)), ()


_READERS: Mapping[str, Callable[[Path], Read]] = {
    **dict.fromkeys(PLAN_FILES, _plan_file),
    **dict.fromkeys(WORKBOOKS, _workbook),
    **dict.fromkeys((".xlsb", ".xls", ".ods", ".csv", ".tsv"), _table),
    **dict.fromkeys((".pdf", ".docx", ".txt", ".html", ".htm"), _document),
}
"""What reads each kind of file, by the end of its name."""
