"""How a text file writes its numbers, for the columns that do not tell by themselves.

A column of 1.234 and 2.000 may hold thousands or three decimals. Another column of the file then tells, if
all that tell agree; if none does, they are thousands, as amounts are. A sum over the column ties either way.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest

from hoka_excel.core.figures import Printed, parse_figures

POINT_COMMA, COMMA_POINT = "Point Comma", "Comma Point"
"""The sign between the thousands, and that before the decimals."""

_MOST_ROWS = 1_000
"""From so many rows it is found."""
_FIGURE = re.compile(r"[^\w%]*(\d[\d.,' \u00a0\u202f]*)[^\w%]*")
_THREES = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
_BY_DECIMAL_SIGN = {",": POINT_COMMA, ".": COMMA_POINT}


def notation_of(rows: Sequence[Sequence[str]]) -> str | None:
    """Find the notation that the numbers of a table have in common; None when columns differ in it.

    >>> notation_of([["1.234", "12,50"], ["2.000", "7,25"]]), notation_of([["1,234"], ["2,000"]])
    ('Point Comma', 'Comma Point')
    """
    columns = list(zip_longest(*islice(rows, _MOST_ROWS), fillvalue=""))
    told = set(chain.from_iterable(map(_told, columns)))
    if not told:
        grouping = {
            found[1] for text in chain.from_iterable(columns) if (found := _THREES.fullmatch(text.strip()))
        }
        told = {notation for sign, notation in _BY_DECIMAL_SIGN.items() if grouping and sign not in grouping}
    return told.pop() if len(told) == 1 else None


def _told(texts: Sequence[str]) -> Iterator[str]:
    """Give the notation of every figure in a column that can be read in one way only."""
    signed = [text for text in dict.fromkeys(texts) if "." in text or "," in text]
    for text, figure in zip(signed, parse_figures(signed), strict=True):
        written = _FIGURE.fullmatch(text)
        if written is None or not isinstance(figure, Printed):
            continue
        last = max(written[1].rfind(sign) for sign in _BY_DECIMAL_SIGN)
        for sign, notation in _BY_DECIMAL_SIGN.items():
            if (written[1][last] == sign) == (figure.unit < 1):
                yield notation
