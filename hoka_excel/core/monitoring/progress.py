"""Plan against actuals: per line and year what was budgeted, spent and left over, and how far along it is.

Sign convention, as on the sheet Realisatie: difference = budget - spent, above zero is underspent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.exact import EXACT, round_half_up
from hoka_excel.core.figures import Figure, value_of
from hoka_excel.core.plan import Line, Plan, Ref, Table, Unit

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

    @property
    def complete(self) -> tuple[bool, ...]:
        """Whether the spending of every line is known, per year."""
        return tuple(None not in column for column in zip(*(line.spent for line in self.lines), strict=True))

    @property
    def spent_in_full(self) -> Amounts:
        """What was spent on all lines together, in the years of which every line is known."""
        return tuple(
            spent if known else None for spent, known in zip(self.lines[-1].spent, self.complete, strict=True)
        )


_TENTH = Decimal("0.1")


def progress_of(plan: Plan) -> tuple[TableProgress, ...]:
    """Compare every table of the plan with its actuals; the integral tables have none of their own."""
    return tuple(table_progress(plan, table) for table in plan.tables)


def table_progress(plan: Plan, table: Table) -> TableProgress:
    """Compare one table of the plan with its actuals."""
    lines = [_line_progress(plan, table, line) for line in table.lines]
    spent = tuple(_sum_of_known(column) for column in zip(*(line.spent for line in lines), strict=True))
    total = Progress(table.total.label, is_total=True, budget=amounts(table.total.figures), spent=spent)
    return TableProgress(table, (*lines, total))


def euros_per_unit(plan: Plan, table: Table) -> Decimal:
    """Say what one unit of a table is worth in EUR: an FTE the rate worked with."""
    return plan.rate.working if table.unit is Unit.FTE else Decimal(1)


def amounts(figures: Sequence[Figure | None]) -> Amounts:
    """Take the values of figures; what cannot be read is not known."""
    return tuple(map(value_of, figures))


def _line_progress(plan: Plan, table: Table, line: Line) -> Progress:
    actuals = [plan.actuals.get(Ref(table.name, line.label, year)) for year in plan.years]
    return Progress(line.label, is_total=False, budget=amounts(line.figures), spent=amounts(actuals))


def _sum_of_known(column: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in column if amount is not None]
    return sum(known, Decimal(0)) if known else None
