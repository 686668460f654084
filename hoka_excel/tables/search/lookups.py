"""Find what comes near, in all lanes of a table: figures are put in order and looked up, not compared."""

from collections.abc import Iterator

import numpy as np

from hoka_excel.tables.figures import Floats, Places, some

_TOGETHER = 1 << 16
"""About how many finds are given at a time, which stay in fast memory."""
_MORE = 1.01
"""How much farther is looked than what counts, so that no rounding of floats hides it."""


def looked_up(figures: Floats, sought: Floats, room: Floats) -> Iterator[Places]:
    """Find every figure within `room` of what is sought, in the same lane; nothing is near nan.

    Args:
        figures: places by lanes.
        sought: rows by lanes.
        room: rows by lanes.

    Yields:
        Finds of some rows at a time, rows in order, as three lines: row of what is sought, place of the
        figure, lane.
    """
    by_lane, lanes = np.ascontiguousarray(figures.T), np.arange(figures.shape[1])[:, np.newaxis]
    order = np.argsort(by_lane, axis=1)
    in_order = np.full((len(lanes), len(figures) + 1), np.nan)
    in_order[:, :-1] = by_lane[lanes, order]
    least, most = (np.ascontiguousarray(bound.T) for bound in (sought - room, sought + room))
    first = np.empty(least.shape, np.int64)
    for lane, lines in enumerate(in_order[:, :-1]):
        first[lane] = lines.searchsorted(least[lane])
    count = np.zeros(sought.shape, np.int64)
    is_there = in_order[lanes, first] <= most
    for lane in np.flatnonzero(some(is_there, axis=1)).tolist():
        row = np.flatnonzero(is_there[lane])
        past = in_order[lane, :-1].searchsorted(most[lane, row], side="right")
        count[row, lane] = past - first[lane, row]
    per_row = count.sum(axis=1)
    rows = np.flatnonzero(per_row)
    cuts = np.flatnonzero(np.diff(np.cumsum(per_row[rows]) // _TOGETHER)) + 1
    for some_rows in np.split(rows, cuts) if len(rows) else ():
        many = count[some_rows].ravel()
        which = np.repeat(np.arange(len(many)), many)
        nth = np.arange(len(which)) - np.repeat(np.cumsum(many) - many, many)
        row, lane = some_rows[which // figures.shape[1]], which % figures.shape[1]
        yield np.stack((row, order[lane, first[lane, row] + nth], lane))


def agreeing(
    figures: Floats, own_room: Floats, sought: Floats, room: Floats, enough: Floats
) -> tuple[Places, Places, Places]:
    """Find the figures that agree with what is sought in enough lanes.

    Args:
        figures: places by lanes; infinite where they do not count.
        own_room: how far off each figure may be.
        sought: rows by lanes; nan where nothing is sought.
        room: how far off it may be.
        enough: of each row the least number of lanes.

    Returns:
        Rows, places and numbers of lanes, by row and place.
    """
    found = [np.empty((0, 3), np.int64)]
    _, size = np.frexp(own_room.max(axis=1))
    for alike in (np.flatnonzero(size == one) for one in np.unique(size)):
        near, own = figures[alike], own_room[alike]
        for row, place, lane in looked_up(near, sought, _MORE * (room + own.max(axis=0))):
            off = np.abs(near[place, lane] - sought[row, lane])
            agrees = off <= room[row, lane] + own[place, lane]
            which, lanes = np.unique((row * len(near) + place)[agrees], return_counts=True)
            rows, places = np.divmod(which, len(near))
            found.append(np.stack((rows, alike[places], lanes), axis=1)[lanes >= enough[rows]])
    rows, places, lanes = np.concatenate(found).T
    order = np.lexsort((places, rows))
    return rows[order], places[order], lanes[order]
