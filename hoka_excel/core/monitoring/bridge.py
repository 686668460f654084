"""The way from the budget to what was spent, a step per theme."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from hoka_excel.core.exact import round_half_up
from hoka_excel.core.monitoring.progress import Progress, amounts, euros_per_unit, table_progress
from hoka_excel.core.plan import Plan, Theme


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


def bridge_of(plan: Plan) -> Bridge | None:
    """Lead the budget to what was spent; None when no year is known in full."""
    themes = [(theme, table_progress(plan, theme.table).lines) for theme in plan.themes]
    totals = amounts(plan.euros.total.figures)
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


def _known(lines: Sequence[Progress], index: int) -> bool:
    return all(line.budget[index] is not None and line.spent[index] is not None for line in lines)


def _overspent(plan: Plan, theme: Theme, total: Progress, years: Sequence[int]) -> Decimal:
    over = -sum(
        (Fraction(left) for index in years if (left := total.difference[index]) is not None), Fraction(0)
    )
    return round_half_up(over * Fraction(euros_per_unit(plan, theme.table)), Decimal(1))
