"""Some cells of a sheet, kept by column, so that those in an area are found without trying all."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from hoka_excel.tables.grid import Spot
from hoka_excel.tables.references import Area

_HEIGHT = 1 << 20
"""The rows of a sheet, by which its cells are numbered column by column."""


class SpotIndex:
    """Cells by column; the rows of a column are asked for once an area reaches it.

    >>> SpotIndex.of([(7, 0), (2, 0), (2, 5)]).within((0, 0, 4, 16_383))
    [(2, 0), (2, 5)]
    """

    def __init__(self, columns: Collection[int], rows: Callable[[int], Sequence[int]]) -> None:
        """Index the cells of some columns; `rows` lists those of one, in order."""
        self._columns, self._rows = columns, rows

    @classmethod
    def of(cls, spots: Iterable[Spot]) -> "SpotIndex":
        """Index these cells."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(spots):
            rows.setdefault(column, []).append(row)
        return cls(rows.keys(), rows.__getitem__)

    def within(self, area: Area) -> list[Spot]:
        """List the cells in an area, column by column."""
        return [
            (row, column)
            for column, run in self._runs(area)
            for row in self._rows(column)[run.start : run.stop]
        ]

    def _runs(self, area: Area) -> Iterator[tuple[int, range]]:
        """Give each column with cells in an area, and which of its cells these are, counted from the top."""
        first_row, first_column, last_row, last_column = area
        few = last_column - first_column < len(self._columns)
        for column in range(first_column, last_column + 1) if few else sorted(self._columns):
            if first_column <= column <= last_column and column in self._columns:
                rows = self._rows(column)
                first = bisect_left(rows, first_row)
                if first < len(rows) and rows[first] <= last_row:
                    yield column, range(first, bisect_right(rows, last_row, first))

    def hold(self, areas: Sequence[Area]) -> list[bool]:
        """Say of each area whether any of the cells is in it, of all areas at once."""
        corners = np.fromiter(chain.from_iterable(areas), np.int64, 4 * len(areas))
        first_row, first_column, last_row, last_column = corners.reshape(-1, 4).T
        first, last = first_column * _HEIGHT + first_row, last_column * _HEIGHT + last_row
        some = np.searchsorted(self._numbers, first) < np.searchsorted(self._numbers, last, side="right")
        for number in np.flatnonzero(some & (first_column < last_column)).tolist():
            some[number] = any(self._runs(areas[number]))
        held: list[bool] = some.tolist()
        return held

    @cached_property
    def _numbers(self) -> NDArray[np.int64]:
        """The numbers of the cells, column by column."""
        numbers = [column * _HEIGHT + np.array(self._rows(column)) for column in sorted(self._columns)]
        return np.concatenate([np.zeros(0, dtype=np.int64), *numbers])
