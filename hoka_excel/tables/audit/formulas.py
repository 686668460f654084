"""Formulas taken apart, most of them as copies of one another that differ only in the cells they read.

Of those that read alike but for their cells one is tokenized; the others get its words, with their own cells.

>>> parsed = parse("SUM(B2:B4)+B$6")
>>> parsed.references[0].function, parsed.references[0].area, parsed.references[1].area
('SUM', (1, 1, 3, 1), (5, 1, 5, 1))
>>> relative(parse("B2*2"), (0, 0)) == relative(parse("C2*2"), (0, 1))
True
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, zip_longest
from typing import NamedTuple, cast

from hoka_excel.tables.audit.tokenized_formulas import Parsed, tokenized
from hoka_excel.tables.references import Area, column_of, row_of

_CELL = re.compile(r"""(?<![\w.$'"\[])(\$?[A-Z]{1,3}\$?)([0-9]{1,7})(?![\w.(!'"\]])""")
_STAND_IN, _FIRST_STAND_IN = "XFD", 1_000_000
"""The column of the cells that stand in for any others, and their first row, from 0."""


def relative(parsed: Parsed, spot: tuple[int, int]) -> tuple[object, ...]:
    """Write a formula as it reads from its own cell (R1C1): equal for formulas copied from one another."""
    return parsed.words, *(reference.seen_from(spot) for reference in parsed.references)


@lru_cache(maxsize=200_000)
def parse(formula: str) -> Parsed:
    """Take a formula apart.

    Args:
        formula: without "=", in English function names with commas, as files hold it. One that the tokenizer
            cannot read is a single word without references.
    """
    parts = _CELL.split(formula)
    form, rows = _in_columns(tuple(parts[::3]), tuple(parts[1::3])), list(map(row_of, parts[2::3]))
    return tokenized(formula) if form is None or None in rows else form.filled(cast("list[int]", rows))


class _Form(NamedTuple):
    """Formulas that read alike but for their cells.

    Attributes:
        parsed: one of them.
        corners: the first and last cell of each of its references, counted as they stand in the formula; of
            whole rows and columns nothing.
    """

    parsed: Parsed
    corners: tuple[tuple[int, ...], ...]


class _FormInColumns(NamedTuple):
    """Formulas that read alike but for the rows of their cells.

    Attributes:
        parsed: one that reads alike but for its cells.
        corners: of each of its references the first and last cell, counted as they stand in the formula, each
            with its column; of whole rows and columns nothing.
    """

    parsed: Parsed
    corners: tuple[tuple[int, int, int, int] | None, ...]

    def filled(self, rows: Sequence[int]) -> Parsed:
        """Give the one that has its cells in these rows."""
        words, found, books, names = self.parsed
        references = [
            reference
            if ends is None
            else reference.with_area((rows[ends[0]], ends[1], rows[ends[2]], ends[3]))
            for reference, ends in zip(found, self.corners, strict=True)
        ]
        return Parsed(words, tuple(references), books, names)


@lru_cache(maxsize=1 << 12)
def _in_columns(texts: tuple[str, ...], letters: tuple[str, ...]) -> _FormInColumns | None:
    """Take apart the formulas with these texts around their cells, and these letters before their rows.

    None where what looks like a cell is part of something else, or lies past the last column.
    """
    columns = [column_of(letter.strip("$")) for letter in letters]
    form = _form(texts, tuple(map(_signs, letters)))
    if form is None or None in columns:
        return None
    known = cast("list[int]", columns)
    corners = [
        (ends[0], known[ends[0]], ends[-1], known[ends[-1]]) if ends else None for ends in form.corners
    ]
    return _FormInColumns(form.parsed, tuple(corners))


def _signs(letters: str) -> tuple[str, str]:
    """Give the dollar signs before and after the letters of a column."""
    return "$" * letters.startswith("$"), "$" * letters.endswith("$")


@lru_cache(maxsize=1 << 12)
def _form(texts: tuple[str, ...], dollars: tuple[tuple[str, str], ...]) -> _Form | None:
    """Take apart the formulas with these texts around their cells, with cells that stand in for any others.

    None where what looks like a cell is part of something else.
    """
    signs = enumerate(dollars, _FIRST_STAND_IN + 1)
    cells = [f"{column_sign}{_STAND_IN}{row_sign}{number}" for number, (column_sign, row_sign) in signs]
    parsed = tokenized("".join(chain.from_iterable(zip_longest(texts, cells, fillvalue=""))))
    corners = tuple(_stand_ins(reference.area) for reference in parsed.references)
    return _Form(parsed, corners) if [*chain.from_iterable(corners)] == [*range(len(cells))] else None


def _stand_ins(area: Area) -> tuple[int, ...]:
    """Give the number of the one stand-in, or of both, that an area is made of."""
    first_row, first_column, last_row, last_column = area
    if first_column != last_column or min(first_row, last_row) < _FIRST_STAND_IN:
        return ()
    return tuple(dict.fromkeys((first_row - _FIRST_STAND_IN, last_row - _FIRST_STAND_IN)))
