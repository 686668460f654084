"""A quality agenda as an .xlsm: the same sheets, with buttons, worksheet functions and macros."""

from collections.abc import Mapping
from pathlib import Path

from hoka_excel.agenda.build import properties_of
from hoka_excel.agenda.content import agenda_sheets
from hoka_excel.agenda.places.names import AgendaSheet
from hoka_excel.agenda.places.standard_layout import standard_layout
from hoka_excel.agenda.reconciling import reconcile_fresh
from hoka_excel.begroting.fresh_file import bytes_of
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.excel.macro_workbook import equipped, write_macro_workbook
from hoka_excel.excel.vba_project import with_macros

_CARRYING = {AgendaSheet.PROJECTS, AgendaSheet.ELIGIBILITY, AgendaSheet.TOTALS, AgendaSheet.CHECKS}
"""The sheets that have buttons."""


def build_agenda_macro_workbook(agenda: Agenda, path: str | Path) -> None:
    """Write a fresh workbook of `agenda` with macros to `path`; the same agenda gives the same bytes.

    Raises:
        UsageError: `path` is no .xlsm, or what builds macros is not installed.
        WorkbookError: `path` cannot be written.
    """
    write_macro_workbook(Path(path), lambda vba: agenda_macro_bytes(agenda, vba))


def agenda_macro_bytes(agenda: Agenda, vba: Mapping[str, str]) -> bytes:
    """Make the .xlsm file of an agenda with these VBA modules."""
    layout = standard_layout(agenda)
    sheets = equipped(agenda_sheets(layout, reconcile_fresh(layout)), _CARRYING)
    return with_macros(bytes_of(sheets, layout.names, properties_of(agenda)), vba)
