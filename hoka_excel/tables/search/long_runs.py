"""Look up runs of places beside a total in a table too long to weigh all that come near.

Only the shortest run that gives a total is looked at, in each lane.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hoka_excel.tables.figures import Flags, Floats, Places, some
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.running_sums import RunningSums

_LONGEST_UNLABELLED = 200
_ROOM = 2
"""What is looked up may be off by this much more than what counts, so that no rounding of floats hides it."""
_TOGETHER = 1 << 15
"""About how many running sums are looked at together, of one lane or of several."""
_SPACIOUS, _MOST_BUCKETS = 32, 1 << 20
"""How many buckets running sums are put in, for each of them and at most: few hold one."""
_APART = 0x9E3779B1
"""By how many buckets equal sums of neighbouring lanes lie apart."""
_FARTHEST = 2.0**62
"""Sums so many stretches away all share a bucket: whole numbers go no further."""
_MOST_SUMS = 3
"""How many different running sums near what is sought are looked at."""


@dataclass(frozen=True, slots=True)
class _Sought:
    """Running sums that would make a run beside a total; arrays of as many.

    Attributes:
        lane: the lane.
        total: the place of the total.
        side: 0 for runs before their total, 1 for runs after it.
        target: the running sum at the far end of such a run.
        slack: how far off it may be.
    """

    lane: Places
    total: Places
    side: Places
    target: Floats
    slack: Floats


def long_runs_beside(lanes: Lanes, view: View, layout: Layout) -> Iterator[Candidate]:
    """Propose the shortest run of places before and after each total that gives it, in two lanes or more."""
    some_open = some(view.open[view.places], axis=1)
    if np.count_nonzero(some_open) < 2:
        return
    running = RunningSums(lanes, view)
    size, width = running.value.shape
    step = max(1, _TOGETHER // (size + 1))
    cuts = (slice(lane, lane + step) for lane in range(0, width, step))
    votes = Counter(key for cut in cuts for key in _looked_up(running, cut))
    wanted = 1 if width < 2 else 2
    for (total, edge), count in votes.items():
        low, high = (edge, total) if edge < total else (total + 1, edge)
        if count < wanted and high - low > _LONGEST_UNLABELLED:
            continue
        parts = np.flatnonzero(some_open[low:high]) + low
        if len(parts) > 1 and low >= 0 and high <= size:
            yield Candidate(int(view.places[total]), tuple(view.places[parts].tolist()), layout, float(count))


def _looked_up(running: RunningSums, cut: slice) -> Iterator[tuple[int, int]]:
    """Give the total and the far end of the runs of some lanes, by lane and side, by sum, by total."""
    cuts = (np.ascontiguousarray(of[:, cut].T) for of in (running.sums, running.stated, running.unit))
    sums, stated, unit = cuts
    rounded = np.round(sums, 6)
    width = 2 * _ROOM * unit.max(axis=1, keepdims=True)
    many = min(_MOST_BUCKETS, 1 << (_SPACIOUS * sums.size).bit_length())
    buckets = _buckets(rounded, width, many)
    has_sum, is_sought = _marked(many, buckets, buckets - 1), np.zeros(many, dtype=bool)
    numbers, likely = running.known[:, cut].T & (stated != 0), []
    for side, target in enumerate((sums[:, :-1] - stated, sums[:, 1:] + stated)):
        around = _buckets(target - width / 2, width, many)
        lane, total = found = _where(has_sum[around] & numbers)
        is_sought |= _marked(many, around[found], around[found] + 1)
        likely.append((lane, total, np.full(len(lane), side), target[found], unit[found]))
    near = is_sought[buckets]
    # The largest sum is there for the steps that would go past the end.
    near[np.arange(len(near)), rounded.argmax(axis=1)] = True
    sought = _Sought(*map(np.concatenate, zip(*likely, strict=True)))
    yield from _shortest(sought, rounded, *_where(near)) if len(sought.lane) else ()


def _shortest(sought: _Sought, sums: Floats, lane: Places, place: Places) -> Iterator[tuple[int, int]]:
    """Give the total and the far end of the shortest run for each sum near enough to what is sought.

    Args:
        sought: what is sought.
        sums: the running sums, lanes by places.
        lane: lanes of the sums that may come near.
        place: places of these.
    """
    order = np.lexsort((place, sums[lane, place], lane))
    lane, place = lane[order], place[order]
    in_order = sums[lane, place]
    is_new = np.concatenate(([True], (in_order[1:] != in_order[:-1]) | (lane[1:] != lane[:-1])))
    slots = sums.shape[1] + 1
    ends = (np.cumsum(is_new) - 1) * slots + place
    lane, values = lane[is_new], in_order[is_new]
    last = np.searchsorted(lane, sought.lane, side="right") - 1
    first = _first_from(lane, values, sought.lane, sought.target - sought.slack)
    here = np.minimum(first + np.arange(_MOST_SUMS)[:, np.newaxis], last)
    close = np.abs(values[here] - sought.target) <= sought.slack
    nth, which = np.nonzero(close)
    here, total, side = here[nth, which], sought.total[which], sought.side[which]
    at = np.searchsorted(ends, here * slots + total + np.where(side, 3, -1)) - 1 + side
    block, edge = np.divmod(ends[np.clip(at, 0, len(ends) - 1)], slots)
    fits = (block == here) & np.where(side, edge >= total + 3, edge <= total - 2)
    in_turn = np.argsort((2 * sought.lane[which] + side)[fits], kind="stable")
    yield from zip(total[fits][in_turn].tolist(), edge[fits][in_turn].tolist(), strict=True)


def _first_from(lane: Places, values: Floats, own_lane: Places, least: Floats) -> Places:
    """Find the first value of at least so much in the own lane of each; the values are by lane and size."""
    is_value = np.repeat((False, True), (len(least), len(values)))
    order = np.lexsort((is_value, np.concatenate((least, values)), np.concatenate((own_lane, lane))))
    before = np.cumsum(is_value[order])
    first = np.empty(len(order), np.int64)
    first[order] = before
    return first[: len(least)]


def _where(flags: Flags) -> tuple[Places, Places]:
    """Give the lanes and places that are marked, in order; numpy does this quickest in a single line."""
    lane, place = np.divmod(np.flatnonzero(flags), flags.shape[1])
    return lane, place


def _buckets(values: Floats, width: Floats, many: int) -> Places:
    """Put values into buckets, those of one stretch of a width in a lane into one."""
    stretch = np.floor(np.clip(values / width, -_FARTHEST, _FARTHEST)).astype(np.int64)
    stretch += _APART * np.arange(len(values))[:, np.newaxis]
    return np.asarray(stretch & (many - 1))


def _marked(many: int, *buckets: Places) -> Flags:
    """Mark buckets among so many; the one after the last is the first."""
    marked = np.zeros(many, dtype=bool)
    for some_buckets in buckets:
        marked[some_buckets & (many - 1)] = True
    return marked
