"""Build a fresh workbook from an agenda."""

from pathlib import Path

from hoka_excel.agenda.content import agenda_sheets
from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.standard_layout import standard_layout
from hoka_excel.agenda.reconciling import reconcile_fresh
from hoka_excel.begroting.fresh_file import Properties, bytes_of
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.workbook.files import replacing


def build_agenda_workbook(agenda: Agenda, path: str | Path) -> None:
    """Write a fresh workbook of `agenda` to `path`; the same agenda gives the same bytes.

    Raises:
        WorkbookError: `path` cannot be written.
    """
    layout = standard_layout(agenda)
    with replacing(Path(path)) as target:
        target.write(agenda_bytes(layout))


def agenda_bytes(layout: AgendaLayout) -> bytes:
    """Make the .xlsx file of an agenda."""
    sheets = agenda_sheets(layout, reconcile_fresh(layout))
    return bytes_of(sheets, layout.names, properties_of(layout.agenda))


def properties_of(agenda: Agenda) -> Properties:
    """Say what the file of an agenda says of itself."""
    return Properties(agenda.title, agenda.institution, agenda.day)
