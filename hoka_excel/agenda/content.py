"""An agenda as sheets: the one description of what its workbook holds, for building and regenerating."""

from hoka_excel.agenda.places.layout import AgendaLayout, checked_figures
from hoka_excel.agenda.places.names import AgendaBlock, AgendaSheet
from hoka_excel.agenda.sheets.about import about_sheet
from hoka_excel.agenda.sheets.aims import aims_sheet
from hoka_excel.agenda.sheets.assumptions import assumptions_sheet
from hoka_excel.agenda.sheets.checks import checks_sheet
from hoka_excel.agenda.sheets.division import division_sheet
from hoka_excel.agenda.sheets.eligibility import eligibility_sheet
from hoka_excel.agenda.sheets.labels import when_example
from hoka_excel.agenda.sheets.projects import projects_sheet
from hoka_excel.agenda.sheets.shares import shares_sheet
from hoka_excel.agenda.sheets.totals import totals_sheet
from hoka_excel.begroting.places.checks import check_rows
from hoka_excel.begroting.places.names import HEAD_ROWS, master_block
from hoka_excel.begroting.sheets.draft import headed
from hoka_excel.begroting.sheets.findings import findings_sheet
from hoka_excel.begroting.sheets.master_check import master_formula, master_text
from hoka_excel.core.findings import Reconciliation
from hoka_excel.workbook.sheets import Formula, Sheet


def agenda_sheets(layout: AgendaLayout, reconciliation: Reconciliation) -> tuple[Sheet, ...]:
    """Lay out the agenda of `layout` and what its checks found, in the order of the tabs."""
    rows = check_rows(checked_figures(layout.agenda), reconciliation)
    sheets = {
        AgendaSheet.ABOUT: about_sheet(layout),
        AgendaSheet.ASSUMPTIONS: assumptions_sheet(layout),
        AgendaSheet.PROJECTS: projects_sheet(layout),
        AgendaSheet.SHARES: shares_sheet(layout),
        AgendaSheet.AIMS: aims_sheet(layout),
        AgendaSheet.ELIGIBILITY: eligibility_sheet(layout),
        AgendaSheet.TOTALS: totals_sheet(layout, rows),
        AgendaSheet.DIVISION: division_sheet(layout),
        AgendaSheet.CHECKS: checks_sheet(layout, reconciliation),
        AgendaSheet.FINDINGS: findings_sheet(AgendaSheet.FINDINGS, reconciliation),
    }
    master = Formula(master_formula(layout[AgendaBlock.COUNTS]), master_text(reconciliation))
    return tuple(
        headed(sheet, layout[master_block(key)], master, _subtitle(layout)) for key, sheet in sheets.items()
    )


def _subtitle(layout: AgendaLayout) -> Formula:
    general = layout[AgendaBlock.GENERAL]
    faculty, institution = (general.address(HEAD_ROWS.index(row), 1) for row in ("Faculteit", "Instelling"))
    told = when_example(layout, " – voorbeeld: de bedragen staan niet in de bron", "")
    whose = f"{layout.agenda.faculty}, {layout.agenda.institution}"
    return Formula(f'{faculty}&", "&{institution}&{told.expression}', f"{whose}{told.value}")
