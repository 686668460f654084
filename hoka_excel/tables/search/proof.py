"""How many bits of evidence a proposed pattern must bring before it is taken for a sum.

What a layout costs by itself, made dearer or cheaper by what lies around: distance, words, kinds of number,
and what was accepted before. The prices were set on annotated tables of statistics, accounts and grades.
"""

from collections.abc import Callable, Sequence
from math import log2

import numpy as np

from hoka_excel.tables.arrays import some
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.accepted import Accepted
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout

_NAMED_TOTAL = -3.0
_UNNAMED_ROW, _UNNAMED_COLUMN = 1.0, 6.0
"""A column of sums without a word for it is rare; chance finds one in any table with many columns."""
_NAMED_STATISTIC = 8.0
_NAMED_DIFFERENCE = -8.0
"""This year = last year + change."""
_UNUSUAL_SIDE = 3.0
_PER_PLACE = 0.05
_FEW_PARTS = 50
_FOREIGN = 6.0
_FOREIGN_APART = 56.0
"""Decimals do not add up to whole numbers, nor shares to amounts; least of all by chance from afar."""
_KNOWN_SUBTOTAL = -16.0
"""What a near sum need not prove when its total is known to be a subtotal of something that ties."""
_EMPTY_CROSSED = 0.5
_FEW_LINES = 100
"""Up to so many lines the costs of layouts hold; in twice as many, chance has twice as many tries."""


class Proof:
    """What must be proved in one table.

    Attributes:
        lanes: the table.
        label: the words beside a place.
        accepted: what was accepted so far.
    """

    def __init__(self, lanes: Lanes, label: Callable[[int], Label], accepted: Accepted) -> None:
        self.lanes = lanes
        self.label = label
        self.accepted = accepted
        filled = some(lanes.known, axis=1)
        self._blanks = np.cumsum(~filled)
        self._last_kind = max(lanes.kind, default=0)
        self._tries = log2(max(_FEW_LINES, int(filled.sum())) / _FEW_LINES)

    def needed(self, candidate: Candidate) -> float:
        """Say how many bits a pattern must prove."""
        layout = candidate.layout
        needed = layout.value.cost + self._distance(candidate) + self._words(candidate)
        needed += max(0.0, log2(len(candidate.parts) / _FEW_PARTS))
        if layout is Layout.NEAR and self._is_subtotal(candidate):
            needed += _KNOWN_SUBTOTAL
        return needed + self._kinds(candidate)

    def crossed(self, candidate: Candidate) -> float:
        """Say what the steps between neighbours that cross an empty place take off the evidence."""
        parts, total = candidate.parts, candidate.total
        if self._blanks[min(parts[0], total)] == self._blanks[max(parts[-1], total)]:
            return 0.0
        blanks = self._blanks[sorted((*parts, total))]
        return _EMPTY_CROSSED * int((np.diff(blanks) > 0).sum())

    def _distance(self, candidate: Candidate) -> float:
        total, low, high = candidate.total, candidate.parts[0], candidate.parts[-1]
        is_inside = low <= total <= high
        apart = max(low - total, total - high)
        cost = 0.0
        if candidate.layout.is_apart:
            span = max(high, total) - min(low, total) + 1
            gap = (abs(total - low) + abs(total - high)) / 2 if candidate.layout is Layout.PAIR else 0.0
            gap = gap or (span / 2 if is_inside else apart - 1)
            cost = 1.4 * log2(1 + gap) + 0.7 * log2(span)
        if is_inside:
            return cost
        usual = self.accepted.parents_first
        return cost + _PER_PLACE * apart + (_UNUSUAL_SIDE if usual and (low > total) != (usual > 0) else 0)

    def _words(self, candidate: Candidate) -> float:
        label = self.label(candidate.total)
        unnamed = _UNNAMED_ROW if self.lanes.by_column else _UNNAMED_COLUMN
        cost = _NAMED_TOTAL if label.is_total else unnamed + self._tries
        if label.is_statistic:
            cost += _NAMED_STATISTIC
        if len(candidate.parts) == 2 and any(self.label(part).is_difference for part in candidate.parts):
            cost += _NAMED_DIFFERENCE
        return cost

    def _kinds(self, candidate: Candidate) -> float:
        kind, layout = self.lanes.kind, candidate.layout
        usual = max(0, kind[candidate.total])
        if usual == self._last_kind:
            return 0.0
        foreign = [part for part in candidate.parts if kind[part] > usual]
        if not foreign or self._are_whole(foreign, candidate.total):
            return 0.0
        if layout.is_scattered or layout is Layout.STRIDE:
            return _FOREIGN_APART
        if layout is Layout.EXCEPT_ONE:
            return _FOREIGN_APART - _FOREIGN
        return _FOREIGN if layout is Layout.ADJACENT else 0.0

    def _are_whole(self, parts: Sequence[int], total: int) -> bool:
        """Whether parts hold decimals only where the total holds nothing, as in a column of codes."""
        there = self.lanes.value[np.ix_(np.asarray(parts), np.flatnonzero(self.lanes.known[total]))]
        return bool((there == np.rint(there)).all() and there.any())

    def _is_subtotal(self, candidate: Candidate) -> bool:
        """Whether the total is itself a part among subtotals, and its block ends at empty places."""
        patterns = self.accepted.patterns
        totals = {pattern.total for pattern in patterns}
        parts = candidate.parts
        edge = parts[-1] + 1 if candidate.total < parts[0] else parts[0] - 1
        is_bounded = not 0 <= edge < len(self.lanes.known) or not self.lanes.known[edge].any()
        return is_bounded and any(
            candidate.total in pattern.parts and totals & set(pattern.parts) for pattern in patterns
        )
