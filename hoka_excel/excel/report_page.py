"""The page that the button Rapport opens: the same one as `hoka check --html`."""

from datetime import UTC, datetime
from pathlib import Path

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import DUTCH
from hoka_excel.core.plan import Plan
from hoka_excel.report.outcomes import Outcome
from hoka_excel.report.page import to_html


def page_of(plan: Plan, reconciliation: Reconciliation) -> str:
    """Write a reconciliation as an HTML page without scripts."""
    today = datetime.now(tz=UTC).astimezone().date()
    return to_html([Outcome(Path(plan.title), reconciliation)], DUTCH, today)
