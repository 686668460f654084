"""Number formats of the cells of a sheet, kept as bands of equal rows, with runs of equal cells in each.

An .ods says of a cell or a row how often it is repeated. Written out by cell, a few bytes would fill the
memory.

>>> bands = FormatBands()
>>> bands.add(range(2, 1_048_576), [(range(1, 3), "0.00")])
>>> bands[500_000, 2], (500_000, 3) in bands
('0.00', False)
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from hoka_excel.tables.grid import Spot

Run = tuple[range, str]
"""Columns next to each other, and the number format they share."""


class FormatBands(Mapping[Spot, str]):
    """Number formats by cell."""

    def __init__(self) -> None:
        """Begin without any."""
        self._starts: list[int] = []
        self._bands: list[tuple[range, Sequence[Run]]] = []

    def add(self, rows: range, runs: Sequence[Run]) -> None:
        """Add rows below those added before, with the formats that all of them have, from left to right."""
        if self._bands and self._bands[-1][0].stop == rows.start and self._bands[-1][1] == runs:
            self._bands[-1] = (range(self._starts[-1], rows.stop), runs)
        elif runs:
            self._starts.append(rows.start)
            self._bands.append((rows, runs))

    def __getitem__(self, spot: Spot) -> str:
        """Give the number format of a cell.

        Raises:
            KeyError: it has none.
        """
        row, column = spot
        rows, runs = self._bands[bisect_right(self._starts, row) - 1] if self._bands else (range(0), ())
        if row in rows:
            after = bisect_right(runs, column, key=lambda run: run[0].start)
            if after and column in runs[after - 1][0]:
                return runs[after - 1][1]
        raise KeyError(spot)

    def __iter__(self) -> Iterator[Spot]:
        """List the cells with a number format, row by row."""
        for rows, runs in self._bands:
            for row in rows:
                for columns, _ in runs:
                    for column in columns:
                        yield row, column

    def __len__(self) -> int:
        """Count the cells with a number format."""
        return sum(len(rows) * sum(len(columns) for columns, _ in runs) for rows, runs in self._bands)
