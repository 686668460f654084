"""The figures of a grid: every cell as a number and its resolution, or as the text that stands there.

Resolution is a property of a line, not of a cell: "231664.0" in a column of whole numbers is a whole number.
A cell is as fine as the coarser of its column and its row; trailing zeros do not count.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import compress, pairwise, zip_longest

import numpy as np
from numpy.typing import NDArray

from hoka_excel.core.exact import exact_decimal, round_half_up
from hoka_excel.core.figures import DecimalMark, Figure, Printed, Reason, Unreadable
from hoka_excel.tables.grid import Cells, is_number
from hoka_excel.tables.written_figures import may_be_figure, numbers_in

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
"""Indices of rows or columns."""

DECIMAL_MARKS: Mapping[str, DecimalMark] = {"Point": ".", "Comma": ","}
"""The decimal mark by the second word of a number format, such as "Comma Point"."""

_MOST_DECIMALS = 9
_LONGEST_PLACEHOLDER = 3
_TOP, _BLOCK = 16, 1 << 10
"""So many rows are read at a time: those on top, where headings stand, apart."""
CACHED = 1 << 14
"""So many numbers are worked on at a time, since they stay in the fastest memory."""
_LARGEST_EXACT = 2.0**53
_PLAIN_NUMBERS = frozenset((int, float, type(None)))


@dataclass(frozen=True)
class Figures:
    """A grid as numbers; every array has the grid's rows and columns.

    Attributes:
        value: the numbers, nan where a cell holds none. Only the search uses these floats; a verdict rests on
            `printed`.
        unit: the resolution of each cell.
        decimals: the decimals of each number, trailing zeros left out; 0 where there is none.
        text: whether the cell holds something that is no number.
        odd: whether the cell holds anything but a plain number: a text, which may be a figure, or a date.
        exact: what the texts of a column that are figures stand for, for every column that holds anything but
            plain numbers; other cells are taken from the grid.
        contents: what the odd cells of each such column hold, from the top.
        cells: the grid itself.
        places: the decimals of the finest figure.
    """

    value: Floats
    unit: Floats
    decimals: Places
    text: Flags
    odd: Flags
    exact: Mapping[int, Mapping[str, Decimal]]
    contents: Mapping[int, Sequence[object]]
    cells: Cells
    places: int

    def printed(self, row: int, column: int) -> Figure:
        """Give a cell as a printed figure, at the resolution of its line."""
        content = self.cells[row][column]
        if np.isnan(self.value[row, column]):
            return Unreadable(str(content), Reason.TEXT)
        unit = Decimal(1).scaleb(round(float(np.log10(self.unit[row, column]))))
        value = self.exact[column][content] if isinstance(content, str) else exact_decimal(content)
        return Printed(round_half_up(value, unit), unit)

    def texts(self, chosen: Callable[[frozenset[str]], frozenset[str]]) -> Iterator[tuple[int, int, str]]:
        """List the texts that are no figures and are chosen, column by column: row, column, text.

        Args:
            chosen: which are, of all different texts of a column; it is asked once, of however many cells.
        """
        for column, different in self._different.items():
            if wanted := chosen(different):
                rows = np.flatnonzero(self.odd[:, column]).tolist()
                for row, content in zip(rows, self.contents[column], strict=True):
                    if isinstance(content, str) and content in wanted and self.text[row, column]:
                        yield row, column, content

    @cached_property
    def _different(self) -> Mapping[int, frozenset[str]]:
        """The different texts of each column, those that are figures too."""
        return {
            column: frozenset(content for content in self.contents[column] if isinstance(content, str))
            for column in sorted(self.contents)
        }

    @cached_property
    def whole(self) -> NDArray[np.int64] | None:
        """The numbers in units of `places` decimals, 0 where there is none; None when they do not fit."""
        scaled = np.where(np.isnan(self.value), 0.0, self.value) * 10.0**self.places
        if np.abs(scaled).max(initial=0.0) >= _LARGEST_EXACT:
            return None
        return np.rint(scaled).astype(np.int64)

    @cached_property
    def largest(self) -> int:
        """The size of the largest of `whole`."""
        return 0 if self.whole is None else int(np.abs(self.whole).max(initial=0))

    @cached_property
    def starts(self) -> list[int]:
        """The columns after an empty one that hold more texts than numbers: where tables may begin."""
        texts, numbers = self.text.sum(axis=0), (~np.isnan(self.value)).sum(axis=0)
        after_empty = np.concatenate(([False], (texts + numbers == 0)[:-1]))
        return np.flatnonzero(after_empty & (texts > numbers)).tolist()

    @cached_property
    def words(self) -> Flags:
        """The texts that are longer than a placeholder such as "n/a" or "-"."""
        words = self.text.copy()
        for column, contents in self.contents.items():
            lengths = np.fromiter((len(str(content).strip()) for content in contents), np.int64)
            words[self.odd[:, column], column] &= lengths > _LONGEST_PLACEHOLDER
        return words


_LARGEST, _SMALLEST = 1e60, 1e-60
"""No amount is larger or, but for nil, smaller: beyond these the products of binary fractions break down."""


def read_figures(cells: Cells, number_format: str | None = None) -> Figures:
    """Read every cell of a grid.

    Args:
        cells: rows of text, numbers, dates, booleans and None; rows may differ in length.
        number_format: how texts write numbers, such as "Comma Point" or "None Comma"; None reads it off each
            column.
    """
    mark = DECIMAL_MARKS.get(number_format.split()[-1]) if number_format else None
    value, odd, contents = _plain_numbers(cells)
    text = odd.copy()
    exact = {
        column: _read_odd(found, mark, value[:, column], text[:, column])
        for column, found in contents.items()
    }
    size = np.abs(value)
    value[~(size < _LARGEST)] = np.nan
    value[size < _SMALLEST] = 0.0
    places = decimals(value)
    by_column, by_row = places.max(axis=0, initial=0), places.max(axis=1, initial=0)
    units = 10.0 ** -np.arange(_MOST_DECIMALS + 1)
    unit = np.maximum(units[by_column], units[by_row][:, np.newaxis])
    return Figures(value, unit, places, text, odd, exact, contents, cells, int(by_column.max(initial=0)))


def _plain_numbers(cells: Cells) -> tuple[Floats, Flags, dict[int, list[object]]]:
    """Read the cells that hold plain numbers, some rows at a time.

    Returns:
        The numbers; which cells hold anything else; what they hold, by column.
    """
    height, width = len(cells), max(map(len, cells), default=0)
    value = np.full((height, width), np.nan)
    odd = np.zeros((height, width), dtype=bool)
    found: dict[int, list[object]] = {}
    for start, stop in pairwise([*range(0, min(_TOP, height), _TOP), *range(_TOP, height, _BLOCK), height]):
        for column, cut in enumerate(zip_longest(*cells[start:stop])):
            kinds = frozenset(map(type, cut))
            if kinds <= _PLAIN_NUMBERS:
                value[start:stop, column] = np.fromiter(cut, float, stop - start)
            elif kinds.isdisjoint(_PLAIN_NUMBERS):
                odd[start:stop, column] = True
                found.setdefault(column, []).extend(cut)
            else:
                strange = [type(content) not in _PLAIN_NUMBERS for content in cut]
                odd[start:stop, column] = strange
                found.setdefault(column, []).extend(compress(cut, strange))
                plain = (None if is_odd else content for content, is_odd in zip(cut, strange, strict=True))
                value[start:stop, column] = np.fromiter(plain, float, stop - start)
    return value, odd, found


def _read_odd(
    contents: Sequence[object], mark: DecimalMark | None, value: Floats, text: Flags
) -> Mapping[str, Decimal]:
    """Read the cells of a column that hold no plain numbers; until now `text` flags all of them.

    Returns:
        The texts that are figures, and which.
    """
    texts = [content for content in contents if isinstance(content, str)]
    candidates = dict.fromkeys(filter(may_be_figure, texts))
    figures = numbers_in(list(candidates), mark)
    if candidates or len(texts) < len(contents):
        rows = np.flatnonzero(text)
        numbers = [_odd_number(content, figures) for content in contents]
        value[rows] = np.fromiter(numbers, float, len(numbers))
        blank = {content for content in candidates if not content.strip()}
        text[rows] = [
            number is None and content not in blank for number, content in zip(numbers, contents, strict=True)
        ]
    known = len(value) - np.count_nonzero(np.isnan(value))
    only_nil = np.count_nonzero(value) == len(value) - known
    if only_nil and np.count_nonzero(text) >= known:  # a dash is nil only among figures
        value[:] = np.nan
    return figures


def _odd_number(content: object, figures: Mapping[str, Decimal]) -> object:
    """Give the number in a cell that holds no plain one; truth values and dates are no numbers."""
    if isinstance(content, str):
        return figures.get(content)
    return content if is_number(content) else None


def some(flags: Flags, axis: int) -> Flags:
    """Say of each line along `axis` whether it holds a true flag."""
    return np.asarray(flags.any(axis=axis))


def thinned(places: Places, most: int) -> Places:
    """Keep at most so many places, spread evenly."""
    return places if len(places) <= most else places[np.linspace(0, len(places) - 1, most).astype(np.int64)]


def decimals(value: Floats) -> NDArray[np.int64]:
    """Count the decimals of each number, trailing zeros left out; 0 where there is no number."""
    count = np.zeros(value.size, dtype=np.int64)
    numbers = value.ravel()
    for start in range(0, value.size, CACHED):
        _count_decimals(numbers[start : start + CACHED], count[start : start + CACHED])
    return count.reshape(value.shape)


def _count_decimals(numbers: Floats, count: NDArray[np.int64]) -> None:
    open_ = np.flatnonzero(~np.isnan(numbers))
    numbers = numbers[open_]
    for places in range(_MOST_DECIMALS):
        scaled = numbers * 10.0**places
        ragged = np.abs(scaled - np.rint(scaled)) > 1e-9 * np.maximum(1.0, np.abs(scaled))
        open_, numbers = open_[ragged], numbers[ragged]
        if not len(open_):
            break
        count[open_] = places + 1
