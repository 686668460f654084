"""Totals with their parts, made when somebody looks at them.

A sheet of a million cells has tens of thousands of totals that tie, and of most of these nobody reads more
than that they do. What is needed to make them is small; the figures of the sheet are not kept for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np

from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.arrays import Places
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import Spot
from hoka_excel.tables.search.cell_lines import Line
from hoka_excel.tables.search.lane_verdicts import Ties, judged
from hoka_excel.tables.search.occurrences import Ground, Occurrence, all_dashes
from hoka_excel.tables.search.whole_sums import WholeSum, whole_sums


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
    others: Mapping[int, Judgement | WholeSum]

    def verdict(self, lane: int) -> Verdict:
        """Say whether the parts of a lane add up to its total."""
        return self.others[lane].verdict if lane in self.others else Verdict.EXACT

    def aggregation(self, lane: int) -> Aggregation:
        """Give a total with its parts."""
        told, other = self.occurrence, self.others.get(lane)
        judgement = self.ties.judgement(lane) if other is None else other
        if isinstance(judgement, WholeSum):
            judgement = judgement.judgement()
        return Aggregation(told.total(lane), told.line(lane), judgement, told.ground)


def parallel_sums(
    figures: Figures, occurrences: Sequence[Occurrence], ties: Sequence[Ties]
) -> Iterator[ParallelSums]:
    """Judge the sums of patterns."""
    lanes = _stated(figures, occurrences)
    off = [[lane for lane in own if lane not in tying.lanes] for own, tying in zip(lanes, ties, strict=True)]
    asked = [
        (one.total(lane), one.line(lane)) for one, own in zip(occurrences, off, strict=True) for lane in own
    ]
    whole = zip(asked, whole_sums(figures, asked), strict=True)
    told = (found or judged(figures, *sum_) for sum_, found in whole)
    for one, own, tying, others in zip(occurrences, lanes, ties, off, strict=True):
        yield ParallelSums(one, own, tying, dict(zip(others, told, strict=False)))


def _stated(figures: Figures, occurrences: Sequence[Occurrence]) -> list[Sequence[int]]:
    """List the lanes with a sum; those of dashes alone are left out, for nobody added these up."""
    lanes = [one.lanes for one in occurrences]
    for index, one in enumerate(occurrences):
        place = one.pattern.total
        stated = figures.value[place] if one.by_column else figures.value[:, place]
        if (stated == 0).any():
            lanes[index] = [
                lane for lane in one.lanes if stated[lane] != 0 or not _all_dashes(figures, one, lane)
            ]
    return lanes


def _all_dashes(figures: Figures, occurrence: Occurrence, lane: int) -> bool:
    return all_dashes(figures, (occurrence.total(lane), *occurrence.line(lane)))


class Aggregations(Sequence[Aggregation]):
    """Totals by row and column, then by their parts; each is made when it is asked for.

    Attributes:
        spots: the place of each total.
        verdicts: whether its parts add up to it.
    """

    def __init__(self, sums: Iterable[ParallelSums]) -> None:
        self._sums = list(sums)
        source, lane, row, column = _places(self._sums)
        order = np.lexsort((column, row))
        in_order = row[order] * (column.max(initial=0) + 1) + column[order]
        first = np.flatnonzero(np.diff(in_order, prepend=-1))
        count = np.diff(first, append=len(order))
        for start, many in zip(first[count > 1].tolist(), count[count > 1].tolist(), strict=True):
            shared = order[start : start + many].tolist()
            shared.sort(key=lambda at: self._sums[source[at]].occurrence.line(int(lane[at])))
            order[start : start + many] = shared
        self._source, self._lane = source[order], lane[order]
        self.spots: list[Spot] = list(zip(row[order].tolist(), column[order].tolist(), strict=True))
        self.verdicts = [Verdict.EXACT] * len(order)
        may_not_tie = np.array([bool(one.others) for one in self._sums], dtype=bool)[self._source]
        for number in np.flatnonzero(may_not_tie).tolist():
            self.verdicts[number] = self._sums[self._source[number]].verdict(int(self._lane[number]))

    def __len__(self) -> int:
        """Count the totals."""
        return len(self.spots)

    @overload
    def __getitem__(self, index: int) -> Aggregation: ...
    @overload
    def __getitem__(self, index: slice) -> list[Aggregation]: ...
    def __getitem__(self, index: int | slice) -> Aggregation | list[Aggregation]:
        """Make one, or some."""
        if isinstance(index, slice):
            return [self._made(number) for number in range(len(self))[index]]
        return self._made(index)

    def _made(self, number: int) -> Aggregation:
        return self._sums[int(self._source[number])].aggregation(int(self._lane[number]))


def _places(sums: Sequence[ParallelSums]) -> tuple[Places, Places, Places, Places]:
    """Tell of every total of some patterns the number of its pattern, its lane, its row and its column."""
    counts = [len(one.lanes) for one in sums]
    source = np.repeat(np.arange(len(sums)), counts)
    lane = np.fromiter(chain.from_iterable(one.lanes for one in sums), np.int64, len(source))
    total = np.array([one.occurrence.pattern.total for one in sums], dtype=np.int64)[source]
    by_column = np.array([one.occurrence.by_column for one in sums], dtype=bool)[source]
    return source, lane, np.where(by_column, total, lane), np.where(by_column, lane, total)
