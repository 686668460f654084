"""Read the cells of a grid that hold plain numbers, many at once; note what the others hold."""

from collections.abc import Sequence
from itertools import compress, zip_longest
from math import nan
from struct import Struct
from typing import TYPE_CHECKING

import numpy as np

from hoka_excel.tables.arrays import Flags, Floats

if TYPE_CHECKING:
    from hoka_excel.tables.grid import Cells

_TOP, _BLOCK = 16, 1 << 9
"""So many rows are read at a time: those on top, where headings stand, apart."""
_PLAIN = frozenset((int, float, type(None)))
_ONLY_FLOATS = frozenset((float,))


class PlainNumbers:
    """The plain numbers among the cells of a grid, and what its other cells hold; read as rows come in.

    Attributes:
        rows: the cells of which they are.
    """

    def __init__(self, rows: "Cells" = ()) -> None:
        self.rows: list[Sequence[object]] = []
        self._blocks: list[tuple[Floats, Flags]] = []
        self._others: dict[int, list[object]] = {}
        self._done = 0
        self.take(rows)

    def take(self, rows: "Cells") -> None:
        """Read the next rows, as soon as there are enough of them."""
        self.rows += rows
        while len(self.rows) >= (stop := self._done + (_BLOCK if self._done else _TOP)):
            self._read_to(stop)

    def arrays(self) -> tuple[Floats, Flags, dict[int, list[object]]]:
        """Give what has been read.

        Returns:
            The numbers, nan where there is none; which cells hold anything else; what they hold, by column.
        """
        if self._done < len(self.rows):
            self._read_to(len(self.rows))
        width = max((value.shape[1] for value, _ in self._blocks), default=0)
        value, odd = np.full((self._done, width), np.nan), np.zeros((self._done, width), dtype=bool)
        first = 0
        for numbers, flags in self._blocks:
            here = slice(first, first + len(numbers)), slice(numbers.shape[1])
            value[here], odd[here] = numbers, flags
            first += len(numbers)
        return value, odd, self._others

    def _read_to(self, stop: int) -> None:
        rows = self.rows[self._done : stop]
        height, width = len(rows), max(map(len, rows))
        value, odd = np.full((height, width), np.nan), np.zeros((height, width), dtype=bool)
        pack = Struct(f"{height}d").pack
        for column, contents in enumerate(zip_longest(*rows)):
            cut, kinds = _without_blanks(contents)
            if kinds == _ONLY_FLOATS:
                value[:, column] = np.frombuffer(pack(*cut))  # twice as fast as numpy by itself
            elif kinds <= _PLAIN:
                value[:, column] = np.fromiter(cut, float, height)
            elif kinds.isdisjoint(_PLAIN):
                odd[:, column] = True
                self._others.setdefault(column, []).extend(cut)
            else:
                strange = [type(content) not in _PLAIN for content in cut]
                odd[:, column] = strange
                self._others.setdefault(column, []).extend(compress(cut, strange))
                plain = (content if type(content) in _PLAIN else None for content in cut)
                value[:, column] = np.fromiter(plain, float, height)
        self._blocks.append((value, odd))
        self._done = stop


def _without_blanks(contents: tuple[object, ...]) -> tuple[Sequence[object], frozenset[type]]:
    """Put nan for the blanks; name the types that are left."""
    kinds = frozenset(map(type, contents))
    if str not in kinds or "" not in contents:
        return contents, kinds
    cut = [nan if content == "" else content for content in contents]
    return cut, frozenset(map(type, cut))
