"""How the money is divided: as agreed, as budgeted and as spent.

Budgets and spending are compared in EUR, FTE at the rate worked with; both are valued alike, so that only
real shifts show.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.monitoring.carry_over import carry_over_of
from hoka_excel.core.monitoring.progress import Amounts, amounts, table_progress
from hoka_excel.core.plan import AllocationKey, Plan, Theme

Parts = tuple[Fraction | None, ...]
"""One part of a whole per year of the plan; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """The part that one theme or line has.

    Attributes:
        label: of the theme or line.
        agreed: what it was to have.
        planned: what the budgets give it.
        realised: what was spent on it, in the years of which all spending is known.
    """

    label: str
    agreed: Parts
    planned: Parts
    realised: Parts


@dataclass(frozen=True, slots=True)
class Split:
    """How a theme that is divided by a key is divided over its lines, as parts of 1."""

    theme: Theme
    lines: tuple[Proportion, ...]


def ratio_of(plan: Plan) -> tuple[Proportion, ...]:
    """Compare the themes in the terms of their agreed ratio: parts that add up to all weights together."""
    *themes, _ = carry_over_of(plan).euros
    whole = sum((Fraction(theme.weight) for theme in plan.themes), Fraction(0))
    planned = _parts([theme.budget for theme in themes], whole)
    realised = _parts([theme.spent for theme in themes], whole)
    return tuple(
        Proportion(theme.name, (Fraction(theme.weight),) * len(plan.years), *parts)
        for theme, *parts in zip(plan.themes, planned, realised, strict=True)
    )


def splits_of(plan: Plan) -> tuple[Split, ...]:
    """Compare the lines of every theme that is divided by a key."""
    return tuple(
        Split(theme, _split(plan, theme, theme.division))
        for theme in plan.themes
        if isinstance(theme.division, AllocationKey)
    )


def _split(plan: Plan, theme: Theme, key: AllocationKey) -> tuple[Proportion, ...]:
    lines = table_progress(plan, theme.table).lines[:-1]
    granted = amounts(plan.euros.lines[plan.themes.index(theme)].figures)
    agreed = {
        share.line: tuple(_keyed(amount, key, index, year) for year, amount in enumerate(granted))
        for index, share in enumerate(key.shares)
    }
    planned = _parts([line.budget for line in lines], Fraction(1))
    realised = _parts([line.spent for line in lines], Fraction(1))
    return tuple(
        Proportion(line.label, agreed[line.label], *parts)
        for line, *parts in zip(lines, planned, realised, strict=True)
    )


def _keyed(amount: Decimal | None, key: AllocationKey, index: int, year: int) -> Fraction | None:
    """Give the part of a year's amount that the key gives to one of its lines, its fixed amount included."""
    weights = [Fraction(weight) for weight in key.weights(year)]
    if amount is None or amount <= 0 or not any(weights):
        return None
    fixed = [Fraction(share.fixed) for share in key.shares]
    rest = (Fraction(amount) - sum(fixed)) * weights[index] / sum(weights)
    return (rest + fixed[index]) / Fraction(amount)


def _parts(rows: Sequence[Amounts], whole: Fraction) -> list[Parts]:
    """Divide every row by the sum of all rows, per year; of nothing, or less, there are no parts."""
    totals = [
        sum((Fraction(amount) for amount in column if amount is not None), Fraction(0))
        if None not in column
        else Fraction(0)
        for column in zip(*rows, strict=True)
    ]
    return [
        tuple(
            whole * Fraction(amount) / total if amount is not None and total > 0 else None
            for amount, total in zip(row, totals, strict=True)
        )
        for row in rows
    ]
