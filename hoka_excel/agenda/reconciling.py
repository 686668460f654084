"""Judge an agenda whose totals are computed anew, as a fresh workbook states them."""

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.standard_layout import standard_layout
from hoka_excel.core.agenda.checks import reconcile_agenda
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.core.agenda.totals import stated_by
from hoka_excel.core.figures import Printed
from hoka_excel.core.findings import Reconciliation


def reconcile_fresh(layout: AgendaLayout) -> Reconciliation:
    """Judge an agenda whose totals are all computed anew."""
    stated = {ref: Printed(amount, 0) for ref, amount in stated_by(layout.agenda).items()}
    return reconcile_agenda(layout.agenda, stated, layout.places())


def reconcile_unwritten(agenda: Agenda) -> Reconciliation:
    """Judge an agenda that has no workbook yet; places are those it gets in a fresh one."""
    return reconcile_fresh(standard_layout(agenda))
