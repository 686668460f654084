"""Read the cells of a column that hold no plain numbers: texts, which may be figures, dates, truth values."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

import numpy as np

from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.tables.arrays import Flags, Floats, Places
from hoka_excel.tables.grid import is_number
from hoka_excel.tables.written_figures import numbers_in

_ONLY_TEXTS = frozenset((str,))


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
