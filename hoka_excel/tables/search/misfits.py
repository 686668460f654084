"""Totals that say they are totals where figures alone prove nothing: reported, never dropped.

A difference so large that no sum around the total ties is the one a controller must hear of.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from hoka_excel.tables.arrays import Flags
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.labelled_blocks import labelled_blocks, labelled_totals
from hoka_excel.tables.search.layouts import Layout, Pattern, runs_of

_LARGEST_MISFIT = 0.3
"""How far off, relatively, the block above a labelled total may be and still be what it claims to add up."""
_FAR_MORE = 2
"""How many families that add up stand against one that does not, for that to be wrong."""
_ENOUGH = 0.5
"""The share of the lanes with a total in which it must be of the size of its parts."""


def labelled_misfits(search: Search) -> Iterator[Pattern]:
    """Pair each labelled total that nothing explains with the unbroken block right beside it.

    Args:
        search: a finished search.
    """
    placed = {place for pattern in search.patterns for place in (pattern.total, *pattern.parts)}
    blocks = chain(labelled_blocks(search, placed), _passed_over(search), _unexplained_families(search))
    for total, parts in blocks:
        lanes = comparable(search, total, parts)
        if lanes.any() and _is_of_one_size(search, total, parts, lanes):
            yield Pattern(total, tuple(parts), Layout.LABELLED, runs_of(lanes), 0.0)


def _unexplained_families(search: Search) -> Iterator[tuple[int, Sequence[int]]]:
    """Give the parents that nothing explains with their children, where far more add up theirs.

    Elsewhere children may be but examples; there a family counts that ties in some lane.
    """
    known = {pattern.total: pattern.parts for pattern in search.patterns}
    adding_up = sum(len(one.parts) > 1 and known.get(one.total) == one.parts for one in search.families)
    families = [(one.total, one.parts) for one in search.families if one.total not in known]
    for total, parts in families if adding_up else ():
        if _FAR_MORE * len(families) <= adding_up or fit(search.lanes, total, parts).hit.any():
            yield total, parts


def _is_of_one_size(search: Search, total: int, parts: Sequence[int], lanes: Flags) -> bool:
    """Whether the comparable lanes are most of those that have a total, or one of them ties."""
    stated = np.count_nonzero(search.lanes.value[total])
    return bool(lanes.sum() >= _ENOUGH * stated or fit(search.lanes, total, parts).hit[lanes].any())


def _passed_over(search: Search) -> Iterator[tuple[int, Sequence[int]]]:
    """Give the labelled totals that a later one passes over, with the places before them that it adds up."""
    totals = {pattern.total for pattern in search.patterns}
    for total in labelled_totals(search):
        later = (one for one in search.patterns if one.total > total and total - 1 in one.parts)
        if total not in totals and (pattern := next(later, None)) and total not in pattern.parts:
            own = set(pattern.parts) - totals
            first = next(place for place in range(total - 1, -2, -1) if place not in own)
            yield total, range(first + 1, total)


def comparable(search: Search, total: int, parts: Sequence[int]) -> Flags:
    """Mark the lanes in which total and block are of one size, and hold at least two parts."""
    lanes = search.lanes
    stated, given = lanes.value[total], lanes.value[[*parts]].sum(axis=0)
    larger = np.maximum(np.abs(stated), np.abs(given))
    filled = lanes.known[total] & ((lanes.value[[*parts]] != 0).sum(axis=0) > 1)
    return np.asarray(filled & (np.abs(stated - given) <= _LARGEST_MISFIT * larger) & (stated * given > 0))
