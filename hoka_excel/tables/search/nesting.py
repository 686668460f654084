"""Totals that do not tie, where the other totals of the table show what each of them adds up.

Totals nest. One beside lines adds up these; one beside totals adds up those, as far as they are of one level;
a parent adds up its children. Where the totals of a table do so, one that does not tie is wrong, however far
off it is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import dropwhile, takewhile
from typing import NamedTuple

import numpy as np

from hoka_excel.tables.arrays import Flags, some
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.evidence import fit
from hoka_excel.tables.search.labelled_blocks import ends_of_blocks, labelled_totals
from hoka_excel.tables.search.layouts import Layout, Pattern, runs_of
from hoka_excel.tables.search.likeness import comparable, filled

_LEAST = 2
"""How many totals must nest for that to be what a table does."""
_FAR_MORE = 4
"""How many that nest outweigh one that does not."""
_GAP = -1
"""The level of a place without figures, or of a heading: lines beyond it are not beside a total."""

Parts = Sequence[int]


class Nesting(NamedTuple):
    """What the totals of a table do.

    Attributes:
        nested: those that add up what they should, with their parts.
        others: those that add up something else.
        unexplained: those that add up nothing, with what they should.
    """

    nested: dict[int, Parts]
    others: list[int]
    unexplained: dict[int, Parts]

    @property
    def is_habit(self) -> bool:
        """Whether so many nest that one of the others, and what follows from it, can only be wrong."""
        roots = sum(self.unexplained.keys().isdisjoint(parts) for parts in self.unexplained.values())
        return len(self.nested) >= max(_LEAST, _FAR_MORE * (len(self.others) + roots - 1))

    def note(self, total: int, parts: Parts, ways: Collection[Parts]) -> None:
        """Note what a total should add up, and in which ways something explains it.

        It is explained so if the same lines are added up in the end, those of totals that are wrong included.
        """
        if len(parts) < 2:
            return
        if not ways:
            self.unexplained[total] = parts
        elif way := next((way for way in ways if self._lines(way) == self._lines(parts)), None):
            self.nested[total] = way
        else:
            self.others.append(total)

    def _lines(self, parts: Parts) -> set[int]:
        """Give what is added up in the end."""
        lines, waiting, seen = set[int](), list(parts), set[int]()
        while waiting:
            part = waiting.pop()
            below = self.nested.get(part) or self.unexplained.get(part)
            if below is None:
                lines.add(part)
            elif part not in seen:
                seen.add(part)
                waiting += below
        return lines


def nested_totals(search: Search, families: Nesting) -> Iterator[Pattern]:
    """Give the totals that nothing explains, with what they should add up.

    Args:
        search: a finished search.
        families: what its parents do.
    """
    for read in (_nested_labels(search), families):
        if not read.unexplained or not read.is_habit:
            continue
        nesting = _lanes_of(search, read)
        for total, parts in read.unexplained.items():
            lanes = nesting & filled(search.lanes, total, parts)
            near = lanes & comparable(search.lanes, total, parts)
            if lanes.any() and (lanes.sum() == 1 or 2 * near.sum() >= lanes.sum()):
                yield Pattern(total, tuple(sorted(parts)), Layout.LABELLED, runs_of(lanes), 0.0)


def nested_families(search: Search) -> Nesting:
    """Say which parents add up their children, and whether a labelled total adds up the eldest."""
    ways, found = _ways(search), Nesting({}, [], {})
    for family in search.families:
        found.note(family.total, family.parts, ways.get(family.total, ()))
    if not search.families:
        return found
    younger = {child for family in search.families for child in family.parts}
    first, last = min(family.total for family in search.families), max(younger)
    known = np.flatnonzero(some(search.lanes.known, axis=1)).tolist()
    total = next((place for place in known if place > last and search.label(place).is_plain_total), None)
    if total is not None:
        eldest = [place for place in known if first <= place < total and place not in younger]
        found.note(total, eldest, ways.get(total, ()))
    return found


def _nested_labels(search: Search) -> Nesting:
    """Say what the labelled totals add up, read in the direction in which more of them nest."""
    labelled, ways = set(labelled_totals(search)), _ways(search)
    if len(labelled) <= _LEAST or labelled <= ways.keys():
        return Nesting({}, [], {})
    ends, nil = ends_of_blocks(search), ~some(search.lanes.value != 0, axis=1)
    places = range(len(ends))
    down, up = (_read(order, ends, nil, labelled, ways) for order in (places, reversed(places)))
    return up if len(up.nested) > len(down.nested) else down


def _read(
    places: Iterable[int],
    ends: Flags,
    nil: Flags,
    labelled: Collection[int],
    ways: Mapping[int, Sequence[Parts]],
) -> Nesting:
    """Go from parts to totals, and see what stands beside each labelled total.

    A nil total that stands beside no line is one of lines left blank.
    """
    found, waiting = Nesting({}, [], {}), _Waiting()
    for place in places:
        if ends[place] or (place not in labelled and place not in ways):
            waiting.put(place, _GAP if ends[place] else 0)
            continue
        if nil[place] and not waiting.ends_in_line:
            waiting.put(place, 1)
            continue
        told = [way for way in ways.get(place, ()) if waiting.holds(way)]
        if place in ways and not told:
            continue
        parts = waiting.beside()
        if place in labelled:
            found.note(place, parts, told)
        if told and set(parts) not in map(set, told):
            parts = max((list(way) for way in told), key=len)
        waiting.add_up(place, parts)
    return found


class _Open(NamedTuple):
    """A line or total that nothing adds up yet; lines are of level 0, what adds them up of level 1."""

    place: int
    level: int


class _Waiting:
    """What nothing adds up yet, in the order in which it was met."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def put(self, place: int, level: int) -> None:
        """Add a line, a total or a gap."""
        self._open.append(_Open(place, level))

    @property
    def ends_in_line(self) -> bool:
        """Whether a line was met last."""
        return bool(self._open) and self._open[-1].level == 0

    def holds(self, parts: Parts) -> bool:
        """Whether all of some places wait."""
        return {one.place for one in self._open}.issuperset(parts)

    def beside(self) -> list[int]:
        """Give the last lines up to a gap, or the last totals of one level."""
        met = list(dropwhile(lambda one: one.level == _GAP, reversed(self._open)))
        if not met:
            return []
        level = met[0].level
        crossed = (level, _GAP) if level else (level,)
        own = takewhile(lambda one: one.level in crossed, met)
        return [one.place for one in own if one.level == level]

    def add_up(self, total: int, parts: Parts) -> None:
        """Put a total in the place of its parts; one of nothing is left out."""
        own = set(parts)
        level = max((one.level for one in self._open if one.place in own), default=_GAP)
        if level == _GAP:
            return
        self._open = [one for one in self._open if one.place not in own]
        while self._open and self._open[-1].level == _GAP:
            self._open.pop()
        self.put(total, level + 1)


def _ways(search: Search) -> Mapping[int, list[Parts]]:
    """Give the parts of each total that is explained, in every way that it is."""
    ways: dict[int, list[Parts]] = {}
    for pattern in search.patterns:
        ways.setdefault(pattern.total, []).append(pattern.parts)
    return ways


def _lanes_of(search: Search, read: Nesting) -> Flags:
    """Mark the lanes in which totals nest, and hardly any does not but for what an unexplained one spoils."""
    sound = (sum_ for sum_ in read.nested.items() if read.unexplained.keys().isdisjoint(sum_[1]))
    fits = [fit(search.lanes, total, parts) for total, parts in sound]
    held = np.sum([one.hit & ~one.nil for one in fits], axis=0)
    failed = np.sum([~one.hit & ~one.blank for one in fits], axis=0)
    return np.asarray(held >= np.maximum(_LEAST, _FAR_MORE * failed))
