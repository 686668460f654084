"""The cells of a sheet kept column by column, in blocks of rows: plain numbers packed, the rest as it is.

A million cells come in and are read in this form; what a single cell holds is looked up when someone asks.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, zip_longest
from math import isnan, nan
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from hoka_excel.tables.amounts import decimals, keep_amounts
from hoka_excel.tables.arrays import Decimals, Flags, Floats

if TYPE_CHECKING:
    from hoka_excel.tables.grid import Cells

_TOP, _BLOCK = 16, 1 << 9
"""So many rows are put together at a time: those on top, where headings stand, apart."""
_PLAIN = frozenset((int, float, type(None)))

PackedColumn = bytes | Sequence[object]
"""Some cells of a column: floats packed by `struct`, nan for a blank; or one by one, "" for a blank."""
_Column = memoryview | Sequence[object]
"""The same, as one looks into it."""


class Numbers(NamedTuple):
    """The plain numbers of some rows, and what is none.

    Attributes:
        value: the amounts, nan where there is none.
        decimals: how many each has.
        odd: which cells hold anything but a plain number.
        others: what these hold, by column.
    """

    value: Floats
    decimals: Decimals
    odd: Flags
    others: Mapping[int, Sequence[object]]


class _Block(NamedTuple):
    """Some rows, one after the other.

    Attributes:
        height: how many.
        columns: what they hold, column by column; in a packed one nan for a blank.
    """

    height: int
    columns: Sequence[_Column]

    def numbers(self) -> Numbers:
        """Take out the numbers."""
        shape = self.height, len(self.columns)
        value, odd, others = np.full(shape, np.nan), np.zeros(shape, dtype=bool), {}
        for number, contents in enumerate(self.columns):
            if isinstance(contents, memoryview):
                value[:, number] = np.frombuffer(contents)
            elif found := _read(contents, value[:, number], odd[:, number]):
                others[number] = found
        keep_amounts(value)
        return Numbers(value, decimals(value), odd, others)


class PackedCells(Sequence[Sequence[object]]):
    """Cells row by row to whoever looks at them; "" for a blank."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._starts: list[int] = []
        self._height = 0
        self._numbers: list[Numbers] = []

    @property
    def width(self) -> int:
        """How many cells the longest row has."""
        return max((len(block.columns) for block in self._blocks), default=0)

    def take(self, height: int, columns: Iterable[PackedColumn]) -> None:
        """Add so many rows below the others; their numbers are taken out now, while more is on its way."""
        cells: list[_Column] = [
            memoryview(column).cast("d") if isinstance(column, bytes) else column for column in columns
        ]
        block = _Block(height, cells)
        self._blocks.append(block)
        self._numbers.append(block.numbers())
        self._starts.append(self._height)
        self._height += height

    def numbers(self) -> Numbers:
        """Give the plain numbers, and what is none: to the first who asks, what was taken out of each piece.

        It is the caller's from then on; whoever asks again gets numbers that are taken out anew.
        """
        shape = self._height, self.width
        value, odd = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
        places, others = np.zeros(shape, dtype=np.int8), dict[int, list[object]]()
        taken = self._numbers or [block.numbers() for block in self._blocks]
        self._numbers = []
        for start, found in zip(self._starts, taken, strict=True):
            height, width = found.value.shape
            here = slice(start, start + height), slice(width)
            value[here], places[here], odd[here] = found.value, found.decimals, found.odd
            for column, contents in found.others.items():
                others.setdefault(column, []).extend(contents)
        return Numbers(value, places, odd, others)

    def __len__(self) -> int:
        """Count the rows."""
        return self._height

    @overload
    def __getitem__(self, index: int) -> Sequence[object]: ...
    @overload
    def __getitem__(self, index: slice) -> list[Sequence[object]]: ...
    def __getitem__(self, index: int | slice) -> Sequence[object] | list[Sequence[object]]:
        """Give a row, or some."""
        if isinstance(index, slice):
            return [self[row] for row in range(len(self))[index]]
        row = index if 0 <= index < self._height else range(self._height)[index]
        number = bisect_right(self._starts, row) - 1
        return _Row(self._blocks[number].columns, row - self._starts[number])

    def __iter__(self) -> Iterator[Sequence[object]]:
        """Give the rows one by one."""
        for block in self._blocks:
            columns = map(_contents, block.columns)
            yield from zip(*columns, strict=True) if block.columns else [()] * block.height


class _Row(Sequence[object]):
    """One row of a block; a cell is looked up when it is asked for."""

    __slots__ = ("_at", "_columns")

    def __init__(self, columns: Sequence[_Column], at: int) -> None:
        self._columns, self._at = columns, at

    def __len__(self) -> int:
        return len(self._columns)

    @overload
    def __getitem__(self, index: int) -> object: ...
    @overload
    def __getitem__(self, index: slice) -> list[object]: ...
    def __getitem__(self, index: int | slice) -> object | list[object]:
        if isinstance(index, slice):
            return [self[column] for column in range(len(self))[index]]
        column = self._columns[index]
        if not isinstance(column, memoryview):
            return column[self._at]
        number: float = column[self._at]
        return "" if isnan(number) else number


def packed_cells(rows: "Cells") -> PackedCells:
    """Put cells together that stand in rows, which may differ in length."""
    packed = PackedCells()
    start, stop = 0, _TOP
    while start < len(rows):
        piece = rows[start:stop]
        packed.take(len(piece), zip_longest(*piece))
        start, stop = stop, stop + _BLOCK
    return packed


def _read(contents: Sequence[object], value: Floats, odd: Flags) -> Sequence[object]:
    """Take out the plain numbers of a column, and mark the rest; list that."""
    cut, kinds = _without_blanks(contents)
    if kinds <= _PLAIN:
        value[:] = np.fromiter(cut, float, len(cut))
        return ()
    if kinds.isdisjoint(_PLAIN):
        odd[:] = True
        return cut
    strange = [type(content) not in _PLAIN for content in cut]
    odd[:] = strange
    plain = (content if type(content) in _PLAIN else None for content in cut)
    value[:] = np.fromiter(plain, float, len(cut))
    return list(compress(cut, strange))


def _contents(column: _Column) -> Sequence[object]:
    """List the cells of a column."""
    if not isinstance(column, memoryview):
        return column
    return ["" if isnan(number) else number for number in column.tolist()]


def _without_blanks(contents: Sequence[object]) -> tuple[Sequence[object], frozenset[type]]:
    """Put nan for the blanks; name the types that are left."""
    kinds = frozenset(map(type, contents))
    if str not in kinds or "" not in contents:
        return contents, kinds
    cut = [nan if content == "" else content for content in contents]
    return cut, frozenset(map(type, cut))
