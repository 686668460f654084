"""The two sides of each total of a view: where runs of parts beside it end whose sum could be the total.

The running sum at the far end of such a run lies as far from that at the total as the total says. In a small
view every far end is set against what is sought there; in a larger one the running sums are put in order once
and those that come near are looked up for all totals together.
"""

from collections.abc import Iterator

import numpy as np

from hoka_excel.tables.arrays import Flags, Floats, Places, some
from hoka_excel.tables.search.lookups import Sought, looked_up
from hoka_excel.tables.search.running_sums import RunningSums

_FEW_COMPARED = 1 << 17
"""Far ends, in all lanes together, up to which each is compared; looking up so many takes as long."""
_SIGNS = (-1.0, 1.0)
"""How a total leads from the running sum at its edge to that at the far end of parts before and after it."""


class Sides:
    """The sides of the totals: of each, by total, the one before it and the one after it.

    Attributes:
        total: the line of the total.
        edge: which of the running sums is the one at the total.
        first: the first running sum at which two parts or more may end.
        past: the one past the last.
    """

    def __init__(self, running: RunningSums, ends: Places, *, near: bool) -> None:
        """Look beside each total.

        Args:
            running: the running sums.
            ends: the lines that may be parts, and those at which groups end.
            near: whether sums that do not fit within rounding count too.
        """
        self._sums = running.sums.take(ends, axis=0)
        self._rises: Flags = ~some(running.value < 0, axis=0)  # the lanes in which more parts never give less
        totals = some(running.stated != 0, axis=1).nonzero()[0]
        stated = running.stated.take(totals, axis=0)
        tells = running.known.take(totals, axis=0) & ((stated != 0) | ~self._rises)  # nil parts prove nothing
        self._stated: Floats = np.where(tells, stated, np.nan)
        self._room = running.room_at_most(near=near).take(totals, axis=0)
        self.total = np.repeat(totals, 2)
        self.edge = ends.searchsorted(totals[:, np.newaxis] + (0, 1)).ravel()
        group = np.searchsorted([first for first, _ in running.groups], self.total, side="right") - 1
        low, high = ends.searchsorted(running.groups)[group].T
        is_after = np.tile((False, True), len(totals))
        self.first = np.where(is_after, self.edge + 2, low)
        self.past = np.where(is_after, high + 1, self.edge - 1)

    def met(self) -> Iterator[tuple[Places, Places, Places]]:
        """Find the far ends that come near what is sought, some sides at a time.

        Yields:
            The side, the far end and the lane of each; sides in order, and lanes in order for one far end.
        """
        many = np.maximum(self.past - self.first, 0)
        if int(many.sum()) * self._sums.shape[1] <= _FEW_COMPARED:
            yield self._compared(many)
            return
        for side, end, lane in looked_up(self._sums, self._sought()):
            is_beside = (self.first[side] <= end) & (end < self.past[side])
            yield side[is_beside], end[is_beside], lane[is_beside]

    def _compared(self, many: Places) -> tuple[Places, Places, Places]:
        """Compare every far end, so many of each side."""
        side = np.repeat(np.arange(len(many)), many)
        end = np.arange(len(side)) - np.repeat(np.cumsum(many) - many - self.first, many)
        sought = self._sums.take(self.edge, axis=0)
        sought[::2] -= self._stated
        sought[1::2] += self._stated
        off = np.abs(self._sums.take(end, axis=0) - sought.take(side, axis=0))
        is_near = off <= self._room.take(side // 2, axis=0)
        at, lane = np.divmod(is_near.ravel().nonzero()[0], is_near.shape[1])
        return side[at], end[at], lane

    def _sought(self) -> Sought:
        """Say which running sums are sought, where a total is not less than the two parts next to it."""
        two = np.where(self._rises, self._sums[2:] - self._sums[:-2], -np.inf)
        most = self._stated + self._room
        nearest = np.clip(self.edge.reshape(-1, 2) - (2, 0), 0, len(two) - 1).T
        before, after = (most >= two.take(side, axis=0) for side in nearest)
        lane, side = np.divmod(np.stack((before.T, after.T), axis=2).ravel().nonzero()[0], len(self.edge))
        total = side // 2
        change = np.take(_SIGNS, side % 2) * self._stated[total, lane]
        target, room = self._sums[self.edge[side], lane] + change, self._room[total, lane]
        return Sought(side, lane, target - room, target + room)
