"""Propose runs of places that end just before a total or start just after it.

The running sum at the far end of such a run lies as far from that at the total as the total says. So the
running sums of a lane are put in order once, and those that come near are looked up for all totals together.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from hoka_excel.tables.figures import Flags, Places, some
from hoka_excel.tables.search.evidence import weigh
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.long_runs import long_runs_beside
from hoka_excel.tables.search.lookups import looked_up
from hoka_excel.tables.search.running_sums import RunningSums

_WORTH_TRYING = 3.0
_MOST_WEIGHED = 500
"""Places above which only the shortest runs are looked at."""
_MOST_TOGETHER = 100
"""Places of several groups that are seen at a time."""
_SIDES = (-1.0, 1.0)
"""How a total leads from the running sum at its edge to that at the far end of parts before and after it."""


def runs_beside(lanes: Lanes, view: View, layout: Layout) -> Iterator[Candidate]:
    """Propose every run of places of the view that ends just before a total or starts just after it."""
    if len(view.places) > _MOST_WEIGHED:
        if not layout.is_near:
            yield from long_runs_beside(lanes, view, layout)
        return
    is_open = some(view.open[view.places], axis=1)
    if np.count_nonzero(is_open) < 2:
        return
    running = RunningSums(lanes, view)
    is_end = np.append(np.insert(is_open, view.breaks, [True]), [True])
    ends = np.flatnonzero(is_end)
    places = running.places.tolist()
    parts = [places[line] for line in ends[:-1].tolist()]
    for total, low, high, promise in _worthy(running, ends, near=layout.is_near):
        yield Candidate(places[total], tuple(parts[low:high]), layout, promise)


def views_of(groups: Iterable[Places], open_: Flags, sample: Places) -> Iterator[View]:
    """See some groups of places at a time, which is quicker than one by one; no run leaves its group."""
    seen: list[Places] = []
    for group in groups:
        if seen and sum(map(len, seen)) + len(group) > _MOST_TOGETHER:
            yield _view(seen, open_, sample)
            seen = []
        seen.append(group)
    if seen:
        yield _view(seen, open_, sample)


def _view(groups: Sequence[Places], open_: Flags, sample: Places) -> View:
    *breaks, _ = accumulate(map(len, groups))
    return View(np.concatenate(groups), open_, sample, breaks)


def _worthy(running: RunningSums, ends: Places, *, near: bool) -> Iterator[tuple[int, int, int, float]]:
    """Weigh the runs of two or more open places beside each total; give those that are worth trying.

    Args:
        running: the running sums.
        ends: the lines that may be parts, and those at which groups end.
        near: whether sums that do not fit within rounding count too.

    Yields:
        The total, the first and past the last of `ends` in the run, and its bits; by total, runs before it
        first, then by far end.
    """
    totals = np.flatnonzero(some(running.stated != 0, axis=1))
    bounds = np.searchsorted(ends, running.groups)
    own = np.searchsorted([first for first, _ in running.groups], np.repeat(totals, 2), side="right") - 1
    edges = np.searchsorted(ends, totals[:, np.newaxis] + (0, 1)).ravel()
    sums, signs = running.sums[ends], np.tile(_SIDES, len(totals))
    sought = sums[edges] + signs[:, np.newaxis] * np.repeat(running.stated[totals], 2, axis=0)
    room = np.repeat(running.room_at_most(near=near)[totals], 2, axis=0)
    for hits in looked_up(sums, sought, room):
        row, end, _ = hits
        is_beside = np.where(row % 2, end - edges[row], edges[row] - end) > 1
        is_beside &= (bounds[own[row], 0] <= end) & (end <= bounds[own[row], 1])
        row, end, lane = hits[:, is_beside]
        low, high = np.minimum(edges[row], end), np.maximum(edges[row], end)
        terms, applies = running.against(totals[row // 2], ends[low], ends[high], lane)
        bits, _, _ = weigh(terms, applies, near=near)
        ties = np.flatnonzero(bits > 0)
        _, first, run = np.unique((row * len(ends) + end)[ties], return_index=True, return_inverse=True)
        promise = np.bincount(run, bits[ties])
        worthy = promise > _WORTH_TRYING
        one = ties[first[worthy]]
        found = (totals[row[one] // 2], low[one], high[one], promise[worthy])
        yield from zip(*(column.tolist() for column in found), strict=True)
