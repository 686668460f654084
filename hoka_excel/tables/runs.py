"""Propose runs of places that end just before a total or start just after it."""

from collections.abc import Iterator

import numpy as np

from hoka_excel.tables.evidence import Sums, weigh
from hoka_excel.tables.figures import Flags, Floats, some
from hoka_excel.tables.lanes import Lanes
from hoka_excel.tables.layouts import Candidate, Layout, View

_WORTH_TRYING = 3.0
_MOST_DENSE = 500
"""Places above which runs are looked up instead of all tried."""
_LONGEST_UNLABELLED = 200


class Prefix:
    """Running sums over the places of a view, by lane."""

    def __init__(self, lanes: Lanes, view: View) -> None:
        at = np.ix_(view.places, view.sample)
        self.open = view.open[at]
        self.value = np.where(self.open, lanes.value[at], 0.0)
        self.known = lanes.known[at]
        self.stated = lanes.value[at]
        self.unit = lanes.unit[at]
        self.grain = np.where(self.value != 0, lanes.grain[at], np.inf)
        self.own_grain = lanes.grain[at]
        self.sums = _running(self.value)
        self.terms = _running((self.value != 0).astype(np.float64))
        self.room = _running(np.where(self.value != 0, self.unit, 0.0))
        self.count = _running(self.open.astype(np.float64))

    def between(self, total: int, after: bool) -> tuple[Sums, Flags]:
        """Sum every run of two or more right before `total` (by first place) or `after` it (by last)."""
        size = len(self.value)
        if after:
            ends = np.arange(total + 3, size + 1)
            low, high = np.full(len(ends), total + 1), ends
            grain = np.minimum.accumulate(self.grain[total + 1 :], axis=0)[1:]
            largest = np.maximum.accumulate(np.abs(self.value[total + 1 :]), axis=0)[1:]
        else:
            low = np.arange(0, total - 1)
            high = np.full(len(low), total)
            grain = np.minimum.accumulate(self.grain[:total][::-1], axis=0)[::-1][:-1]
            largest = np.maximum.accumulate(np.abs(self.value[:total])[::-1], axis=0)[::-1][:-1]
        stated = self.stated[total]
        grain = np.minimum(grain, np.where(stated != 0, self.own_grain[total], np.inf))
        sums = Sums(
            np.broadcast_to(stated, largest.shape),
            self.sums[high] - self.sums[low],
            self.room[high] - self.room[low] + self.unit[total],
            np.where(np.isfinite(grain), grain, 1.0),
            self.terms[high] - self.terms[low],
            largest,
        )
        return sums, self.known[total] & (self.count[high] > self.count[low])


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
    for total in np.flatnonzero(some(prefix.stated != 0, axis=1)).tolist():
        for after in (False, True):
            if (total > len(view.places) - 3) if after else (total < 2):
                continue
            bits, _, _ = weigh(*prefix.between(total, after), near=layout.is_near)
            promise = np.maximum(bits, 0).sum(axis=-1)
            for found in np.flatnonzero(promise > _WORTH_TRYING).tolist():
                low, high = (total + 1, found + total + 3) if after else (found, total)
                parts = [place for place in range(low, high) if some_open[place]]
                edge = high - 1 if after else low
                if len(parts) > 1 and some_open[edge]:
                    yield Candidate(
                        int(view.places[total]),
                        tuple(view.places[parts].tolist()),
                        layout,
                        float(promise[found]),
                    )


def _long_runs_beside(lanes: Lanes, view: View, layout: Layout) -> Iterator[Candidate]:
    """Look up, for each place, the nearest earlier place from which the running sum gives it."""
    if layout.is_near:
        return
    prefix = Prefix(lanes, view)
    size = len(view.places)
    votes: dict[tuple[int, int], int] = {}
    for lane in range(prefix.value.shape[1]):
        for low, high, total in _looked_up(prefix, lane):
            key = (total, low if low < total else high)
            votes[key] = votes.get(key, 0) + 1
    wanted = 1 if prefix.value.shape[1] < 2 else 2
    some_open = some(view.open[view.places], axis=1)
    for (total, edge), count in votes.items():
        low, high = (edge, total) if edge < total else (total + 1, edge)
        if count < wanted and high - low > _LONGEST_UNLABELLED:
            continue
        parts = np.flatnonzero(some_open[low:high]) + low
        if len(parts) > 1 and low >= 0 and high <= size:
            yield Candidate(int(view.places[total]), tuple(view.places[parts].tolist()), layout, float(count))


def _looked_up(prefix: Prefix, lane: int) -> Iterator[tuple[int, int, int]]:
    """Give the runs (first, past the last, total) of one lane by looking up running sums."""
    sums = prefix.sums[:, lane]
    stated = prefix.stated[:, lane]
    size = len(stated)
    values, block = np.unique(np.round(sums, 6), return_inverse=True)
    index = np.arange(size + 1)
    keys = np.sort(block * (size + 2) + index)
    totals = np.flatnonzero(prefix.known[:, lane] & (stated != 0))
    for after in (False, True):
        target = sums[totals + 1] + stated[totals] if after else sums[totals] - stated[totals]
        slack = prefix.unit[totals, lane]
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
            for total, end in zip(totals[close].tolist(), edge[close].tolist(), strict=True):
                yield (total + 1, end, total) if after else (end, total, total)
