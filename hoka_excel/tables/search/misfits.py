"""Totals that do not tie where the words, the other totals or a copy say what they should add up.

A difference so large that no sum around the total ties is the one a controller must hear of.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, count, takewhile

import numpy as np

from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.echoes import echoes
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.labelled_blocks import ends_of_blocks, labelled_blocks
from hoka_excel.tables.search.layouts import Layout, Pattern, is_run, runs_of
from hoka_excel.tables.search.likeness import comparable
from hoka_excel.tables.search.nesting import Nesting, nested_families, nested_totals
from hoka_excel.tables.search.single_parts import is_right_otherwise

_FAR_MORE = 2
"""How many families that add up stand against one that does not, for that to be wrong."""
_ENOUGH = 0.5
"""The share of the lanes with a total in which it must be of the size of its parts."""


def misfits(search: Search) -> Collection[Pattern]:
    """Pair the totals that nothing explains with what they should add up, each in one way.

    Args:
        search: a finished search.
    """
    families = nested_families(search)
    nested = list(nested_totals(search, families))
    placed = {place for one in (*search.patterns, *nested) for place in (one.total, *one.parts)}
    blocks = chain(labelled_blocks(search, placed), _unexplained(search, families), _passed_over(search))
    beside = (_of_one_size(search, total, parts) for total, parts in blocks)
    found = chain(filter(None, beside), echoes(search, placed), nested)
    return {pattern.total: pattern for pattern in found if not _is_right(search, pattern)}.values()


def _is_right(search: Search, pattern: Pattern) -> bool:
    """Whether a total that does not tie is what stands beside it, a single figure in every lane.

    It must be all that stands there where its words say that it is a total.
    """
    total, ends = pattern.total, None
    if search.label(total).is_plain_total:
        ends = ends_of_blocks(search)
        ends[[*search.labelled, *(accepted.total for accepted in search.patterns)]] = True
    return is_right_otherwise(search.lanes, total, pattern.parts, ends)


def _of_one_size(search: Search, total: int, parts: Sequence[int]) -> Pattern | None:
    """Pair a total with what stands beside it, where both are of one size in most lanes, or tie in one."""
    lanes, hit = comparable(search.lanes, total, parts), fit(search.lanes, total, parts).hit
    stated = np.count_nonzero(search.lanes.value[total])
    if not lanes.any() or (lanes.sum() < _ENOUGH * stated and not hit[lanes].any()):
        return None
    layout = Layout.ADJACENT if hit[lanes].any() else Layout.LABELLED
    return Pattern(total, tuple(parts), layout, runs_of(lanes), 0.0)


def _unexplained(search: Search, families: Nesting) -> Iterator[tuple[int, Sequence[int]]]:
    """Give the parents that nothing explains with their children, where far more add up theirs.

    Elsewhere children may be but examples; there a family counts that ties in some lane.
    """
    are_few = _FAR_MORE * len(families.unexplained) <= len(families.nested)
    for total, parts in families.unexplained.items() if families.nested else ():
        if are_few or fit(search.lanes, total, parts).hit.any():
            yield total, parts


def _passed_over(search: Search) -> Iterator[tuple[int, Sequence[int]]]:
    """Give the places that a sum passes over, with the lines beside them that it adds up in their stead.

    They are totals where their words say so, or where they tie in some lane.
    """
    totals = {pattern.total for pattern in search.patterns}
    for pattern in search.patterns:
        if is_run(pattern.parts) and pattern.total in (pattern.parts[0] - 1, pattern.parts[-1] + 1):
            continue  # a run beside its total passes over nothing
        own = set(pattern.parts) - totals
        step = 1 if pattern.is_before_parts else -1
        for place in sorted({part - step for part in own} - set(pattern.parts) - totals):
            lines = list(takewhile(own.__contains__, count(place + step, step)))
            if 0 <= place < len(search.lanes.known) and len(lines) > 1:
                parts = sorted(lines)
                if search.label(place).is_plain_total or fit(search.lanes, place, parts).hit.any():
                    yield place, parts
