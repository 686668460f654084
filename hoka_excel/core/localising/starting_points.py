"""The exact point from which a linear programme counts, and the unit in which each column deviates from it.

Near the true values, in units of what a figure leaves open, all numbers are small, whatever the figures are.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from statistics import median_low

from hoka_excel.core.localising.certificates import Spans
from hoka_excel.core.localising.constraints import Span, System
from hoka_excel.core.localising.neighbourhoods import rows_by_column

_ONE = Fraction(1)


class StartingPoint:
    """A value and a unit per column of a system.

    Attributes:
        base: the middle of what a column leaves open, or where its equations put it.
        steps: half of what its figure leaves open.
        rows_of: the rows that hold each column.
    """

    def __init__(self, system: System, spans: Spans) -> None:
        """Take a system and what its columns leave open."""
        self._system = system
        self._spans = spans
        self.rows_of = rows_by_column(system)
        self.base = self._middles()
        self.steps = self._half_widths()

    def moved(self, loosened: Mapping[int, Span]) -> dict[int, Fraction]:
        """Move the point of what is loosened to where its equations put it."""
        pairs = self._system.pairs
        missing = [column for column, span in loosened.items() if None in span and column not in pairs]
        if not missing:
            return {}
        near = {c for column in missing for row in self.rows_of[column] for c in self._factors(row)}
        base = {column: self.base[column] for column in near.difference(missing)}
        self._settle(base, missing)
        return {column: base[column] for column in missing}

    def residual(self, number: int, moved: Mapping[int, Fraction]) -> Fraction:
        """Say by how much a row fails at the point, some columns of which have moved."""
        return self._system.rows[number].constant - sum(
            factor * moved.get(column, self.base[column]) for column, factor in self._factors(number).items()
        )

    def _factors(self, number: int) -> Mapping[int, Fraction]:
        return self._system.rows[number].factors

    def _middles(self) -> Sequence[Fraction]:
        base: dict[int, Fraction] = {}
        for number in self._system.pairs:
            base[number] = self._likely_rate(number)
        for number, (column, (low, high)) in enumerate(zip(self._system.columns, self._spans, strict=True)):
            if number not in base and low is not None and high is not None:
                middle = low if low == high else (low + high) / 2
                base[number] = middle if column.rate is None else middle * base[column.rate]
        self._settle(base, set(range(len(self._spans))) - set(base))
        return [base[number] for number in range(len(self._spans))]

    def _likely_rate(self, rate: int) -> Fraction:
        """Take the middle one of the rates that its pairs suggest."""
        low, high = self._spans[rate]
        if low is not None and high is not None:
            return (low + high) / 2
        suggested = []
        for euro, fte in self._system.pairs[rate]:
            figures = self._system.columns[euro].figure, self._system.columns[fte].figure
            if figures[0] and figures[1] and figures[1].value and figures[0].value / figures[1].value > 0:
                suggested.append(Fraction(figures[0].value) / Fraction(figures[1].value))
        return median_low(suggested) if suggested else _ONE

    def _settle(self, base: dict[int, Fraction], unknown: Collection[int]) -> None:
        """Fill in columns one equation at a time; those that none determines start at nothing."""
        missing = set(unknown)
        queue = [row for column in unknown for row in self.rows_of[column]]
        while queue:
            number = queue.pop()
            factors = self._factors(number)
            left = [column for column in factors if column in missing]
            if len(left) != 1:
                continue
            [column] = left
            known = sum(factor * base[other] for other, factor in factors.items() if other != column)
            base[column] = (self._system.rows[number].constant - known) / factors[column]
            low, high = self._spans[column]
            base[column] = max(base[column], low) if low is not None and high is None else base[column]
            missing.discard(column)
            queue += self.rows_of[column]
        for column in missing:
            base[column] = Fraction(0)

    def _half_widths(self) -> Sequence[Fraction]:
        """Halve what each figure leaves open; a unit of a rate moves no product by more than the least."""
        pairs = self._system.pairs
        steps: dict[int, Fraction] = {}
        for number, (column, (low, high)) in enumerate(zip(self._system.columns, self._spans, strict=True)):
            if number not in pairs and low is not None and high is not None and low < high:
                half = (high - low) / 2
                steps[number] = half if column.rate is None else half * self.base[column.rate]
        least = min(steps.values(), default=_ONE)
        for rate, tied in pairs.items():
            largest = max((abs(self.base[fte]) / self.base[rate] for _, fte in tied), default=_ONE)
            steps[rate] = least / max(largest, _ONE)
        return [steps.get(number, least) for number in range(len(self._spans))]
