"""Whether a system can hold with some columns loosened, shown by exact values or by contradictions."""

from collections.abc import Mapping
from dataclasses import dataclass

from hoka_excel.core.localising.certificates import Refutation, Spans, refutations
from hoka_excel.core.localising.constraints import Span, System
from hoka_excel.core.localising.neighbourhoods import Surroundings
from hoka_excel.core.localising.solver import FEASIBLE, Solver
from hoka_excel.core.localising.witnesses import Grid, Values, solved_near, witness


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of loosening some columns; when there is no evidence either way it is not decided.

    Attributes:
        holds: whether true values exist.
        point: such values, per column of the system; not known where they were not needed to tell.
        refutations: the contradictions that are left.
    """

    holds: bool
    point: Values | None = None
    refutations: tuple[Refutation, ...] = ()


class Trials:
    """All trials with one system.

    Attributes:
        system: the equations.
        spans: what each column leaves open.
        loose: what it leaves open once loosened; a column that is not here cannot be.
        deadline: the moment of `time.monotonic` to stop at.
        solver: the linear programmes over the whole system.
        surroundings: the parts of the system that may do instead of the whole.
    """

    def __init__(
        self, system: System, spans: Spans, loose: Mapping[int, Span], deadline: float | None = None
    ) -> None:
        """Take the system; see the attributes."""
        self.system = system
        self.spans = spans
        self.loose = loose
        self.deadline = deadline
        self.solver = Solver(system, spans, deadline)
        self.surroundings = Surroundings(system)
        self._grid = None if system.pairs else Grid(system, spans, self.solver.base, self.solver.steps)
        self._done: dict[frozenset[int], Trial] = {}

    def loosened(self, chosen: frozenset[int]) -> dict[int, Span]:
        """Say what some columns leave open once loosened."""
        return {column: self.loose[column] for column in sorted(chosen)}

    def spans_with(self, chosen: frozenset[int]) -> list[Span]:
        """Say what all columns leave open when some are loosened."""
        return [self.loose[number] if number in chosen else span for number, span in enumerate(self.spans)]

    def point(self, chosen: frozenset[int]) -> Values | None:
        """Give the true values that were found with these columns loosened; None when there are none yet."""
        return self._done[chosen].point if chosen in self._done else None

    def tried(self, chosen: frozenset[int], like: frozenset[int] | None = None) -> Trial:
        """Loosen some columns.

        Args:
            chosen: the columns.
            like: other columns with which the system is known to hold; then only the difference is looked at,
                where that is enough.

        Raises:
            OutOfTimeError: the deadline passed.
        """
        if chosen not in self._done:
            trial = None if like is None else self._nearby(chosen, like)
            trial = trial or self._whole(chosen)
            if trial.refutations:
                return trial
            self._done[chosen] = trial
        return self._done[chosen]

    def _whole(self, chosen: frozenset[int]) -> Trial:
        if len(self.system.rows) == 1 and not chosen:
            return Trial(holds=True)
        loosened, spans = self.loosened(chosen), self.spans_with(chosen)
        outcome = self.solver.violation(loosened)
        if outcome.violation > FEASIBLE and (found := refutations(self.system, spans, outcome.multipliers)):
            return Trial(holds=False, refutations=tuple(found))
        point = self._grid.nearest(loosened, outcome) if self._grid else None
        if point is None:
            point = solved_near(self.system, spans, outcome)
        return Trial(point is not None, point)

    def _nearby(self, chosen: frozenset[int], like: frozenset[int]) -> Trial | None:
        """Change a known point around the columns in which two choices differ; None when that cannot tell."""
        point = self.point(like)
        if point is None:
            return None
        spans = self.spans_with(chosen)
        for near in self.surroundings.around(chosen ^ like):
            own = near.spans(spans, point)
            outcome = Solver(near.part, own, self.deadline).violation({})
            if outcome.violation > FEASIBLE:
                found = refutations(self.system, spans, near.multipliers(outcome.multipliers))
                if found:
                    return Trial(holds=False, refutations=tuple(found))
            elif (values := witness(near.part, own, outcome)) is not None:
                return Trial(True, near.completed(values, point))
        return None
