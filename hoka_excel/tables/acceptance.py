"""Which of the proposed patterns are taken for real: those with enough evidence, the surest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hoka_excel.tables.accepted import Accepted
from hoka_excel.tables.evidence import Fit, best_run, fit
from hoka_excel.tables.figures import Flags, Places
from hoka_excel.tables.labels import Label
from hoka_excel.tables.lanes import Lanes
from hoka_excel.tables.layouts import Candidate, Layout, Pattern, Run
from hoka_excel.tables.proof import Proof

_MOST_TRIED = 3000
_CERTAIN = 40.0
_MANY_LANES = 2000


@dataclass(frozen=True, slots=True)
class _Trial:
    pattern: Pattern
    needed: float
    missed: float


class Search:
    """The state of one search along one axis.

    Attributes:
        lanes: the table.
        label: the words beside a place.
        sample: the lanes that candidates are drawn from.
        accepted: what was accepted so far.
    """

    def __init__(self, lanes: Lanes, label: Callable[[int], Label], sample: Places) -> None:
        self.lanes = lanes
        self.label = label
        self.sample = sample
        self.accepted = Accepted(lanes)
        self._proof = Proof(lanes, label, self.accepted)

    @property
    def patterns(self) -> list[Pattern]:
        """What was accepted so far, in order."""
        return self.accepted.patterns

    def accept(self, candidates: Iterable[Candidate]) -> int:
        """Accept what holds among the candidates, the surest first; say how many."""
        best: dict[tuple[int, tuple[int, ...]], Candidate] = {}
        for candidate in candidates:
            key = (candidate.total, candidate.parts)
            if key not in best or best[key].layout.value.cost > candidate.layout.value.cost:
                best[key] = candidate
        likely = sorted(best.values(), key=lambda candidate: -candidate.promise)[:_MOST_TRIED]
        trials = [trial for candidate in likely if (trial := self._try_best(candidate)) is not None]
        count = 0
        for trial in sorted(trials, key=_order):
            if self.accepted.allows(trial.pattern):
                self.accepted.add(trial.pattern)
                count += 1
        self.accepted.learn_direction()
        return count

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
            if one_table and self.accepted.alive.any():
                lost_lanes = lost_lanes & self.accepted.alive[first:past]
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
        parts = self._numeric(candidate.parts, runs)
        if parts != candidate.parts and len(parts) > 1:
            candidate = replace(candidate, parts=parts)
            bits, runs, missed = self.judge(candidate.total, parts, candidate.layout)
        if not runs or len(parts) < 2:
            return None
        needed = self._proof.needed(candidate)
        if bits <= needed:
            return None
        beyond = bits - needed - self._proof.crossed(candidate) + 0.01 * len(parts)
        return _Trial(Pattern(candidate.total, parts, candidate.layout, runs, beyond), needed, missed)

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


def substituted(search: Search) -> list[Pattern]:
    """Let a subtotal stand in for its own parts wherever a larger total lists them one by one."""
    return [_substituted(search, pattern) for pattern in search.accepted.patterns]


def _substituted(search: Search, pattern: Pattern) -> Pattern:
    parts = set(pattern.parts)
    for other in search.accepted.around(pattern.total, pattern.parts, pattern.runs):
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
    pattern = trial.pattern
    if pattern.layout.is_beside:
        return (-pattern.bits, trial.needed, 0)
    return (60 * trial.missed - min(pattern.bits, _CERTAIN), trial.needed, len(pattern.parts))


def _widened(found: Fit, first: int, last: int, low: int, past: int) -> Run:
    """Stretch a run over the nil lanes at its ends."""
    nil: Flags = found.nil & ~found.blank
    while first > low and nil[first - 1]:
        first -= 1
    while last + 1 < past and nil[last + 1]:
        last += 1
    return first, last
