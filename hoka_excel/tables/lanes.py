"""A grid seen along one axis: the places that may add up, and the lanes in which they do so in parallel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from hoka_excel.tables.figures import Figures, Flags, Floats, Places, some

MOST_LABELLED = 2000
"""Places up to which labels, kinds of number and near sums are looked at."""
_LONGEST_PLACEHOLDER = 3


@dataclass(frozen=True, slots=True)
class Lanes:
    """A grid seen along one axis; arrays run over places (that add up) and lanes (parallel to each other).

    Attributes:
        value: the numbers, 0 where there is none.
        known: where there is a number.
        text: where there is text longer than a placeholder.
        unit: the resolution.
        grain: the largest power of ten that divides the number: 500 tells less than 512.
        kind: per place -1 blank, 0 whole numbers, 1 decimals, 2 fractions of one.
        spans: the runs of lanes (first, past the last) that hold one table each.
        by_column: whether places are rows and lanes columns.
    """

    value: Floats
    known: Flags
    text: Flags
    unit: Floats
    grain: Floats
    kind: Sequence[int]
    spans: Sequence[tuple[int, int]]
    by_column: bool


def lanes_along(figures: Figures, *, by_column: bool) -> Lanes:
    """Turn a grid so that what adds up runs down: rows within columns, or columns within rows."""
    turn: Callable[[np.ndarray], np.ndarray] = np.asarray if by_column else np.transpose
    raw = turn(figures.value)
    places = turn(figures.decimals)
    known = ~np.isnan(raw)
    value = np.where(known, raw, 0.0)
    unit = np.ascontiguousarray(turn(figures.unit))
    height, width = figures.value.shape
    return Lanes(
        value,
        known,
        np.zeros_like(known) if by_column else turn(_words(figures)),
        unit,
        grains(value, unit),
        [kind_of_place(raw[place], places[place]) for place in range(len(raw))]
        if len(raw) <= MOST_LABELLED
        else [0] * len(raw),
        [(0, width)] if by_column else _spans(some(known, axis=0)) if height else [],
        by_column,
    )


def _words(figures: Figures) -> Flags:
    """Mark the texts that are longer than a placeholder such as "n/a" or "-"."""
    words = figures.text.copy()
    for row, column in np.argwhere(words).tolist():
        words[row, column] = len(str(figures.cells[row][column]).strip()) > _LONGEST_PLACEHOLDER
    return words


def _spans(filled: Flags) -> list[tuple[int, int]]:
    """Give the runs of filled rows: first, past the last."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    return [(int(first), int(past)) for first, past in steps.reshape(-1, 2)]


def grains(value: Floats, unit: Floats) -> Floats:
    """Give the largest power of ten, from the resolution up, that divides each number."""
    grain = unit.copy()
    live = (value != 0) & ~np.isnan(value)
    for _ in range(7):
        share = np.where(live, value, 0.0) / (grain * 10)
        live = live & (np.abs(share - np.rint(share)) < 1e-7) & (np.abs(share) >= 0.999)
        if not live.any():
            break
        grain = np.where(live, grain * 10, grain)
    return grain


def kind_of_place(value: Floats, places: Places) -> int:
    """Tell whole numbers (0), decimals (1) and fractions of one (2) apart; -1 without numbers."""
    some = (value != 0) & ~np.isnan(value)
    if not some.any():
        return -1
    if (places[some] > 0).mean() <= 0.3:
        return 0
    return 2 if np.abs(value[some]).max() <= 1 else 1
