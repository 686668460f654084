"""Which deviations from the budget pass the thresholds of the plan, and how the controller explains them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hoka_excel.core.monitoring.progress import Progress, TableProgress, euros_per_unit, table_progress
from hoka_excel.core.plan import Plan, Ref


class Signal(StrEnum):
    """What a deviation beyond the thresholds is; the catalogue holds the words."""

    UNDERSPENT = "underspent"
    OVERSPENT = "overspent"


Signals = tuple[Signal | None, ...]
"""One signal per year of the plan; None where nothing is to be signalled."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """A line and year that deviates from its budget, or that the controller says something of.

    Attributes:
        ref: the figure that was budgeted.
        progress: of its line.
        index: of its year, counted from 0.
        signal: None when the deviation stays within the thresholds.
        reason: in the controller's words; "" when none is given.
    """

    ref: Ref
    progress: Progress
    index: int
    signal: Signal | None
    reason: str

    @property
    def budget(self) -> Decimal | None:
        """What was planned."""
        return self.progress.budget[self.index]

    @property
    def spent(self) -> Decimal | None:
        """What was spent."""
        return self.progress.spent[self.index]

    @property
    def difference(self) -> Decimal | None:
        """What is left over."""
        return self.progress.difference[self.index]

    @property
    def percentage(self) -> Decimal | None:
        """How much of the budget was spent."""
        return self.progress.percentage[self.index]


def signals_of(plan: Plan, found: TableProgress) -> tuple[Signals, ...]:
    """Signal what passes the thresholds of the plan, per line of a table and per year.

    A total is signalled in the years of which every line is known. Without thresholds there is nothing to
    pass, and no signal.
    """
    return tuple(
        tuple(
            _signal(plan, found, line, year) if known or not line.is_total else None
            for year, known in enumerate(found.complete)
        )
        for line in found.lines
    )


def deviations_of(plan: Plan) -> tuple[Deviation, ...]:
    """List every deviation that is signalled or explained, by theme, line (the total last) and year."""
    return tuple(
        deviation
        for theme in plan.themes
        for deviation in _deviations(plan, table_progress(plan, theme.table))
    )


def _deviations(plan: Plan, found: TableProgress) -> Iterator[Deviation]:
    for line, signals in zip(found.lines, signals_of(plan, found), strict=True):
        for index, (year, signal) in enumerate(zip(plan.years, signals, strict=True)):
            ref = Ref(found.table.name, line.label, year)
            reason = plan.reasons.get(ref, "")
            if signal or reason:
                yield Deviation(ref, line, index, signal, reason)


def _signal(plan: Plan, found: TableProgress, line: Progress, year: int) -> Signal | None:
    budget, left = line.budget[year], line.difference[year]
    if plan.thresholds is None or budget is None or left is None:
        return None
    if not plan.thresholds.passed(left, budget, euros_per_unit(plan, found.table)):
        return None
    return Signal.UNDERSPENT if left > 0 else Signal.OVERSPENT
