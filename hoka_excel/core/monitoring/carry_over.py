"""What is carried over from year to year: opening + budget - spent = closing, which opens the next year.

Lines and themes are followed in the unit of their table, themes and their total in EUR as well: FTE at the
rate worked with. Nothing is rounded on the way. A year closes once its spending is known, of a total once
that of every line is, and if the year before it has closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import value_of
from hoka_excel.core.monitoring.progress import Amounts, euros_per_unit, table_progress
from hoka_excel.core.plan import Plan, Ref, Table


@dataclass(frozen=True, slots=True)
class Corkscrew:
    """One line, theme or total over the years.

    Attributes:
        label: what is followed.
        opening: what each year begins with; None once a year did not close.
        budget: what is added.
        spent: what is taken off.
    """

    label: str
    opening: Amounts
    budget: Amounts
    spent: Amounts

    @property
    def closing(self) -> Amounts:
        """What each year ends with; None where it did not close."""
        return tuple(_closing(*year) for year in zip(self.opening, self.budget, self.spent, strict=True))

    @property
    def closed(self) -> int:
        """How many years have closed: the first ones."""
        return sum(amount is not None for amount in self.closing)

    @property
    def over_all(self) -> tuple[Decimal, Decimal, Decimal, Decimal] | None:
        """First opening, all budgets, all spending, and what is left of them; over the closed years."""
        if not self.closed:
            return None
        opening, budget, spent = (
            self.opening[0],
            _known_sum(self.budget, self.closed),
            _known_sum(self.spent, self.closed),
        )
        assert opening is not None
        return opening, budget, spent, EXACT.subtract(EXACT.add(opening, budget), spent)


@dataclass(frozen=True, slots=True)
class TableCarryOver:
    """The lines of a theme's table in its own unit, the total last."""

    table: Table
    lines: tuple[Corkscrew, ...]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """A whole plan.

    Attributes:
        tables: of the themes.
        euros: the themes in EUR, their total last.
    """

    tables: tuple[TableCarryOver, ...]
    euros: tuple[Corkscrew, ...]


def carry_over_of(plan: Plan) -> CarryOver:
    """Follow a plan over its years; a line without an opening balance opens with nothing."""
    tables = tuple(table_carry_over(plan, theme.table) for theme in plan.themes)
    themes = [
        _valued(theme.name, found.lines[-1], euros_per_unit(plan, theme.table))
        for theme, found in zip(plan.themes, tables, strict=True)
    ]
    total = _corkscrew(
        plan.euros.total.label,
        _first_sum(themes),
        _sums([theme.budget for theme in themes]),
        _sums([theme.spent for theme in themes]),
    )
    return CarryOver(tables, (*themes, total))


def table_carry_over(plan: Plan, table: Table) -> TableCarryOver:
    """Follow the lines of a theme's table and their total in its own unit."""
    found = table_progress(plan, table)
    *entries, whole = found.lines
    lines = [
        _corkscrew(line.label, _opening(plan, table, line.label), line.budget, line.spent) for line in entries
    ]
    total = _corkscrew(whole.label, _first_sum(lines), whole.budget, found.spent_in_full)
    return TableCarryOver(table, (*lines, total))


def _opening(plan: Plan, table: Table, label: str) -> Decimal:
    return value_of(plan.openings.get(Ref(table.name, label, plan.years[0]))) or Decimal(0)


def _corkscrew(label: str, first: Decimal, budget: Amounts, spent: Amounts) -> Corkscrew:
    opening: list[Decimal | None] = [first]
    for planned, taken in zip(budget[:-1], spent[:-1], strict=True):
        opening.append(_closing(opening[-1], planned, taken))
    return Corkscrew(label, tuple(opening), budget, spent)


def _closing(opening: Decimal | None, budget: Decimal | None, spent: Decimal | None) -> Decimal | None:
    if opening is None or budget is None or spent is None:
        return None
    return EXACT.subtract(EXACT.add(opening, budget), spent)


def _valued(label: str, found: Corkscrew, value: Decimal) -> Corkscrew:
    """Follow the same in EUR, given what one unit is worth."""
    opening, budget, spent = (
        tuple(None if amount is None else EXACT.multiply(amount, value) for amount in amounts)
        for amounts in (found.opening, found.budget, found.spent)
    )
    return Corkscrew(label, opening, budget, spent)


def _first_sum(found: Sequence[Corkscrew]) -> Decimal:
    return sum((first for line in found if (first := line.opening[0]) is not None), Decimal(0))


def _sums(rows: Sequence[Amounts]) -> Amounts:
    """Add amounts up per year; a year of which one is not known has no sum."""
    return tuple(
        sum((amount for amount in column if amount is not None), Decimal(0)) if None not in column else None
        for column in zip(*rows, strict=True)
    )


def _known_sum(amounts: Amounts, years: int) -> Decimal:
    return sum((amount for amount in amounts[:years] if amount is not None), Decimal(0))
