"""Which patterns are taken together: telling numpy of one takes longer than the arithmetic on it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from hoka_excel.tables.arrays import Places

_TOGETHER = 1 << 16
"""The figures of patterns that are taken together, which stay in fast memory."""


def batches(sizes: Iterable[int], width: int) -> Iterator[list[int]]:
    """Gather what is of one size into batches.

    Args:
        sizes: of each pattern, such as how many parts it has.
        width: how many lanes it is looked at in.

    Yields:
        Indices, in order within a batch.
    """
    alike: dict[int, list[int]] = {}
    for index, size in enumerate(sizes):
        alike.setdefault(size, []).append(index)
    for size, indices in alike.items():
        most = max(1, _TOGETHER // max(1, size * width))
        for start in range(0, len(indices), most):
            yield indices[start : start + most]


def strung(forms: Sequence[Sequence[int]]) -> tuple[Places, Places]:
    """String the places of patterns together.

    Returns:
        All places, and where those of each pattern start.
    """
    return np.fromiter(chain.from_iterable(forms), np.int64), np.cumsum([0, *map(len, forms[:-1])])


def side_by_side(forms: Sequence[Sequence[int]]) -> Places:
    """Put the places of patterns of as many parts, in order, into one array of parts by patterns."""
    size = len(forms[0])
    first = np.array([form[0] for form in forms])
    if all(form[-1] - form[0] == size - 1 for form in forms):
        return np.asarray(first + np.arange(size)[:, np.newaxis])
    return np.array(forms).T
