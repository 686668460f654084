"""Some cells of a sheet, kept by column, so that those in an area are found without trying all."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping

from hoka_excel.tables.grid import Spot
from hoka_excel.tables.references import Area


class SpotIndex:
    """Cells by column.

    >>> list(SpotIndex([(7, 0), (2, 0), (2, 5)]).within((0, 0, 4, 16_383)))
    [(2, 0), (2, 5)]
    """

    def __init__(self, spots: Iterable[Spot]) -> None:
        rows: dict[int, list[int]] = {}
        for row, column in sorted(spots):
            rows.setdefault(column, []).append(row)
        self._rows: Mapping[int, list[int]] = rows

    def within(self, area: Area) -> Iterator[Spot]:
        """List the cells in an area, column by column."""
        first_row, first_column, last_row, last_column = area
        few = last_column - first_column < len(self._rows)
        for column in range(first_column, last_column + 1) if few else sorted(self._rows):
            if first_column <= column <= last_column and column in self._rows:
                rows = self._rows[column]
                for row in rows[bisect_left(rows, first_row) : bisect_right(rows, last_row)]:
                    yield row, column
