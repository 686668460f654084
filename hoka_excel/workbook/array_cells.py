"""The cells that one array formula fills; files write the formula in the first of them only."""

from collections.abc import Sequence

from hoka_excel.tables.grid import Spot

_MOST_CELLS = 1_000_000
"""How many cells the arrays of a sheet may fill together; what goes beyond is taken for its first cell."""


class ArrayCells:
    """The arrays of one sheet, met one by one."""

    def __init__(self) -> None:
        """Begin with none."""
        self._left = _MOST_CELLS

    def of(self, first: Spot, last: Spot) -> Sequence[Spot]:
        """List the cells of an array from its first to its last, row by row."""
        rows, columns = (range(start, stop + 1) for start, stop in zip(first, last, strict=True))
        count = max(1, rows.stop - rows.start) * max(1, columns.stop - columns.start)
        if count == 1 or count > self._left:
            return [first]
        self._left -= count
        return [(row, column) for row in rows for column in columns]
