"""A grid seen along one axis: the places that may add up, and the lanes in which they do so in parallel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from hoka_excel.tables.arrays import Decimals, Flags, Floats, Places, some
from hoka_excel.tables.figures import Figures

if TYPE_CHECKING:
    from hoka_excel.tables.search.evidence import Fit

MOST_LABELLED = 2000
"""Places up to which labels, kinds of number and near sums are looked at."""
LEAST_TRIED, _PLACES_PER_TRIED = 3000, 10
"""How many patterns are tried at a time at the least; and in a long table, for how many places one."""
_WHOLE = 0.3
"""The share of figures with decimals up to which a place holds whole numbers."""


@dataclass(frozen=True)
class Lanes:
    """A grid seen along one axis; arrays run over places (that add up) and lanes (parallel to each other).

    Attributes:
        figures: the grid.
        value: the numbers, 0 where there is none.
        known: where there is a number.
        unit: the resolution.
        spans: the runs of lanes (first, past the last) that hold one table each.
        by_column: whether places are rows and lanes columns.
    """

    figures: Figures
    value: Floats
    known: Flags
    unit: Floats
    spans: Sequence[tuple[int, int]]
    by_column: bool

    @cached_property
    def text(self) -> Flags:
        """Where there is text longer than a placeholder; it tells columns apart, not rows."""
        return np.zeros_like(self.known) if self.by_column else self.figures.words.T

    @cached_property
    def written(self) -> Flags:
        """Where there is any text that is no figure."""
        return self.figures.text if self.by_column else self.figures.text.T

    @cached_property
    def grain(self) -> Floats:
        """The largest power of ten that divides the number: 500 tells less than 512; infinite for nil."""
        grain = self.figures.grain
        return grain if self.by_column else np.ascontiguousarray(grain.T)

    @cached_property
    def largest(self) -> Floats:
        """The size of the largest number of each lane."""
        return np.asarray(np.abs(self.value).max(axis=0, initial=0.0))

    @cached_property
    def coarsest(self) -> Floats:
        """The largest unit of each lane."""
        return np.asarray(self.unit.max(axis=0, initial=0.0))

    @property
    def most_tried(self) -> int:
        """How many patterns are tried at a time, those of most promise."""
        return max(LEAST_TRIED, len(self.value) // _PLACES_PER_TRIED)

    @cached_property
    def kind(self) -> Sequence[int]:
        """Per place -1 blank, 0 whole numbers, 1 decimals, 2 fractions of one; 0 where there are many."""
        if len(self.value) > MOST_LABELLED:
            return [0] * len(self.value)
        decimals = self.figures.decimals if self.by_column else self.figures.decimals.T
        return kinds_of_places(self.value, decimals)

    @cached_property
    def fits(self) -> dict[tuple[int, tuple[int, ...], bool], "Fit"]:
        """How patterns fare that were tried in every lane, by total, parts and whether near sums count."""
        return {}


def lanes_along(figures: Figures, *, by_column: bool) -> Lanes:
    """Turn a grid so that what adds up runs down: rows within columns, or columns within rows."""
    turn: Callable[[np.ndarray], np.ndarray] = np.asarray if by_column else np.transpose
    raw = turn(figures.value)
    known = ~np.isnan(raw)
    height, width = figures.value.shape
    return Lanes(
        figures,
        np.where(known, raw, 0.0),
        known,
        np.ascontiguousarray(turn(figures.unit)),
        [(0, width)] if by_column else _spans(some(known, axis=0)) if height else [],
        by_column,
    )


def _spans(filled: Flags) -> list[tuple[int, int]]:
    """Give the runs of filled rows: first, past the last."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    return [(int(first), int(past)) for first, past in steps.reshape(-1, 2)]


def kinds_of_places(value: Floats, decimals: Decimals) -> list[int]:
    """Tell whole numbers (0), decimals (1) and fractions of one (2) apart; -1 where all is nil."""
    filled = value != 0
    count = np.count_nonzero(filled, axis=1)
    is_ragged = np.count_nonzero((decimals > 0) & filled, axis=1) > _WHOLE * count
    is_large = some(np.abs(value) > 1, axis=1)
    kinds: list[int] = np.where(count == 0, -1, is_ragged * (2 - is_large)).tolist()
    return kinds


def crossing(places: Places | slice, lanes: Places) -> tuple[Places | slice, Places | slice]:
    """Index some places in some lanes."""
    side_by_side = as_slice(lanes)
    if isinstance(places, slice) or isinstance(side_by_side, slice):
        return places, side_by_side
    return places[:, np.newaxis], lanes


def as_slice(indices: Places) -> Places | slice:
    """Write indices that lie side by side as a slice, which numpy takes far quicker, and without a copy."""
    if len(indices) and indices[-1] - indices[0] == len(indices) - 1:
        return slice(int(indices[0]), int(indices[-1]) + 1)
    return indices
