"""Read the cells of a grid as numbers, column by column: plain numbers at once, the others one by one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import compress, pairwise, zip_longest
from struct import Struct
from typing import TYPE_CHECKING, cast

import numpy as np

from hoka_excel.core.figures import DecimalMark
from hoka_excel.tables.grid import Cells, is_number
from hoka_excel.tables.written_figures import numbers_in, those_that_may_be_figures

if TYPE_CHECKING:
    from hoka_excel.tables.figures import Flags, Floats

_TOP, _BLOCK = 16, 1 << 10
"""So many rows are read at a time: those on top, where headings stand, apart."""
_PLAIN_NUMBERS = frozenset((int, float, type(None)))
_ONLY_FLOATS, _ONLY_TEXTS = frozenset((float,)), frozenset((str,))


def plain_numbers(cells: Cells) -> "tuple[Floats, Flags, dict[int, list[object]]]":
    """Read the cells that hold plain numbers, some rows at a time.

    Returns:
        The numbers; which cells hold anything else; what they hold, by column.
    """
    height, width = len(cells), max(map(len, cells), default=0)
    value = np.full((height, width), np.nan)
    odd = np.zeros((height, width), dtype=bool)
    found: dict[int, list[object]] = {}
    for start, stop in pairwise([*range(0, min(_TOP, height), _TOP), *range(_TOP, height, _BLOCK), height]):
        pack = Struct(f"{stop - start}d").pack
        for column, cut in enumerate(zip_longest(*cells[start:stop])):
            kinds = frozenset(map(type, cut))
            if kinds == _ONLY_FLOATS:
                value[start:stop, column] = np.frombuffer(pack(*cut))  # twice as fast as numpy by itself
            elif kinds <= _PLAIN_NUMBERS:
                value[start:stop, column] = np.fromiter(cut, float, stop - start)
            elif kinds.isdisjoint(_PLAIN_NUMBERS) and all(cut):
                odd[start:stop, column] = True
                found.setdefault(column, []).extend(cut)
            else:
                strange = [type(content) not in _PLAIN_NUMBERS and content != "" for content in cut]
                odd[start:stop, column] = strange
                if any(strange):
                    found.setdefault(column, []).extend(compress(cut, strange))
                plain = (content if type(content) in _PLAIN_NUMBERS else None for content in cut)
                value[start:stop, column] = np.fromiter(plain, float, stop - start)
    return value, odd, found


def read_odd(
    contents: Sequence[object], mark: DecimalMark | None, value: "Floats", text: "Flags"
) -> Mapping[str, Decimal]:
    """Read the cells of a column that hold no plain numbers; until now `text` flags all of them.

    Returns:
        The texts that are figures, and which.
    """
    texts = texts_among(contents)
    candidates = dict.fromkeys(those_that_may_be_figures(texts))
    figures = numbers_in(list(candidates), mark)
    if candidates or len(texts) < len(contents):
        rows = np.flatnonzero(text)
        numbers = [_odd_number(content, figures) for content in contents]
        value[rows] = np.fromiter(numbers, float, len(numbers))
        blank = {content for content in candidates if not content.strip()}
        text[rows] = [
            number is None and content not in blank for number, content in zip(numbers, contents, strict=True)
        ]
    only_nil = not (np.abs(value) > 0).any()
    # A dash is nil only among figures.
    if only_nil and np.count_nonzero(text) >= np.count_nonzero(value == 0):
        value[:] = np.nan
    return figures


def texts_among(contents: Sequence[object]) -> Sequence[str]:
    """Keep the texts."""
    if frozenset(map(type, contents)) == _ONLY_TEXTS:
        return cast("Sequence[str]", contents)
    return [content for content in contents if isinstance(content, str)]


def _odd_number(content: object, figures: Mapping[str, Decimal]) -> object:
    """Give the number in a cell that holds no plain one; truth values and dates are no numbers."""
    if isinstance(content, str):
        return figures.get(content)
    return content if is_number(content) else None
