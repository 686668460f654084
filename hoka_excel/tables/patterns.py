"""Which places could add up to which: the layouts in which tables put their totals.

Everything here only proposes. A layout carries what it must prove (bits of evidence beyond its cost, in a
share of the lanes), because there are far more pairs of lines in a table than runs next to a line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np

from hoka_excel.tables.evidence import Lanes, Sums, weigh
from hoka_excel.tables.figures import Flags, Floats, Places, some
from hoka_excel.tables.labels import Label


class _Terms(NamedTuple):
    cost: float
    coverage: float
    consumes: bool
    exclusive: bool


class Layout(Enum):
    """How the parts lie around their total.

    `cost` is the evidence in bits that chance would give among all patterns of the layout; `coverage` the
    share of lanes that must fit; a layout that `consumes` closes its parts to higher totals, so that these
    add up subtotals; one that is `exclusive` may not take parts another total consumed.
    """

    OUTLINE = _Terms(4, 0.5, consumes=True, exclusive=True)
    ADJACENT = _Terms(6, 0.6, consumes=True, exclusive=True)
    SAME_KIND = _Terms(8, 0.6, consumes=True, exclusive=True)
    SAME_LABEL = _Terms(8, 0.6, consumes=False, exclusive=False)
    STRIDE = _Terms(10, 0.7, consumes=True, exclusive=True)
    LABEL_RUN = _Terms(10, 0.7, consumes=False, exclusive=False)
    RUN = _Terms(12, 0.7, consumes=True, exclusive=True)
    EXCEPT_ONE = _Terms(15, 0.8, consumes=True, exclusive=False)
    NEAR = _Terms(18, 0.6, consumes=True, exclusive=True)
    NEAR_LABEL = _Terms(12.5, 0.6, consumes=False, exclusive=False)
    NESTED_RUN = _Terms(18.5, 0.75, consumes=False, exclusive=False)
    PAIR = _Terms(20, 0.8, consumes=False, exclusive=False)
    LABELLED = _Terms(0, 0, consumes=False, exclusive=False)

    @property
    def is_scattered(self) -> bool:
        """Whether the parts may lie anywhere, so that distance counts."""
        return self in (Layout.RUN, Layout.NESTED_RUN, Layout.PAIR)

    @property
    def is_near(self) -> bool:
        """Whether sums that do not fit within rounding count too."""
        return self in (Layout.NEAR, Layout.NEAR_LABEL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pattern worth trying.

    Attributes:
        total: place of the total.
        parts: places of the parts, ascending.
        layout: how they lie.
        promise: roughly how well it does in the sampled lanes.
    """

    total: int
    parts: tuple[int, ...]
    layout: Layout
    promise: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """Some places, in order, with the places and lanes open to be parts.

    Attributes:
        places: the places seen.
        open: by place (of all) and lane, whether the figure may still be a part.
        sample: the lanes looked at.
    """

    places: Places
    open: Flags
    sample: Places


_WORTH_TRYING = 3.0
_MOST_DENSE = 500
"""Places above which runs are looked up instead of all tried."""
_LONGEST_UNLABELLED = 200


class _Prefix:
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
    prefix = _Prefix(lanes, view)
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
    prefix = _Prefix(lanes, view)
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


def _looked_up(prefix: _Prefix, lane: int) -> Iterator[tuple[int, int, int]]:
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


def runs_anywhere(lanes: Lanes, view: View, layout: Layout, most: int = 20_000) -> Iterator[Candidate]:
    """Propose every run of two or more places of the view for every total outside it.

    Args:
        lanes: the table.
        view: where the parts may lie.
        layout: what the runs are called.
        most: about how many runs to try; the longest are left out first.
    """
    size = len(view.places)
    if size < 2:
        return
    prefix = _Prefix(lanes, view)
    first, past = np.triu_indices(size + 1, 2)
    if len(first) > most:
        short = (past - first) <= most // size
        first, past = first[short], past[short]
    given = prefix.sums[past] - prefix.sums[first]
    room = prefix.room[past] - prefix.room[first]
    terms = prefix.terms[past] - prefix.terms[first]
    some_open = some(view.open[view.places], axis=1)
    for total, found, promise in _hits(lanes, view.sample, given, room, terms >= 2):
        parts = [place for place in range(int(first[found]), int(past[found])) if some_open[place]]
        places = tuple(view.places[parts].tolist())
        if len(places) > 1 and total not in places:
            yield Candidate(total, places, layout, promise)


