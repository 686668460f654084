"""Plan against actuals: per line and year what was budgeted, spent, left over, and how far along it is.

Sign convention, as on the sheet Realisatie: difference = budget - spent, above zero is underspent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.plan import Line, Plan, Ref, Table, Theme, Unit

Amounts = tuple[Decimal | None, ...]
"""One amount per year of the plan; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of a table, planned and spent.

    Attributes:
        label: of the line.
        is_total: whether it adds up the other lines.
        budget: what was planned.
        spent: what was spent; of a total, what the lines with known actuals come to.
    """

    label: str
    is_total: bool
    budget: Amounts
    spent: Amounts

    @property
    def difference(self) -> Amounts:
        """What is left over, in the unit of the table."""
        return tuple(
            None if plan is None or spent is None else EXACT.subtract(plan, spent)
            for plan, spent in zip(self.budget, self.spent, strict=True)
        )

    @property
    def percentage(self) -> Amounts:
        """How much of the budget was spent, in percent to one decimal; None where nothing was budgeted."""
        return tuple(
            None
            if not plan or spent is None
            else round_half_up(100 * Fraction(spent) / Fraction(plan), _TENTH)
            for plan, spent in zip(self.budget, self.spent, strict=True)
        )


@dataclass(frozen=True, slots=True)
class TableProgress:
    """A table of the plan with its progress, the total last."""

    table: Table
    lines: tuple[Progress, ...]

    @property
    def has_actuals(self) -> bool:
        """Whether anything is known of what was spent."""
        return any(spent is not None for spent in self.lines[-1].spent)


class Step(NamedTuple):
    """What one theme adds to the budget on the way to what was spent, in EUR."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Bridge:
    """The way from the budget to the actuals, over the years of which every line is known, in EUR.

    Attributes:
        years: those years.
        budget: the printed totals of the integral table.
        steps: per theme, overspending above zero; FTE valued at the rate worked with, to the euro.
    """

    years: tuple[int, ...]
    budget: Decimal
    steps: tuple[Step, ...]

    @property
    def spent(self) -> Decimal:
        """What the budget and the steps add up to."""
        return sum((step.amount for step in self.steps), self.budget)


_TENTH = Decimal("0.1")


def progress_of(plan: Plan) -> tuple[TableProgress, ...]:
    """Compare every table of the plan with its actuals; the integral tables have none of their own."""
    return tuple(_table_progress(plan, table) for table in plan.tables)


def bridge_of(plan: Plan) -> Bridge | None:
    """Lead the budget to what was spent; None when no year is known in full."""
    themes = [(theme, _table_progress(plan, theme.table).lines) for theme in plan.themes]
    totals = _values(plan.euros.total.figures)
    complete = [
        index
        for index, total in enumerate(totals)
        if total is not None and all(_known(lines, index) for _, lines in themes)
    ]
    if not complete:
        return None
    return Bridge(
        years=tuple(plan.years[index] for index in complete),
        budget=sum((total for index in complete if (total := totals[index]) is not None), Decimal(0)),
        steps=tuple(
            Step(theme.name, _overspent(plan, theme, lines[-1], complete)) for theme, lines in themes
        ),
    )


def _table_progress(plan: Plan, table: Table) -> TableProgress:
    lines = [_line_progress(plan, table, line) for line in table.lines]
    spent = tuple(_sum_of_known(column) for column in zip(*(line.spent for line in lines), strict=True))
    total = Progress(table.total.label, is_total=True, budget=_values(table.total.figures), spent=spent)
    return TableProgress(table, (*lines, total))


def _line_progress(plan: Plan, table: Table, line: Line) -> Progress:
    actuals = [plan.actuals.get(Ref(table.name, line.label, year)) for year in plan.years]
    return Progress(line.label, is_total=False, budget=_values(line.figures), spent=_values(actuals))


def _values(figures: Sequence[Figure | None]) -> Amounts:
    return tuple(figure.value if isinstance(figure, Printed) else None for figure in figures)


def _sum_of_known(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def _known(lines: Sequence[Progress], index: int) -> bool:
    return all(line.budget[index] is not None and line.spent[index] is not None for line in lines)


def _overspent(plan: Plan, theme: Theme, total: Progress, years: Sequence[int]) -> Decimal:
    over = -sum(
        (Fraction(left) for index in years if (left := total.difference[index]) is not None), Fraction(0)
    )
    in_euros = over * Fraction(plan.rate.working) if theme.table.unit is Unit.FTE else over
    return round_half_up(in_euros, Decimal(1))
