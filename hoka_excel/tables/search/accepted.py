"""The patterns accepted so far, and what cannot hold beside them.

A total is not made of its own total, nor of a subtotal and that subtotal's parts; the same figure is not
taken apart twice in overlapping ways. Two readings of one total that share nothing can both be right:
assets = current + fixed = debts + equity. They are let in at the end, when every first reading is known.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from hoka_excel.tables.search.batches import strung
from hoka_excel.tables.search.equal_lines import totals_across
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Layout, Pattern, Run

_CERTAIN = 40.0
_SECOND_READING = 8.0
"""The bits, beyond what any pattern must prove, of a second reading of a total."""
_CLEARLY_MORE = (3, 20)
"""Times and bits by which totals before their parts must outweigh the others to be this table's habit."""


class Accepted:
    """Patterns in order of acceptance.

    Attributes:
        lanes: the table.
        patterns: what was accepted.
        open: where a figure may still become a part of a higher total.
        alive: the lanes in which something ties.
        parents_first: 1 when this table puts totals before their parts, -1 when after, 0 when unknown; what
            was known beforehand stands until enough speaks against it.
        takes_second_readings: whether a total that is explained may be explained once more.
    """

    def __init__(self, lanes: Lanes, parents_first: int = 0) -> None:
        self.lanes = lanes
        self.patterns: list[Pattern] = []
        self.open = lanes.known.copy()
        self.alive = np.zeros(lanes.value.shape[1], dtype=bool)
        self._habit = self.parents_first = parents_first
        self.takes_second_readings = False
        self._one_sided: list[Pattern] = []
        self._learned_from = 0
        self._proposed = np.zeros(len(lanes.value), dtype=np.int64)  # how often, by place
        self._indexed = 0
        self._taken: set[int] = set()
        self._by_total: dict[int, list[Pattern]] = {}
        self._by_part = defaultdict[int, list[Pattern]](list)

    def add_all(self, patterns: Iterable[Pattern]) -> int:
        """Accept every pattern that can hold beside those before it, before the next is asked for."""
        return sum(self.add_those([pattern]) for pattern in patterns)

    def add_those(self, patterns: Sequence[Pattern]) -> int:
        """Accept every pattern that can hold beside those before it; say how many.

        One that consumes closes its parts to higher totals.
        """
        if not patterns:
            return 0
        accepted = len(self.patterns)
        for pattern, is_apart in zip(patterns, self._stand_apart(patterns), strict=True):
            if is_apart or self.allows(pattern):
                self.patterns.append(pattern)
        added = self.patterns[accepted:]
        across = totals_across(self.lanes, added).tolist()
        self._one_sided += [pattern for pattern, twin in zip(added, across, strict=True) if twin < 0]
        closed: dict[tuple[Run, ...], list[int]] = {}
        for pattern in added:
            found = fit(self.lanes, pattern.total, pattern.parts)
            self.alive |= found.hit & ~found.nil
            if pattern.layout.value.consumes:
                closed.setdefault(pattern.runs, []).extend((*pattern.parts, *pattern.repeats))
        for runs, parts in closed.items():
            for first, last in runs:
                self.open[parts, first : last + 1] = False
        return len(added)

    def _stand_apart(self, patterns: Sequence[Pattern]) -> list[bool]:
        """Say of each pattern whether it shares no place with another that was ever proposed."""
        places, starts = strung([(pattern.total, *pattern.parts) for pattern in patterns])
        self._proposed += np.bincount(places, minlength=len(self._proposed))
        apart: list[bool] = (np.maximum.reduceat(self._proposed[places], starts) == 1).tolist()
        return apart

    def _index(self) -> None:
        """Sort the patterns by place that were accepted since this was last asked for."""
        for pattern in self.patterns[self._indexed :]:
            self._taken.update((pattern.total, *pattern.parts))
            self._by_total.setdefault(pattern.total, []).append(pattern)
            for part in pattern.parts:
                self._by_part[part].append(pattern)
        self._indexed = len(self.patterns)

    def adds_up_together(self, total: int, parts: Sequence[int]) -> bool:
        """Whether some total is made of a place and its supposed parts, which then are none."""
        self._index()
        together = {total, *parts}
        return any(together.issubset(pattern.parts) for pattern in self._by_part[total])

    def learn_direction(self) -> None:
        """Note whether this table puts its totals before or after their parts, where these tell."""
        if self._learned_from == len(self._one_sided):
            return
        self._learned_from = len(self._one_sided)
        before = sum(min(p.bits, _CERTAIN) for p in self._one_sided if p.is_before_parts)
        after = sum(min(p.bits, _CERTAIN) for p in self._one_sided if max(p.parts) < p.total)
        times, bits = _CLEARLY_MORE
        learned = int(before > times * after + bits) - int(after > times * before + bits)
        self.parents_first = learned or self._habit

    @property
    def state(self) -> tuple[int, int, bool]:
        """What a later pattern depends on: it fares the same for as long as this is the same."""
        return len(self.patterns), self.parents_first, self.takes_second_readings

    @property
    def has_strays(self) -> bool:
        """Whether some totals lie on the other side of their parts than this table's habit."""
        return self.parents_first != 0 and any(
            pattern.layout.is_beside and pattern.is_before_parts != (self.parents_first > 0)
            for pattern in self.patterns
        )

    def around(self, total: int, parts: Iterable[int], runs: Sequence[Run]) -> list[Pattern]:
        """List the accepted patterns that share a place and a lane with these."""
        self._index()
        found = {
            id(pattern): pattern
            for place in filter(self._taken.__contains__, (total, *parts))
            for pattern in chain(self._by_total.get(place, ()), self._by_part.get(place, ()))
        }
        return [pattern for pattern in found.values() if pattern.meets(runs)]

    def allows(self, pattern: Pattern) -> bool:
        """Whether a pattern can hold beside all that was accepted."""
        return not any(
            self._contradicts(pattern, other)
            for other in self.around(pattern.total, pattern.parts, pattern.runs)
        ) and not self._leads_to(pattern)

    def _contradicts(self, pattern: Pattern, other: Pattern) -> bool:
        total, parts, theirs = pattern.total, set(pattern.parts), set(other.parts)
        shared = parts & theirs
        if other.total == total and (shared or self._are_twins(pattern, other)):
            return True
        if shared and (other.total in parts or total in theirs):
            return True
        is_elsewhere = abs(other.total - total) > 1
        if is_elsewhere and parts <= theirs and self._are_equal(total, other.total, pattern.runs):
            return True
        if not (pattern.layout.value.exclusive and other.layout.value.consumes):
            return False
        if shared:
            return not (_carries_on(pattern, other) or _carries_on(other, pattern))
        is_same_side = other.is_before_parts == pattern.is_before_parts
        is_weak = not self.takes_second_readings or pattern.bits < _SECOND_READING
        return other.total == total and is_same_side and other.layout is not Layout.RUN and is_weak

    def _leads_to(self, pattern: Pattern) -> bool:
        """Whether the total would be among its own parts' parts."""
        waiting, seen = [pattern.parts], set[int]()
        while waiting:
            parts = waiting.pop()
            if pattern.total in parts:
                return True
            for place in filter(self._by_total.__contains__, parts):
                if place not in seen:
                    seen.add(place)
                    waiting += [one.parts for one in self._by_total[place] if one.meets(pattern.runs)]
        return False

    def _are_twins(self, one: Pattern, other: Pattern) -> bool:
        """Whether the parts of two patterns hold the same figures in most lanes."""
        if len(one.parts) != len(other.parts):
            return False
        lanes = _whole(one.runs)
        mine = np.sort(self.lanes.value[sorted(one.parts), lanes], axis=0)
        others = np.sort(self.lanes.value[sorted(other.parts), lanes], axis=0)
        return bool((np.abs(mine - others).max(axis=0) < 1e-9).mean() > 0.7)

    def _are_equal(self, one: int, other: int, runs: Sequence[Run]) -> bool:
        lanes = _whole(runs)
        mine, theirs = self.lanes.value[one, lanes], self.lanes.value[other, lanes]
        return bool((np.abs(mine - theirs) <= 1e-9 * np.maximum(np.abs(mine), 1)).mean() > 0.8)


def _carries_on(pattern: Pattern, other: Pattern) -> bool:
    """Whether a pattern goes on from what a subtraction left: profit = revenue - costs, then profit + tax."""
    result = max(other.parts)
    return (
        other.is_before_parts
        and set(pattern.parts) & set(other.parts) == {result} == {min(pattern.parts)}
        and pattern.total > max(pattern.parts)
    )


def _whole(runs: Sequence[Run]) -> slice:
    return slice(runs[0][0], runs[-1][1] + 1)
