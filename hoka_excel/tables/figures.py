"""The figures of a grid: every cell as a number and its resolution, or as the text that stands there.

Resolution is a property of a line, not of a cell: "231664.0" in a column of whole numbers is a whole number.
A cell is as fine as the coarser of its column and its row; trailing zeros do not count.
"""

from collections.abc import Callable, Collection, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from hoka_excel.core.exact import exact_decimal, round_half_up
from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.core.figures import Figure, Printed, Reason, Unreadable
from hoka_excel.tables.amounts import MOST_DECIMALS, decimals, keep_amounts
from hoka_excel.tables.arrays import CACHED, Decimals, Flags, Floats, Places, blocks
from hoka_excel.tables.grains import grains
from hoka_excel.tables.grid import Cells, Grid
from hoka_excel.tables.odd_cells import read_odd, texts_among
from hoka_excel.tables.packed_cells import PackedCells, packed_cells

DECIMAL_MARKS: Mapping[str, DecimalMark] = {"Point": ".", "Comma": ","}
"""The decimal mark by the second word of a number format, such as "Comma Point"."""

_LONGEST_PLACEHOLDER = 3
_LARGEST_EXACT = 2.0**53


@dataclass(frozen=True)
class Figures:
    """A grid as numbers; every array has the grid's rows and columns.

    Attributes:
        value: the numbers, nan where a cell holds none. Only the search uses these floats; a verdict rests on
            `printed`.
        decimals: the decimals of each number, trailing zeros left out; 0 where there is none.
        row_unit: the resolution of each row by itself.
        column_unit: that of each column.
        text: whether the cell holds something that is no number.
        odd: whether the cell holds anything but a plain number: a text, which may be a figure, or a date.
        exact: what the texts of a column stand for that are figures but not clear by themselves, for every
            column that holds anything but plain numbers; other cells are taken from the grid.
        contents: what the odd cells of each such column hold, from the top.
        cells: the grid itself.
        places: the decimals of the finest figure.
    """

    value: Floats
    decimals: Decimals
    row_unit: Floats
    column_unit: Floats
    text: Flags
    odd: Flags
    exact: Mapping[int, Mapping[str, Decimal]]
    contents: Mapping[int, Sequence[object]]
    cells: Cells
    places: int

    @cached_property
    def unit(self) -> Floats:
        """The resolution of each cell."""
        return np.asarray(np.maximum(self.column_unit, self.row_unit[:, np.newaxis]))

    def printed(self, row: int, column: int) -> Figure:
        """Give a cell as a printed figure, at the resolution of its line."""
        content = self.cells[row][column]
        if np.isnan(self.value[row, column]):
            return Unreadable(str(content), Reason.TEXT)
        unit = Decimal(1).scaleb(round(float(np.log10(max(self.row_unit[row], self.column_unit[column])))))
        return Printed(round_half_up(self._exactly(column, content), unit), unit)

    def _exactly(self, column: int, content: object) -> Decimal:
        """Give the number in a cell of a column."""
        if not isinstance(content, str):
            return exact_decimal(content)
        unclear = self.exact[column].get(content)
        return Printed.parse(content).value if unclear is None else unclear

    def texts(self, chosen: Callable[[KeysView[str]], Collection[str]]) -> Iterator[tuple[int, int, str]]:
        """List the texts that are no figures and are chosen, column by column: row, column, text.

        Args:
            chosen: which are, of all different texts of a column; it is asked once, of however many cells.
        """
        for column, (rows, texts, different) in self._texts.items():
            if wanted := chosen(different):
                at = np.fromiter(map(wanted.__contains__, texts), bool, len(texts))
                for row in rows[at].tolist():
                    yield row, column, str(self.cells[row][column])

    @cached_property
    def _texts(self) -> Mapping[int, tuple[Places, Sequence[str], KeysView[str]]]:
        """The texts of each column that are no figures: their rows, what they say, each but once."""
        found = {}
        for column in sorted(self.contents):
            rows, contents = np.flatnonzero(self.odd[:, column]), self.contents[column]
            is_text = self.text[rows, column]
            if not is_text.all():
                rows, contents = rows[is_text], list(compress(contents, is_text.tolist()))
            texts = texts_among(contents)
            if len(texts) < len(contents):
                rows = rows[[isinstance(content, str) for content in contents]]
            found[column] = rows, texts, dict.fromkeys(texts).keys()
        return found

    @cached_property
    def grain(self) -> Floats:
        """The largest power of ten that divides each number: 500 tells less than 512; infinite for nil."""
        return grains(self.value, self.unit)

    @cached_property
    def whole(self) -> NDArray[np.int64] | None:
        """The numbers in units of `places` decimals, 0 where there is none; None when they do not fit."""
        whole = np.empty(self.value.size, dtype=np.int64)
        for block in blocks(whole.size):
            scaled = self.value.ravel()[block] * 10.0**self.places
            scaled[np.isnan(scaled)] = 0.0
            if np.abs(scaled).max() >= _LARGEST_EXACT:
                return None
            whole[block] = np.rint(scaled, out=scaled)
        return whole.reshape(self.value.shape)

    @cached_property
    def room(self) -> NDArray[np.int64]:
        """The resolution of each number in units of `places` decimals, 0 where there is none."""
        rows, columns = (
            np.rint(unit * 10.0**self.places).astype(np.int64) for unit in (self.row_unit, self.column_unit)
        )
        return np.asarray(np.maximum(columns, rows[:, np.newaxis]) * ~np.isnan(self.value))

    @cached_property
    def largest(self) -> int:
        """The size of the largest of `whole`."""
        return 0 if self.whole is None else int(max(self.whole.max(initial=0), -self.whole.min(initial=0)))

    @cached_property
    def first_figures(self) -> Places:
        """The row of the first number of each column; -1 where there is none."""
        height, width = self.value.shape
        first = np.full(width, -1)
        step = max(1, CACHED // max(1, width))
        for start in range(0, height, step):
            missing = (first < 0).nonzero()[0]
            if not len(missing):
                break
            known = ~np.isnan(self.value[start : start + step, missing])
            found = known.any(axis=0)
            first[missing[found]] = start + known.argmax(axis=0)[found]
        return first

    @cached_property
    def column_numbers(self) -> Places:
        """How many numbers each column holds."""
        return np.asarray(np.count_nonzero(~np.isnan(self.value), axis=0))

    @cached_property
    def starts(self) -> list[int]:
        """The columns after an empty one that hold more texts than numbers: where tables may begin."""
        texts, numbers = self.text.sum(axis=0), self.column_numbers
        after_empty = np.concatenate(([False], (texts + numbers == 0)[:-1]))
        return np.flatnonzero(after_empty & (texts > numbers)).tolist()

    @cached_property
    def words(self) -> Flags:
        """The texts that are longer than a placeholder such as "n/a" or "-"."""
        words = self.text.copy()
        for column, contents in self.contents.items():
            lengths = np.fromiter(map(len, map(str.strip, map(str, contents))), np.int64, len(contents))
            words[self.odd[:, column], column] &= lengths > _LONGEST_PLACEHOLDER
        return words


def read_figures(cells: Cells, number_format: str | None = None) -> Figures:
    """Read every cell of a grid.

    Args:
        cells: rows of text, numbers, dates, booleans and None; rows may differ in length.
        number_format: how texts write numbers, such as "Comma Point" or "None Comma"; None reads it off each
            column.
    """
    return figures_of(Grid("", cells, number_format=number_format))


def figures_of(grid: Grid) -> Figures:
    """Read every cell of a grid."""
    mark = DECIMAL_MARKS.get(grid.number_format.split()[-1]) if grid.number_format else None
    packed = grid.cells if isinstance(grid.cells, PackedCells) else packed_cells(grid.cells)
    value, places, odd, contents = packed.numbers()
    text = odd.copy()
    exact = {
        column: read_odd(found, mark, value[:, column], text[:, column]) for column, found in contents.items()
    }
    written = value[odd]
    keep_amounts(written)
    value[odd], places[odd] = written, decimals(written)
    lines = places.T.copy()  # numpy finds the largest of short rows far quicker as columns
    by_column, by_row = lines.max(axis=1, initial=0), lines.max(axis=0, initial=0)
    units = 10.0 ** -np.arange(MOST_DECIMALS + 1)
    finest = int(by_column.max(initial=0))
    return Figures(
        value, places, units[by_row], units[by_column], text, odd, exact, contents, grid.cells, finest
    )
