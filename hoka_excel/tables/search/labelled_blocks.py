"""The blocks of figures right beside the totals that say they are totals."""

from collections.abc import Iterator, Sequence

import numpy as np

from hoka_excel.tables.arrays import Flags, some
from hoka_excel.tables.labels import FIRST_YEAR, LAST_YEAR
from hoka_excel.tables.search.acceptance import Search

_MOST_PLACES = 2000
_LONGEST_BLOCK = 200


def labelled_blocks(search: Search, explained: set[int]) -> Iterator[tuple[int, list[int]]]:
    """Give every labelled total that is not explained with what stands right before it, or after it.

    Where totals come before their parts, only the last of them may come after what it adds up.
    """
    totals = [total for total in labelled_totals(search) if total not in explained]
    if not totals:
        return
    ends = ends_of_blocks(search)
    for total in totals:
        parts = _block_after(search, total, ends) if search.accepted.parents_first > 0 else []
        if parts := parts or _block_before(search, total, ends):
            yield total, parts


def labelled_totals(search: Search) -> Sequence[int]:
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


def ends_of_blocks(search: Search) -> Flags:
    """Mark the places without figures, and the headings: the first after those, if it holds but years."""
    value, known = search.lanes.value, search.lanes.known
    year = (value >= FIRST_YEAR) & (value <= LAST_YEAR) & (value == np.rint(value))
    is_empty = ~some(known, axis=1)
    is_first = np.concatenate(([True], is_empty[:-1]))
    return np.asarray(is_empty | (is_first & (year | ~known).all(axis=1)))
