"""Totals of a form that a table repeats: where copies of it tie, one that is off is a total all the same.

Three examinations, each the sum of its two halves: if the first and the last tie, a controller wants to hear
that the second does not.
"""

from collections.abc import Iterator

from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.layouts import Layout, Pattern, runs_of
from hoka_excel.tables.search.likeness import comparable

_MOST_PLACES = 500
"""Places above which copies are not looked for; forms are short."""
_ENOUGH = 0.5
"""The share of the lanes with a total in which it must be of the size of its parts."""


def echoes(search: Search, placed: set[int]) -> Iterator[Pattern]:
    """Give the lines that have the words and the place of an accepted total in another copy of its form.

    Args:
        search: a finished search.
        placed: the places that are part of some sum.
    """
    size = len(search.lanes.known)
    if size > _MOST_PLACES:
        return
    stems = [search.label(place).stem for place in range(size)]
    placed = set(placed)
    for pattern in search.patterns:
        form = (pattern.total, *pattern.parts)
        if not pattern.layout.is_beside or not all(stems[place] for place in form):
            continue
        for total in [place for place in range(size) if stems[place] == stems[pattern.total]]:
            copy = [place + total - pattern.total for place in form]
            if min(copy) < 0 or max(copy) >= size or placed & set(copy):
                continue
            if [stems[place] for place in copy] != [stems[place] for place in form]:
                continue
            lanes = comparable(search.lanes, total, copy[1:])
            if lanes.sum() > _ENOUGH * (search.lanes.value[total] != 0).sum():
                placed |= set(copy)
                yield Pattern(total, tuple(copy[1:]), Layout.LABELLED, runs_of(lanes), 0.0)
