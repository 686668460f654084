"""Plans and findings as tidy pandas frames, for analysts: one row per figure, one per finding.

A plan gives the columns

| column | holds |
|---|---|
| `year` | of the figure |
| `theme` | the number of the theme, 0 where a row is of no single theme (totals of the integral tables) |
| `programme` | the line, where the theme is divided by an allocation key; "" elsewhere |
| `line` | the label of the row as printed, "" for the grant |
| `total` | whether the row adds up other rows, and so must not be added to them |
| `table` | the name of the table, "" for the grant |
| `measure` | "budget" as planned, "actual" as spent, "grant" as awarded |
| `unit` | EUR or FTE |
| `value` | the figure, None where none can be read |

and findings the columns `kind`, `verdict`, `sheet`, `cell`, `label`, `period`, `stated`, `expected`,
`difference`, `tolerance`, `explanation` and `message`.

Figures are `Decimal` objects, so that sums stay exact and Parquet stores them as decimals; for plots and
statistics, `frame["value"].astype(float)`.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from hoka_excel.core.figures import value_of
from hoka_excel.core.messages import DUTCH, Language
from hoka_excel.core.plan import AllocationKey, Line, Plan, Ref, Table, Unit

if TYPE_CHECKING:
    from pandas import DataFrame

    from hoka_excel.core.findings import Reconciliation


class _PlanRow(NamedTuple):
    year: int
    theme: int
    programme: str
    line: str
    total: bool
    table: str
    measure: str
    unit: str
    value: Decimal | None


class _FindingRow(NamedTuple):
    kind: str
    verdict: str
    sheet: str
    cell: str
    label: str
    period: str
    stated: Decimal | None
    expected: Decimal | None
    difference: Decimal | None
    tolerance: Decimal | None
    explanation: str
    message: str


def plan_frame(plan: Plan) -> "DataFrame":
    """Write every figure of a plan as a row, in the order of its tables, lines, years and measures."""
    from pandas import DataFrame  # noqa: PLC0415 - heavy

    return DataFrame.from_records(list(_plan_rows(plan)), columns=list(_PlanRow._fields))


def findings_frame(reconciliation: "Reconciliation", language: Language = DUTCH) -> "DataFrame":
    """Write every check of a reconciliation as a row, exact ones too, with its message in `language`."""
    from pandas import DataFrame  # noqa: PLC0415 - heavy

    rows = [
        _FindingRow(
            found.kind.value,
            found.verdict.value,
            *found.place,
            found.label,
            found.period,
            found.judgement.stated,
            found.judgement.expected,
            found.judgement.difference,
            found.judgement.tolerance,
            found.explanation,
            found.message.render(language),
        )
        for found in reconciliation.checks
    ]
    return DataFrame.from_records(rows, columns=list(_FindingRow._fields))


def _plan_rows(plan: Plan) -> Iterator[_PlanRow]:
    if plan.grant is not None:
        for year, figure in zip(plan.years, plan.grant, strict=True):
            yield _PlanRow(year, 0, "", "", False, "", "grant", Unit.EUR.value, value_of(figure))
    for theme in plan.themes:
        for line in theme.table.rows:
            is_programme = isinstance(theme.division, AllocationKey) and line is not theme.table.total
            yield from _line_rows(plan, theme.table, line, theme.number, line.label if is_programme else "")
    for table in (plan.euros, plan.ftes):
        for theme, line in zip(plan.themes, table.lines, strict=True):
            yield from _line_rows(plan, table, line, theme.number, "")
        yield from _line_rows(plan, table, table.total, 0, "")


def _line_rows(plan: Plan, table: Table, line: Line, theme: int, programme: str) -> Iterator[_PlanRow]:
    for year, figure in zip(plan.years, line.figures, strict=True):
        about = (year, theme, programme, line.label, line is table.total, table.name)
        yield _PlanRow(*about, "budget", table.unit.value, value_of(figure))
        actual = plan.actuals.get(Ref(table.name, line.label, year))
        if actual is not None:
            yield _PlanRow(*about, "actual", table.unit.value, value_of(actual))
