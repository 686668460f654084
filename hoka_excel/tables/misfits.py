"""Totals that say they are totals and fit nothing: reported, never dropped.

A difference so large that no sum around the total ties is the one a controller must hear of.
"""

from collections.abc import Iterator

import numpy as np

from hoka_excel.tables.acceptance import Pattern, Run, Search
from hoka_excel.tables.figures import Flags
from hoka_excel.tables.patterns import Layout

_MOST_PLACES = 2000
_LONGEST_BLOCK = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LARGEST_MISFIT = 0.3
"""How far off, relatively, the block above a labelled total may be and still be what it claims to add up."""


def labelled_misfits(search: Search) -> Iterator[Pattern]:
    """Pair each labelled total that nothing explains with the unbroken block right before it.

    Args:
        search: a finished search.
    """
    known = search.lanes.known
    if len(known) > _MOST_PLACES or search.has_parents_first:
        return
    explained = {pattern.total for pattern in search.patterns}
    subtotals = {part for pattern in search.patterns for part in pattern.parts}
    for total in range(len(known)):
        if total in explained | subtotals or not known[total].any() or not search.label(total).is_plain_total:
            continue
        parts = _block_before(search, total)
        lanes = _comparable(search, total, parts) if len(parts) > 1 else np.zeros(0, dtype=bool)
        if lanes.any():
            yield Pattern(total, tuple(parts), Layout.LABELLED, _runs(lanes), 0.0)


def _block_before(search: Search, total: int) -> list[int]:
    """List the places before a total that are still open, back to the first empty one."""
    block: list[int] = []
    for place in range(total - 1, max(-1, total - 1 - _LONGEST_BLOCK), -1):
        if not search.lanes.known[place].any() or _is_heading(search, place):
            break
        if search.open[place].any():
            block.insert(0, place)
    return block


def _is_heading(search: Search, place: int) -> bool:
    """Whether a place holds years and nothing else."""
    values = search.lanes.value[place][search.lanes.known[place]]
    return bool(((values >= _FIRST_YEAR) & (values <= _LAST_YEAR) & (values == np.rint(values))).all())


def _comparable(search: Search, total: int, parts: list[int]) -> Flags:
    """Mark the lanes in which total and block are of one size, and hold at least two parts."""
    lanes = search.lanes
    stated, given = lanes.value[total], lanes.value[parts].sum(axis=0)
    larger = np.maximum(np.abs(stated), np.abs(given))
    filled = lanes.known[total] & ((lanes.value[parts] != 0).sum(axis=0) > 1)
    return np.asarray(filled & (np.abs(stated - given) <= _LARGEST_MISFIT * larger) & (stated * given > 0))


def _runs(lanes: Flags) -> tuple[Run, ...]:
    steps = np.flatnonzero(np.diff(np.concatenate(([0], lanes.astype(np.int8), [0]))))
    return tuple((int(first), int(past) - 1) for first, past in steps.reshape(-1, 2))
