"""What surrounds the list of checks: the overview, with every verdict below its year."""

from dataclasses import replace

from hoka_excel.begroting.content import begroting_of
from hoka_excel.begroting.places.names import BlockName, SheetName
from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.core.cascade import recompute
from hoka_excel.core.figures import MISSING
from hoka_excel.core.reconciliation import reconcile_plan
from tests.plans_over_time import plan_over_time


def test_a_year_without_a_grant_has_no_verdict_on_what_is_available() -> None:
    made = recompute(plan_over_time())
    assert made.grant is not None
    plan = replace(made, grant=(MISSING, *made.grant[1:]), scenarios=())
    layout = standard_layout(plan)
    sheets = begroting_of(layout, reconcile_plan(plan, layout.places())).sheets
    cells = next(sheet for sheet in sheets if sheet.name == SheetName.CHECKS).cells
    block = layout[BlockName.OVERVIEW]
    years = [cells[block.at(0, column)].content for column in range(3, block.width)]
    row = next(
        row
        for row in range(1, block.height)
        if [cells[block.at(row, column)].content for column in range(3)]
        == ["verbandscontrole", plan.euros.total.label, plan.euros.name]
    )
    judged = [year for column, year in enumerate(years, 3) if block.at(row, column) in cells]
    assert years == list(plan.years)
    assert judged == list(plan.years[1:])
