"""Look up runs of places beside a total in a table too long to weigh all that come near.

Only the shortest run that gives a total is looked at, in each lane.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from hoka_excel.tables.figures import Flags, Floats, Places, some
from hoka_excel.tables.lanes import Lanes
from hoka_excel.tables.layouts import Candidate, Layout, View
from hoka_excel.tables.running_sums import RunningSums

_LONGEST_UNLABELLED = 200
_ROOM = 2
"""What is looked up may be off by this much more than what counts, so that no rounding of floats hides it."""
_BUCKETS = 1 << 20
"""In how many buckets running sums are put, a power of two: few of them hold one."""
_FARTHEST = 2.0**62
"""Sums so many stretches away all share a bucket: whole numbers go no further."""


def long_runs_beside(lanes: Lanes, view: View, layout: Layout) -> Iterator[Candidate]:
    """Propose the shortest run of places before and after each total that gives it, in two lanes or more."""
    running = RunningSums(lanes, view)
    size = len(view.places)
    votes = Counter(key for lane in range(running.value.shape[1]) for key in _looked_up(running, lane))
    wanted = 1 if running.value.shape[1] < 2 else 2
    some_open = some(view.open[view.places], axis=1)
    for (total, edge), count in votes.items():
        low, high = (edge, total) if edge < total else (total + 1, edge)
        if count < wanted and high - low > _LONGEST_UNLABELLED:
            continue
        parts = np.flatnonzero(some_open[low:high]) + low
        if len(parts) > 1 and low >= 0 and high <= size:
            yield Candidate(int(view.places[total]), tuple(view.places[parts].tolist()), layout, float(count))


def _looked_up(running: RunningSums, lane: int) -> Iterator[tuple[int, int]]:
    """Give the total and the far end of the runs of one lane by looking up running sums."""
    sums, stated, unit = (
        np.ascontiguousarray(cut[:, lane]) for cut in (running.sums, running.stated, running.unit)
    )
    size, width = len(stated), 2 * _ROOM * float(unit.max())
    rounded = np.round(sums, 6)
    in_order, buckets = np.sort(rounded), _buckets(rounded, width)
    has_sum = _marked(buckets, buckets - 1)
    numbers = np.flatnonzero(running.known[:, lane] & (stated != 0))
    for after in (False, True):
        wanted = sums[numbers + 1] + stated[numbers] if after else sums[numbers] - stated[numbers]
        around = _buckets(wanted - width / 2, width)
        likely = np.flatnonzero(has_sum[around])
        there = likely[_are_near(in_order, wanted[likely], _ROOM * unit[numbers[likely]])]
        totals, target, around = numbers[there], wanted[there], around[there]
        if not len(totals):
            continue
        near = np.flatnonzero(_marked(around, around + 1)[buckets])
        # The largest sum is there for the steps that would go past the end.
        values, keys = _blocks(rounded, np.union1d(near, rounded.argmax()))
        slack = unit[totals]
        nearest = np.searchsorted(values, target - slack)
        for step in range(3):
            here = np.minimum(nearest + step, len(values) - 1)
            close = np.abs(values[here] - target) <= slack
            limit = totals + 3 if after else totals - 2
            found = np.searchsorted(keys, here * (size + 2) + limit, side="left" if after else "right")
            found = np.clip(found if after else found - 1, 0, len(keys) - 1)
            edge = keys[found] % (size + 2)
            close &= keys[found] // (size + 2) == here
            close &= (edge >= limit) if after else (edge <= limit)
            yield from zip(totals[close].tolist(), edge[close].tolist(), strict=True)


def _buckets(values: Floats, width: float) -> Places:
    """Put values into buckets, those of one stretch of a width into one; few hold more stretches than one."""
    stretch = np.floor(np.clip(values / width, -_FARTHEST, _FARTHEST)).astype(np.int64)
    return np.asarray(stretch & (_BUCKETS - 1))


def _marked(*buckets: Places) -> Flags:
    """Mark buckets among all; the one after the last is the first."""
    marked = np.zeros(_BUCKETS, dtype=bool)
    for some_buckets in buckets:
        marked[some_buckets & (_BUCKETS - 1)] = True
    return marked


def _are_near(in_order: Floats, target: Floats, room: Floats) -> Flags:
    """Mark the targets that have a value nearby."""
    first = np.minimum(np.searchsorted(in_order, target - room), len(in_order) - 1)
    return np.asarray(np.abs(in_order[first] - target) <= room)


def _blocks(sums: Floats, places: Places) -> tuple[Floats, Places]:
    """Give the different sums at places, in order, and where each is reached, as block * size + place."""
    order = places[np.argsort(sums[places])]
    in_order = sums[order]
    is_new = np.concatenate(([True], in_order[1:] != in_order[:-1]))
    block = np.cumsum(is_new) - 1
    return in_order[is_new], np.sort(block * (len(sums) + 1) + order)
