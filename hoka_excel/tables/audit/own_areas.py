"""The areas of their own sheet that the formulas of a sheet read, looked at all at once.

Most formulas of a large sheet read what they should, and which do is told for all of them in a few steps.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from hoka_excel.tables.arrays import Flags, Places
from hoka_excel.tables.audit.spot_index import SpotIndex
from hoka_excel.tables.grid import Spot
from hoka_excel.tables.references import Area


@dataclass(frozen=True, slots=True)
class OwnAreas:
    """Areas of a sheet, each with the formula of that sheet that reads it.

    Attributes:
        readers: the cells of these formulas; one that reads several areas stands here for each.
        areas: what they read.
    """

    readers: Sequence[Spot]
    areas: Sequence[Area]

    def over(self, cells: SpotIndex) -> frozenset[Spot]:
        """Give the formulas that read any of these cells."""
        return frozenset(compress(self.readers, cells.hold(self.areas)))

    def beside_figures(self, formulas: Collection[Spot], text: Flags) -> frozenset[Spot]:
        """Give the formulas below or right of a run they read, with cells between or a figure before it.

        What stands between is not looked at, nor whether cells that hold no text are empty.

        Args:
            formulas: the cells with formulas, which are no typed figures.
            text: where there is text.
        """
        row, column = _columns(self.readers, 2)
        first_row, first_column, last_row, last_column = _columns(self.areas, 4)
        is_below = (first_column == last_column) & (last_column == column)
        is_below &= (first_row < last_row) & (last_row < row)
        is_beside = (first_row == last_row) & (last_row == row)
        is_beside &= (first_column < last_column) & (last_column < column)
        is_apart = np.where(is_below, last_row + 1 < row, last_column + 1 < column)
        may_be_figure = np.zeros(np.add(text.shape, 1), dtype=bool)  # past the last row and column is none
        may_be_figure[:-1, :-1] = ~text
        rows, columns = _columns(formulas, 2)
        may_be_figure[_within(rows, columns, text)] = False
        is_late = may_be_figure[_within(first_row - is_below, first_column - is_beside, text)]
        found = (is_below | is_beside) & (is_apart | is_late)
        return frozenset(compress(self.readers, found.tolist()))


def _columns(rows: Iterable[Iterable[int]], width: int) -> NDArray[np.int64]:
    """Turn rows of so many numbers into columns."""
    return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, width).T


def _within(rows: Places, columns: Places, sheet: Flags) -> tuple[Places, Places]:
    """Index cells of a sheet, and those outside it as the one past its last row and column."""
    height, width = sheet.shape
    outside = (rows < 0) | (rows >= height) | (columns < 0) | (columns >= width)
    return np.where(outside, height, rows), np.where(outside, width, columns)
