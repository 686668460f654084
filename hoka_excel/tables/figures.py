"""The figures of a grid: every cell as a number and its resolution, or as the text that stands there.

Resolution is a property of a line, not of a cell: "231664.0" in a column of whole numbers is a whole number.
A cell is as fine as the coarser of its column and its row; trailing zeros do not count.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from hoka_excel.core.exact import exact_decimal, round_half_up
from hoka_excel.core.figures import DecimalMark, Figure, Printed, Reason, Unreadable, parse_figures
from hoka_excel.tables.grid import Cells

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
"""Indices of rows or columns."""

DECIMAL_MARKS: Mapping[str, DecimalMark] = {"Point": ".", "Comma": ","}
"""The decimal mark by the second word of a number format, such as "Comma Point"."""

_MOST_DECIMALS = 9
_LONGEST_PLACEHOLDER = 3
_BLOCK = 1024
CACHED = 1 << 14
"""So many numbers are worked on at a time, since they stay in the fastest memory."""
_LARGEST_EXACT = 2.0**53
_PLAIN_NUMBERS = frozenset((int, float, type(None)))
_CURRENCY = re.compile(r"^([-+(]?)\s*[$£¥]\s*|\s*[$£¥]$")
_FOOTNOTE = re.compile(r"(?<=\d)\s?(?:\*+|[A-FEprx]|[¹²³]|\(\d\))$")
_CODE = re.compile(r"0\d")
_MAY_BE_FIGURE = re.compile(r"[\s(+*€$£¥'−–—-]*(?:EUR\b|euro\b)?[\s(+€$£¥−–—-]*(?:[.,]?\d|$)", re.IGNORECASE)
"""What any figure begins with; most labels are told apart by this alone."""
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?$")


@dataclass(frozen=True)
class Figures:
    """A grid as numbers; every array has the grid's rows and columns.

    Attributes:
        value: the numbers, nan where a cell holds none. Only the search uses these floats; a verdict rests on
            `printed`.
        unit: the resolution of each cell.
        decimals: the decimals of each number, trailing zeros left out; 0 where there is none.
        text: whether the cell holds something that is no number.
        exact: what the texts of a column that are figures stand for, for every column that holds anything but
            plain numbers; other cells are taken from the grid.
        cells: the grid itself.
        places: the decimals of the finest figure.
    """

    value: Floats
    unit: Floats
    decimals: Places
    text: Flags
    exact: Mapping[int, Mapping[str, Decimal]]
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

    def texts(self, wanted: Callable[[str], bool]) -> Iterator[tuple[int, int, str]]:
        """List the texts that are no figures and are wanted, column by column: row, column, text."""
        for column in np.flatnonzero(some(self.text, axis=0)).tolist():
            for row in np.flatnonzero(self.text[:, column]).tolist():
                content = self.cells[row][column]
                if isinstance(content, str) and wanted(content):
                    yield row, column, content

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
        for row, column in np.argwhere(words).tolist():
            words[row, column] = len(str(self.cells[row][column]).strip()) > _LONGEST_PLACEHOLDER
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
    height, width = len(cells), max(map(len, cells), default=0)
    value = np.full((height, width), np.nan)
    text = np.zeros((height, width), dtype=bool)
    exact: dict[int, Mapping[str, Decimal]] = {}
    for column, cut in enumerate(zip_longest(*cells)):
        if _PLAIN_NUMBERS.issuperset(map(type, cut)):
            value[:, column] = np.array(cut, dtype=float)
        else:
            exact[column] = _read_mixed(cut, mark, value[:, column], text[:, column])
    size = np.abs(value)
    value[~(size < _LARGEST)] = np.nan
    value[size < _SMALLEST] = 0.0
    places = decimals(value)
    by_line = np.minimum(
        places.max(axis=0, initial=0)[np.newaxis, :], places.max(axis=1, initial=0)[:, np.newaxis]
    )
    units = 10.0 ** -np.arange(_MOST_DECIMALS + 1)
    return Figures(value, units[by_line], places, text, exact, cells, int(by_line.max(initial=0)))


def _read_mixed(
    cut: Sequence[object], mark: DecimalMark | None, value: Floats, text: Flags
) -> Mapping[str, Decimal]:
    """Read a column in which not every cell is a plain number into `value` and `text`.

    Returns:
        The texts that are figures, and which.
    """
    odd = _odd_rows(cut)
    texts = [content for row in odd if isinstance(content := cut[row], str)]
    distinct = list(dict.fromkeys(texts))
    figures = _numbers(distinct, mark)
    if len(texts) == len(cut) and not figures:
        numbers: Sequence[object] = ()
    else:
        contents = list(cut)
        for row in odd:
            contents[row] = _odd_number(cut[row], figures)
        numbers = [contents[row] for row in odd]
        value[:] = np.array(contents, dtype=float)
    blank = {content for content in distinct if not content.strip()}
    text[odd] = [number is None and cut[row] not in blank for row, number in zip_longest(odd, numbers)]
    _drop_dashes(value, text)
    return figures


def _odd_rows(cut: Sequence[object]) -> list[int]:
    """List the rows of a column that hold no plain number, passing over blocks of rows that all do."""
    return [
        row
        for start in range(0, len(cut), _BLOCK)
        if not _PLAIN_NUMBERS.issuperset(map(type, cut[start : start + _BLOCK]))
        for row, kind in enumerate(map(type, cut[start : start + _BLOCK]), start)
        if kind not in _PLAIN_NUMBERS
    ]


def _odd_number(content: object, figures: Mapping[str, Decimal]) -> object:
    """Give the number in a cell that holds no plain one; truth values and dates are no numbers."""
    if isinstance(content, str):
        return figures.get(content)
    return content if isinstance(content, int | float | Decimal) and not isinstance(content, bool) else None


def may_be_figure(text: str) -> bool:
    """Whether a text begins as figures do; a quick look before a thorough one."""
    return _MAY_BE_FIGURE.match(text) is not None


def _numbers(texts: Sequence[str], mark: DecimalMark | None) -> dict[str, Decimal]:
    """Read the different texts of one column; those that are no figure are left out."""
    if mark == ".":
        plain = {text: Decimal(text) for text in texts if _PLAIN.match(text) and not _CODE.match(text)}
    else:
        plain = {}
    rest = [text for text in texts if text not in plain and _MAY_BE_FIGURE.match(text)]
    read = zip(rest, parse_figures(map(_bare, rest), mark), strict=True)
    return plain | {text: figure.value for text, figure in read if isinstance(figure, Printed)}


def _bare(text: str) -> str:
    """Take away what surrounds a figure but says nothing of its size: currency, plus sign, footnote mark."""
    body = _CURRENCY.sub(r"\1", text.strip())
    if _CODE.match(body):
        return "code"
    return _FOOTNOTE.sub("", body.removeprefix("+").strip("* "))


def _drop_dashes(value: Floats, text: Flags) -> None:
    """Take a column of labels and dashes for text: a dash is nil only among figures."""
    if not np.any(value[~np.isnan(value)] != 0) and text.sum() >= (~np.isnan(value)).sum():
        value[:] = np.nan


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
