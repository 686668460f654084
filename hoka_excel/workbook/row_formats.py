"""The number formats of a sheet, kept by runs of rows that look alike: all its rows may share one mapping."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from hoka_excel.tables.grid import Spot

_NONE: Mapping[int, str] = {}


class RowFormats(Mapping[Spot, str]):
    """The number formats by row and column.

    >>> formats = RowFormats()
    >>> for row in (2, 3, 7):
    ...     formats.append(row, {1: "0.00"})
    >>> list(formats), formats[3, 1]
    ([(2, 1), (3, 1), (7, 1)], '0.00')
    """

    def __init__(self) -> None:
        """Begin above the first row."""
        self._starts = [0]
        self._columns = [_NONE]
        self._end = 0

    def append(self, row: int, columns: Mapping[int, str]) -> None:
        """Add a row below the last one; those between them have no formats.

        Args:
            row: which, from 0.
            columns: its formats by column.

        Raises:
            ValueError: the row is not below the last one.
        """
        if row < self._end:
            raise ValueError(row)
        if row > self._end:
            self._run(self._end, _NONE)
        self._run(row, columns)
        self._end = row + 1

    def _run(self, start: int, columns: Mapping[int, str]) -> None:
        if columns is not self._columns[-1]:
            self._starts.append(start)
            self._columns.append(columns)

    def __getitem__(self, spot: Spot) -> str:
        """Give the format of a cell.

        Raises:
            KeyError: it has none of its own.
        """
        row, column = spot
        if not 0 <= row < self._end:
            raise KeyError(spot)
        return self._columns[bisect_right(self._starts, row) - 1][column]

    def __iter__(self) -> Iterator[Spot]:
        """Give the cells that have one, row by row."""
        stops = [*self._starts[1:], self._end]
        return (
            (row, column)
            for start, stop, columns in zip(self._starts, stops, self._columns, strict=True)
            for row in range(start, stop)
            for column in columns
        )

    def __len__(self) -> int:
        """Count these cells."""
        return sum(1 for _ in self)
