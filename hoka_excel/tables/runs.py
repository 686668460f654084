"""Propose runs of places that end just before a total or start just after it."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from hoka_excel.tables.evidence import NEAR, Sums, weigh
from hoka_excel.tables.figures import Flags, Floats, Places, some
from hoka_excel.tables.lanes import Lanes, grains
from hoka_excel.tables.layouts import Candidate, Layout, View

_WORTH_TRYING = 3.0
_MOST_DENSE = 500
"""Places above which runs are looked up instead of all tried."""
_LONGEST_UNLABELLED = 200
_ROOM = 2
"""What is looked up may be off by this much more than what counts, so that no rounding of floats hides it."""
_BUCKETS = 1 << 20
"""In how many buckets running sums are put, a power of two: few of them hold one."""
_FARTHEST = 2.0**62
"""Sums so many stretches away all share a bucket: whole numbers go no further."""


class Prefix:
    """Running sums over the places of a view, by lane; each array is made when it is first asked for."""

    def __init__(self, lanes: Lanes, view: View) -> None:
        self._lanes = lanes
        self._at = np.ix_(view.places, view.sample)
        self.open = view.open[self._at]
        self.stated = lanes.value[self._at]
        self.value = np.where(self.open, self.stated, 0.0)

    @cached_property
    def known(self) -> Flags:
        """Where there is a number."""
        return self._lanes.known[self._at]

    @cached_property
    def unit(self) -> Floats:
        """The resolution."""
        return self._lanes.unit[self._at]

    @cached_property
    def own_grain(self) -> Floats:
        """The grain of each figure."""
        return grains(self.stated, self.unit)

    @cached_property
    def grain(self) -> Floats:
        """The grain of each figure that may be a part; without end for others."""
        return np.where(self.value != 0, self.own_grain, np.inf)

    @cached_property
    def sums(self) -> Floats:
        """The running sums, from nil on."""
        return _running(self.value)

    @cached_property
    def terms(self) -> Floats:
        """How many figures other than nil they are of."""
        return _running((self.value != 0).astype(np.float64))

    @cached_property
    def room(self) -> Floats:
        """The resolutions of these figures, added up."""
        return _running(np.where(self.value != 0, self.unit, 0.0))

    @cached_property
    def squares(self) -> Floats:
        """The squares of these resolutions, added up."""
        return _running(np.where(self.value != 0, self.unit**2, 0.0))

    @cached_property
    def count(self) -> Floats:
        """How many figures may be parts."""
        return _running(self.open.astype(np.float64))

    @cached_property
    def size(self) -> Floats:
        """How large each figure is that may be a part."""
        return np.abs(self.value)

    def reached(self, room: Floats, *, after: bool) -> Flags:
        """Mark the totals that some run of the places might come to within `room`, before or `after` them."""
        marked = np.zeros(len(self.value), dtype=bool)
        sought = self.sums[1:] + self.stated if after else self.sums[:-1] - self.stated
        for lane in range(self.value.shape[1]):
            in_order, target = np.sort(self.sums[:, lane]), sought[:, lane]
            first = np.searchsorted(in_order, target - room[:, lane])
            nearest = in_order[np.minimum(first, len(in_order) - 1)]
            marked |= np.abs(nearest - target) <= room[:, lane]
        return marked

    def between(self, total: int, room: Floats, *, after: bool) -> tuple[Places, Sums, Flags]:
        """Sum the runs of two or more right before `total` (by first place) or `after` it (by last).

        Returns:
            Which runs of all come within `room` in some lane, their sums, and where these apply.
        """
        stated = self.stated[total]
        ends, sought = (
            (self.sums[total + 3 :], self.sums[total + 1] + stated)
            if after
            else (self.sums[: total - 1], self.sums[total] - stated)
        )
        tried = np.flatnonzero(some(np.abs(ends - sought) <= room, axis=1))
        low, high = (np.full_like(tried, total + 1), tried + total + 3) if after else (tried, total)
        grain = np.minimum(
            self._from(total, self.grain, np.minimum, tried, after=after),
            np.where(stated != 0, self.own_grain[total], np.inf),
        )
        sums = Sums(
            np.broadcast_to(stated, grain.shape),
            self.sums[high] - self.sums[low],
            self.room[high] - self.room[low] + self.unit[total],
            self.squares[high] - self.squares[low] + self.unit[total] ** 2,
            np.where(np.isfinite(grain), grain, 1.0),
            self.terms[high] - self.terms[low],
            self._from(total, self.size, np.maximum, tried, after=after),
        )
        return tried, sums, self.known[total] & (self.count[high] > self.count[low])

    def room_at_most(self, *, near: bool) -> Floats:
        """Say how far off any run beside each total can be and still count; more rather than less."""
        size = np.maximum(np.abs(self.stated), self.size.max(axis=0))
        grain = self.own_grain.max(axis=0, initial=1.0)
        room = (self.room[-1] + self.unit.max(axis=0)) / 2 + _ROOM * (1e-6 * grain + 1e-9 * size)
        noise = 1e-12 * np.abs(self.sums).max(axis=0)
        return np.asarray(noise + np.maximum(room, _ROOM * NEAR * size if near else 0.0))

    def _from(self, total: int, values: Floats, extreme: np.ufunc, tried: Places, *, after: bool) -> Floats:
        """Give the extreme of each run tried beside `total`, of the figures in it."""
        if after:
            last = int(tried.max(initial=-2))
            return np.asarray(extreme.accumulate(values[total + 1 : total + 3 + last], axis=0)[1:][tried])
        first = int(tried.min(initial=total))
        return np.asarray(extreme.accumulate(values[first:total][::-1], axis=0)[::-1][tried - first])


def _running(values: Floats) -> Floats:
    return np.concatenate((np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)))


def runs_beside(lanes: Lanes, view: View, layout: Layout) -> Iterator[Candidate]:
    """Propose every run of places of the view that ends just before a total or starts just after it."""
    if len(view.places) > _MOST_DENSE:
        yield from _long_runs_beside(lanes, view, layout)
        return
    if len(view.places) < 3:
        return
    prefix = Prefix(lanes, view)
    some_open = some(view.open[view.places], axis=1)
    room = prefix.room_at_most(near=layout.is_near)
    reached = [prefix.reached(room, after=after) for after in (False, True)]
    for total in np.flatnonzero(some(prefix.stated != 0, axis=1)).tolist():
        for after in (False, True):
            if not reached[after][total] or ((total > len(view.places) - 3) if after else (total < 2)):
                continue
            tried, sums, applies = prefix.between(total, room[total], after=after)
            bits, _, _ = weigh(sums, applies, near=layout.is_near)
            promises = np.maximum(bits, 0).sum(axis=-1)
            worthy = promises > _WORTH_TRYING
            for found, promise in zip(tried[worthy].tolist(), promises[worthy].tolist(), strict=True):
                low, high = (total + 1, found + total + 3) if after else (found, total)
                parts = [place for place in range(low, high) if some_open[place]]
                edge = high - 1 if after else low
                if len(parts) > 1 and some_open[edge]:
                    yield Candidate(
                        int(view.places[total]),
                        tuple(view.places[parts].tolist()),
                        layout,
                        promise,
                    )


def _long_runs_beside(lanes: Lanes, view: View, layout: Layout) -> Iterator[Candidate]:
    """Look up, for each place, the nearest earlier place from which the running sum gives it."""
    if layout.is_near:
        return
    prefix = Prefix(lanes, view)
    size = len(view.places)
    votes = Counter(key for lane in range(prefix.value.shape[1]) for key in _looked_up(prefix, lane))
    wanted = 1 if prefix.value.shape[1] < 2 else 2
    some_open = some(view.open[view.places], axis=1)
    for (total, edge), count in votes.items():
        low, high = (edge, total) if edge < total else (total + 1, edge)
        if count < wanted and high - low > _LONGEST_UNLABELLED:
            continue
        parts = np.flatnonzero(some_open[low:high]) + low
        if len(parts) > 1 and low >= 0 and high <= size:
            yield Candidate(int(view.places[total]), tuple(view.places[parts].tolist()), layout, float(count))


def _looked_up(prefix: Prefix, lane: int) -> Iterator[tuple[int, int]]:
    """Give the total and the far end of the runs of one lane by looking up running sums."""
    sums, stated, unit = (
        np.ascontiguousarray(cut[:, lane]) for cut in (prefix.sums, prefix.stated, prefix.unit)
    )
    size, width = len(stated), 2 * _ROOM * float(unit.max())
    rounded = np.round(sums, 6)
    in_order, buckets = np.sort(rounded), _buckets(rounded, width)
    has_sum = _marked(buckets, buckets - 1)
    numbers = np.flatnonzero(prefix.known[:, lane] & (stated != 0))
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
