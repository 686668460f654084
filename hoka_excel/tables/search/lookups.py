"""Find what comes near, in all lanes of a table: figures are put in order and looked up, not compared."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np

from hoka_excel.tables.arrays import CACHED, Floats, Places

_TOGETHER = 1 << 16
"""About how many finds are given at a time, which stay in fast memory."""
_FEW_COMPARED = 1 << 16
"""Figures times what is sought, in all lanes, up to which all are compared, which is quicker then."""
_MORE = 1.01
"""How much farther is looked than what counts, so that no rounding of floats hides it."""


class Sought(NamedTuple):
    """What is looked for, by lane; arrays of as many.

    Attributes:
        row: the number it goes by.
        lane: the lane it is sought in.
        least: the smallest figure that will do.
        most: the largest.
    """

    row: Places
    lane: Places
    least: Floats
    most: Floats


def looked_up(figures: Floats, sought: Sought) -> Iterator[tuple[Places, Places, Places]]:
    """Find every figure that will do for what is sought.

    Args:
        figures: places by lanes.
        sought: what is looked for.

    Yields:
        Finds of some rows at a time: rows, places of the figures, lanes; by row, then by lane.
    """
    by_lane = np.ascontiguousarray(figures.T)
    order = np.argsort(by_lane, axis=1)
    in_order = np.full((len(by_lane), len(figures) + 1), np.nan)
    in_order[:, :-1] = np.take_along_axis(by_lane, order, axis=1)
    row, lane, least, most = sought
    first = _placed(in_order, lane, least, "left")
    there = (in_order[lane, first] <= most).nonzero()[0]
    row, lane, first = row[there], lane[there], first[there]
    many = _placed(in_order, lane, most[there], "right") - first
    by_row = np.argsort(row, kind="stable")
    row, lane, first, many = (of[by_row] for of in (row, lane, first, many))
    begun = np.cumsum(many) - many
    starts = np.diff(row, prepend=-1).nonzero()[0]
    cuts = starts[1:][np.diff(begun[starts] // _TOGETHER) > 0]
    for some_rows in np.split(np.arange(len(row)), cuts) if len(row) else ():
        which = np.repeat(some_rows, many[some_rows])
        nth = np.arange(len(which)) + begun[some_rows[0]] - begun[which]
        yield row[which], order[lane[which], first[which] + nth], lane[which]


def _placed(in_order: Floats, lane: Places, wanted: Floats, side: Literal["left", "right"]) -> Places:
    """Find where each wanted figure belongs in its lane; they are by lane, and each lane ends with nan."""
    found = np.empty(len(wanted), np.int64)
    bounds = lane.searchsorted(np.arange(len(in_order) + 1)).tolist()
    for figures, (start, past) in zip(in_order, pairwise(bounds), strict=True):
        if start < past:
            found[start:past] = figures[:-1].searchsorted(wanted[start:past], side)
    return found


def agreeing(
    figures: Floats, own_room: Floats, sought: Floats, room: Floats, enough: Floats
) -> tuple[Places, Places, Places]:
    """Find the figures that agree with what is sought in enough lanes.

    Args:
        figures: places by lanes; infinite where they do not count.
        own_room: how far off each figure may be.
        sought: rows by lanes; nan where nothing is sought.
        room: how far off it may be.
        enough: of each row the least number of lanes, one or more.

    Returns:
        Rows, places and numbers of lanes, by row and place.
    """
    if len(figures) * sought.size <= _FEW_COMPARED:
        count = _agreements(*(np.ascontiguousarray(of.T) for of in (figures, own_room, sought, room)))
        rows, places = np.divmod((count >= enough[:, np.newaxis]).ravel().nonzero()[0], len(figures))
        return rows, places, count[rows, places]
    found = [np.empty((0, 3), np.int64)]
    _, size = np.frexp(own_room.max(axis=1))
    lane, row = np.divmod((~np.isnan(sought.T)).ravel().nonzero()[0], len(sought))
    for alike in (np.flatnonzero(size == one) for one in np.unique(size)):
        near, own = figures[alike], own_room[alike]
        farthest = _MORE * (room + own.max(axis=0))[row, lane]
        target = sought[row, lane]
        for at, place, where in looked_up(near, Sought(row, lane, target - farthest, target + farthest)):
            agrees = np.abs(near[place, where] - sought[at, where]) <= room[at, where] + own[place, where]
            which, count = np.unique((at * len(near) + place)[agrees], return_counts=True)
            rows, places = np.divmod(which, len(near))
            found.append(np.stack((rows, alike[places], count), axis=1)[count >= enough[rows]])
    rows, places, count = np.concatenate(found).T
    order = np.lexsort((places, rows))
    return rows[order], places[order], count[order]


def _agreements(figures: Floats, own_room: Floats, sought: Floats, room: Floats) -> Places:
    """Count the lanes in which each figure agrees with what each row seeks; arrays run over lanes first."""
    count = np.zeros((sought.shape[1], figures.shape[1]), dtype=np.int64)
    step = max(1, CACHED // max(1, count.size))
    for start in range(0, len(figures), step):
        cut = slice(start, start + step)
        off = np.abs(figures[cut, np.newaxis] - sought[cut, :, np.newaxis])
        agrees = off <= room[cut, :, np.newaxis] + own_room[cut, np.newaxis]
        count += np.add.reduce(agrees, axis=0, dtype=np.int64)
    return count
