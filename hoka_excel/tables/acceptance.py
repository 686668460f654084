"""Which of the proposed patterns are taken for real: enough evidence, and consistent with each other.

A total is not made of its own total, nor of a subtotal and that subtotal's parts; the same figure is not
taken apart twice in overlapping ways.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import log2

import numpy as np

from hoka_excel.tables.evidence import Fit, Lanes, best_run, fit
from hoka_excel.tables.figures import Flags, Places, some
from hoka_excel.tables.labels import Label
from hoka_excel.tables.patterns import Candidate, Layout

Run = tuple[int, int]
"""First and last lane."""

_MOST_TRIED = 3000
_CERTAIN = 40.0
_MANY_LANES = 2000
_FOREIGN = 6.0
_KNOWN_SUBTOTAL = 16.0
"""What a near sum need not prove when its total is known to be a subtotal of something that ties."""
_FOREIGN_FAR = 56.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """An accepted pattern.

    Attributes:
        total: place of the total.
        parts: places of the parts.
        layout: how they lie.
        runs: the lanes in which it holds, first and last of each run.
        bits: the evidence beyond what the layout must prove.
    """

    total: int
    parts: tuple[int, ...]
    layout: Layout
    runs: tuple[Run, ...]
    bits: float

    def meets(self, runs: Sequence[Run]) -> bool:
        """Whether it holds in some of the same lanes."""
        return any(a <= d and c <= b for a, b in self.runs for c, d in runs)

    @property
    def is_before_parts(self) -> bool:
        """Whether the total stands above or left of all its parts."""
        return self.total < min(self.parts)


@dataclass(frozen=True, slots=True)
class _Trial:
    candidate: Candidate
    runs: tuple[Run, ...]
    bits: float
    cost: float
    missed: float


class Search:
    """The state of one search along one axis.

    Attributes:
        lanes: the table.
        label: the words beside a place.
        open: where a figure may still become a part of a higher total.
        patterns: what was accepted, in order.
        sample: the lanes that candidates are drawn from.
    """

    def __init__(self, lanes: Lanes, label: Callable[[int], Label], sample: Places) -> None:
        self.lanes = lanes
        self.label = label
        self.sample = sample
        self.open = lanes.known.copy()
        self.patterns: list[Pattern] = []
        self._blanks = np.cumsum(~some(lanes.known, axis=1))
        self._by_total: dict[int, list[Pattern]] = {}
        self._by_part: dict[int, list[Pattern]] = {}
        self._alive = np.zeros(lanes.value.shape[1], dtype=bool)
        self._parents_first = 0

    @property
    def has_parents_first(self) -> bool:
        """Whether this table puts its totals before their parts."""
        return self._parents_first > 0

    def accept(self, candidates: Iterable[Candidate]) -> int:
        """Accept what holds among the candidates, the surest first; say how many."""
        best: dict[tuple[int, tuple[int, ...]], Candidate] = {}
        for candidate in candidates:
            key = (candidate.total, candidate.parts)
            if key not in best or best[key].layout.value.cost > candidate.layout.value.cost:
                best[key] = candidate
        likely = sorted(best.values(), key=lambda candidate: -candidate.promise)[:_MOST_TRIED]
        trials = [trial for candidate in likely if (trial := self._try_best(candidate)) is not None]
        accepted = 0
        for trial in sorted(trials, key=_order):
            if self._fits_in(trial):
                self._take(trial)
                accepted += 1
        self._learn_direction()
        return accepted

    def judge(self, total: int, parts: Sequence[int], layout: Layout) -> tuple[float, tuple[Run, ...], float]:
        """Weigh one pattern: its bits, the runs of lanes in which it holds, the share that fails there."""
        lanes = self.lanes
        if lanes.value.shape[1] > _MANY_LANES:
            hint = fit(lanes, total, parts, near=layout.is_near, only=self.sample)
            if hint.bits.sum() <= 0:
                return 0.0, (), 0.0
        found = fit(lanes, total, parts, near=layout.is_near)
        one_table = len(lanes.spans) == 1 and lanes.spans[0] == (0, lanes.value.shape[1])
        bits, runs, gains, losses = 0.0, [], 0, 0
        for first, past in lanes.spans:
            here = found.bits[first:past]
            won = int((here > 0).sum())
            if not won:
                continue
            lost_lanes = here < 0
            if one_table and self._alive.any():
                lost_lanes = lost_lanes & self._alive[first:past]
            needed = layout.value.coverage
            if one_table and layout is Layout.ADJACENT and won > 1:
                needed /= 2
            if won < needed * (won + int(lost_lanes.sum())):
                continue
            gain, low, high = best_run(found.full[first:past])
            gain = float(here[low : high + 1].sum())
            if gain <= 0:
                continue
            inside = here[low : high + 1]
            gains += int((inside > 0).sum())
            losses += int((inside < 0).sum())
            bits += gain
            runs.append(_widened(found, first + low, first + high, first, past))
        return bits, tuple(runs), losses / max(1, gains + losses)

    def _try_best(self, candidate: Candidate) -> _Trial | None:
        """Try a candidate; one that is only near, also without the part that keeps it from tying."""
        trial = self._try(candidate)
        if trial is None or not candidate.layout.is_near:
            return trial
        kept = self._without_stray(candidate)
        return trial if kept is candidate else self._try(kept) or trial

    def _try(self, candidate: Candidate) -> _Trial | None:
        bits, runs, missed = self.judge(candidate.total, candidate.parts, candidate.layout)
        if not runs:
            return None
        parts = self._numeric(candidate.parts, runs)
        if parts != candidate.parts:
            if len(parts) < 2:
                return None
            candidate = replace(candidate, parts=parts)
            bits, runs, missed = self.judge(candidate.total, parts, candidate.layout)
            if not runs:
                return None
        cost = self._cost(candidate)
        if bits <= cost:
            return None
        return _Trial(
            candidate, runs, bits - cost - 0.5 * self._breaks(candidate) + 0.01 * len(parts), cost, missed
        )

    def _without_stray(self, candidate: Candidate) -> Candidate:
        """Leave one part out of a near sum when that makes it tie in most lanes: it is an "of which"."""
        parts = np.asarray(candidate.parts)
        at = np.ix_(parts, self.sample)
        stated = self.lanes.value[candidate.total, self.sample]
        surplus = self.lanes.value[at].sum(axis=0) - stated
        slack = self.lanes.unit[at].sum(axis=0) / 2 + 1e-9 * np.abs(stated)
        off = (stated != 0) & (np.abs(surplus) > slack)
        hits = ((np.abs(self.lanes.value[at] - surplus) <= slack) & off).sum(axis=1)
        stray = int(hits.argmax())
        if len(parts) < 3 or hits[stray] < max(1, 0.6 * int(off.sum())):
            return candidate
        kept = tuple(part for index, part in enumerate(candidate.parts) if index != stray)
        return replace(candidate, parts=kept, layout=Layout.EXCEPT_ONE)

    def _numeric(self, parts: tuple[int, ...], runs: Sequence[Run]) -> tuple[int, ...]:
        """Keep the places that hold figures rather than words in the lanes of some run."""
        at = np.asarray(parts)
        kept = np.zeros(len(at), dtype=bool)
        for first, last in runs:
            numbers = self.lanes.known[at, first : last + 1].sum(axis=1)
            kept |= (numbers > 0) & (numbers >= self.lanes.text[at, first : last + 1].sum(axis=1))
        return parts if kept.all() else tuple(at[kept].tolist())

    def _cost(self, candidate: Candidate) -> float:
        """Say how many bits a pattern must prove."""
        total, parts, layout = candidate.total, candidate.parts, candidate.layout
        low, high = min(parts), max(parts)
        cost = layout.value.cost
        inside = low <= total <= high
        if layout.is_scattered:
            span = max(high, total) - min(low, total) + 1
            gap = (abs(total - low) + abs(total - high)) / 2 if layout is Layout.PAIR else 0.0
            gap = gap or (span / 2 if inside else max(low - total, total - high) - 1)
            cost += 1.4 * log2(1 + gap) + 0.7 * log2(span)
        if not inside:
            cost += 0.05 * max(low - total, total - high)
            if self._parents_first and (low > total) != (self._parents_first > 0):
                cost += 3
        cost += max(0.0, log2(len(parts) / 50))
        label = self.label(total)
        if label.is_total:
            cost -= 3
        if label.is_statistic:
            cost += 8
        if layout is Layout.NEAR and self._is_subtotal(candidate):
            cost -= _KNOWN_SUBTOTAL
        kind = self.lanes.kind
        if any(kind[part] > max(0, kind[total]) for part in parts):
            if layout in (Layout.ADJACENT, Layout.RUN, Layout.NESTED_RUN, Layout.STRIDE, Layout.PAIR):
                cost += _FOREIGN
            if layout in (Layout.RUN, Layout.NESTED_RUN, Layout.STRIDE, Layout.PAIR, Layout.EXCEPT_ONE):
                cost += _FOREIGN_FAR - _FOREIGN
        return cost

    def _is_subtotal(self, candidate: Candidate) -> bool:
        """Whether the total is itself a part among subtotals, and its block ends at empty places."""
        totals = {pattern.total for pattern in self.patterns}
        edge = (
            max(candidate.parts) + 1 if candidate.total < min(candidate.parts) else min(candidate.parts) - 1
        )
        is_bounded = not 0 <= edge < len(self.lanes.known) or not self.lanes.known[edge].any()
        return is_bounded and any(
            candidate.total in pattern.parts and totals & set(pattern.parts) for pattern in self.patterns
        )

    def _breaks(self, candidate: Candidate) -> int:
        """Count the steps between neighbours that cross an empty place."""
        blanks = self._blanks[sorted((*candidate.parts, candidate.total))]
        return int((np.diff(blanks) > 0).sum())

    def around(self, total: int, parts: Iterable[int], runs: Sequence[Run]) -> list[Pattern]:
        """List the accepted patterns that share a place and a lane with these."""
        found: dict[int, Pattern] = {}
        for place in (total, *parts):
            for pattern in (*self._by_total.get(place, ()), *self._by_part.get(place, ())):
                if id(pattern) not in found and pattern.meets(runs):
                    found[id(pattern)] = pattern
        return list(found.values())

    def _fits_in(self, trial: _Trial) -> bool:
        total, parts = trial.candidate.total, set(trial.candidate.parts)
        return not any(
            self._contradicts(trial, parts, other) for other in self.around(total, parts, trial.runs)
        ) and not self._leads_to(total, parts, trial.runs)

    def _contradicts(self, trial: _Trial, parts: set[int], other: Pattern) -> bool:
        """Whether a trial cannot hold beside an accepted pattern."""
        total, theirs = trial.candidate.total, set(other.parts)
        shared = parts & theirs
        if other.total == total and (shared or self._are_twins(parts, theirs, trial.runs)):
            return True
        if shared and (other.total in parts or total in theirs):
            return True
        is_elsewhere = abs(other.total - total) > 1
        if is_elsewhere and parts <= theirs and self._are_equal(total, other.total, trial.runs):
            return True
        if not (trial.candidate.layout.value.exclusive and other.layout.value.consumes):
            return False
        same_side = other.is_before_parts == (total < min(parts))
        return bool(shared) or (other.total == total and same_side and other.layout is not Layout.RUN)

    def _leads_to(self, total: int, parts: set[int], runs: Sequence[Run]) -> bool:
        """Whether the total would be among its own parts' parts."""
        waiting, seen = list(parts), set[int]()
        while waiting:
            place = waiting.pop()
            if place == total:
                return True
            if place not in seen:
                seen.add(place)
                for pattern in self._by_total.get(place, ()):
                    if pattern.meets(runs):
                        waiting.extend(pattern.parts)
        return False

    def _are_twins(self, parts: set[int], theirs: set[int], runs: Sequence[Run]) -> bool:
        """Whether two sets of parts hold the same figures in most lanes."""
        if len(parts) != len(theirs):
            return False
        lanes = slice(runs[0][0], runs[-1][1] + 1)
        mine = np.sort(self.lanes.value[sorted(parts), lanes], axis=0)
        others = np.sort(self.lanes.value[sorted(theirs), lanes], axis=0)
        return bool((np.abs(mine - others).max(axis=0) < 1e-9).mean() > 0.7)

    def _are_equal(self, one: int, other: int, runs: Sequence[Run]) -> bool:
        lanes = slice(runs[0][0], runs[-1][1] + 1)
        mine, theirs = self.lanes.value[one, lanes], self.lanes.value[other, lanes]
        return bool((np.abs(mine - theirs) <= 1e-9 * np.maximum(np.abs(mine), 1)).mean() > 0.8)

    def _take(self, trial: _Trial) -> None:
        candidate = trial.candidate
        pattern = Pattern(candidate.total, candidate.parts, candidate.layout, trial.runs, trial.bits)
        self.patterns.append(pattern)
        self._by_total.setdefault(pattern.total, []).append(pattern)
        for part in pattern.parts:
            self._by_part.setdefault(part, []).append(pattern)
        found = fit(self.lanes, candidate.total, candidate.parts)
        self._alive |= found.hit & ~found.nil
        if candidate.layout.value.consumes:
            for first, last in trial.runs:
                self.open[list(candidate.parts), first : last + 1] = False

    def _learn_direction(self) -> None:
        """Note whether this table puts its totals before or after their parts."""
        before = sum(min(p.bits, _CERTAIN) for p in self.patterns if p.is_before_parts)
        after = sum(min(p.bits, _CERTAIN) for p in self.patterns if max(p.parts) < p.total)
        self._parents_first = int(before > 3 * after + 20) - int(after > 3 * before + 20)


