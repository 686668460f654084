"""In which lanes an accepted pattern really states a sum, with which parts.

A pattern holds in runs of lanes. Between and beside them lie lanes about the same sum that prove nothing or
do not tie: nil totals, totals of parts that are texts, totals that are off. A controller must see those.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise, permutations
from typing import NamedTuple

import numpy as np

from hoka_excel.tables.arrays import Flags, Floats, lines, some
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import Spot
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.batches import batches, side_by_side
from hoka_excel.tables.search.cell_lines import Line
from hoka_excel.tables.search.evidence import Fit, fit, stacked
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Layout, Pattern
from hoka_excel.tables.search.likeness import LaneKinds, Stated, far_off, series_of


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a sum was taken for one.

    Attributes:
        layout: how the parts lie around the total.
        bits: the evidence beyond what chance would give such a layout, over all parallel lines together.
        fitting: in how many parallel lines it holds.
        failing: in how many it does not.
    """

    layout: Layout
    bits: float
    fitting: int
    failing: int


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where an accepted pattern states a sum.

    Attributes:
        pattern: what adds up to what.
        ground: why it was taken for a sum.
        lanes: the lanes in which it states one, in order.
        filled: where its parts hold anything; by part and lane.
        by_column: whether lanes are columns.
    """

    pattern: Pattern
    ground: Ground
    lanes: Sequence[int]
    filled: Flags
    by_column: bool

    def total(self, lane: int) -> Spot:
        """Give the place of a total, (row, column) from 0."""
        place = self.pattern.total
        return (place, lane) if self.by_column else (lane, place)

    def line(self, lane: int) -> Line:
        """Give the cells of its parts, but for empty ones."""
        places = tuple(compress(self.pattern.parts, self.filled[:, lane].tolist()))
        return Line(places, lane, self.by_column)


class _Others(NamedTuple):
    """Where another pattern gives the total; arrays run over patterns and lanes.

    Attributes:
        give: where one does. Assets can be what is owned, and not what is owed.
        share: where one does that shares parts: of two ways to add up the same lines, one will do.
    """

    give: Flags
    share: Flags


def occurrences(search: Search, patterns: Sequence[Pattern], headings: Sequence[str]) -> list[Occurrence]:
    """Spell out each pattern, leaving out the lanes that are about something else.

    Args:
        search: a finished search.
        patterns: what it found.
        headings: the words or the year at each lane.
    """
    width = search.lanes.value.shape[1]
    fits = [fit(search.lanes, pattern.total, pattern.parts) for pattern in patterns]
    kinds = LaneKinds(*_shares_held(patterns, fits, width), series_of(headings))
    others = _others(patterns, fits, width)
    found: dict[int, Occurrence] = {}
    for batch in batches((len(pattern.parts) for pattern in patterns), width):
        cut, fares = [patterns[index] for index in batch], stacked([fits[index] for index in batch])
        beside = _Others(others.give[batch], others.share[batch])
        found.update(zip(batch, _spelled_out(search, cut, fares, kinds, beside), strict=True))
    return [found[index] for index in range(len(patterns))]


def _spelled_out(
    search: Search, patterns: Sequence[Pattern], fits: Fit, kinds: LaneKinds, others: _Others
) -> Iterator[Occurrence]:
    """Spell out patterns of as many parts; arrays run over parts, patterns and lanes, or the last two."""
    lanes = search.lanes
    totals, parts = np.array([one.total for one in patterns]), side_by_side([one.parts for one in patterns])
    is_labelled = np.array([[one.layout is Layout.LABELLED] for one in patterns])
    terms, stated = lines(lanes.value, parts), lines(lanes.value, totals)
    inside = _inside(patterns, len(kinds.held))
    is_text = lines(lanes.written, parts)
    has_text = some(is_text, axis=0)
    withheld = fits.blank & (stated != 0) & ~(has_text & inside)
    withheld |= is_labelled & has_text  # what is not shown explains why the rest does not add up
    said = Stated(stated, terms.sum(axis=0), inside, fits.hit, others.give, has_text)
    is_far = far_off(search, patterns, said, kinds)
    close = ~is_far & ((terms != 0).sum(axis=0) > 1)
    here = (inside | _beside(lanes, inside, fits.nil, close)) & lanes.known[totals] & ~withheld
    failing = here & ~fits.hit & ~fits.blank
    foreign = failing & (others.share | (kinds.is_unlike & ~has_text & is_far))
    filled = lines(lanes.known, parts) | is_text
    chosen = here & ~foreign
    counts = zip((here & fits.hit).sum(axis=1).tolist(), failing.sum(axis=1).tolist(), strict=True)
    told, ends = np.nonzero(chosen)[1].tolist(), np.cumsum(np.count_nonzero(chosen, axis=1)).tolist()
    cuts = pairwise([0, *ends])
    for index, (pattern, (fitting, failures), (first, past)) in enumerate(
        zip(patterns, counts, cuts, strict=True)
    ):
        ground = Ground(pattern.layout, pattern.bits, fitting, failures)
        yield Occurrence(pattern, ground, told[first:past], filled[:, index], lanes.by_column)


def all_dashes(figures: Figures, places: Iterable[tuple[int, int]]) -> bool:
    """Whether cells hold dashes and nothing else: a dash below dashes was never added up."""
    return all(
        figures.value[place] == 0
        and isinstance(written := figures.cells[place[0]][place[1]], str)
        and not any(sign.isdigit() for sign in written)
        for place in places
    )


def _others(patterns: Sequence[Pattern], fits: Sequence[Fit], width: int) -> _Others:
    """Mark the lanes in which another pattern gives the total of each."""
    give, share = (np.zeros((len(patterns), width), dtype=bool) for _ in range(2))
    by_total: dict[int, list[int]] = {}
    for index, pattern in enumerate(patterns):
        by_total.setdefault(pattern.total, []).append(index)
    for indices in by_total.values():
        for one, other in permutations(indices, 2):
            tells = fits[other].hit & ~fits[other].nil
            give[one] |= tells
            if not set(patterns[one].parts).isdisjoint(patterns[other].parts):
                share[one] |= tells
    return _Others(give, share)


def _shares_held(patterns: Sequence[Pattern], fits: Sequence[Fit], width: int) -> tuple[Floats, Floats]:
    """Say how many patterns are tried in each lane, and which share holds there; nan where none is."""
    tried, held = np.zeros(width), np.zeros(width)
    for batch in batches((1 for _ in patterns), width):
        found = stacked([fits[index] for index in batch])
        here = _inside([patterns[index] for index in batch], width) & ~found.nil
        tried += (here & ~found.blank).sum(axis=0)
        held += (here & found.hit).sum(axis=0)
    return tried, np.divide(held, tried, out=np.full(width, np.nan), where=tried > 0)


def _beside(lanes: Lanes, inside: Flags, nil: Flags, close: Flags) -> Flags:
    """Mark the lanes that are about the same sum: nil ones between the runs, close ones of the same table."""
    begun = np.logical_or.accumulate(inside, axis=1)
    goes_on = np.logical_or.accumulate(inside[:, ::-1], axis=1)[:, ::-1]
    beside = nil & begun & goes_on
    for first, past in lanes.spans:
        is_here = some(inside[:, first:past], axis=1)
        beside[:, first:past] |= close[:, first:past] & is_here[:, np.newaxis]
    return np.asarray(beside)


def _inside(patterns: Sequence[Pattern], lanes: int) -> Flags:
    """Mark the lanes of the runs of each pattern."""
    marked = np.zeros((len(patterns), lanes), dtype=bool)
    for index, pattern in enumerate(patterns):
        for first, last in pattern.runs:
            marked[index, first : last + 1] = True
    return marked