def pairs(lanes: Lanes, places: Places, sample: Places) -> Iterator[Candidate]:
    """Propose every two places for every total: a = b + c, and so also b = a - c."""
    one, other = (places[side] for side in np.triu_indices(len(places), 1))
    value, unit = lanes.value[:, sample], lanes.unit[:, sample]
    both = (value[one] != 0) & (value[other] != 0)
    for total, found, promise in _hits(
        lanes, sample, value[one] + value[other], unit[one] + unit[other], both
    ):
        parts = (int(one[found]), int(other[found]))
        if total not in parts:
            yield Candidate(total, parts, Layout.PAIR, promise)


def _hits(
    lanes: Lanes, sample: Places, given: Floats, room: Floats, counts: Flags
) -> Iterator[tuple[int, int, float]]:
    """Find which given sums agree with which place in enough lanes: (place, index of the sum, lanes)."""
    for total in range(len(lanes.value)):
        stated = lanes.value[total, sample]
        informative = stated != 0
        lanes_there = int(informative.sum())
        if not lanes_there:
            continue
        slack = (room + lanes.unit[total, sample]) / 2 + 1e-9 * np.abs(stated)
        hits = ((np.abs(given - stated) <= slack) & informative & counts).sum(axis=1)
        for found in np.flatnonzero(hits >= max(1, min(2, lanes_there), 0.3 * lanes_there)).tolist():
            yield total, found, float(hits[found])


def outline(labels: Mapping[int, Label]) -> Iterator[Candidate]:
    """Propose parents with their children, by outline code (1, 1.a, 1.a.1) or by indentation.

    Args:
        labels: by place, in order.
    """
    order = list(labels)
    for index, parent in enumerate(order):
        children: list[int] = []
        for place in order[index + 1 :]:
            if not labels[parent].is_above(labels[place]):
                break
            if not any(labels[child].is_above(labels[place]) for child in children):
                children.append(place)
        if len(children) > 1:
            yield Candidate(parent, tuple(children), Layout.OUTLINE, 1.0)


def all_but_one(lanes: Lanes, view: View, totals: Iterable[int]) -> Iterator[Candidate]:
    """Propose runs beside a total of which one place does not count ("of which", "waarvan")."""
    prefix = _Prefix(lanes, view)
    size = len(view.places)
    wanted = set(totals)
    some_open = some(view.open[view.places], axis=1)
    for total in range(size):
        stated = prefix.stated[total]
        informative = stated != 0
        if int(view.places[total]) not in wanted or not informative.any():
            continue
        enough = max(2, 0.6 * int(informative.sum()))
        for edge in (*range(max(0, total - 40), total - 2), *range(total + 4, min(size, total + 41) + 1)):
            low, high = (edge, total) if edge < total else (total + 1, edge)
            surplus = prefix.sums[high] - prefix.sums[low] - stated
            slack = prefix.unit[low:high].sum(axis=0) / 2 + 1e-9 * np.abs(stated)
            value = prefix.value[low:high]
            hits = ((np.abs(value - surplus) <= slack) & informative & (value != 0)).sum(axis=1)
            for left_out in np.flatnonzero(hits >= enough).tolist():
                parts = [place for place in range(low, high) if place != low + left_out and some_open[place]]
                if len(parts) > 1:
                    yield Candidate(
                        int(view.places[total]),
                        tuple(view.places[parts].tolist()),
                        Layout.EXCEPT_ONE,
                        float(hits[left_out]),
                    )
