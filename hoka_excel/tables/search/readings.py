"""What the accepted patterns of one table say of each other: the simplest account of it is kept.

Three regularities. What gives a total exactly is what it is made of, not what comes near. A total that is
taken apart twice, once coarsely and once finely, is one tree: its fine parts make up its coarse parts, and
those make up the total. And what follows from the other sums of a table is no sum of its own: where a = b + c
and a = d + e and b = d + f, nobody adds up e = c + f.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from hoka_excel.tables.arrays import Floats, Places
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Pattern

_MOSTLY = 0.9
"""The share of lanes in which figures must agree to stand for each other."""
_MOST_WEIGHED = 300
"""Patterns above which it is not asked which follow from which."""


def exact_first(search: Search, patterns: Sequence[Pattern]) -> list[Pattern]:
    """Leave out what nearly adds up to a total that other lines give exactly."""
    near = {pattern.total: pattern for pattern in patterns if pattern.layout.is_near}
    given = {
        pattern.total
        for pattern in patterns
        if pattern.total in near
        and not pattern.layout.is_near
        and pattern.meets(near[pattern.total].runs)
        and _mostly_holds(search.lanes, pattern)
    }
    return [pattern for pattern in patterns if not (pattern.layout.is_near and pattern.total in given)]


def _mostly_holds(lanes: Lanes, pattern: Pattern) -> bool:
    """Whether a pattern ties in most of the lanes of its runs."""
    found, within = fit(lanes, pattern.total, pattern.parts), _within(pattern)
    return bool(found.hit[within].sum() >= _MOSTLY * (~found.blank[within]).sum())


def as_one_tree(search: Search, patterns: Sequence[Pattern]) -> list[Pattern]:
    """Hang the finer of two readings of one total under the coarser, where its parts divide into those."""
    readings: dict[int, list[Pattern]] = {}
    for pattern in patterns:
        readings.setdefault(pattern.total, []).append(pattern)
    told: list[Pattern] = []
    for pattern in patterns:
        coarser = (
            other
            for other in readings[pattern.total]
            if len(other.parts) < len(pattern.parts) and other.meets(pattern.runs)
        )
        branches = next((found for other in coarser if (found := _branches(search, other, pattern))), None)
        told += [pattern] if branches is None else [one for one in branches if one.total not in readings]
    return told


def _branches(search: Search, coarse: Pattern, fine: Pattern) -> list[Pattern]:
    """Divide the fine parts, in order, into groups that add up to the coarse parts; empty if they do not.

    A group ends as soon as it agrees, so that a line without figures belongs to the group after it. A group
    of one line only repeats a coarse part and is no sum.
    """
    if set(coarse.parts) & set(fine.parts):
        return []
    lines = [
        place
        for place in range(min(fine.parts), max(fine.parts) + 1)
        if place in fine.parts or (not search.lanes.known[place].any() and search.label(place).text)
    ]
    value = search.lanes.value[:, _within(fine)]
    groups: list[tuple[int, tuple[int, ...]]] = []
    start = 0
    for parent in coarse.parts:
        past = _end_of_group(value, parent, lines, start)
        if past is None:
            return []
        groups.append((parent, tuple(lines[start:past])))
        start = past
    sums = [
        Pattern(parent, parts, fine.layout, coarse.runs, fine.bits)
        for parent, parts in groups
        if len(parts) > 1
    ]
    return sums if start == len(lines) else []


def _end_of_group(value: Floats, parent: int, lines: Sequence[int], start: int) -> int | None:
    """Find how far the lines from `start` on go that add up to a parent, the shortest way."""
    given = np.zeros_like(value[parent])
    for past in range(start + 1, len(lines) + 1):
        given = given + value[lines[past - 1]]
        if _agree(value[parent], given):
            return past
    return None


def _within(pattern: Pattern) -> Places:
    """List the lanes in which a pattern holds."""
    return np.concatenate([np.arange(first, last + 1) for first, last in pattern.runs])


def _agree(stated: Floats, given: Floats) -> bool:
    """Whether figures are the same in most lanes in which they are not nil."""
    told = (stated != 0) | (given != 0)
    same = np.abs(stated - given) <= 1e-9 * np.maximum(np.abs(stated), np.abs(given))
    return bool(told.any() and same[told].mean() >= _MOSTLY)


def independent(search: Search, patterns: Sequence[Pattern]) -> list[Pattern]:
    """Leave out the scattered patterns that follow from others, the surest kept.

    Totals beside their parts stay: a table crossed two ways states its grand total both ways.
    """
    if len(patterns) > _MOST_WEIGHED:
        return list(patterns)
    kept = [pattern for pattern in patterns if not pattern.layout.is_scattered]
    for pattern in sorted(
        (pattern for pattern in patterns if pattern.layout.is_scattered), key=lambda pattern: -pattern.bits
    ):
        if not _follows(search.lanes, pattern, kept):
            kept.append(pattern)
    chosen = set(map(id, kept))
    return [pattern for pattern in patterns if id(pattern) in chosen]


def _follows(lanes: Lanes, pattern: Pattern, others: Sequence[Pattern]) -> bool:
    """Whether a pattern is a consequence of several others that hold in the same lanes and of equal lines.

    What follows from a single other pattern and equal lines states the same sum at a second place, and stays.
    """
    around = [other for other in others if _covers(other, pattern)]
    places = sorted({place for one in (pattern, *around) for place in (one.total, *one.parts)})
    column = {place: index for index, place in enumerate(places)}

    def relation(total: int, parts: Sequence[int]) -> Floats:
        row = np.zeros(len(places))
        row[column[total]] = -1
        row[[column[part] for part in parts]] = 1
        return row

    mine = relation(pattern.total, pattern.parts)
    sums = [relation(other.total, other.parts) for other in around]
    same = [relation(one, (other,)) for one, other in _equal_lines(lanes, pattern, places)]
    return _spans([*same, *sums], mine) and not any(_spans([*same, one], mine) for one in sums)


def _spans(known: Sequence[Floats], wanted: Floats) -> bool:
    """Whether a relation is a combination of others."""
    if not known:
        return False
    return bool(np.linalg.matrix_rank(np.array(known)) == np.linalg.matrix_rank(np.array([*known, wanted])))


def _covers(other: Pattern, pattern: Pattern) -> bool:
    """Whether a pattern holds in most of the lanes of another."""
    mine = _within(pattern)
    return int(np.isin(mine, _within(other)).sum()) >= _MOSTLY * len(mine)


def _equal_lines(lanes: Lanes, pattern: Pattern, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair each place with the first that holds the same figures, not all nil, in the lanes of a pattern."""
    first: dict[bytes, int] = {}
    for place, figures in zip(places, lanes.value[np.ix_(np.asarray(places), _within(pattern))], strict=True):
        if figures.any() and (other := first.setdefault(figures.tobytes(), place)) != place:
            yield other, place
