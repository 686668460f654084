"""What the words beside a line of figures say: a total, a statistic, or its place in an outline.

A label is evidence, never a condition: most totals of real tables carry none that a list of words knows.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress

import numpy as np

from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import ERRORS, Spot

_TOTAL = re.compile(
    r"\b(?:[a-z]*(?:totaal|totalen|saldo|resultaat)|totale|(?:sub|grand)?totals?|som|netto|sum|overall|all|net|result|balance)\b",
    re.IGNORECASE,
)
_STRICT_TOTAL = re.compile(
    r"[\W\d_]*(?:(?:sub|eind)[ -])?(?:[a-z]*(?:totaal|totalen)|totale|(?:sub[ -]?|grand )?totals?|som)\b",
    re.IGNORECASE,
)
_STATISTIC = re.compile(
    r"\b(?:average|avg|mean|gemiddelde?|median|mediaan|std|stdev|max|min|rank|percent|percentage|ratio|per)\b|%",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"\b(?:change|difference|diff|variance|increase|decrease|verschil|mutatie|toename|afname|ruimte)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s*((?:\d+|[A-Z])(?:\.\w+)+|\d+)\.?\s")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ROWS_ABOVE = 20
_MOST_REMEMBERED = 1 << 12
"""Texts whose label is kept: sheet after sheet of a workbook has the same words on its lines."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Whole numbers taken for years where a heading may stand."""


@dataclass(frozen=True)
class Label:
    """The words beside one line; what they say is read once.

    Attributes:
        written: the words, without surrounding space; empty when there are none.
        indent: how far the text is indented, in characters.
        code: the outline code it begins with ("3.4.2"), if any.
    """

    written: str = ""
    indent: int = 0
    code: str = ""

    @cached_property
    def text(self) -> str:
        """The words without regard to case, for comparing labels."""
        return self.written.casefold()

    @cached_property
    def stem(self) -> str:
        """The words alone, so that "01-3007 - Subtotal" and "01-3017 - Subtotal" are one label."""
        return " ".join(_WORD.findall(self.text)) or self.text

    @cached_property
    def is_total(self) -> bool:
        """Whether the words may name a total."""
        return bool(_TOTAL.search(self.text))

    @cached_property
    def is_plain_total(self) -> bool:
        """Whether the words can name nothing but a total."""
        return _is_plain_total(self.text)

    @cached_property
    def is_statistic(self) -> bool:
        """Whether the words name an average, a share or the like, which no sum gives."""
        return bool(_STATISTIC.search(self.text))

    @cached_property
    def is_difference(self) -> bool:
        """Whether the words name what lies between two figures, in their own unit."""
        return bool(_DIFFERENCE.search(self.text)) and not self.is_statistic

    @cached_property
    def is_relative_change(self) -> bool:
        """Whether the words name what lies between two figures as a share of one of them."""
        return bool(_DIFFERENCE.search(self.text)) and self.is_statistic

    def is_above(self, other: "Label") -> bool:
        """Whether `other` belongs under this label, by code or by indentation."""
        if self.code and other.code:
            return other.code.startswith(f"{self.code}.")
        return bool(self.text) and bool(other.text) and other.indent > self.indent


_UNLABELLED = Label()


def total_names(words: Collection[str]) -> frozenset[str]:
    """Choose the words that can name nothing but a total."""
    return frozenset(word for word in words if _is_plain_total(word.casefold()))


def _is_plain_total(text: str) -> bool:
    """Whether words can name nothing but a total; few of them hold so much as a part of such a name."""
    return ("tota" in text or "som" in text) and _STRICT_TOTAL.match(text) is not None


def row_labels(figures: Figures) -> list[Label]:
    """Give the first text of each row; all of them take far less time together than one by one."""
    labels = [_UNLABELLED] * len(figures.text)
    for column, contents in sorted(figures.contents.items()):
        rows = figures.odd[:, column].nonzero()[0]
        is_text = figures.text[rows, column].tolist()
        for row, content in compress(zip(rows.tolist(), contents, strict=True), is_text):
            if labels[row] is _UNLABELLED and content not in ERRORS:
                labels[row] = _label(str(content))
    return labels


def row_label(figures: Figures, row: int, first: int = 0) -> Label:
    """Give the first text of a row, from a column on; none for a row past the grid."""
    if row >= len(figures.cells):
        return _UNLABELLED
    is_text, cells = figures.text[row].tobytes(), figures.cells[row]
    place = is_text.find(True, first)
    while place >= 0:
        if (content := cells[place]) not in ERRORS:
            return _label(str(content))
        place = is_text.find(True, place + 1)
    return _UNLABELLED


@lru_cache(maxsize=_MOST_REMEMBERED)
def _label(content: str) -> Label:
    """Read a text as the label of a row."""
    code = _CODE.match(f"{content} ")
    return Label(content.strip(), len(content) - len(content.lstrip()), code.group(1) if code else "")


def row_heading(figures: Figures, spot: Spot) -> Label:
    """Name the row of a cell for a reader: the first text of its row in its own table.

    Tables side by side have an empty column between them, and each begins with a column of mostly words.
    """
    row, column = spot
    begin = max((start for start in figures.starts if start < column), default=0)
    own = row_label(figures, row, begin)
    return own if own.written else row_label(figures, row)


def column_label(figures: Figures, column: int) -> Label:
    """Give the text nearest above the first figure of a column; none for a column past the grid.

    A column without figures is labelled by the only text it holds.
    """
    if column >= figures.value.shape[1]:
        return _UNLABELLED
    first = int(figures.first_figures[column])
    if first < 0:
        only = figures.text[:, column].nonzero()[0]
        first = int(only[0]) + 1 if len(only) == 1 else 0
    for row in range(first - 1, max(-1, first - 1 - _ROWS_ABOVE), -1):
        cells = figures.cells[row]
        content = cells[column] if column < len(cells) else None
        if isinstance(content, str) and content.strip() and content not in ERRORS:
            return _heading(content)
    return _UNLABELLED


@lru_cache(maxsize=_MOST_REMEMBERED)
def _heading(content: str) -> Label:
    """Read a text as the label of a column."""
    return Label(content.strip())


def column_heading(figures: Figures, column: int) -> str:
    """Name a column for a reader: its label, else the year on top of it; empty where figures are on top."""
    label = column_label(figures, column).written
    if label:
        return label
    if column >= figures.value.shape[1]:
        return ""
    filled = figures.text[:, column] | ~np.isnan(figures.value[:, column])
    if not filled.any():
        return ""
    row = int(filled.argmax())
    top, number = figures.cells[row][column], figures.value[row, column]
    if np.isnan(number):
        return "" if top in ERRORS else str(top).strip()
    return str(int(number)) if FIRST_YEAR <= number <= LAST_YEAR and number == int(number) else ""
