"""Which subtotals stand in for their own parts where a larger total lists those one by one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.batches import strung
from hoka_excel.tables.search.layouts import Candidate, Layout, Pattern


def substituted(search: Search) -> list[Pattern]:
    """Let a subtotal stand in for its own parts wherever a larger total lists them one by one."""
    patterns = search.accepted.patterns
    told: list[Pattern] = []
    alike: dict[tuple[int, tuple[int, ...]], list[Pattern]] = {}
    for pattern, shares in zip(patterns, _share_parts(patterns), strict=True):
        found = _substituted(search, pattern) if shares else pattern
        same = alike.setdefault((found.total, found.parts), [])
        if not any(other.meets(found.runs) for other in same):
            same.append(found)
            told.append(found)
    return told


def _share_parts(patterns: Sequence[Pattern]) -> list[bool]:
    """Say of each pattern whether one of its parts is a part of another too."""
    if not patterns:
        return []
    parts, starts = strung([pattern.parts for pattern in patterns])
    shares: list[bool] = (np.maximum.reduceat(np.bincount(parts)[parts], starts) > 1).tolist()
    return shares


def _substituted(search: Search, pattern: Pattern) -> Pattern:
    parts = set(pattern.parts)
    for other in search.accepted.around(pattern.total, pattern.parts, pattern.runs):
        theirs = set(other.parts)
        if (
            theirs < parts
            and other.total not in parts | {pattern.total}
            and not _is_running(search, other, pattern)
            and abs(other.total - min(theirs)) < abs(pattern.total - min(theirs))
        ):
            shorter = tuple(sorted((parts - theirs) | {other.total}))
            if search.tallies([Candidate(pattern.total, shorter, Layout.SAME_LABEL)])[0].runs:
                return _substituted(search, replace(pattern, parts=shorter))
    return pattern


def _is_running(search: Search, pattern: Pattern, last: Pattern) -> bool:
    """Whether a total is one of a chain of running totals that all begin at one place, besides the last.

    January to March, January to June, January to September: none of them is a step to the year.
    """
    parts, whole = set(pattern.parts), set(last.parts)
    return any(
        other.parts[0] == pattern.parts[0]
        and (parts < (theirs := set(other.parts)) or parts > theirs)
        and theirs < whole
        and other.total not in parts
        and pattern.total not in theirs
        for other in search.accepted.around(pattern.total, pattern.parts, pattern.runs)
    )