def substituted(search: Search) -> list[Pattern]:
    """Let a subtotal stand in for its own parts wherever a larger total lists them one by one."""
    return [_substituted(search, pattern) for pattern in search.patterns]


def _substituted(search: Search, pattern: Pattern) -> Pattern:
    parts = set(pattern.parts)
    for other in search.around(pattern.total, pattern.parts, pattern.runs):
        theirs = set(other.parts)
        if (
            theirs < parts
            and other.total not in parts | {pattern.total}
            and abs(other.total - min(parts)) < abs(pattern.total - min(parts))
        ):
            shorter = tuple(sorted((parts - theirs) | {other.total}))
            if search.judge(pattern.total, shorter, Layout.SAME_LABEL)[1]:
                return _substituted(search, replace(pattern, parts=shorter))
    return pattern


def _order(trial: _Trial) -> tuple[float, float, int]:
    """Rank trials: runs beside a total by evidence alone, others by certainty first and simplicity second."""
    if trial.candidate.layout in _BESIDE:
        return (-trial.bits, trial.cost, 0)
    return (60 * trial.missed - min(trial.bits, _CERTAIN), trial.cost, len(trial.candidate.parts))


_BESIDE = {
    Layout.OUTLINE,
    Layout.ADJACENT,
    Layout.SAME_KIND,
    Layout.SAME_LABEL,
    Layout.NEAR,
    Layout.NEAR_LABEL,
}


def _widened(found: Fit, first: int, last: int, low: int, past: int) -> Run:
    """Stretch a run over the nil lanes at its ends."""
    nil: Flags = found.nil & ~found.blank
    while first > low and nil[first - 1]:
        first -= 1
    while last + 1 < past and nil[last + 1]:
        last += 1
    return first, last
