"""Totals that say they are totals and tie, where figures alone prove nothing: one part alone is filled."""

from collections.abc import Iterator, Sequence

import numpy as np

from hoka_excel.tables.arrays import Flags
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.labelled_blocks import labelled_blocks, labelled_totals
from hoka_excel.tables.search.layouts import Layout, Pattern, runs_of


def tying_blocks(search: Search) -> Iterator[Pattern]:
    """Pair labelled totals with a block of one figure, which is no evidence by itself.

    They count where the table has labelled totals after their parts anyway.
    """
    summed = {pattern.total for pattern in search.patterns if min(pattern.parts) < pattern.total}
    if search.accepted.parents_first > 0 or not any(search.label(total).is_plain_total for total in summed):
        return
    yield from _repeated_totals(search, summed)
    for total, parts in labelled_blocks(search, summed):
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
    for total in labelled_totals(search):
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


def _tying(search: Search, total: int, parts: Sequence[int]) -> Flags:
    """Mark the lanes in which total and block agree, if they do wherever the total is not nil."""
    lanes = search.lanes
    stated, given = lanes.value[total], lanes.value[[*parts]].sum(axis=0)
    agree = np.abs(stated - given) <= 1e-9 * np.abs(stated)
    stated_there = lanes.known[total] & (stated != 0)
    if not stated_there.any() or not agree[stated_there].all():
        return np.zeros_like(agree)
    return np.asarray(agree & lanes.known[total])
