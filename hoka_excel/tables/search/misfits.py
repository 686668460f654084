"""Totals that say they are totals where figures alone prove nothing: reported, never dropped.

A difference so large that no sum around the total ties is the one a controller must hear of.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from hoka_excel.tables.arrays import Flags, some
from hoka_excel.tables.labels import FIRST_YEAR, LAST_YEAR
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.layouts import Layout, Pattern, Run

_MOST_PLACES = 2000
_LONGEST_BLOCK = 200
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
    blocks = chain(_labelled_blocks(search, placed), _passed_over(search), _unexplained_families(search))
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


def tying_blocks(search: Search) -> Iterator[Pattern]:
    """Pair labelled totals with a block of one figure, which is no evidence by itself.

    They count where the table has labelled totals after their parts anyway.
    """
    summed = {pattern.total for pattern in search.patterns if min(pattern.parts) < pattern.total}
    if search.accepted.parents_first > 0 or not any(search.label(total).is_plain_total for total in summed):
        return
    yield from _repeated_totals(search, summed)
    for total, parts in _labelled_blocks(search, summed):
        totals = [index for index, part in enumerate(parts) if search.label(part).is_plain_total]
        own = parts[totals[-1] + 1 :] if totals else parts
        if len(own) > bool(totals) and (lanes := _tying(search, total, own)).any():
            yield Pattern(total, tuple(own), Layout.BLOCK, runs_of(lanes), 0.0)


def tying_families(search: Search) -> Iterator[Pattern]:
    """Pair parents with children of which one holds a figure, which is no evidence by itself.

    They count where the figures of other families prove that parents add up their children.
    """
    summed = {pattern.total for pattern in search.patterns}
    for family in search.families:
        if family.total not in summed and (lanes := _tying(search, family.total, family.parts)).any():
            yield Pattern(family.total, family.parts, family.layout, runs_of(lanes), 0.0)


def _repeated_totals(search: Search, summed: set[int]) -> Iterator[Pattern]:
    """Pair each labelled total after a gap with the one figure before the gap that it repeats.

    Two kinds of total add up a single figure: that of a chapter with one section, which repeats the total of
    the section under another name, and that of a form of which one line is filled in so far.
    """
    for total in _labelled_totals(search):
        above = _last_before_gap(search, total)
        if total in summed or above is None or search.label(total).stem == search.label(above).stem:
            continue
        gap = range(above + 1, total)
        waiting = [place for place in gap if search.label(place).text]
        is_form = len(waiting) == len(gap)
        if is_form or search.label(above).is_plain_total:
            block = [above, *waiting]
            if (lanes := _tying(search, total, block)).any():
                yield Pattern(total, tuple(block), Layout.BLOCK, runs_of(lanes), 0.0)


def _last_before_gap(search: Search, total: int) -> int | None:
    """Give the place before the empty places that come right before a total; None when there are none."""
    known = search.lanes.known
    place = total - 1
    while place >= 0 and not known[place].any():
        place -= 1
    return place if 0 <= place < total - 1 else None


def _labelled_blocks(search: Search, explained: set[int]) -> Iterator[tuple[int, list[int]]]:
    """Give every labelled total that is not explained with what stands right before it, or after it.

    Where totals come before their parts, only the last of them may come after what it adds up.
    """
    totals = [total for total in _labelled_totals(search) if total not in explained]
    if not totals:
        return
    ends = _ends_of_blocks(search)
    for total in totals:
        parts = _block_after(search, total, ends) if search.accepted.parents_first > 0 else []
        if parts := parts or _block_before(search, total, ends):
            yield total, parts


def _labelled_totals(search: Search) -> Sequence[int]:
    """List the places labelled as totals; none in a long table."""
    return search.labelled if len(search.lanes.known) <= _MOST_PLACES else ()


def _block_before(search: Search, total: int, ends: Flags) -> list[int]:
    """List the places before a total that are still open, back to the first that ends a block."""
    first = max(0, total - _LONGEST_BLOCK)
    before = np.flatnonzero(ends[first:total])
    first += int(before[-1]) + 1 if len(before) else 0
    return (np.flatnonzero(some(search.accepted.open[first:total], axis=1)) + first).tolist()


def _block_after(search: Search, total: int, ends: Flags) -> list[int]:
    """List the places after a total that are still open, up to the first that ends a block or is labelled."""
    ends = ends.copy()
    ends[search.labelled] = True
    past = total + 1 + _LONGEST_BLOCK
    after = np.flatnonzero(ends[total + 1 : past])
    past = total + 1 + int(after[0]) if len(after) else past
    return (np.flatnonzero(some(search.accepted.open[total + 1 : past], axis=1)) + total + 1).tolist()


def _passed_over(search: Search) -> Iterator[tuple[int, Sequence[int]]]:
    """Give the labelled totals that a later one passes over, with the places before them that it adds up."""
    totals = {pattern.total for pattern in search.patterns}
    for total in _labelled_totals(search):
        later = (one for one in search.patterns if one.total > total and total - 1 in one.parts)
        if total not in totals and (pattern := next(later, None)) and total not in pattern.parts:
            own = set(pattern.parts) - totals
            first = next(place for place in range(total - 1, -2, -1) if place not in own)
            yield total, range(first + 1, total)


def _ends_of_blocks(search: Search) -> Flags:
    """Mark the places without figures, and the headings: those that hold years and nothing else."""
    value = search.lanes.value
    year = (value >= FIRST_YEAR) & (value <= LAST_YEAR) & (value == np.rint(value))
    return np.asarray((year | ~search.lanes.known).all(axis=1))


def comparable(search: Search, total: int, parts: Sequence[int]) -> Flags:
    """Mark the lanes in which total and block are of one size, and hold at least two parts."""
    lanes = search.lanes
    stated, given = lanes.value[total], lanes.value[[*parts]].sum(axis=0)
    larger = np.maximum(np.abs(stated), np.abs(given))
    filled = lanes.known[total] & ((lanes.value[[*parts]] != 0).sum(axis=0) > 1)
    return np.asarray(filled & (np.abs(stated - given) <= _LARGEST_MISFIT * larger) & (stated * given > 0))


def _tying(search: Search, total: int, parts: Sequence[int]) -> Flags:
    """Mark the lanes in which total and block agree, if they do wherever the total is not nil."""
    lanes = search.lanes
    stated, given = lanes.value[total], lanes.value[[*parts]].sum(axis=0)
    agree = np.abs(stated - given) <= 1e-9 * np.abs(stated)
    stated_there = lanes.known[total] & (stated != 0)
    if not stated_there.any() or not agree[stated_there].all():
        return np.zeros_like(agree)
    return np.asarray(agree & lanes.known[total])


def runs_of(lanes: Flags) -> tuple[Run, ...]:
    """Gather the marked lanes into runs."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], lanes.astype(np.int8), [0]))))
    return tuple((int(first), int(past) - 1) for first, past in steps.reshape(-1, 2))
