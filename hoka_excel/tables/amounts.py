"""Which numbers are amounts, and how many decimals each has."""

import numpy as np

from hoka_excel.tables.arrays import Decimals, Floats, blocks

MOST_DECIMALS = 9
_LARGEST, _SMALLEST = 1e60, 1e-60
"""No amount is larger or, but for nil, smaller: beyond these the products of binary fractions break down."""
_NOISE = 1e-9
"""What a number may be off from one with so many decimals, as a share of it: so far floats stray."""


def keep_amounts(numbers: Floats) -> None:
    """Make the numbers nan that are no amounts, and those nil that are next to nothing."""
    size = np.abs(numbers)
    np.copyto(numbers, np.nan, where=~(size < _LARGEST))
    np.copyto(numbers, 0.0, where=size < _SMALLEST)


def decimals(value: Floats) -> Decimals:
    """Count the decimals of each number, trailing zeros left out; 0 where there is no number."""
    counts = np.empty(value.size, dtype=np.int8)
    for block in blocks(value.size):
        counts[block] = _decimals_from(value.ravel()[block], 0)
    return counts.reshape(value.shape)


def _decimals_from(numbers: Floats, places: int) -> Decimals:
    """Count how many decimals more than so many each number has."""
    if places == MOST_DECIMALS:
        return np.zeros(len(numbers), dtype=np.int8)
    scaled = numbers * 10.0**places
    off = np.rint(scaled)
    off -= scaled
    size = np.maximum(np.abs(scaled, out=scaled), 1.0, out=scaled)
    is_ragged = np.abs(off, out=off) >= np.multiply(size, _NOISE, out=size)
    ragged = np.flatnonzero(is_ragged)
    if 2 * len(ragged) > len(numbers):
        return np.asarray(is_ragged * (1 + _decimals_from(numbers, places + 1)))
    counts = np.zeros(len(numbers), dtype=np.int8)
    if len(ragged):
        counts[ragged] = 1 + _decimals_from(numbers[ragged], places + 1)
    return counts
