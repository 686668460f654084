"""Which of the proposed patterns are taken for real: those with enough evidence, the surest first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from hoka_excel.tables.arrays import Places, some
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.accepted import Accepted
from hoka_excel.tables.search.anywhere import outline
from hoka_excel.tables.search.corrections import Corrections
from hoka_excel.tables.search.lanes import MOST_LABELLED, Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, Pattern, Run
from hoka_excel.tables.search.proof import Proof
from hoka_excel.tables.search.single_parts import is_right_otherwise
from hoka_excel.tables.search.tallies import Tally, tallies

_CERTAIN = 40.0


class _Trial(NamedTuple):
    pattern: Pattern
    needed: float
    missed: float
    fails: bool


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
        self._refused: set[tuple[int, tuple[int, ...], Layout]] = set()
        self._refused_in = self.accepted.state

    @property
    def patterns(self) -> list[Pattern]:
        """What was accepted so far, in order."""
        return self.accepted.patterns

    @cached_property
    def labelled(self) -> list[int]:
        """The places whose words can name nothing but a total."""
        return [place for place in range(len(self.lanes.known)) if self.label(place).is_plain_total]

    @cached_property
    def families(self) -> list[Candidate]:
        """Parents with their children, as codes or indentation tell them; none in a long table."""
        places = np.flatnonzero(some(self.lanes.known, axis=1)).tolist()
        if len(places) > MOST_LABELLED:
            return []
        return list(outline({place: self.label(place) for place in places}))

    def accept(self, candidates: Iterable[Candidate]) -> int:
        """Accept what holds among the candidates, the surest first; say how many.

        What was refused is not tried again until something else is accepted.
        """
        best: dict[tuple[int, tuple[int, ...]], Candidate] = {}
        for candidate in candidates:
            key = (candidate.total, candidate.parts)
            if key not in best or best[key].layout.value.cost > candidate.layout.value.cost:
                best[key] = candidate
        likely = sorted(best.values(), key=lambda candidate: -candidate.promise)[: self.lanes.most_tried]
        before = self.accepted.state
        if before != self._refused_in:
            self._refused.clear()
        new = [one for one in likely if (one.total, one.parts, one.layout) not in self._refused]
        trials = sorted(self._trials(new), key=_order)
        count = self.accepted.add_those([trial.pattern for trial in trials])
        self.accepted.learn_direction()
        if self.accepted.state == before:
            self._refused.update((one.total, one.parts, one.layout) for one in new)
            self._refused_in = before
        return count

    def tallies(self, candidates: Sequence[Candidate]) -> list[Tally]:
        """Weigh patterns; see `tallies.tallies`."""
        return tallies(self.lanes, candidates, self.sample, self.accepted.alive)

    def _trials(self, candidates: Sequence[Candidate]) -> Iterator[_Trial]:
        """Try candidates put right; where that does not hold, as they are."""
        if not candidates:
            return
        candidates = self._corrections.on_the_usual_side(candidates)
        whole = [self._corrections.unbroken(candidate) for candidate in candidates]
        for candidate, first, trial in zip(candidates, whole, self._tried(whole), strict=True):
            if first is candidate:
                found = self._improved(candidate, trial)
            else:
                found = trial or self._improved(candidate, self._try(candidate))
            if found is not None:
                yield found

    def _improved(self, candidate: Candidate, trial: _Trial | None) -> _Trial | None:
        """Try a candidate without the part that keeps it from tying, or with that part exchanged."""
        if trial is None:
            return None
        if not candidate.layout.is_near:
            return (trial.fails and self._without_misses(candidate, trial)) or trial
        if is_right_otherwise(self.lanes, candidate.total, candidate.parts):
            return None
        kept = self._corrections.without_stray(candidate)
        return trial if kept is candidate else self._try(kept) or trial

    def _without_misses(self, candidate: Candidate, missing: _Trial) -> _Trial | None:
        """Try a candidate with parts left out or exchanged, if that makes it hold wherever it is tried."""
        correct = [
            self._corrections.without_repeats,
            *([self._corrections.exchanged] if missing.missed else []),
        ]
        for other in (corrected(candidate) for corrected in correct):
            trial = None if other is candidate else self._try(other)
            if trial is not None and not trial.missed:
                return trial
        return None

    def _try(self, candidate: Candidate) -> _Trial | None:
        return self._tried([candidate])[0]

    def _tried(self, candidates: Sequence[Candidate]) -> list[_Trial | None]:
        """Weigh candidates against what must be proved; once more without the parts that are words."""
        told = self.tallies(candidates)
        figures = self._with_figures(candidates, told)
        changed = [
            index
            for index, (one, other) in enumerate(zip(candidates, figures, strict=True))
            if one is not other and len(other.parts) > 1
        ]
        for index, tally in zip(changed, self.tallies([figures[at] for at in changed]), strict=True):
            told[index] = tally
        return list(map(self._proved, figures, told))

    def _with_figures(self, candidates: Sequence[Candidate], told: Sequence[Tally]) -> list[Candidate]:
        """Keep the parts that hold figures rather than words in the lanes of some run."""
        kept = list(candidates)
        alike: dict[tuple[Run, ...], list[int]] = {}
        for index, tally in enumerate(told):
            if tally.runs:
                alike.setdefault(tally.runs, []).append(index)
        for runs, indices in alike.items():
            words = self._words({part for index in indices for part in candidates[index].parts}, runs)
            for index in indices if words else ():
                if not words.isdisjoint(candidates[index].parts):
                    parts = tuple(part for part in candidates[index].parts if part not in words)
                    kept[index] = replace(candidates[index], parts=parts)
        return kept

    def _words(self, places: set[int], runs: Sequence[Run]) -> set[int]:
        """List the places that hold words rather than figures in the lanes of every run."""
        at = np.fromiter(places, dtype=np.int64, count=len(places))
        kept = np.zeros(len(at), dtype=bool)
        for first, last in runs:
            numbers = self.lanes.known[at, first : last + 1].sum(axis=1)
            kept |= (numbers > 0) & (numbers >= self.lanes.text[at, first : last + 1].sum(axis=1))
        return set(at[~kept].tolist())

    def _proved(self, candidate: Candidate, tally: Tally) -> _Trial | None:
        """Make a trial of a candidate that proves more than its layout must."""
        if not tally.runs or len(candidate.parts) < 2:
            return None
        needed = self._proof.needed(candidate)
        if tally.bits <= needed:
            return None
        beyond = tally.bits - needed - self._proof.crossed(candidate) + 0.01 * len(candidate.parts)
        found = candidate.layout, tally.runs, beyond, candidate.repeats
        pattern = Pattern(candidate.total, candidate.parts, *found)
        return _Trial(pattern, needed, tally.missed, tally.fails)


def _order(trial: _Trial) -> tuple[float, float, int]:
    """Rank trials: runs beside a total by evidence alone, others by certainty first and simplicity second."""
    pattern = trial.pattern
    if pattern.layout.is_beside:
        return (-pattern.bits, trial.needed, 0)
    return (60 * trial.missed - min(pattern.bits, _CERTAIN), trial.needed, len(pattern.parts))
