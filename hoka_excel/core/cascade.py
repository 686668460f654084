"""Recompute a plan from its assumptions: the year's grant over themes, themes over lines, EUR into FTE.

What is divided is additive at the printed resolution: every column of every table adds up, and the integral
tables also over the years. Given lines stay as they are; a balancing line takes what is left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.allocation import allocate
from hoka_excel.core.controlled_rounding import round_table
from hoka_excel.core.errors import PlanError
from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.plan import AllocationKey, BalancingLine, GivenLines, Plan, State, Table, Theme, Unit

Rows = list[list[Decimal]]
"""Amounts by line, then by year."""


def recompute(plan: Plan) -> Plan:
    """Return the plan with its allocations recomputed and its state set so.

    The grant per year is kept as given, the printed totals of the integral table where the plan states no
    other; shared out is what indexation and revisions make of it. Explanations of differences go: there are
    none left to explain.

    Raises:
        PlanError: a figure that the recomputation needs is missing.
        AllocationError: weights or fixed amounts that no allocation can meet.
    """
    grant = [
        _needed(figure, "toegekend", year) for figure, year in zip(plan.granted, plan.years, strict=True)
    ]
    step = plan.euros.resolution
    available = [
        plan.changes.available(amount, year, step).amount
        for amount, year in zip(grant, plan.years, strict=True)
    ]
    euros = _shared_over_themes(plan, available)
    ftes = _as_fte(plan, euros)
    themes = tuple(
        replace(theme, table=_divided(plan, theme, euros[index], ftes[index]))
        for index, theme in enumerate(plan.themes)
    )
    return replace(
        plan,
        state=State.RECOMPUTED,
        grant=_printed(grant, plan.euros.resolution),
        themes=themes,
        euros=_filled(plan.euros, euros),
        ftes=_filled(plan.ftes, ftes),
        explanations=(),
    )


def _shared_over_themes(plan: Plan, available: Sequence[Decimal]) -> Rows:
    """Share what is available each year over the themes by weight: every column adds up to it."""
    whole = sum((Fraction(theme.weight) for theme in plan.themes), Fraction(0))
    exact = [[Fraction(year) * Fraction(theme.weight) / whole for year in available] for theme in plan.themes]
    return [list(row) for row in round_table(exact, unit=plan.euros.resolution).cells]


def _as_fte(plan: Plan, euros: Rows) -> Rows:
    exact = [[Fraction(amount) / Fraction(plan.rate.working) for amount in row] for row in euros]
    return [list(row) for row in round_table(exact, unit=plan.ftes.resolution).cells]


def _divided(plan: Plan, theme: Theme, euros: Sequence[Decimal], ftes: Sequence[Decimal]) -> Table:
    """Divide a theme's amount over its lines, year by year, in the unit of its table."""
    amounts = euros if theme.table.unit is Unit.EUR else ftes
    totals = [round_half_up(amount, theme.table.resolution) for amount in amounts]
    match theme.division:
        case AllocationKey() as key:
            columns = _by_key(plan, theme.table, key, list(zip(euros, totals, strict=True)))
            return _filled(theme.table, [list(row) for row in zip(*columns, strict=True)])
        case BalancingLine(line):
            return _filled(theme.table, _balanced(plan, theme.table, line, totals))
        case GivenLines():
            return _filled(theme.table, _given(plan, theme.table))


def _by_key(
    plan: Plan, table: Table, key: AllocationKey, amounts: Sequence[tuple[Decimal, Decimal]]
) -> Iterator[Sequence[Decimal]]:
    """Divide each year's amount, given in EUR and in the unit of the table, by what the lines weigh then."""
    fixed = [share.fixed for share in key.shares]
    for year, (euro, total) in enumerate(amounts):
        in_euros = allocate(euro, key.weights(year), unit=plan.euros.resolution, fixed=fixed).shares
        in_ftes = table.unit is Unit.FTE
        yield allocate(total, in_euros, unit=table.resolution).shares if in_ftes else in_euros


def _balanced(plan: Plan, table: Table, balancing: str, totals: Sequence[Decimal]) -> Rows:
    rows = {
        line.label: [
            _needed(figure, table.name, line.label, year)
            for figure, year in zip(line.figures, plan.years, strict=True)
        ]
        for line in table.lines
        if line.label != balancing
    }
    taken = [sum(column, Decimal(0)) for column in zip(*rows.values(), strict=True)] or [Decimal(0)] * len(
        totals
    )
    rows[balancing] = [EXACT.subtract(total, others) for total, others in zip(totals, taken, strict=True)]
    return [rows[line.label] for line in table.lines]


def _given(plan: Plan, table: Table) -> Rows:
    return [
        [
            _needed(figure, table.name, line.label, year)
            for figure, year in zip(line.figures, plan.years, strict=True)
        ]
        for line in table.lines
    ]


def _needed(figure: Figure, *subject: str | int) -> Decimal:
    if not isinstance(figure, Printed):
        raise PlanError("plan.figure_needed", where=" / ".join(map(str, subject)))
    return figure.value


def _filled(table: Table, rows: Rows) -> Table:
    """Put amounts into a table and add them up."""
    totals = [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]
    return table.with_figures(
        tuple(_printed(row, table.resolution) for row in rows), _printed(totals, table.resolution)
    )


def _printed(amounts: Sequence[Decimal], unit: Decimal) -> tuple[Figure, ...]:
    return tuple(Printed(amount, unit) for amount in amounts)
