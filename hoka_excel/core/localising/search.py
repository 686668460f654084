"""The lightest choices of cells to loosen so that a system can hold: an implicit hitting set.

Every conflict found, each with an exact refutation, must lose a cell. Choose the lightest cells that hit all
conflicts; loosen them; when the system still cannot hold, its refutation is a new conflict; when it can, no
lighter choice exists. That last claim rests on the conflicts, and that the choice suffices on exact values.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from hoka_excel.core.localising.certificates import Refutation, Spans, refutations, refute
from hoka_excel.core.localising.constraints import Span, System, subsystem
from hoka_excel.core.localising.factorisation import independent_parts
from hoka_excel.core.localising.groups import connected
from hoka_excel.core.localising.hitting_sets import smallest_hitting_sets
from hoka_excel.core.localising.solver import FEASIBLE, OutOfTimeError, Solver, lightest_choice, seconds_left
from hoka_excel.core.localising.witnesses import Grid, witness
from hoka_excel.core.relations import Rate


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
        solver: the linear programmes.
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
        self.system = system
        self.spans = spans
        self.loose = loose
        self.weights = weights
        self.deadline = deadline
        self.solver = Solver(system, spans, deadline)
        self._grid = Grid(system, spans, self.solver.base, self.solver.steps)
        scale = lcm(*(weight.denominator for weight in weights.values()))
        self._whole = {column: int(weight * scale) for column, weight in weights.items()}
        self._conflicts: dict[frozenset[int], Refutation] = {}
        self._tried: dict[frozenset[int], _Outcome] = {}

    def run(self, limit: int) -> Answer:
        """Find the lightest choices.

        Args:
            limit: how many to list in each group at the most.

        Raises:
            UnhittableError: a conflict rests wholly on columns that may not be loosened.
        """
        sufficient: frozenset[int] = frozenset(self.loose)
        best: frozenset[int] = frozenset()
        try:
            self._add_violated_rows()
            self._add_violated_rates()
            while True:
                best = self._lightest()
                outcome, reached = self._explore(best)
                if outcome is not _Outcome.REFUTED:
                    groups = self._groups(best, limit)
                    return Answer(groups, outcome is _Outcome.HOLDS, self._weight(best))
                sufficient = min(sufficient, reached, key=len)
        except OutOfTimeError:
            conflicts = tuple(self._conflicts.values())
            return Answer(
                (Group(conflicts, (sufficient,), complete=False),), False, self._weight(best), False
            )

    def _add_violated_rates(self) -> None:
        """Start with the pairs of EUR and FTE above zero that ask too much and too little of their rate."""
        by_rate: defaultdict[int, list[_RateBound]] = defaultdict(list)
        for number, row in enumerate(self.system.rows):
            fte = next((c for c in row.factors if self.system.columns[c].rate is not None), None)
            if fte is None or not isinstance(row.relation, Rate):
                continue
            [euro] = row.factors.keys() - {fte}
            (least, most), (fewest, greatest) = self.spans[euro], self.spans[fte]
            rate = self.system.columns[fte].rate
            if least and most and fewest and greatest and rate is not None and least > 0 and fewest > 0:
                by_rate[rate].append(_RateBound(number, least, most, fewest, greatest))
        for bounds in by_rate.values():
            highest = max(bounds, key=lambda bound: bound.least / bound.greatest)
            lowest = min(bounds, key=lambda bound: bound.most / bound.fewest)
            for low, high in (
                *((bound, lowest) for bound in bounds),
                *((highest, bound) for bound in bounds),
            ):
                if found := refute(
                    self.system, self.spans, {low.row: -1 / low.greatest, high.row: 1 / high.fewest}
                ):
                    self._add(found, frozenset())

    def _weight(self, chosen: Collection[int]) -> Fraction:
        return sum((self.weights[column] for column in chosen), Fraction(0))

    def _lightest(self) -> frozenset[int]:
        if not self._conflicts:
            return frozenset()
        return lightest_choice(self._conflicts, self._whole, self.deadline)

    def _add_violated_rows(self) -> None:
        """Start with the equations that fail by themselves."""
        for number in range(len(self.system.rows)):
            for sign in (1, -1):
                if found := refute(self.system, self.spans, {number: Fraction(sign)}):
                    self._add(found, frozenset())

    def _add(self, refutation: Refutation, loosened: Collection[int]) -> frozenset[int]:
        """Note a conflict: the columns of which at least one more must be loosened."""
        conflict = frozenset(c for c in refutation.columns if c in self.loose and c not in loosened)
        if not conflict:
            raise UnhittableError(refutation)
        self._conflicts.setdefault(conflict, refutation)
        return conflict

    def _explore(self, chosen: frozenset[int]) -> tuple["_Outcome", frozenset[int]]:
        """Try a choice; when it fails, gather conflicts that share no column until what is loosened holds.

        Returns:
            How the choice itself fared, and the columns with which the system was last left.
        """
        loosened = chosen
        outcome = first = self._try(loosened)
        while isinstance(outcome, list):
            loosened = loosened.union(*outcome)
            outcome = self._try(loosened)
        return (_Outcome.REFUTED if isinstance(first, list) else first), loosened

    def _try(self, chosen: frozenset[int]) -> "_Outcome | list[frozenset[int]]":
        """Loosen these columns: whether the system then holds, or the conflicts that say it does not."""
        if chosen in self._tried:
            return self._tried[chosen]
        loosened = {column: self.loose[column] for column in chosen}
        spans = [loosened.get(number, span) for number, span in enumerate(self.spans)]
        if len(self.system.rows) == 1 and not chosen:
            self._tried[chosen] = _Outcome.HOLDS
            return _Outcome.HOLDS
        outcome = self.solver.violation(loosened)
        found: list[Refutation] = []
        if outcome.violation > FEASIBLE:
            found = refutations(self.system, spans, outcome.multipliers)
        if found:
            return [self._add(self._shrunk(refutation, spans, chosen), chosen) for refutation in found]
        holds = (not self.system.pairs and self._grid.has_witness(loosened, outcome)) or (
            witness(self.system, spans, outcome) is not None
        )
        self._tried[chosen] = _Outcome.HOLDS if holds else _Outcome.UNDECIDED
        return self._tried[chosen]

    def _shrunk(self, refutation: Refutation, spans: Spans, loosened: Collection[int]) -> Refutation:
        """Leave out of a conflict what its equations can do without."""
        if len(refutation.multipliers) == 1:
            return refutation
        part, columns, rows = subsystem(self.system, sorted(refutation.multipliers))
        own_spans = [spans[column] for column in columns]
        solver = Solver(part, own_spans, self.deadline)
        out: dict[int, Span] = {}
        for column in sorted(refutation.columns.intersection(self.loose) - set(loosened)):
            if column not in refutation.columns:
                continue
            place = columns.index(column)
            less = {**out, place: self.system.columns[column].dropped}
            outcome = solver.violation(less)
            tried = [less.get(number, span) for number, span in enumerate(own_spans)]
            for smaller in refutations(part, tried, outcome.multipliers)[:1]:
                out = less
                refutation = Refutation(
                    {rows[row]: multiplier for row, multiplier in smaller.multipliers.items()},
                    frozenset(columns[number] for number in smaller.columns),
                )
        return refutation

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
            lambda: seconds_left(self.deadline),
        )
        others = [choice for choice in sorted(choices, key=sorted) if choice != own]
        sound = [own, *(choice for choice in others if self._suffices(best - own | choice))]
        return self._parted(conflicts, sound, complete=complete and len(sound) == len(choices))

    def _suffices(self, chosen: frozenset[int]) -> bool:
        """Whether a choice hits all conflicts and the system then holds; if not, a conflict says why."""
        if any(conflict.isdisjoint(chosen) for conflict in self._conflicts):
            return False
        return self._try(chosen) is _Outcome.HOLDS

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
            conflicts, self._whole, weight - 1, 1, lambda: seconds_left(self.deadline)
        )
        return not lighter

    def _group(
        self, conflicts: list[frozenset[int]], choices: list[frozenset[int]], *, complete: bool
    ) -> Group:
        smallest = [c for c in conflicts if not any(other < c for other in conflicts)]
        return Group(tuple(self._conflicts[c] for c in smallest), tuple(choices), complete)


class _RateBound(NamedTuple):
    """A row that ties EUR to FTE by a rate, and what both leave open."""

    row: int
    least: Fraction
    most: Fraction
    fewest: Fraction
    greatest: Fraction


class _Outcome(Enum):
    """How a choice fared."""

    HOLDS = auto()
    REFUTED = auto()
    UNDECIDED = auto()
