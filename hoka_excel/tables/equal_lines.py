"""Lines that hold the same figures: the total of what stands above is often that of what follows.

Where costs are added up and then split by who pays them, the same amount stands on both sides of the split.
"""

from collections.abc import Sequence

import numpy as np

from hoka_excel.tables.figures import Places
from hoka_excel.tables.lanes import Lanes

_NEARBY = 3
"""How many places from its parts a total may stand that an equal line on the other side is taken for."""
_MOSTLY = 0.9
"""The share of lanes in which two lines must hold the same figure to be equal."""


def total_across(lanes: Lanes, total: int, parts: Sequence[int], only: Places | None = None) -> int | None:
    """Give the line on the other side of a block of parts that equals their total, if there is one.

    Args:
        lanes: the table.
        total: place of the total.
        parts: places of the parts.
        only: the lanes to look at; None looks at all.
    """
    first, last = min(parts), max(parts)
    if first < total < last:
        return None
    after = range(last + 1, min(len(lanes.value), last + 1 + _NEARBY))
    before = range(first - 1, max(-1, first - 1 - _NEARBY), -1)
    across = after if total < first else before
    return next((place for place in across if _are_equal(lanes, place, total, only)), None)


def _are_equal(lanes: Lanes, one: int, other: int, only: Places | None) -> bool:
    """Whether two places hold the same figures in most lanes where these are not nil."""
    mine, theirs = lanes.value[one], lanes.value[other]
    if only is not None:
        mine, theirs = mine[only], theirs[only]
    told = (mine != 0) | (theirs != 0)
    count = np.count_nonzero(told)
    return bool(count and np.count_nonzero((mine == theirs) & told) / count >= _MOSTLY)
