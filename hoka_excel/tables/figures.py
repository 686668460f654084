"""The figures of a grid: every cell as a number and its resolution, or as the text that stands there.

Resolution is a property of a line, not of a cell: "231664.0" in a column of whole numbers is a whole number.
A cell is as fine as the coarser of its column and its row; trailing zeros do not count.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hoka_excel.core.exact import exact_decimal, round_half_up
from hoka_excel.core.figures import DecimalMark, Figure, Printed, Reason, Unreadable, parse_figures

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
"""Indices of rows or columns."""

Cells = Sequence[Sequence[object]]

DECIMAL_MARKS: Mapping[str, DecimalMark] = {"Point": ".", "Comma": ","}
"""The decimal mark by the second word of a number format, such as "Comma Point"."""

_MOST_DECIMALS = 9
_LARGEST_EXACT = 2.0**53
_PLAIN_NUMBERS = frozenset((int, float, type(None)))
_CURRENCY = re.compile(r"^([-+(]?)\s*[$£¥]\s*|\s*[$£¥]$")
_FOOTNOTE = re.compile(r"(?<=\d)\s?(?:\*+|[A-FEprx]|[¹²³]|\(\d\))$")
_CODE = re.compile(r"0\d")
_MAY_BE_FIGURE = re.compile(r"[\s(+*€$£¥'−–—-]*(?:EUR\b|euro\b)?[\s(+€$£¥−–—-]*(?:[.,]?\d|$)", re.IGNORECASE)
"""What any figure begins with; most labels are told apart by this alone."""
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Figures:
    """A grid as numbers; every array has the grid's rows and columns.

    Attributes:
        value: the numbers, nan where a cell holds none. Only the search uses these floats; a verdict rests on
            `printed`.
        unit: the resolution of each cell.
        decimals: the decimals of each number, trailing zeros left out; 0 where there is none.
        text: whether the cell holds something that is no number.
        exact: the decimals of numbers read from text, by place; other cells are taken from the grid.
        cells: the grid itself.
        places: the decimals of the finest figure.
        whole: the numbers in units of `places` decimals, 0 where there is none; None when they do not fit.
    """

    value: Floats
    unit: Floats
    decimals: Places
    text: Flags
    exact: Mapping[tuple[int, int], Decimal]
    cells: Cells
    places: int
    whole: NDArray[np.int64] | None

    def printed(self, row: int, column: int) -> Figure:
        """Give a cell as a printed figure, at the resolution of its line."""
        if np.isnan(self.value[row, column]):
            return Unreadable(str(self.cells[row][column]), Reason.TEXT)
        unit = Decimal(1).scaleb(round(float(np.log10(self.unit[row, column]))))
        number = self.exact.get((row, column))
        value = exact_decimal(self.cells[row][column]) if number is None else number
        return Printed(round_half_up(value, unit), unit)


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
    exact: dict[tuple[int, int], Decimal] = {}
    for column, cut in enumerate(zip_longest(*cells)):
        if _PLAIN_NUMBERS.issuperset(map(type, cut)):
            value[:, column] = np.array(cut, dtype=float)
            continue
        contents = list(cut)
        rows = [row for row, content in enumerate(contents) if type(content) not in _PLAIN_NUMBERS]
        odd = [contents[row] for row in rows]
        for row, content, number in zip(rows, odd, _odd_numbers(odd, mark), strict=True):
            contents[row] = number
            if isinstance(content, str) and number is not None:
                exact[row, column] = number
            text[row, column] = number is None and not (isinstance(content, str) and not content.strip())
        value[:, column] = np.array(contents, dtype=float)
        _drop_dashes(value[:, column], text[:, column])
    value[~(np.abs(value) < _LARGEST)] = np.nan
    value[np.abs(value) < _SMALLEST] = 0.0
    places = decimals(value)
    by_line = np.minimum(
        places.max(axis=0, initial=0)[np.newaxis, :], places.max(axis=1, initial=0)[:, np.newaxis]
    )
    finest = int(by_line.max(initial=0))
    return Figures(value, 10.0**-by_line, places, text, exact, cells, finest, _whole(value, finest))


def _odd_numbers(contents: Sequence[object], mark: DecimalMark | None) -> Iterator[Any]:
    """Read the cells of one column that are no plain number; truth values and dates are no numbers."""
    numbers = iter(_numbers([content for content in contents if isinstance(content, str)], mark))
    for content in contents:
        if isinstance(content, str):
            yield next(numbers)
        else:
            is_number = isinstance(content, int | float | Decimal) and not isinstance(content, bool)
            yield content if is_number else None


def _whole(value: Floats, places: int) -> NDArray[np.int64] | None:
    """Write the numbers as whole units, where a float holds every one of them exactly."""
    scaled = np.where(np.isnan(value), 0.0, value) * 10.0**places
    if np.abs(scaled).max(initial=0.0) >= _LARGEST_EXACT:
        return None
    return np.rint(scaled).astype(np.int64)


def _numbers(texts: Sequence[str], mark: DecimalMark | None) -> list[Decimal | None]:
    """Read the texts of one column; those that are no figure give None."""
    distinct = list(dict.fromkeys(texts))
    if mark == ".":
        plain = {text: Decimal(text) for text in distinct if _PLAIN.match(text) and not _CODE.match(text)}
    else:
        plain = {}
    rest = [text for text in distinct if text not in plain and _MAY_BE_FIGURE.match(text)]
    found: dict[str, Decimal | None] = dict(plain)
    for text, figure in zip(rest, parse_figures(map(_bare, rest), mark), strict=True):
        found[text] = figure.value if isinstance(figure, Printed) else None
    return [found.get(text) for text in texts]


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
    count = np.zeros(value.shape, dtype=np.int64)
    open_ = np.argwhere(~np.isnan(value))
    numbers = value[tuple(open_.T)]
    for places in range(_MOST_DECIMALS):
        scaled = numbers * 10.0**places
        ragged = np.abs(scaled - np.rint(scaled)) > 1e-9 * np.maximum(1.0, np.abs(scaled))
        open_, numbers = open_[ragged], numbers[ragged]
        if not len(open_):
            break
        count[tuple(open_.T)] = places + 1
    return count
