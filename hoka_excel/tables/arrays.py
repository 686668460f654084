"""Arrays of a table: what they hold, and what is quicker than by numpy alone."""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Decimals = NDArray[np.int8]
"""How many decimals numbers have."""
Places = NDArray[np.int64]
"""Indices of rows or columns."""

_Cell = TypeVar("_Cell", bound=np.generic)

CACHED = 1 << 14
"""So many numbers are worked on at a time, since they stay in the fastest memory."""
_FEW = 32
"""Columns up to which numpy's reductions along rows are slow."""


def some(flags: Flags, axis: int) -> Flags:
    """Say of each line along `axis` whether it holds a true flag."""
    if axis == 1 and flags.ndim == 2 and flags.shape[1] <= _FEW:  # where a product is far quicker
        return np.asarray(flags @ np.ones(flags.shape[1], dtype=bool))
    return np.asarray(flags.any(axis=axis))


def lines(array: NDArray[_Cell], places: Places) -> NDArray[_Cell]:
    """Take lines of an array; of one that lies line after line, for which numpy has a quicker way."""
    return array.take(places, axis=0) if array.flags.c_contiguous else array[places]


def thinned(places: Places, most: int) -> Places:
    """Keep at most so many places, spread evenly."""
    return places if len(places) <= most else places[np.linspace(0, len(places) - 1, most).astype(np.int64)]


def blocks(size: int) -> Iterator[slice]:
    """Cut so many numbers into blocks that stay in the fastest memory."""
    return (slice(start, start + CACHED) for start in range(0, size, CACHED))
