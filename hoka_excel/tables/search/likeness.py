"""Which lanes are about the same as those in which a sum ties, so that a total that is off there is wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hoka_excel.tables.arrays import Flags, Floats, Places, some
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Layout, Pattern

_HALF = 0.5
"""The share of the sums tried in a lane that hold there if it is about the same things as the other lanes."""
_NEARLY_ALL, _MANY = 0.8, 5
"""The share that must hold, and of how many, for a lane to be sure about the same things."""
_MOST_OFF, _MOST_OFF_LIKELY = 0.05, 0.49
"""How far off, relatively, a total may be in a lane and be about the same sum: in one of which nothing is
known, and in one where a label, a heading or other sums make it likely.

Less than half: the average of two figures is half of what they add up to.
"""
_LARGEST_MISFIT = 0.3
"""How far off, relatively, a total that ties nowhere may be and be about what stands beside it."""
_FAR_MORE = 4
"""How many lanes in which a sum ties outweigh one in which it is far off, so that this one is wrong."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class LaneKinds:
    """What the lanes are about.

    Attributes:
        tried: how many patterns are tried in each lane.
        held: the share of these that hold there; nan where none is.
        series: the number of the series of headings that the lane is one of; 0 for none.
    """

    tried: Floats
    held: Floats
    series: Places

    @property
    def is_like(self) -> Flags:
        """The lanes in which half or more of the patterns tried hold."""
        return np.asarray(self.held >= _HALF)

    @property
    def is_unlike(self) -> Flags:
        """Those in which fewer do."""
        return np.asarray(self.held < _HALF)

    @property
    def is_sure(self) -> Flags:
        """Those in which many are tried and nearly all hold."""
        return np.asarray((self.held >= _NEARLY_ALL) & (self.tried >= _MANY))


@dataclass(frozen=True, slots=True)
class Stated:
    """What some patterns state in every lane; arrays run over patterns and lanes.

    Attributes:
        total: the figure at the total.
        given: what the parts add up to.
        inside: the lanes of the runs.
        ties: where the total is what the parts add up to.
        otherwise: where it is what the parts of another pattern add up to.
        has_text: where a part is a text.
    """

    total: Floats
    given: Floats
    inside: Flags
    ties: Flags
    otherwise: Flags
    has_text: Flags

    @property
    def off(self) -> Floats:
        """How far the total is off, as a share of the larger of total and parts."""
        size = np.maximum(np.abs(self.total), np.abs(self.given))
        out = np.zeros_like(size)
        return np.asarray(np.divide(np.abs(self.total - self.given), size, out=out, where=size > 0))


def filled(lanes: Lanes, total: int, parts: Sequence[int]) -> Flags:
    """Mark the lanes that hold a total and at least two parts."""
    return np.asarray(lanes.known[total] & ((lanes.value[[*parts]] != 0).sum(axis=0) > 1))


def comparable(lanes: Lanes, total: int, parts: Sequence[int]) -> Flags:
    """Mark the filled lanes in which total and block are of one size."""
    stated, given = lanes.value[total], lanes.value[[*parts]].sum(axis=0)
    larger = np.maximum(np.abs(stated), np.abs(given))
    is_near = (np.abs(stated - given) <= _LARGEST_MISFIT * larger) & (stated * given > 0)
    return np.asarray(filled(lanes, total, parts) & is_near)


def far_off(search: Search, patterns: Sequence[Pattern], stated: Stated, kinds: LaneKinds) -> Flags:
    """Mark the lanes in which the total is so far off that it is about something else."""
    is_labelled = np.array([[one.layout is Layout.LABELLED] for one in patterns])
    likely, alike = _resemblance(search, patterns, stated.inside, kinds)
    off, tying = stated.off, (stated.inside & stated.ties).sum(axis=1)
    is_far = off > np.where(likely & ~stated.has_text, _MOST_OFF_LIKELY, _MOST_OFF)
    is_far &= ~_lone(is_far & alike, tying) | stated.otherwise
    outnumber = (~is_far & (off > _MOST_OFF)).sum(axis=1) > tying
    return np.asarray(is_far | ((off > _MOST_OFF) & outnumber[:, np.newaxis] & ~is_labelled))


def _resemblance(
    search: Search, patterns: Sequence[Pattern], inside: Flags, kinds: LaneKinds
) -> tuple[Flags, Flags]:
    """Mark the lanes that are likely, and those that are sure, to be like the lanes of the runs."""
    is_named = np.array([[search.label(one.total).is_plain_total] for one in patterns])
    is_scattered = np.array([[one.layout.is_scattered] for one in patterns])
    is_beside = np.array([[one.layout.is_beside and not one.layout.is_near] for one in patterns])
    alike = is_beside & (kinds.is_sure | _in_series(inside, kinds.series))
    return (is_named & ~is_scattered) | (is_beside & kinds.is_like) | alike, alike


def series_of(headings: Sequence[str]) -> Places:
    """Number the series among headings, which differ in their digits alone: 2021, 2022; "Q1", "Q2"."""
    numbers: dict[str, int] = {"": 0}
    names = [_DIGIT.sub("#", heading.casefold()) if _DIGIT.search(heading) else "" for heading in headings]
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _in_series(inside: Flags, series: Places) -> Flags:
    """Mark the lanes that are of one series with some lane inside the runs of each pattern."""
    marked = np.zeros_like(inside)
    numbers, counts = np.unique(series, return_counts=True)
    for number in numbers[(numbers > 0) & (counts > 1)].tolist():
        of_it = series == number
        marked |= some(inside & of_it, axis=1)[:, np.newaxis] & of_it
    return marked


def _lone(far: Flags, tying: Places) -> Flags:
    """Keep the lanes of a pattern that are far off where they are few beside those that tie, so many."""
    count = far.sum(axis=1)
    is_lone = (count <= np.maximum(1, tying // _FAR_MORE)) & (tying > 0)
    return np.asarray(far & is_lone[:, np.newaxis])
