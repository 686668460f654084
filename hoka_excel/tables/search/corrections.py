"""How a proposed pattern is put right before it is weighed: habits of tables that figures do not show."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from hoka_excel.tables.arrays import CACHED, Flags, Places, some
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.accepted import Accepted
from hoka_excel.tables.search.equal_lines import totals_across
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout

_FARTHEST = 40
"""How many places apart a part and the line it is exchanged for may stand, or a line and its subtotal."""
_NEAR = np.arange(-_FARTHEST, _FARTHEST + 1)
_TOGETHER = CACHED // len(_NEAR)
"""How many parts are tried together."""
_EXPLAINED = 0.6
"""The share of the lanes that are off which a part must explain to be an "of which"."""


class Corrections:
    """The corrections of candidates in one table.

    Attributes:
        lanes: the table.
        label: the words beside a place.
        sample: the lanes looked at.
        accepted: what was accepted so far.
    """

    def __init__(
        self, lanes: Lanes, label: Callable[[int], Label], sample: Places, accepted: Accepted
    ) -> None:
        self.lanes = lanes
        self.label = label
        self.sample = sample
        self.accepted = accepted

    def on_the_usual_side(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Of two equal lines around the parts, take the one on the side where this table puts its totals."""
        habit, corrected = self.accepted.parents_first, list(candidates)
        unusual = [
            index
            for index, one in enumerate(candidates)
            if habit and (one.total < one.parts[0]) != (habit > 0) and one.layout is not Layout.OUTLINE
        ]
        if not unusual:
            return corrected
        twins = totals_across(self.lanes, [candidates[index] for index in unusual], self.sample)
        for index, twin in zip(unusual, twins.tolist(), strict=True):
            if twin >= 0:
                corrected[index] = replace(corrected[index], total=twin)
        return corrected

    def unbroken(self, candidate: Candidate) -> Candidate:
        """Add the small decimals inside a block of whole numbers, unless words say they are no amounts."""
        if candidate.layout is not Layout.SAME_KIND:
            return candidate
        block = range(candidate.parts[0], candidate.parts[-1] + 1)
        parts = tuple(place for place in block if self.accepted.open[place].any())
        added = set(parts) - set(candidate.parts)
        if not added or candidate.total in parts or any(self.label(place).is_statistic for place in added):
            return candidate
        return replace(candidate, parts=parts)

    def exchanged(self, candidate: Candidate) -> Candidate:
        """Exchange a part for the line that makes a sum tie in every lane, where it fails in some.

        Result before and after exceptional items are the same in most years; the part is the one that always
        fits.
        """
        parts, value = np.asarray(candidate.parts), self.lanes.value
        told = self.sample[value[candidate.total, self.sample] != 0]
        if not len(told):
            return candidate
        surplus = value[np.ix_(parts, told)].sum(axis=0) - value[candidate.total, told]
        slack = self.lanes.unit[np.ix_(parts, told)].sum(axis=0) / 2
        is_other = np.ones(len(value), dtype=bool)
        is_other[[*candidate.parts, candidate.total]] = False
        worst = np.abs(surplus).argmax()
        for start in range(0, len(parts), _TOGETHER):
            some_parts = parts[start : start + _TOGETHER]
            near = (some_parts[:, np.newaxis] + _NEAR).clip(0, len(value) - 1)
            off = value[near, told[worst]] - (value[some_parts, told[worst]] - surplus[worst])[:, np.newaxis]
            nth, shift = np.nonzero((np.abs(off) <= slack[worst]) & is_other[near])
            part, other = some_parts[nth], near[nth, shift]
            wanted, at = value[np.ix_(part, told)] - surplus, np.ix_(other, told)
            fits = ((np.abs(value[at] - wanted) <= slack) & self.lanes.known[at]).all(axis=1)
            fits &= wanted.any(axis=1)
            if fits.any():
                own = fits & (part == part[fits.argmax()])
                nearest = other[own][np.abs(other - part)[own].argmin()]
                exchanged = {*candidate.parts, int(nearest)} - {int(part[own][0])}
                return replace(candidate, parts=tuple(sorted(exchanged)))
        return candidate

    def without_repeats(self, candidate: Candidate) -> Candidate:
        """Leave out the lines that their own subtotal repeats, where the sum then ties in every lane.

        Where a single line of a block is filled, its subtotal proves nothing by itself: both are still open.
        """
        parts = np.asarray(candidate.parts)
        at = np.ix_(parts, self.sample)
        given, stated = self.lanes.value[at], self.lanes.value[candidate.total, self.sample]
        surplus = given.sum(axis=0) - stated
        slack = self.lanes.unit[at].sum(axis=0) / 2 + 1e-9 * np.abs(stated)
        fills_what_ties = some((given != 0) & (np.abs(surplus) <= slack), axis=1)
        likely = parts[some(given != 0, axis=1) & ~fills_what_ties]
        own_side = -1 if candidate.total < parts[0] else 1
        for side in (own_side, -own_side) if len(likely) else ():
            lines = likely[self._are_repeated(likely, side)]
            if len(lines) and (np.abs(surplus - given[np.isin(parts, lines)].sum(axis=0)) <= slack).all():
                kept = tuple(parts[~np.isin(parts, lines)].tolist())
                return replace(candidate, parts=kept, repeats=tuple(lines.tolist()))
        return candidate

    def _are_repeated(self, lines: Places, side: int) -> Flags:
        """Say of each line whether another, not far before or after it, holds the figures it has."""
        value, line = self.lanes.value[:, self.sample], lines[:, np.newaxis]
        near = line + side * np.arange(1, _FARTHEST)
        is_there = (near >= 0) & (near < len(value))
        same = (value[near.clip(0, len(value) - 1)] == value[line]) | (value[line] == 0)
        return some(same.all(axis=2) & is_there, axis=1)

    def without_stray(self, candidate: Candidate) -> Candidate:
        """Leave one part out of a near sum when that makes it tie in most lanes: it is an "of which"."""
        parts = np.asarray(candidate.parts)
        at = np.ix_(parts, self.sample)
        stated = self.lanes.value[candidate.total, self.sample]
        surplus = self.lanes.value[at].sum(axis=0) - stated
        slack = self.lanes.unit[at].sum(axis=0) / 2 + 1e-9 * np.abs(stated)
        off = (stated != 0) & (np.abs(surplus) > slack)
        hits = ((np.abs(self.lanes.value[at] - surplus) <= slack) & off).sum(axis=1)
        stray = int(hits.argmax())
        if len(parts) < 3 or hits[stray] < max(1, _EXPLAINED * int(off.sum())):
            return candidate
        kept = tuple(part for index, part in enumerate(candidate.parts) if index != stray)
        return replace(candidate, parts=kept, layout=Layout.EXCEPT_ONE)
