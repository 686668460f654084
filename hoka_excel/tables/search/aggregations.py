"""Totals with their parts, made when somebody looks at them.

A sheet of a million cells has tens of thousands of totals that tie, and of most of these nobody reads more
than that they do. What is needed to make them is small; the figures of the sheet are not kept for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import Spot
from hoka_excel.tables.search.cell_lines import Line
from hoka_excel.tables.search.lane_verdicts import Ties, judged
from hoka_excel.tables.search.occurrences import Ground, Occurrence, all_dashes


@dataclass(frozen=True, slots=True)
class Aggregation:
    """A total with its parts, and whether they tie.

    Attributes:
        total: place of the total, (row, column) from 0.
        line: the cells of the parts.
        judgement: stated against recomputed.
        ground: why it was taken for a total.
    """

    total: Spot
    line: Line
    judgement: Judgement
    ground: Ground

    @property
    def parts(self) -> list[Spot]:
        """The places of the parts that are not empty, in order; empty for the nil total of a blank range."""
        return list(self.line)

    @property
    def verdict(self) -> Verdict:
        """Whether the parts add up to the total."""
        return self.judgement.verdict


@dataclass(frozen=True, slots=True)
class ParallelSums:
    """The sums that one pattern states, lane by lane.

    Attributes:
        occurrence: where the pattern states a sum.
        lanes: the lanes in which it does, but for those of nothing but dashes.
        ties: the lanes that tie to the last digit.
        others: what the others come to.
    """

    occurrence: Occurrence
    lanes: Sequence[int]
    ties: Ties
    others: Mapping[int, Judgement]

    def verdict(self, lane: int) -> Verdict:
        """Say whether the parts of a lane add up to its total."""
        return self.others[lane].verdict if lane in self.others else Verdict.EXACT

    def aggregation(self, lane: int) -> Aggregation:
        """Give a total with its parts."""
        told = self.occurrence
        judgement = self.others[lane] if lane in self.others else self.ties.judgement(lane)
        return Aggregation(told.total(lane), told.line(lane), judgement, told.ground)


def parallel_sums(figures: Figures, occurrence: Occurrence, ties: Ties) -> ParallelSums:
    """Judge the sums of a pattern; those of dashes alone are left out, for nobody added these up."""
    place = occurrence.pattern.total
    stated = figures.value[place] if occurrence.by_column else figures.value[:, place]
    nil = set(np.flatnonzero(stated == 0).tolist())
    lanes = [
        lane
        for lane in occurrence.lanes
        if lane not in nil or not all_dashes(figures, (occurrence.total(lane), *occurrence.line(lane)))
    ]
    others = {
        lane: judged(figures, occurrence.total(lane), occurrence.line(lane))
        for lane in lanes
        if lane not in ties.lanes
    }
    return ParallelSums(occurrence, lanes, ties, others)


class Aggregations(Sequence[Aggregation]):
    """Totals by row and column, then by their parts; each is made when it is asked for.

    Attributes:
        spots: the place of each total.
        verdicts: whether its parts add up to it.
    """

    def __init__(self, sums: Iterable[ParallelSums]) -> None:
        found = [(one.occurrence.total(lane), one, lane) for one in sums for lane in one.lanes]
        shared = {spot for spot, count in Counter(spot for spot, _, _ in found).items() if count > 1}

        def order(entry: tuple[Spot, ParallelSums, int]) -> tuple[Spot, Line | None]:
            spot, one, lane = entry
            return spot, one.occurrence.line(lane) if spot in shared else None

        found.sort(key=order)
        self._places = [(one, lane) for _, one, lane in found]
        self.spots = [spot for spot, _, _ in found]
        self.verdicts = [one.verdict(lane) for one, lane in self._places]

    def __len__(self) -> int:
        """Count the totals."""
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Aggregation: ...
    @overload
    def __getitem__(self, index: slice) -> list[Aggregation]: ...
    def __getitem__(self, index: int | slice) -> Aggregation | list[Aggregation]:
        """Make one, or some."""
        if isinstance(index, slice):
            return [one.aggregation(lane) for one, lane in self._places[index]]
        one, lane = self._places[index]
        return one.aggregation(lane)
