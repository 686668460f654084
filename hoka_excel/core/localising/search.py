"""The lightest choices of cells to loosen so that a system can hold: an implicit hitting set.

Every conflict found, each with an exact refutation, must lose a cell. Choose the lightest cells that hit all
conflicts; loosen them; when the system still cannot hold, its refutation is a new conflict; when it can, no
lighter choice exists. That last claim rests on the conflicts, and that the choice suffices on exact values.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from hoka_excel.core.localising.certificates import Refutation, Spans
from hoka_excel.core.localising.constraints import Span, System
from hoka_excel.core.localising.factorisation import independent_parts
from hoka_excel.core.localising.groups import connected
from hoka_excel.core.localising.hitting_sets import smallest_hitting_sets
from hoka_excel.core.localising.minimal_refutations import minimal
from hoka_excel.core.localising.solver import OutOfTimeError, lightest_choice, seconds_left
from hoka_excel.core.localising.trials import Trial, Trials
from hoka_excel.core.localising.violations import violated_rates, violated_rows


@dataclass(frozen=True, slots=True)
class Group:
    """Conflicts that hang together, and every lightest way out of them.

    Attributes:
        conflicts: each with its proof.
        choices: the lightest choices of columns; each suffices together with the first choice of the others.
        complete: whether these are all the lightest choices.
    """

    conflicts: tuple[Refutation, ...]
    choices: tuple[frozenset[int], ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found.

    Attributes:
        groups: the conflicts and choices; none when the system can hold as it is.
        proven: whether no lighter choice exists and the first one suffices, both checked exactly.
        at_least: what every choice weighs at the least, in the caller's weights.
        finished: whether the search came to its end in time.
    """

    groups: tuple[Group, ...]
    proven: bool
    at_least: Fraction
    finished: bool = True

    @property
    def first(self) -> frozenset[int]:
        """The first choice of every group together."""
        return frozenset[int]().union(*(group.choices[0] for group in self.groups))


class UnhittableError(Exception):
    """A conflict none of whose cells may be loosened.

    Attributes:
        refutation: its proof.
    """

    def __init__(self, refutation: Refutation) -> None:
        super().__init__()
        self.refutation = refutation


