"""Propose runs of places that end just before a total or start just after it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from hoka_excel.tables.arrays import Flags, Places, some
from hoka_excel.tables.search.evidence import weigh
from hoka_excel.tables.search.lanes import Lanes, as_slice, crossing
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.long_runs import long_runs_beside
from hoka_excel.tables.search.running_sums import RunningSums
from hoka_excel.tables.search.sides import Sides

_WORTH_TRYING = 3.0
MOST_WEIGHED = 500
"""Places above which only the shortest runs are looked at."""
_LARGER = 1.1
"""How much larger than the largest figure a sum may be, at the most, and still be near it."""
_FEW_OPEN = 100
"""Up to so many open places it pays to see first whether totals are as large as the parts beside them."""
_FEWEST = 3
"""Places of a group in which a total stands beside a run."""
_MOST_TOGETHER = 100
"""Places of several groups that are seen at a time."""


def runs_beside(lanes: Lanes, view: View, *layouts: Layout) -> Iterator[Candidate]:
    """Propose every run of places of the view that ends just before a total or starts just after it.

    Args:
        lanes: the table.
        view: the places seen.
        layouts: what the runs are called: those that tie, those that nearly do.
    """
    is_open = some(view.open[view.places], axis=1)
    if np.count_nonzero(is_open) < 2 or not _may_tie(lanes, view, is_open):
        return
    if len(view.places) > MOST_WEIGHED:
        for layout in layouts:
            if not layout.is_near:
                yield from long_runs_beside(lanes, view, layout)
        return
    running = RunningSums(lanes, view)
    is_end = np.append(np.insert(is_open, view.breaks, [True]), [True])
    ends = is_end.nonzero()[0]
    places = running.places.tolist()
    parts = [places[line] for line in ends[:-1].tolist()]
    for layout, total, low, high, promise in _worthy(running, ends, layouts):
        yield Candidate(places[total], tuple(parts[low:high]), layout, promise)


def _may_tie(lanes: Lanes, view: View, is_open: Flags) -> bool:
    """Whether some total may be as large as the two parts nearest to it, as it is where no part is below nil.

    Where many places are open it is taken for granted.
    """
    parts = is_open.nonzero()[0]
    if len(parts) > _FEW_OPEN:
        return True
    at = crossing(view.places[parts], view.sample)
    given = np.where(view.open[at], lanes.value[at], 0.0)
    if (given < 0).any():
        return True
    two = given[1:] + given[:-1]
    room = _LARGER * (lanes.unit[at].sum(axis=0) + lanes.coarsest[view.sample])
    if not (two.min(axis=0) <= _LARGER * lanes.largest[view.sample] + room).any():
        return False
    if len(is_open) <= _FEW_OPEN:
        return True
    most = _LARGER * np.abs(lanes.value[crossing(as_slice(view.places), view.sample)]) + room
    total = np.flatnonzero(some(most >= two.min(axis=0), axis=1))
    most = most[total]
    before, after = (parts.searchsorted(total + edge) for edge in (0, 1))  # the parts up to each edge of it
    above, below = before >= 2, after < len(two)
    return bool((most[above] >= two[before[above] - 2]).any() or (most[below] >= two[after[below]]).any())


def views_of(groups: Iterable[Places], open_: Flags, sample: Places) -> Iterator[View]:
    """See some groups of places at a time, which is quicker than one by one; no run leaves its group.

    In a group of two there is none: it takes a total and two parts.
    """
    seen: list[Places] = []
    for group in groups:
        if len(group) < _FEWEST:
            continue
        if seen and sum(map(len, seen)) + len(group) > _MOST_TOGETHER:
            yield _view(seen, open_, sample)
            seen = []
        seen.append(group)
    if seen:
        yield _view(seen, open_, sample)


def _view(groups: Sequence[Places], open_: Flags, sample: Places) -> View:
    *breaks, _ = accumulate(map(len, groups))
    return View(np.concatenate(groups), open_, sample, breaks)


def _worthy(
    running: RunningSums, ends: Places, layouts: Sequence[Layout]
) -> Iterator[tuple[Layout, int, int, int, float]]:
    """Weigh the runs of two or more open places beside each total; give those that are worth trying.

    Args:
        running: the running sums.
        ends: the lines that may be parts, and those at which groups end.
        layouts: what the runs are called; it says whether sums that do not fit within rounding count too.

    Yields:
        The layout, the total, the first and past the last of `ends` in the run, and its bits; of each layout
        by total, runs before it first, then by far end.
    """
    sides = Sides(running, ends, near=any(layout.is_near for layout in layouts))
    for side, end, lane in sides.met():
        if not len(side):
            continue
        edge = sides.edge[side]
        low, high = np.minimum(edge, end), np.maximum(edge, end)
        terms, applies = running.against(sides.total[side], ends[low], ends[high], lane)
        for layout in layouts:
            bits, _, _ = weigh(terms, applies, near=layout.is_near)
            ties = (bits > 0).nonzero()[0]
            if not len(ties):
                continue
            _, first, run = np.unique((side * len(ends) + end)[ties], return_index=True, return_inverse=True)
            promise = np.bincount(run, bits[ties])
            worthy = promise > _WORTH_TRYING
            one = ties[first[worthy]]
            found = (sides.total[side[one]], low[one], high[one], promise[worthy])
            for total, least, most, hope in zip(*(column.tolist() for column in found), strict=True):
                yield layout, total, least, most, hope
