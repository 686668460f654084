"""Which of the proposed patterns are taken for real: those with enough evidence, the surest first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hoka_excel.tables.accepted import Accepted
from hoka_excel.tables.corrections import Corrections
from hoka_excel.tables.evidence import Fit, best_run, fit, fit_together
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
        accepted: what was accepted so far; it knows the side on which this table puts its totals.
    """

    def __init__(
        self, lanes: Lanes, label: Callable[[int], Label], sample: Places, parents_first: int = 0
    ) -> None:
        self.lanes = lanes
        self.label = label
        self.sample = sample
        self.accepted = Accepted(lanes, parents_first)
        self._proof = Proof(lanes, label, self.accepted)
        self._corrections = Corrections(lanes, label, sample, self.accepted)

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
        if self.lanes.value.shape[1] <= _MANY_LANES:
            fit_together(self.lanes, ((one.total, one.parts) for one in likely if not one.layout.is_near))
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
            won = np.count_nonzero(here > 0)
            if not won:
                continue
            lost_lanes = here < 0
            if one_table and self.accepted.alive.any():
                lost_lanes = lost_lanes & self.accepted.alive[first:past]
            needed = layout.value.coverage
            if one_table and layout is Layout.ADJACENT and won > 1:
                needed /= 2
            if won < needed * (won + np.count_nonzero(lost_lanes)):
                continue
            gain, low, high = best_run(found.full[first:past])
            gain = float(here[low : high + 1].sum())
            if gain <= 0:
                continue
            inside = here[low : high + 1]
            gains += int(np.count_nonzero(inside > 0))
            losses += int(np.count_nonzero(inside < 0))
            bits += gain
            runs.append(_widened(found, first + low, first + high, first, past))
        return bits, tuple(runs), losses / max(1, gains + losses)

    def _try_best(self, candidate: Candidate) -> _Trial | None:
        """Try a candidate put right; a near one also without the part that keeps it from tying."""
        candidate = self._corrections.on_the_usual_side(candidate)
        whole = self._corrections.unbroken(candidate)
        if whole is not candidate and (trial := self._try(whole)) is not None:
            return trial
        trial = self._try(candidate)
        if trial is None:
            return None
        if not candidate.layout.is_near:
            return (trial.missed and self._without_misses(candidate)) or trial
        kept = self._corrections.without_stray(candidate)
        return trial if kept is candidate else self._try(kept) or trial

    def _without_misses(self, candidate: Candidate) -> _Trial | None:
        """Try a candidate with a part exchanged, if that makes it hold wherever it is tried."""
        other = self._corrections.exchanged(candidate)
        trial = None if other is candidate else self._try(other)
        return trial if trial is not None and not trial.missed else None

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

    def _numeric(self, parts: tuple[int, ...], runs: Sequence[Run]) -> tuple[int, ...]:
        """Keep the places that hold figures rather than words in the lanes of some run."""
        at = np.asarray(parts)
        kept = np.zeros(len(at), dtype=bool)
        for first, last in runs:
            numbers = self.lanes.known[at, first : last + 1].sum(axis=1)
            kept |= (numbers > 0) & (numbers >= self.lanes.text[at, first : last + 1].sum(axis=1))
        return parts if kept.all() else tuple(at[kept].tolist())


def _order(trial: _Trial) -> tuple[float, float, int]:
    """Rank trials: runs beside a total by evidence alone, others by certainty first and simplicity second."""
    pattern = trial.pattern
    if pattern.layout.is_beside:
        return (-pattern.bits, trial.needed, 0)
    return (60 * trial.missed - min(pattern.bits, _CERTAIN), trial.needed, len(pattern.parts))


def _widened(found: Fit, first: int, last: int, low: int, past: int) -> Run:
    """Stretch a run over the lanes at its ends that are nil or agree without proving anything."""
    goes_on: Flags = (found.nil | found.hit) & ~found.blank
    while first > low and goes_on[first - 1]:
        first -= 1
    while last + 1 < past and goes_on[last + 1]:
        last += 1
    return first, last
