"""The page that the button Rapport opens: the same one as `hoka check --html`."""

from datetime import UTC, datetime
from pathlib import Path

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import DUTCH, Language
from hoka_excel.report.outcomes import Outcome
from hoka_excel.report.page import to_html


def page_of(title: str, reconciliation: Reconciliation, language: Language = DUTCH) -> str:
    """Write what was found in the workbook of a title as an HTML page without scripts."""
    today = datetime.now(tz=UTC).astimezone().date()
    return to_html([Outcome(Path(title), reconciliation)], language, today)
