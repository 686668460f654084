"""Totals of which hardly anything is filled: beside each stands what it adds up, a single figure a lane.

Such a total proves nothing by itself, since any line may repeat another; but nothing is wrong with it either.
"""

from collections.abc import Sequence

import numpy as np

from hoka_excel.tables.arrays import Flags, Places, some
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.lanes import Lanes

_FARTHEST = 40
"""How many places from its total a part may stand."""
_NOISE = 1e-9


def is_right_otherwise(lanes: Lanes, total: int, parts: Sequence[int], ends: Flags | None = None) -> bool:
    """Whether a sum fails in some lane, but the places right before its total, or after it, give that in all.

    Args:
        lanes: the table.
        total: the place of the total.
        parts: the places that should add up to it.
        ends: the places that end a block, where all of it must be added up; None where some of it will do.
    """
    fares = fit(lanes, total, parts)
    if (fares.hit | fares.blank).all():
        return False
    size = len(lanes.value)
    before = np.arange(total - 1, max(-1, total - 1 - _FARTHEST), -1)
    after = np.arange(total + 1, min(size, total + 1 + _FARTHEST))
    return any(_adds_up(lanes, total, places, ends) for places in (before, after))


def _adds_up(lanes: Lanes, total: int, places: Places, ends: Flags | None) -> bool:
    """Whether some of the first places add up to a total; the whole block, from its first figure on."""
    stated, value = lanes.value[total], lanes.value[places]
    slack = np.cumsum(lanes.unit[places] * (value != 0), axis=0) / 2 + _NOISE * np.abs(stated)
    ties = (np.abs(np.cumsum(value, axis=0) - stated) <= slack).all(axis=1)
    if ends is not None:
        is_begun = np.cumsum(some(value != 0, axis=1)) > 0
        after = np.flatnonzero(is_begun & ends[places])
        ties = ties[: after[0]][-1:] if len(after) else ties[-1:]
    return bool(ties.any())
