"""The shortest runs of places that give a total, in some lanes of a long table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hoka_excel.tables.arrays import Flags, Floats, Places
from hoka_excel.tables.search.sum_steps import Steps, meeting

_MOST_SUMS = 3
"""How many different running sums near what is sought are looked at."""
_FEW_SOUGHT = 1 << 10
"""Up to how many totals are looked up together, at the resolution of the coarsest."""
_DECIMALS = 6
"""To so many decimals running sums are rounded, which makes those one that differ by what floats stray."""
ROUNDED = 10.0**-_DECIMALS
"""What that rounding takes away or adds at the most."""
NOISE = 1e-12
"""What running sums may be off, as a share of the largest: so far floats stray."""


@dataclass(frozen=True, slots=True)
class LanePart:
    """Some lanes; arrays run over lanes and places.

    Attributes:
        stated: the figures; nil where there is none.
        open: where these may be parts.
        along: the resolution of each lane by itself.
        across: that of each place, or of the finest lane of the table where that is coarser.
        units: the different ones of these, the coarsest last.
        limits: the edges that leave two open places between them and each place: the last one before it, -1
            where there is none; and the first one after it, past the end where there is none.
    """

    stated: Floats
    open: Flags
    along: Floats
    across: Floats
    units: Sequence[float]
    limits: Places


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
        limit: the nearest edge at which it may end.
    """

    lane: Places
    total: Places
    side: Places
    target: Floats
    slack: Floats
    limit: Places


class LaneRuns(NamedTuple):
    """Runs beside a total, each in one lane; arrays of as many.

    Attributes:
        total: the place of the total.
        edge: the far end of the run.
        reach: the far end of the longest run that gives as much, with blanks alone beyond the edge.
    """

    total: Places
    edge: Places
    reach: Places


def shortest_runs(part: LanePart) -> LaneRuns:
    """Give the shortest runs in some lanes, by lane and side, by sum, by total."""
    stated = part.stated
    width, size = stated.shape
    sums, begins = np.zeros((width, size + 1)), np.ones((width, size + 1), dtype=bool)
    value = stated * part.open
    np.cumsum(value, axis=1, out=sums[:, 1:])
    np.not_equal(value, 0, out=begins[:, 1:])
    starts = np.flatnonzero(begins)
    targets = np.empty((2, width, size))
    np.subtract(sums[:, :-1], stated, out=targets[0])
    np.add(sums[:, 1:], stated, out=targets[1])
    can_be = np.stack((stated != 0, stated != 0))
    if value.min() >= 0:
        can_be &= _within_growing(part, sums, targets)
    distinct = sums.ravel()[starts]
    near, found = _met(part, distinct, np.count_nonzero(begins, axis=1), targets, can_be)
    if not len(found):
        return LaneRuns(found, found, found)
    side, lane, total = np.unravel_index(found, targets.shape)
    slack = np.maximum(part.along[lane], part.across[total])
    sought = _Sought(lane, total, side, targets.ravel()[found], slack, part.limits[side, total])
    lane, first = np.divmod(starts[near], size + 1)
    last = np.append(starts, sums.size)[near + 1] - 1 - lane * (size + 1)
    return _shortest(sought, distinct[near].round(_DECIMALS), lane, first, last)


def _within_growing(part: LanePart, sums: Floats, targets: Floats) -> Flags:
    """Mark what is no larger than all running sums before a total, or no less than all after it.

    Two places or more lie between; the running sums never become less.
    """
    is_within = np.zeros(targets.shape, dtype=bool)
    most_off = np.maximum(part.along[:, np.newaxis], part.across) + ROUNDED
    room = most_off + NOISE * sums[:, -1:]
    np.less_equal((targets[0] - room)[:, 2:], sums[:, :-3], out=is_within[0, :, 2:])
    np.greater_equal((targets[1] + room)[:, :-2], sums[:, 3:], out=is_within[1, :, :-2])
    return is_within


def _met(
    part: LanePart, sums: Floats, counts: Places, targets: Floats, can_be: Flags
) -> tuple[Places, Places]:
    """Find the sums that may be near a target, and the targets that may be near a sum.

    Totals of each resolution are looked up apart: a few coarse ones do not make all sums seem near. Of few
    totals it does not matter which sums seem near.

    Args:
        part: these lanes.
        sums: the different running sums, lane by lane.
        counts: how many there are of each lane.
        targets: the running sums sought, by side, lane and place.
        can_be: which of them are.

    Returns:
        Indices of sums and of targets, in order.
    """
    is_near, met = np.zeros(len(sums), dtype=bool), []
    largest = (part.stated.shape[1] + 1) * np.abs(part.stated).max(axis=1)
    are_few = np.count_nonzero(can_be) <= _FEW_SOUGHT
    for across in part.units[-1:] if are_few else part.units:
        asked_for = can_be if are_few else can_be & (part.across == across)
        asked = np.flatnonzero(asked_for)
        steps = Steps(np.maximum(part.along, across) + ROUNDED, largest)
        amounts = steps.of_amounts(targets.ravel()[asked], np.count_nonzero(asked_for, axis=2))
        near, found = meeting(steps.of_sums(sums, counts), amounts)
        is_near[near] = True
        met.append(asked[found])
    return np.flatnonzero(is_near), np.sort(np.concatenate(met))


def _shortest(sought: _Sought, sums: Floats, lane: Places, first: Places, last: Places) -> LaneRuns:
    """Give the shortest run for each sum near enough to what is sought.

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
    side, limit = sought.side[which], sought.limit[which]
    edge, reach, fits = _nearest(stretches, here[nth, which], side, limit)
    in_turn = np.flatnonzero(fits)[np.argsort((2 * sought.lane[which] + side)[fits], kind="stable")]
    return LaneRuns(sought.total[which][in_turn], edge[in_turn], reach[in_turn])


def _nearest(
    stretches: _Stretches, sums: Places, side: Places, limit: Places
) -> tuple[Places, Places, Flags]:
    """Find the edge with a given running sum nearest to a limit: at most that before, at least that after.

    Returns:
        The edge, the farthest one up to which that sum does not change, and whether there is one.
    """
    slots = max(stretches.last.max(), limit.max(initial=0)) + 2
    before = np.searchsorted(stretches.sum * slots + stretches.first, sums * slots + limit + 1) - 1
    after = np.searchsorted(stretches.sum * slots + stretches.last, sums * slots + limit)
    at = np.clip(np.where(side, after, before), 0, len(stretches.sum) - 1)
    first, last = stretches.first[at], stretches.last[at]
    edge = np.where(side, np.maximum(first, limit), np.minimum(last, limit))
    return edge, np.where(side, last, first), (stretches.sum[at] == sums) & (first <= edge) & (edge <= last)


def _first_from(lane: Places, values: Floats, own_lane: Places, least: Floats) -> Places:
    """Find the first value of at least so much in the own lane of each; the values are by lane and size."""
    is_value = np.repeat((False, True), (len(least), len(values)))
    order = np.lexsort((is_value, np.concatenate((least, values)), np.concatenate((own_lane, lane))))
    before = np.cumsum(is_value[order])
    first = np.empty(len(order), np.int64)
    first[order] = before
    return first[: len(least)]
