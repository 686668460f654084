"""The cells of a sheet kept column by column, in blocks of rows: plain numbers packed, the rest as it is.

A million cells come in and are read in this form; what a single cell holds is looked up when someone asks.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, zip_longest
from math import isnan, nan
from typing import TYPE_CHECKING, NamedTuple, overload

import numpy as np

from hoka_excel.tables.arrays import Flags, Floats

if TYPE_CHECKING:
    from hoka_excel.tables.grid import Cells

_TOP, _BLOCK = 16, 1 << 9
"""So many rows are put together at a time: those on top, where headings stand, apart."""
_PLAIN = frozenset((int, float, type(None)))

PackedColumn = bytes | Sequence[object]
"""Some cells of a column: floats packed by `struct`, nan for a blank; or one by one, "" for a blank."""
_Column = memoryview | Sequence[object]
"""The same, as one looks into it."""


class _Block(NamedTuple):
    """Some rows, one after the other.

    Attributes:
        columns: what they hold, column by column; in a packed one nan for a blank.
        value: the plain numbers, nan where there is none.
        odd: which cells hold anything else.
    """

    columns: Sequence[_Column]
    value: Floats
    odd: Flags


class PackedCells(Sequence[Sequence[object]]):
    """Cells row by row to whoever looks at them; "" for a blank."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._starts: list[int] = []
        self._height = 0
        self._others: dict[int, list[object]] = {}

    @property
    def width(self) -> int:
        """How many cells the longest row has."""
        return max((len(block.columns) for block in self._blocks), default=0)

    def take(self, height: int, columns: Iterable[PackedColumn]) -> None:
        """Add so many rows below the others."""
        cells: list[_Column] = [
            memoryview(column).cast("d") if isinstance(column, bytes) else column for column in columns
        ]
        value, odd = np.full((height, len(cells)), np.nan), np.zeros((height, len(cells)), dtype=bool)
        for number, contents in enumerate(cells):
            if isinstance(contents, memoryview):
                value[:, number] = np.frombuffer(contents)
            else:
                self._read(number, contents, value[:, number], odd[:, number])
        self._blocks.append(_Block(cells, value, odd))
        self._starts.append(self._height)
        self._height += height

    def arrays(self) -> tuple[Floats, Flags, dict[int, list[object]]]:
        """Give the plain numbers, and what is none.

        Returns:
            The numbers, nan where there is none; which cells hold anything else; what they hold, by column.
        """
        value, odd = np.full((len(self), self.width), np.nan), np.zeros((len(self), self.width), dtype=bool)
        for start, block in zip(self._starts, self._blocks, strict=True):
            here = slice(start, start + len(block.value)), slice(len(block.columns))
            value[here], odd[here] = block.value, block.odd
        return value, odd, self._others

    def _read(self, column: int, contents: Sequence[object], value: Floats, odd: Flags) -> None:
        """Take out the plain numbers of a column, and note the rest."""
        cut, kinds = _without_blanks(contents)
        if kinds <= _PLAIN:
            value[:] = np.fromiter(cut, float, len(cut))
        elif kinds.isdisjoint(_PLAIN):
            odd[:] = True
            self._others.setdefault(column, []).extend(cut)
        else:
            strange = [type(content) not in _PLAIN for content in cut]
            odd[:] = strange
            self._others.setdefault(column, []).extend(compress(cut, strange))
            plain = (content if type(content) in _PLAIN else None for content in cut)
            value[:] = np.fromiter(plain, float, len(cut))

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
            yield from zip(*columns, strict=True) if block.columns else [()] * len(block.value)


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
