"""Running sums over the places of a view, from which what any run of them adds up to is one subtraction."""

from functools import cached_property

import numpy as np

from hoka_excel.tables.arrays import CACHED, Flags, Floats, Places
from hoka_excel.tables.grains import grains
from hoka_excel.tables.search.evidence import Sums, most_off
from hoka_excel.tables.search.extremes import Extremes
from hoka_excel.tables.search.lanes import Lanes, crossing
from hoka_excel.tables.search.layouts import View

_ROOM = 2
"""What is looked up may be off by this much more than what counts, so that no rounding of floats hides it."""


class RunningSums:
    """The figures of a view and their running sums, by lane; each array is made when it is first asked for.

    Where the view has groups, a blank line ends each but the last, and running sums begin anew after it.

    Attributes:
        places: the place of each line.
        groups: first and past the last line of each group.
        open: where a figure may be a part.
        stated: the figures, nil where there is none.
        value: those that may be parts, nil elsewhere.
    """

    def __init__(self, lanes: Lanes, view: View) -> None:
        self._lanes = lanes
        self.places = np.insert(view.places, view.breaks, 0) if view.breaks else view.places
        self._blank = [line + before for before, line in enumerate(view.breaks)]
        firsts, pasts = (0, *(line + 1 for line in self._blank)), (*self._blank, len(self.places))
        self.groups = [*zip(firsts, pasts, strict=True)]
        self._at = crossing(self.places, view.sample)
        self.open, self.stated = view.open[self._at], lanes.value[self._at]
        self.open[self._blank], self.stated[self._blank] = False, 0.0
        self.value = np.where(self.open, self.stated, 0.0)

    @cached_property
    def known(self) -> Flags:
        """Where there is a number."""
        known = self._lanes.known[self._at]
        known[self._blank] = False
        return known

    @cached_property
    def unit(self) -> Floats:
        """The resolution."""
        return self._lanes.unit[self._at]

    @cached_property
    def grain(self) -> Floats:
        """The grain of each figure."""
        is_small = self._lanes.value.size <= CACHED  # then all views share what is made once
        return self._lanes.grain[self._at] if is_small else grains(self.stated, self.unit)

    @cached_property
    def sums(self) -> Floats:
        """The running sums, from nil on."""
        return self._running(self.value)

    @cached_property
    def terms(self) -> Floats:
        """How many figures other than nil they are of."""
        return self._running((self.value != 0).astype(np.float64))

    @cached_property
    def room(self) -> Floats:
        """The resolutions of these figures, added up."""
        return self._running(np.where(self.value != 0, self.unit, 0.0))

    @cached_property
    def units(self) -> Floats:
        """The resolutions of all places, added up."""
        return self._running(self.unit)

    @cached_property
    def squares(self) -> Floats:
        """The squares of these resolutions, added up."""
        return self._running(np.where(self.value != 0, self.unit**2, 0.0))

    @cached_property
    def count(self) -> Floats:
        """How many figures may be parts."""
        return self._running(self.open.astype(np.float64))

    @cached_property
    def finest(self) -> Extremes:
        """The finest grain of the figures in a run."""
        return Extremes(np.where(self.value != 0, self.grain, np.inf), np.minimum)

    @cached_property
    def largest(self) -> Extremes:
        """The size of the largest figure in a run."""
        return Extremes(np.abs(self.value), np.maximum)

    def against(self, total: Places, low: Places, high: Places, lane: Places) -> tuple[Sums, Flags]:
        """Set totals against the runs of places from `low` up to, not including, `high`, each in one lane.

        Returns:
            The terms of these sums, and which of them there are: with a total and with parts.
        """
        stated, unit = self.stated[total, lane], self.unit[total, lane]
        grain = np.minimum(self.finest.between(low, high, lane), self.grain[total, lane])
        sums = Sums(
            stated,
            self.sums[high, lane] - self.sums[low, lane],
            self.room[high, lane] - self.room[low, lane] + unit,
            self.squares[high, lane] - self.squares[low, lane] + unit**2,
            np.where(np.isfinite(grain), grain, 1.0),
            self.terms[high, lane] - self.terms[low, lane],
            self.largest.between(low, high, lane),
        )
        return sums, self.known[total, lane] & (self.count[high, lane] > self.count[low, lane])

    def room_at_most(self, *, near: bool) -> Floats:
        """Say how far off any run beside each total can be and still count; more rather than less."""
        firsts = [first for first, _ in self.groups]
        units, coarsest = np.where(self.value != 0, self.unit, 0.0), _most(self.unit)
        size = np.maximum(np.abs(self.stated), _most(np.abs(self.value)))
        grain = np.maximum(size, self.unit)
        room = np.add.reduceat(units, firsts).max(axis=0) + coarsest
        squares = np.add.reduceat(units**2, firsts).max(axis=0) + coarsest**2
        noise = 1e-12 * _most(np.abs(self.sums))
        return np.asarray(noise + _ROOM * most_off(size, grain, room, squares, near=near))

    def _running(self, values: Floats) -> Floats:
        """Add up the lines of each group: what comes before every line, and at the end all of it."""
        sums = np.zeros((len(values) + 1, values.shape[1]))
        for first, past in self.groups:
            np.add.accumulate(values[first:past], out=sums[first + 1 : past + 1])
        return sums


def _most(values: Floats) -> Floats:
    """Give the largest value of each lane; so asked, numpy tells far sooner in a table of many lines."""
    return np.asarray(np.maximum.reduceat(values, [0])[0])
