"""How the accountability page shows scenarios beside the plan."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Figure, value_of
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan, Table
from hoka_excel.core.scenarios import compare_scenarios
from hoka_excel.report.year_tables import Part, Row, YearTable


def scenario_tables(plan: Plan) -> Iterator[YearTable]:
    """Show every table of the plan recomputed, each scenario, and what it adds.

    Raises:
        PlanError, AllocationError: the plan or a scenario cannot be recomputed.
    """
    comparison = compare_scenarios(plan)
    for index, table in enumerate(comparison.plan.tables):
        parts = [Part(Message("scenario.plan"), _rows(table))]
        for number, (scenario, made) in enumerate(comparison.scenarios, 1):
            values, other = {"number": number, "name": scenario.name}, made.tables[index]
            parts.append(Part(Message("scenario.name", values), _rows(other)))
            parts.append(Part(Message("scenario.less", values), _differences(table, other), sign="+"))
        yield YearTable(
            Message("page.scenario_table", {"table": table.name, "unit": table.unit}), tuple(parts)
        )


def _rows(table: Table) -> tuple[Row, ...]:
    return tuple(
        Row(line.label, line is table.total, tuple(map(value_of, line.figures))) for line in table.rows
    )


def _differences(planned: Table, made: Table) -> tuple[Row, ...]:
    return tuple(
        replace(row, amounts=tuple(map(_gap, before.figures, after.figures)))
        for row, before, after in zip(_rows(planned), planned.rows, made.rows, strict=True)
    )


def _gap(before: Figure, after: Figure) -> Decimal | None:
    old, new = value_of(before), value_of(after)
    return None if old is None or new is None else EXACT.subtract(new, old)
