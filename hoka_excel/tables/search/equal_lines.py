"""Lines that hold the same figures: the total of what stands above is often that of what follows.

Where costs are added up and then split by who pays them, the same amount stands on both sides of the split.
"""

from collections.abc import Sequence

import numpy as np

from hoka_excel.tables.arrays import Flags, Places
from hoka_excel.tables.search.batches import batches
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Candidate, Pattern

_NEARBY = 3
"""How many places from its parts a total may stand that an equal line on the other side is taken for."""
_MOSTLY = 0.9
"""The share of lanes in which two lines must hold the same figure to be equal."""


def totals_across(
    lanes: Lanes, patterns: Sequence[Candidate | Pattern], only: Places | None = None
) -> Places:
    """Give the line on the other side of each block of parts that equals its total; -1 if there is none.

    Args:
        lanes: the table.
        patterns: the totals and their parts.
        only: the lanes to look at; None looks at all.
    """
    ends = np.array([(one.total, one.parts[0], one.parts[-1]) for one in patterns], dtype=np.int64)
    totals, firsts, lasts = ends.reshape(-1, 3).T
    across = np.full(len(totals), -1)
    waiting = np.flatnonzero((totals < firsts) | (totals > lasts))
    for step in range(1, _NEARBY + 1):
        if not len(waiting):
            break
        total = totals[waiting]
        place = np.where(total < firsts[waiting], lasts[waiting] + step, firsts[waiting] - step)
        there = np.flatnonzero((place >= 0) & (place < len(lanes.value)))
        waiting, place = waiting[there], place[there]
        equal = _are_equal(lanes, place, total[there], only)
        across[waiting[equal]] = place[equal]
        waiting = waiting[~equal]
    return across


def _are_equal(lanes: Lanes, ones: Places, others: Places, only: Places | None) -> Flags:
    """Mark the pairs of places that hold the same figures in most lanes where these are not nil."""
    lane = slice(None) if only is None else only
    equal = np.zeros(len(ones), dtype=bool)
    for batch in batches((2 for _ in ones), lanes.value.shape[1]):
        mine, theirs = lanes.value[ones[batch]][:, lane], lanes.value[others[batch]][:, lane]
        told = (mine != 0) | (theirs != 0)
        count = np.count_nonzero(told, axis=1)
        same = np.count_nonzero((mine == theirs) & told, axis=1)
        equal[batch] = (count > 0) & (same / np.maximum(count, 1) >= _MOSTLY)
    return equal
