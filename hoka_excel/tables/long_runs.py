"""Look up runs of places beside a total in a table too long to weigh all that come near.

Only the shortest run that gives a total is looked at, in each lane.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from hoka_excel.tables.figures import Floats, Places, some
from hoka_excel.tables.lanes import Lanes
from hoka_excel.tables.layouts import Candidate, Layout, View
from hoka_excel.tables.running_sums import RunningSums

_LONGEST_UNLABELLED = 200
_ROOM = 2
"""What is looked up may be off by this much more than what counts, so that no rounding of floats hides it."""


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
    size = len(stated)
    rounded = np.round(sums, 6)
    in_order = np.sort(rounded)
    numbers = np.flatnonzero(running.known[:, lane] & (stated != 0))
    values, keys = None, None
    for after in (False, True):
        wanted = sums[numbers + 1] + stated[numbers] if after else sums[numbers] - stated[numbers]
        there = _some_near(in_order, wanted, unit[numbers])
        totals, target = numbers[there], wanted[there]
        if not len(totals):
            continue
        if values is None or keys is None:
            values, keys = _blocks(rounded)
        slack = unit[totals]
        nearest = np.searchsorted(values, target - slack)
        for step in range(3):
            here = np.minimum(nearest + step, len(values) - 1)
            close = np.abs(values[here] - target) <= slack
            limit = totals + 3 if after else totals - 2
            found = np.searchsorted(keys, here * (size + 2) + limit, side="left" if after else "right")
            found = np.clip(found if after else found - 1, 0, size)
            edge = keys[found] % (size + 2)
            close &= keys[found] // (size + 2) == here
            close &= (edge >= limit) if after else (edge <= limit)
            yield from zip(totals[close].tolist(), edge[close].tolist(), strict=True)


def _some_near(in_order: Floats, target: Floats, slack: Floats) -> Places:
    """List the targets that have a value nearby; looked up in order, which is many times as fast."""
    order = np.argsort(target)
    target, room = target[order], _ROOM * slack[order]
    first = np.minimum(np.searchsorted(in_order, target - room), len(in_order) - 1)
    return np.sort(order[np.abs(in_order[first] - target) <= room])


def _blocks(rounded: Floats) -> tuple[Floats, Places]:
    """Give the different running sums in order, and for each where it is reached, as block * size + place."""
    order = np.argsort(rounded)
    in_order = rounded[order]
    is_new = np.concatenate(([True], in_order[1:] != in_order[:-1]))
    block = np.cumsum(is_new) - 1
    return in_order[is_new], np.sort(block * (len(rounded) + 1) + order)
