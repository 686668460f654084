"""The areas of their own sheet that the formulas of a sheet read, looked at all at once.

Most formulas of a large sheet read what they should; which of them do is told in a few steps for all together.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np

from hoka_excel.tables.audit.spot_index import SpotIndex
from hoka_excel.tables.figures import Flags, Places
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
        """Give the formulas below or right of a run that have anything between, or a figure right before it.

        Args:
            formulas: the cells with formulas.
            text: where there is text.
        """
        row, column = _spots(self.readers)
        first_row, first_column, last_row, last_column = (
            np.fromiter(chain.from_iterable(self.areas), np.int64).reshape(-1, 4).T
        )
        is_below = (first_column == last_column) & (last_column == column)
        is_below &= (first_row < last_row) & (last_row < row)
        is_beside = (first_row == last_row) & (last_row == row)
        is_beside &= (first_column < last_column) & (last_column < column)
        no_figure = np.ones(np.add(text.shape, 1), dtype=bool)  # the last row and column stand for none
        no_figure[:-1, :-1] = text
        height, width = text.shape
        no_figure[_within(*_spots(formulas), height, width)] = True
        before = _within(first_row - is_below, first_column - is_beside, height, width)
        is_apart = np.where(is_below, last_row + 1 < row, last_column + 1 < column)
        found = (is_below | is_beside) & (is_apart | ~no_figure[before])
        return frozenset(compress(self.readers, found.tolist()))


def _spots(spots: Iterable[Spot]) -> tuple[Places, Places]:
    """Give the rows and the columns of cells."""
    rows, columns = np.fromiter(chain.from_iterable(spots), np.int64).reshape(-1, 2).T
    return rows, columns


def _within(rows: Places, columns: Places, height: int, width: int) -> tuple[Places, Places]:
    """Index cells of a sheet of this size; those outside it by its last row and column, which hold nothing."""
    outside = (rows < 0) | (rows >= height) | (columns < 0) | (columns >= width)
    return np.where(outside, height, rows), np.where(outside, width, columns)
