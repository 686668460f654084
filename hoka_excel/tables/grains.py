"""The grain of numbers: the largest power of ten, from the resolution up, that divides them.

Any power of ten divides nil, so its grain is infinite; so is that of no number.
"""

import numpy as np

from hoka_excel.tables.arrays import Floats, blocks


def grains(value: Floats, unit: Floats) -> Floats:
    """Give the largest power of ten, from the resolution up, that divides each number."""
    grain = unit.flatten()
    numbers = value.ravel()
    for block in blocks(value.size):
        _widen(grain[block], numbers[block])
    return grain.reshape(unit.shape)


def _widen(grain: Floats, numbers: Floats) -> None:
    """Make each grain as large as its number allows."""
    is_some = np.abs(numbers) > 0
    grain[~is_some] = np.inf
    live = np.flatnonzero(is_some)
    numbers, coarse = numbers[live], grain[live]
    for _ in range(7):
        coarse = coarse * 10
        share = np.abs(numbers / coarse)
        divides = (np.abs(share - np.rint(share)) < 1e-7) & (share >= 0.999)
        if not divides.any():
            break
        live, numbers, coarse = live[divides], numbers[divides], coarse[divides]
        grain[live] = coarse
