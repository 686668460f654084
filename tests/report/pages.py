"""Pages to look at: the UU Geneeskunde plan, also with actuals that are made up for the test."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import html

from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.core.figures import Printed
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Language
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.report.accountability import account_of
from hoka_excel.report.outcomes import Outcome
from hoka_excel.report.page import to_html
from hoka_excel.report.planned import Planned

DAY = date(2020, 3, 9)


def reconciled(plan: Plan) -> Reconciliation:
    return reconcile_plan(plan, standard_layout(plan).places())


def with_actuals(plan: Plan, years: tuple[int, ...], factor: str) -> Plan:
    """Spend a fixed part of every line in the given years."""
    spent = {
        Ref(theme.table.name, line.label, year): Printed(
            figure.value * Decimal(factor), theme.table.resolution / 100
        )
        for theme in plan.themes
        for line in theme.table.lines
        for year, figure in zip(plan.years, line.figures, strict=True)
        if year in years and isinstance(figure, Printed)
    }
    return replace(plan, actuals=spent)


def report_page(plan: Plan, language: Language = "nl") -> str:
    planned = Planned(plan, standard_layout(plan).places())
    found = reconciled(plan)
    outcome = Outcome(Path("begroting.xlsx"), found)
    return to_html([outcome], language, DAY, account=account_of(planned, found, language))


def parsed(page: str) -> Any:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


def cells(row: Any) -> list[str]:
    return [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
