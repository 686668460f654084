"""Look up runs of places beside a total in a table too long to weigh all that come near.

Only the shortest run that gives a total is looked at, in each lane. Where that could be a longer one, since
nothing but blanks lies beyond its far end, it is the one in which most lanes agree.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hoka_excel.tables.arrays import CACHED, Places, some
from hoka_excel.tables.search.lane_runs import NOISE, ROUNDED, LanePart, LaneRuns, shortest_runs
from hoka_excel.tables.search.lanes import Lanes, as_slice, crossing
from hoka_excel.tables.search.layouts import Candidate, Layout, View

_Cell = TypeVar("_Cell", np.float64, np.bool_)
_LONGEST_UNLABELLED = 200
_TOGETHER = 1 << 15
"""About how many running sums are looked at together, of one lane or of several."""


def long_runs_beside(lanes: Lanes, view: View, layout: Layout) -> Iterator[Candidate]:
    """Propose the shortest run of places before and after each total that gives it, in two lanes or more."""
    opens = np.flatnonzero(some(view.open[view.places], axis=1))
    if len(opens) < 2:
        return
    kept = _parts_and_totals(lanes, view, opens)
    limits = _limits(np.searchsorted(kept, opens), len(kept))
    among, edge, votes = _votes(lanes, replace(view, places=view.places[kept]), limits)
    total, is_before = kept[among], edge < among
    low = np.where(is_before, np.append(kept, len(view.places))[edge], total + 1)
    high = np.where(is_before, total, kept[edge - 1] + 1)
    first, past = np.searchsorted(opens, low), np.searchsorted(opens, high)
    wanted = 1 if len(view.sample) < 2 else 2
    likely = np.flatnonzero((votes >= wanted) | (high - low <= _LONGEST_UNLABELLED))
    if len(likely) > lanes.most_tried:
        runs = (total * len(view.places) + first) * len(view.places) + past
        likely = _most_promising(likely, runs, votes, lanes.most_tried)
    found = (view.places[total], first, past, votes.astype(np.float64))
    parts = view.places[opens].tolist()
    for place, start, stop, promise in zip(*(column[likely].tolist() for column in found), strict=True):
        yield Candidate(place, tuple(parts[start:stop]), layout, promise)


def _parts_and_totals(lanes: Lanes, view: View, opens: Places) -> Places:
    """List the places that are open, or in some lane no less than two open ones next to each other.

    Where no part is below nil, no run comes to less. Elsewhere, and where most are open, all are listed.
    """
    size = len(view.places)
    at = crossing(view.places[opens], view.sample)
    parts = lanes.value[at] * view.open[at]
    if 2 * len(opens) > size or parts.min() < 0:
        return np.arange(size)
    most_off = lanes.coarsest[view.sample] + ROUNDED + NOISE * parts.sum(axis=0)
    least = (parts[1:] + parts[:-1]).min(axis=0) - most_off
    counts = some(lanes.value[crossing(as_slice(view.places), view.sample)] >= least, axis=1)
    counts[opens] = True
    return np.flatnonzero(counts)


def _limits(opens: Places, size: int) -> Places:
    """Give the edges that leave two open places between them and each place; see `LanePart`."""
    is_open = np.zeros(size, dtype=np.int64)
    is_open[opens] = 1
    after = np.cumsum(is_open)
    before = after - is_open
    begins = np.concatenate(([-1, -1], opens))
    ends = np.concatenate((opens + 1, [size + 1, size + 1]))
    return np.stack((begins[before], ends[after + 1]))


def _most_promising(likely: Places, runs: Places, votes: Places, tried: int) -> Places:
    """Choose the runs with the most votes, as many as are tried; of the same runs the first counts."""
    _, first = np.unique(runs[likely], return_index=True)
    different = likely[np.sort(first)]
    most = np.argsort(-votes[different], kind="stable")[:tried]
    return different[np.sort(most)]


def _votes(lanes: Lanes, view: View, limits: Places) -> tuple[Places, Places, Places]:
    """Count the lanes in which runs give a total.

    Returns:
        The total, the far end and the number of lanes of each run; by the lane that gives it first.
    """
    stated, open_ = _by_lane(lanes.value, view), _by_lane(view.open, view)
    along, across = lanes.figures.column_unit, lanes.figures.row_unit
    if not lanes.by_column:
        along, across = across, along
    along = along[view.sample]
    across = np.maximum(across[view.places], along.min())
    units = np.unique(across).tolist()
    width, size = stated.shape
    step = max(1, _TOGETHER // (size + 1))
    cuts = [slice(lane, lane + step) for lane in range(0, width, step)]
    parts = (LanePart(stated[cut], open_[cut], along[cut], across, units, limits) for cut in cuts)
    found = LaneRuns(*map(np.concatenate, zip(*map(shortest_runs, parts), strict=True)))
    runs, first, votes = np.unique(_agreed(found, size + 1), return_index=True, return_counts=True)
    in_turn = np.argsort(first)
    total, edge = np.divmod(runs[in_turn], size + 1)
    return total, edge, votes[in_turn]


def _agreed(found: LaneRuns, edges: int) -> Places:
    """Choose for each lane, of the runs that are the shortest in any, the one as good in most lanes.

    Args:
        found: the shortest runs.
        edges: how many ends a run can have.

    Returns:
        The total and the far end of each as one number.
    """
    own, longest = found.total * edges + found.edge, found.total * edges + found.reach
    runs = np.unique(own)
    low = np.searchsorted(runs, np.minimum(own, longest))
    past = np.searchsorted(runs, np.maximum(own, longest), side="right")
    size = len(runs) + 1
    lanes = np.cumsum(np.bincount(low, minlength=size) - np.bincount(past, minlength=size))
    total, edge = np.divmod(runs, edges)
    at = np.arange(len(runs))
    nearness = np.where(edge < total, at, size - at)  # of equally many the shortest
    ranks = np.append(lanes[:-1] * (size + 1) + nearness, 0)
    best = np.maximum.reduceat(ranks, np.stack((low, past), axis=1).ravel())[::2] % (size + 1)
    is_before = found.edge < found.total
    return np.asarray(runs[np.where(is_before, best, size - best)])


def _by_lane(array: NDArray[_Cell], view: View) -> NDArray[_Cell]:
    """Take the places and lanes of a view, lane by lane; so many at a time as stay in fast memory."""
    taken = np.empty((len(view.sample), len(view.places)), array.dtype)
    step = max(1, CACHED // len(view.sample))
    for start in range(0, len(view.places), step):
        cut = slice(start, start + step)
        taken[:, cut] = array[crossing(as_slice(view.places[cut]), view.sample)].T
    return taken