class Search:
    """One search; it keeps what it has found when it runs out of time.

    Attributes:
        trials: what was tried.
    """

    def __init__(
        self,
        system: System,
        spans: Spans,
        loose: Mapping[int, Span],
        weights: Mapping[int, Fraction],
        deadline: float | None = None,
    ) -> None:
        """Take a system, its spans, and what each column that may be loosened then leaves open.

        Args:
            system: the equations.
            spans: what each column leaves open.
            loose: what it leaves open once chosen; a column that is not here may not be.
            weights: what choosing a column costs.
            deadline: the moment of `time.monotonic` to stop at.
        """
        self.trials = Trials(system, spans, loose, deadline)
        self._weights = weights
        scale = lcm(*(weight.denominator for weight in weights.values()))
        self._whole = {column: int(weight * scale) for column, weight in weights.items()}
        self._conflicts: dict[frozenset[int], Refutation] = {}

    def run(self, limit: int) -> Answer:
        """Find the lightest choices.

        Args:
            limit: how many to list in each group at the most.

        Raises:
            UnhittableError: a conflict rests wholly on columns that may not be loosened.
        """
        trials = self.trials
        sufficient: frozenset[int] = frozenset(trials.loose)
        best: frozenset[int] = frozenset()
        try:
            for refutation in (
                *violated_rows(trials.system, trials.spans),
                *violated_rates(trials.system, trials.spans),
            ):
                self._add(refutation, frozenset())
            while True:
                best = self._lightest()
                trial, reached = self._explore(best)
                if not trial.refutations:
                    return Answer(self._groups(best, limit), trial.holds, self._weight(best))
                sufficient = min(sufficient, reached, key=len)
        except OutOfTimeError:
            conflicts = tuple(self._conflicts.values())
            return Answer(
                (Group(conflicts, (sufficient,), complete=False),), False, self._weight(best), False
            )

    def _weight(self, chosen: Collection[int]) -> Fraction:
        return sum((self._weights[column] for column in chosen), Fraction(0))

    def _lightest(self) -> frozenset[int]:
        if not self._conflicts:
            return frozenset()
        return lightest_choice(self._conflicts, self._whole, self.trials.deadline)

    def _add(self, refutation: Refutation, loosened: Collection[int]) -> frozenset[int]:
        """Note a conflict: the columns of which at least one more must be loosened."""
        conflict = frozenset(c for c in refutation.columns if c in self.trials.loose and c not in loosened)
        if not conflict:
            raise UnhittableError(refutation)
        self._conflicts.setdefault(conflict, refutation)
        return conflict

    def _explore(self, chosen: frozenset[int]) -> tuple[Trial, frozenset[int]]:
        """Try a choice; when it fails, gather conflicts that share no column until what is loosened holds.

        Returns:
            How the choice itself fared, and the columns with which the system was last left.
        """
        loosened = chosen
        trial = first = self.trials.tried(chosen)
        while trial.refutations:
            loosened = loosened.union(*self._learn(trial, loosened))
            trial = self.trials.tried(loosened)
        return first, loosened

    def _learn(self, trial: Trial, loosened: frozenset[int]) -> list[frozenset[int]]:
        """Note what a trial shows to contradict, resting on no more columns than it needs."""
        spans = self.trials.spans_with(loosened)
        removable = self.trials.loose.keys() - loosened
        return [
            self._add(
                minimal(self.trials.system, spans, refutation, removable, self.trials.deadline), loosened
            )
            for refutation in trial.refutations
        ]

    def _groups(self, best: frozenset[int], limit: int) -> tuple[Group, ...]:
        """List the lightest choices of each group of conflicts; one that fails is a conflict: start anew."""
        groups: list[Group] = []
        count = -1
        while count != len(self._conflicts):
            count = len(self._conflicts)
            groups.clear()
            for cells in connected(self._conflicts):
                groups += self._listed(best, frozenset(cells), limit)
                if count != len(self._conflicts):
                    break
        return tuple(groups)

    def _listed(self, best: frozenset[int], cells: frozenset[int], limit: int) -> list[Group]:
        """List the choices for the conflicts among these cells, each tried with the best of the others."""
        own = best & cells
        conflicts = [conflict for conflict in self._conflicts if conflict <= cells]
        choices, complete = smallest_hitting_sets(
            conflicts,
            self._whole,
            sum(self._whole[column] for column in own),
            limit,
            lambda: seconds_left(self.trials.deadline),
        )
        others = [choice for choice in sorted(choices, key=sorted) if choice != own]
        sound = [own, *(choice for choice in others if self._suffices(best - own | choice, best))]
        return self._parted(conflicts, sound, complete=complete and len(sound) == len(choices))

    def _suffices(self, chosen: frozenset[int], best: frozenset[int]) -> bool:
        """Whether a choice hits all conflicts and the system then holds; if not, a conflict says why."""
        if any(conflict.isdisjoint(chosen) for conflict in self._conflicts):
            return False
        trial = self.trials.tried(chosen, best)
        self._learn(trial, chosen)
        return trial.holds

    def _parted(
        self, conflicts: list[frozenset[int]], choices: list[frozenset[int]], *, complete: bool
    ) -> list[Group]:
        """Part a group into choices that are independent and that their own conflicts call for.

        The conflicts of a part hold no cell of another part's choices; what cannot be parted so stays whole.
        """
        parts = []
        wrong = frozenset[int]().union(*choices)
        for part in independent_parts(choices) if complete else ():
            cells = frozenset[int]().union(*part)
            own = [c for c in conflicts if c.intersection(wrong) <= cells]
            weight = sum(self._whole[column] for column in part[0])
            if own and len(cells) < len(wrong) and self._needed(own, weight):
                parts.append(self._group(own, part, complete=True))
                conflicts = [c for c in conflicts if c not in own]
                choices = list(dict.fromkeys(choice - cells for choice in choices))
        if any(choices):
            parts.append(self._group(conflicts, choices, complete=complete))
        return parts

    def _needed(self, conflicts: list[frozenset[int]], weight: int) -> bool:
        """Whether these conflicts alone call for this much."""
        lighter, _ = smallest_hitting_sets(
            conflicts, self._whole, weight - 1, 1, lambda: seconds_left(self.trials.deadline)
        )
        return not lighter

    def _group(
        self, conflicts: list[frozenset[int]], choices: list[frozenset[int]], *, complete: bool
    ) -> Group:
        smallest = [c for c in conflicts if not any(other < c for other in conflicts)]
        return Group(tuple(self._conflicts[c] for c in smallest), tuple(choices), complete)
