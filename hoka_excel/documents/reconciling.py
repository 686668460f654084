"""Reconcile a published document: its tables with each other, and its running text with its tables."""

from collections.abc import Sequence
from dataclasses import replace

from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.documents.document import Document, SourceTable
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.importing import ImportedPlan, import_plan
from hoka_excel.documents.places import place_of_cell, table_name
from hoka_excel.documents.prose_checks import prose_findings, share_conflicts, with_sentences
from hoka_excel.tables.footings import check_grid
from hoka_excel.tables.grid import Grid


def reconcile_document(document: Document) -> Reconciliation:
    """Check a document: as a plan if it holds one, else table by table.

    Returns:
        The checks; for a document that is no plan the notes say why it is none.

    Raises:
        DocumentError: there are no tables to check.
    """
    try:
        imported = import_plan(document)
    except DocumentError as error:
        if not document.tables:
            raise DocumentError("document.no_tables", file=document.name) from error
        checks = [finding for table in document.tables for finding in _footings(table)]
        return Reconciliation(tuple(checks), notes=error.faults)
    return reconcile_import(imported)


def reconcile_import(imported: ImportedPlan) -> Reconciliation:
    """Check a document that holds a plan; every finding and conflict stands where the document prints it.

    Returns:
        The checks of the plan, each ratio, rate and share with its sentence; then those of the running text.
        Conflicts: those between the figures, and the lines that the stated allocation cannot explain.
    """
    places = {
        ref: place_of_cell(origin.spot.page, origin.table, row=origin.row, column=origin.column)
        for ref, origin in imported.origins.items()
    }
    of_tables = reconcile_plan(imported.plan, places)
    checks = (*with_sentences(of_tables.checks, imported), *prose_findings(imported, places))
    conflicts = (*of_tables.conflicts, *share_conflicts(imported, places))
    return replace(of_tables, checks=checks, conflicts=conflicts)


def _footings(table: SourceTable) -> Sequence[Finding]:
    return check_grid(Grid(table_name(table.spot.page, table.number), table.grid))
