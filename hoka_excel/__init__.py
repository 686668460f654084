"""Reconcile, recompute and regenerate quality-agreement budgets (HoKa, kwaliteitsafspraken) in Excel.

The public names load when they are first used: importing the package pulls in neither openpyxl, xlwings,
pandas nor scipy.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from hoka_excel.core import version

if TYPE_CHECKING:
    from hoka_excel.agenda.own_workbook import regenerate as regenerate
    from hoka_excel.begroting.build import build_workbook as build_workbook
    from hoka_excel.begroting.plan_file.reading import read_plan as read_plan
    from hoka_excel.core.allocation import Allocation as Allocation
    from hoka_excel.core.allocation import allocate as allocate
    from hoka_excel.core.controlled_rounding import Allocation2D as Allocation2D
    from hoka_excel.core.controlled_rounding import allocate_table as allocate_table
    from hoka_excel.core.errors import HokaError as HokaError
    from hoka_excel.core.figures import Printed as Printed
    from hoka_excel.core.findings import Reconciliation as Reconciliation
    from hoka_excel.core.localisation import Localisation as Localisation
    from hoka_excel.core.localisation import locate as locate
    from hoka_excel.core.plan import Plan as Plan
    from hoka_excel.core.relations import Rate as Rate
    from hoka_excel.core.relations import Same as Same
    from hoka_excel.core.relations import Sum as Sum
    from hoka_excel.core.sums import SumCheck as SumCheck
    from hoka_excel.core.sums import check_sum as check_sum
    from hoka_excel.sources import reconcile as reconcile
    from hoka_excel.tables.search.aggregations import Aggregation as Aggregation
    from hoka_excel.tables.totals import find_sums as find_sums
    from hoka_excel.workbook.additions import write_notes as write_notes
    from hoka_excel.workbook.additions import write_sheet as write_sheet
    from hoka_excel.workbook.cells import write_cells as write_cells
    from hoka_excel.workbook.edits import Change as Change
    from hoka_excel.workbook.frames import write_frame as write_frame

__version__ = version.VERSION

_HOME = {
    "Aggregation": "tables.search.aggregations",
    "Allocation": "core.allocation",
    "Allocation2D": "core.controlled_rounding",
    "Change": "workbook.edits",
    "HokaError": "core.errors",
    "Plan": "core.plan",
    "Localisation": "core.localisation",
    "Printed": "core.figures",
    "Rate": "core.relations",
    "Reconciliation": "core.findings",
    "Same": "core.relations",
    "Sum": "core.relations",
    "SumCheck": "core.sums",
    "allocate": "core.allocation",
    "allocate_table": "core.controlled_rounding",
    "build_workbook": "begroting.build",
    "check_sum": "core.sums",
    "locate": "core.localisation",
    "find_sums": "tables.totals",
    "read_plan": "begroting.plan_file.reading",
    "reconcile": "sources",
    "regenerate": "agenda.own_workbook",
    "write_cells": "workbook.cells",
    "write_frame": "workbook.frames",
    "write_notes": "workbook.additions",
    "write_sheet": "workbook.additions",
}
"""The module that each public name comes from."""

__all__ = [*_HOME, "__version__"]  # noqa: PLE0604 - the names of _HOME are strings


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first used."""
    if name not in _HOME:
        raise AttributeError(name)
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
