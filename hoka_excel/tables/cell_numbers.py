"""Read the cells of a grid as numbers, column by column: plain numbers at once, the others one by one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import compress, pairwise, zip_longest
from math import nan
from struct import Struct
from typing import cast

import numpy as np

from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.tables.arrays import Flags, Floats, Places
from hoka_excel.tables.grid import Cells, is_number
from hoka_excel.tables.written_figures import numbers_in

_TOP, _BLOCK = 16, 1 << 10
"""So many rows are read at a time: those on top, where headings stand, apart."""
_PLAIN_NUMBERS = frozenset((int, float, type(None)))
_ONLY_FLOATS, _ONLY_TEXTS = frozenset((float,)), frozenset((str,))


def plain_numbers(cells: Cells) -> tuple[Floats, Flags, dict[int, list[object]]]:
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
        for column, contents in enumerate(zip_longest(*cells[start:stop])):
            cut, kinds = _without_blanks(contents)
            if kinds == _ONLY_FLOATS:
                value[start:stop, column] = np.frombuffer(pack(*cut))  # twice as fast as numpy by itself
            elif kinds <= _PLAIN_NUMBERS:
                value[start:stop, column] = np.fromiter(cut, float, stop - start)
            elif kinds.isdisjoint(_PLAIN_NUMBERS):
                odd[start:stop, column] = True
                found.setdefault(column, []).extend(cut)
            else:
                strange = [type(content) not in _PLAIN_NUMBERS for content in cut]
                odd[start:stop, column] = strange
                found.setdefault(column, []).extend(compress(cut, strange))
                plain = (content if type(content) in _PLAIN_NUMBERS else None for content in cut)
                value[start:stop, column] = np.fromiter(plain, float, stop - start)
    return value, odd, found


def _without_blanks(contents: tuple[object, ...]) -> tuple[Sequence[object], frozenset[type]]:
    """Put nan for the blanks; name the types that are left."""
    kinds = frozenset(map(type, contents))
    if str not in kinds or "" not in contents:
        return contents, kinds
    cut = [nan if content == "" else content for content in contents]
    return cut, frozenset(map(type, cut))


def read_odd(
    contents: Sequence[object], mark: DecimalMark | None, value: Floats, text: Flags
) -> Mapping[str, Decimal]:
    """Read the cells of a column that hold no plain numbers; until now `text` flags all of them.

    Returns:
        Exactly what the texts are that are figures, but not clear ones.
    """
    texts = texts_among(contents)
    written = numbers_in(texts, mark)
    rows = np.flatnonzero(text)
    if len(texts) < len(contents):
        is_text = np.fromiter((isinstance(content, str) for content in contents), bool, len(contents))
        _put_others(contents, rows[~is_text], value, text)
        rows = rows[is_text]
    if not written.words.all():
        value[rows], text[rows] = written.value, written.words
    only_nil = not (np.abs(value) > 0).any()
    # A dash is nil only among figures.
    if only_nil and np.count_nonzero(text) >= np.count_nonzero(value == 0):
        value[:] = np.nan
    return written.exact


def texts_among(contents: Sequence[object]) -> Sequence[str]:
    """Keep the texts."""
    if frozenset(map(type, contents)) == _ONLY_TEXTS:
        return cast("Sequence[str]", contents)
    return [content for content in contents if isinstance(content, str)]


def _put_others(contents: Sequence[object], rows: Places, value: Floats, text: Flags) -> None:
    """Put the numbers in cells that hold neither texts nor plain numbers; truth values and dates are none."""
    found = [content if is_number(content) else None for content in contents if not isinstance(content, str)]
    value[rows] = np.fromiter(found, float, len(found))
    text[rows] = [number is None for number in found]
