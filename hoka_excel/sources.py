"""Reconcile whatever holds figures: a plan, a begroting, any other workbook, a published document."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hoka_excel.core.collection import uncollected
from hoka_excel.core.errors import HokaError, UsageError
from hoka_excel.core.messages import Message
from hoka_excel.report.copies import is_own_sheet
from hoka_excel.report.outcomes import Outcome
from hoka_excel.workbook.kinds import BINARY, OPEN_XML, TABLES

PLAN_FILES = (".toml",)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from hoka_excel.core.agenda.projects import Agenda
    from hoka_excel.core.findings import Reconciliation
    from hoka_excel.core.plan import Plan
    from hoka_excel.report.planned import Planned
    from hoka_excel.tables.grid import Grid

# What reads and checks a kind of file is imported when such a file comes along: openpyxl, pydantic and the
# solver load slowly.
# ruff: noqa: PLC0415


def reconcile(source: "str | Path | Plan | Agenda | Sequence[Sequence[object]]") -> "Reconciliation":
    """Judge every check of a source.

    Args:
        source: a plan or agenda; a grid of cells (rows of values), whose totals are found; or the path of a
            plan file, a workbook of ours, any other workbook or table, or a published document. The places
            of a plan or agenda are those it gets in a fresh workbook.

    Raises:
        HokaError: the source cannot be read; every fault is listed.
    """
    if isinstance(source, str | Path):
        outcome = examine(Path(source))
        if outcome.reconciliation is None:
            raise HokaError.of(outcome.faults)
        return outcome.reconciliation
    from hoka_excel.core.agenda.projects import Agenda
    from hoka_excel.core.plan import Plan

    if isinstance(source, Plan):
        from hoka_excel.begroting.places.standard_layout import standard_layout
        from hoka_excel.core.reconciliation import reconcile_plan

        return reconcile_plan(source, standard_layout(source).places())
    if isinstance(source, Agenda):
        from hoka_excel.agenda.reconciling import reconcile_unwritten

        return reconcile_unwritten(source)
    from hoka_excel.tables.grid import Grid
    from hoka_excel.tables.sheet_checks import check_grids

    return check_grids([Grid("", tuple(tuple(row) for row in source))])


class Examined(NamedTuple):
    """What became of a file, and the plan or agenda that it holds, if any."""

    outcome: Outcome
    planned: "Planned | None" = None
    agenda: "Agenda | None" = None


def examine(path: Path) -> Outcome:
    """Read and reconcile one file; what is wrong with the file is part of the outcome."""
    return examined(path).outcome


def examined(path: Path) -> Examined:
    """Read and reconcile one file, and keep the plan or agenda it holds."""
    try:
        if holds_agenda(path):
            return _agenda(path)
        if _holds_plan(path):
            from hoka_excel.core.reconciliation import reconcile_plan

            planned, misfits = _read_plan(path)
            return Examined(Outcome(path, reconcile_plan(*planned), misfits), planned)
        return Examined(Outcome(path, _reader(path)(path)))
    except HokaError as error:
        return Examined(Outcome(path, None, error.faults))


def with_recalculation(outcome: Outcome) -> Outcome:
    """Add what the formulas of a workbook show against what they come to when LibreOffice recalculates them.

    Of a binary workbook the formulas are those that LibreOffice tells, and they are audited as well. A file
    without formulas, or one that cannot be recalculated, keeps its outcome and says so.
    """
    from hoka_excel.tables.audit.stored_values import compare_values, with_formulas
    from hoka_excel.workbook.any_file import read_grids
    from hoka_excel.workbook.recalculation import KINDS, recalculated

    found = outcome.reconciliation
    if found is None:
        return outcome
    if outcome.file.suffix.lower() not in KINDS:
        note = Message("recalculation.no_formulas", {"file": outcome.file.name})
        return replace(outcome, reconciliation=replace(found, notes=(*found.notes, note)))
    try:
        stored, fresh = read_grids(outcome.file), recalculated(outcome.file)
    except HokaError as error:
        return replace(outcome, faults=(*outcome.faults, *error.faults))
    if outcome.file.suffix.lower() in BINARY:
        stored = with_formulas(stored, fresh)
        found = _checked(stored)
    compared = compare_values(stored, fresh)
    checks, notes = (*found.checks, *compared.findings), (*found.notes, *compared.notes)
    return replace(outcome, reconciliation=replace(found, checks=checks, notes=notes))


def planned_in(path: Path) -> "Planned":
    """Read the plan that a plan file or a begroting holds.

    Raises:
        HokaError: the file cannot be read, or is of another kind.
    """
    if path.suffix.lower() not in (*PLAN_FILES, *OPEN_XML):
        raise UsageError("source.unknown_kind", where=path, known=", ".join((*OPEN_XML, *PLAN_FILES)))
    return _read_plan(path)[0]


def holds_agenda(path: Path) -> bool:
    """Tell the plan file or workbook of a quality agenda from any other file.

    Raises:
        HokaError: the file cannot be read.
    """
    suffix = path.suffix.lower()
    if suffix in PLAN_FILES:
        from hoka_excel.agenda.plan_file.reading import is_agenda_file

        return is_agenda_file(path)
    if suffix not in OPEN_XML:
        return False
    from hoka_excel.begroting.reading.whose_book import is_agenda

    return is_agenda(path)


def agenda_in_file(path: Path) -> "Agenda":
    """Read the agenda that a plan file or a workbook of ours holds.

    Raises:
        HokaError: the file cannot be read.
    """
    if path.suffix.lower() in PLAN_FILES:
        from hoka_excel.agenda.plan_file.reading import read_agenda_file

        return read_agenda_file(path)
    from hoka_excel.agenda.read import read_agenda

    return read_agenda(path).agenda


def _agenda(path: Path) -> Examined:
    if path.suffix.lower() in PLAN_FILES:
        from hoka_excel.agenda.plan_file.reading import read_agenda_file
        from hoka_excel.agenda.reconciling import reconcile_unwritten

        agenda = read_agenda_file(path)
        return Examined(Outcome(path, reconcile_unwritten(agenda)), agenda=agenda)
    from hoka_excel.agenda.read import read_agenda

    read = read_agenda(path)
    return Examined(Outcome(path, read.reconciled(), read.misfits), agenda=read.agenda)


def _holds_plan(path: Path) -> bool:
    """Tell a plan file and a begroting from any other file, by its name or its defined names."""
    suffix = path.suffix.lower()
    if suffix not in OPEN_XML:
        return suffix in PLAN_FILES
    from hoka_excel.begroting.reading.whose_book import is_begroting

    return is_begroting(path)


def _read_plan(path: Path) -> "tuple[Planned, tuple[Message, ...]]":
    """Read a plan and the cells of its begroting that hold no figure where one belongs."""
    from hoka_excel.report.planned import Planned

    if path.suffix.lower() in PLAN_FILES:
        from hoka_excel.begroting.places.standard_layout import standard_layout
        from hoka_excel.begroting.plan_file.reading import read_plan

        plan = read_plan(path)
        return Planned(plan, standard_layout(plan).places()), ()
    from hoka_excel.begroting.read import read_begroting

    read = read_begroting(path)
    return Planned(read.plan, read.layout.places()), read.misfits


@uncollected()
def _table(path: Path) -> "Reconciliation":
    """Check the sheets of a file, and say so where its formulas are not read."""
    from hoka_excel.workbook.any_file import grids_in

    with grids_in(path) as grids:
        found = _checked(grids)
    if path.suffix.lower() not in BINARY:
        return found
    note = Message("read.no_formulas", {"file": path.name, "suffix": path.suffix.lower()})
    return replace(found, notes=(*found.notes, note))


def _checked(grids: "Iterable[Grid]") -> "Reconciliation":
    from hoka_excel.tables.sheet_checks import check_grids

    return check_grids(grid for grid in grids if not is_own_sheet(grid))


def _document(path: Path) -> "Reconciliation":
    from hoka_excel.documents.reading import read_document
    from hoka_excel.documents.reconciling import reconcile_document

    return reconcile_document(read_document(path))


def _reader(path: Path) -> "Callable[[Path], Reconciliation]":
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UsageError("source.unknown_kind", where=path, known=", ".join((*PLAN_FILES, *_READERS)))
    return reader


_READERS: "Mapping[str, Callable[[Path], Reconciliation]]" = {
    **dict.fromkeys(TABLES, _table),
    **dict.fromkeys((".pdf", ".docx", ".txt", ".html", ".htm"), _document),
}
"""What reads each kind of file that holds no plan, by the end of its name."""
