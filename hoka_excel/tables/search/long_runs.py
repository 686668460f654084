"""Look up runs of places beside a total in a table too long to weigh all that come near.

Only the shortest run that gives a total is looked at, in each lane.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hoka_excel.tables.figures import CACHED, Flags, Floats, Places, some
from hoka_excel.tables.search.lanes import Lanes, as_slice, crossing
from hoka_excel.tables.search.layouts import MOST_TRIED, Candidate, Layout, View
from hoka_excel.tables.search.sum_steps import Steps, meeting

_Cell = TypeVar("_Cell", np.float64, np.bool_)
_LONGEST_UNLABELLED = 200
_TOGETHER = 1 << 15
"""About how many running sums are looked at together, of one lane or of several."""
_MOST_SUMS = 3
"""How many different running sums near what is sought are looked at."""
_DECIMALS = 6
"""To so many decimals running sums are rounded, which makes those one that differ by what floats stray."""
_ROUNDED = 10.0**-_DECIMALS
_NOISE = 1e-12
"""What running sums may be off, as a share of the largest: so far floats stray."""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some lanes of a view.

    Attributes:
        stated: the figures, lanes by places; nil where there is none.
        open: where these may be parts.
        along: the resolution of each lane by itself.
        across: that of each place, or of the finest lane of the view where that is coarser.
        places: which places of the table they are.
        lanes: which lanes.
    """

    stated: Floats
    open: Flags
    along: Floats
    across: Floats
    places: Places
    lanes: Places


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches of places between which the running sum does not change; arrays of as many.

    Attributes:
        sum: which of the different running sums it is.
        first: the first place of each.
        last: the last.
    """

    sum: Places
    first: Places
    last: Places


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
    opens = np.flatnonzero(some(view.open[view.places], axis=1))
    if len(opens) < 2:
        return
    total, edge, votes = _votes(lanes, view)
    is_before = edge < total
    low, high = np.where(is_before, edge, total + 1), np.where(is_before, total, edge)
    first, past = np.searchsorted(opens, low), np.searchsorted(opens, high)
    wanted = 1 if len(view.sample) < 2 else 2
    is_likely = ((votes >= wanted) | (high - low <= _LONGEST_UNLABELLED)) & (past - first > 1)
    likely = np.flatnonzero(is_likely)
    if len(likely) > MOST_TRIED:
        likely = _most_promising(likely, (total * len(view.places) + first) * len(view.places) + past, votes)
    found = (view.places[total], first, past, votes.astype(np.float64))
    parts = view.places[opens].tolist()
    for place, start, stop, promise in zip(*(column[likely].tolist() for column in found), strict=True):
        yield Candidate(place, tuple(parts[start:stop]), layout, promise)


def _most_promising(likely: Places, runs: Places, votes: Places) -> Places:
    """Choose the runs with the most votes, as many as are tried; of the same runs the first counts."""
    _, first = np.unique(runs[likely], return_index=True)
    different = likely[np.sort(first)]
    most = np.argsort(-votes[different], kind="stable")[:MOST_TRIED]
    return different[np.sort(most)]


def _votes(lanes: Lanes, view: View) -> tuple[Places, Places, Places]:
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
    parts = (
        _Part(stated[cut], open_[cut], along[cut], across, view.places, view.sample[cut]) for cut in cuts
    )
    found = [total * (size + 1) + edge for total, edge in (_runs(part, units, lanes.unit) for part in parts)]
    runs, first, votes = np.unique(np.concatenate(found), return_index=True, return_counts=True)
    in_turn = np.argsort(first)
    total, edge = np.divmod(runs[in_turn], size + 1)
    return total, edge, votes[in_turn]


def _runs(part: _Part, units: Sequence[float], unit: Floats) -> tuple[Places, Places]:
    """Give the total and the far end of the runs of some lanes, by lane and side, by sum, by total.

    Args:
        part: these lanes.
        units: the different resolutions of its places; totals of each are looked up apart, so that some
            coarse ones do not make all sums seem near.
        unit: the resolutions of the whole table.
    """
    stated = part.stated
    width, size = stated.shape
    sums, begins = np.zeros((width, size + 1)), np.ones((width, size + 1), dtype=bool)
    value = np.where(part.open, stated, 0.0)
    np.cumsum(value, axis=1, out=sums[:, 1:])
    np.not_equal(value, 0, out=begins[:, 1:])
    starts = np.flatnonzero(begins)
    held, of_lane = sums.ravel()[starts], np.count_nonzero(begins, axis=1)
    targets = np.empty((2, width, size))
    np.subtract(sums[:, :-1], stated, out=targets[0])
    np.add(sums[:, 1:], stated, out=targets[1])
    can_be = np.stack((stated != 0, stated != 0))
    if value.min() >= 0:
        most_off = np.maximum(part.along[:, np.newaxis], part.across) + _ROUNDED
        can_be &= _within_growing(sums, targets, most_off)
    is_near, met = np.zeros(len(starts), dtype=bool), []
    largest = (size + 1) * np.abs(stated).max(axis=1)
    for across in units:
        asked_for = can_be & (part.across == across)
        asked = np.flatnonzero(asked_for)
        steps = Steps(np.maximum(part.along, across) + _ROUNDED, largest)
        near, found = meeting(
            steps.of_sums(held, of_lane),
            steps.of_amounts(targets.ravel()[asked], np.count_nonzero(asked_for, axis=2)),
        )
        is_near[near] = True
        met.append(asked[found])
    near, found = np.flatnonzero(is_near), np.sort(np.concatenate(met))
    if not len(found):
        return found, found
    side, lane, total = np.unravel_index(found, targets.shape)
    slack = unit[part.places[total], part.lanes[lane]]
    sought = _Sought(lane, total, side, targets.ravel()[found], slack)
    lane, first = np.divmod(starts[near], size + 1)
    last = np.append(starts, sums.size)[near + 1] - 1 - lane * (size + 1)
    return _shortest(sought, held[near].round(_DECIMALS), lane, first, last)


def _within_growing(sums: Floats, targets: Floats, most_off: Floats) -> Flags:
    """Mark what is no larger than all running sums before a total, or no less than all after it.

    Two places or more lie between; the running sums never become less.
    """
    is_within = np.zeros(targets.shape, dtype=bool)
    room = most_off + _NOISE * sums[:, -1:]
    np.less_equal((targets[0] - room)[:, 2:], sums[:, :-3], out=is_within[0, :, 2:])
    np.greater_equal((targets[1] + room)[:, :-2], sums[:, 3:], out=is_within[1, :, :-2])
    return is_within


def _shortest(
    sought: _Sought, sums: Floats, lane: Places, first: Places, last: Places
) -> tuple[Places, Places]:
    """Give the total and the far end of the shortest run for each sum near enough to what is sought.

    Args:
        sought: what is sought.
        sums: running sums that may come near.
        lane: the lanes of these, in order.
        first: the first place of the stretch with that sum, in order within its lane.
        last: the last.
    """
    order = np.lexsort((sums, lane))
    sums, lane = sums[order], lane[order]
    is_new = np.concatenate(([True], (sums[1:] != sums[:-1]) | (lane[1:] != lane[:-1])))
    stretches = _Stretches(np.cumsum(is_new) - 1, first[order], last[order])
    lane, values = lane[is_new], sums[is_new]
    end = np.searchsorted(lane, sought.lane, side="right") - 1
    begin = _first_from(lane, values, sought.lane, sought.target - sought.slack)
    here = begin + np.arange(_MOST_SUMS)[:, np.newaxis]
    is_close = np.abs(values[np.minimum(here, end)] - sought.target) <= sought.slack
    nth, which = np.nonzero(is_close & (here <= end))
    total, side = sought.total[which], sought.side[which]
    edge, fits = _nearest(stretches, here[nth, which], total, side)
    in_turn = np.argsort((2 * sought.lane[which] + side)[fits], kind="stable")
    return total[fits][in_turn], edge[fits][in_turn]


def _nearest(stretches: _Stretches, sums: Places, total: Places, side: Places) -> tuple[Places, Flags]:
    """Find the place nearest to each total, with two places or more between, that has a given running sum.

    Returns:
        The place, and whether there is one.
    """
    slots = max(stretches.last.max(), total.max(initial=0)) + 4
    before = np.searchsorted(stretches.sum * slots + stretches.first, sums * slots + total - 1) - 1
    after = np.searchsorted(stretches.sum * slots + stretches.last, sums * slots + total + 3)
    at = np.clip(np.where(side, after, before), 0, len(stretches.sum) - 1)
    first, last = stretches.first[at], stretches.last[at]
    edge = np.where(side, np.maximum(first, total + 3), np.minimum(last, total - 2))
    return edge, (stretches.sum[at] == sums) & (first <= edge) & (edge <= last)


def _first_from(lane: Places, values: Floats, own_lane: Places, least: Floats) -> Places:
    """Find the first value of at least so much in the own lane of each; the values are by lane and size."""
    is_value = np.repeat((False, True), (len(least), len(values)))
    order = np.lexsort((is_value, np.concatenate((least, values)), np.concatenate((own_lane, lane))))
    before = np.cumsum(is_value[order])
    first = np.empty(len(order), np.int64)
    first[order] = before
    return first[: len(least)]


def _by_lane(array: NDArray[_Cell], view: View) -> NDArray[_Cell]:
    """Take the places and lanes of a view, lane by lane; so many at a time as stay in fast memory."""
    taken = np.empty((len(view.sample), len(view.places)), array.dtype)
    step = max(1, CACHED // len(view.sample))
    for start in range(0, len(view.places), step):
        cut = slice(start, start + step)
        taken[:, cut] = array[crossing(as_slice(view.places[cut]), view.sample)].T
    return taken
