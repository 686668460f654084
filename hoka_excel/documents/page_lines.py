"""Put the words of a page into lines: columns of running text one after the other, tables left whole."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hoka_excel.documents.document import Fragment
from hoka_excel.documents.marks import is_figure


class Word(NamedTuple):
    """A word and its edges on the page, in points from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.top + self.bottom) / 2


class PageLine(NamedTuple):
    """Words on one line, from left to right."""

    words: tuple[Word, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        """The words with spaces between."""
        return " ".join(word.text for word in self.words)

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """The words with their edges."""
        return tuple(Fragment(word.text, word.left, word.right) for word in self.words)


_NARROWEST_GUTTER = 9.0
_FEWEST_COLUMN_LINES = 8
_WORDS_OF_TEXT = 3.0
_MOST_CROSSING = 0.1


def lines_of(words: Iterable[Word]) -> list[PageLine]:
    """Gather words into lines, top down; two columns of running text are read one after the other."""
    words = list(words)
    gutter = _gutter(words)
    if gutter is None:
        return _rows(words)
    found: list[PageLine] = []
    beside: list[Word] = []
    for row in _rows(words):
        if any(word.left < gutter < word.right for word in row.words) or _is_across(row, gutter):
            found += _beside(beside, gutter)
            beside = []
            found.append(row)
        else:
            beside += row.words
    return [*found, *_beside(beside, gutter)]


def _beside(words: Sequence[Word], gutter: float) -> list[PageLine]:
    left = [word for word in words if word.right <= gutter]
    return [*_rows(left), *_rows([word for word in words if word.left >= gutter])]


def _rows(words: Sequence[Word]) -> list[PageLine]:
    """Gather words that stand at one height."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.left)):
        if rows and _same_row(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [PageLine(tuple(sorted(row, key=lambda word: word.left))) for row in rows]


def _same_row(row: Sequence[Word], word: Word) -> bool:
    first = row[0]
    half = min(first.bottom - first.top, word.bottom - word.top) / 2
    return abs(word.middle - first.middle) < half


def _gutter(words: Sequence[Word]) -> float | None:
    """Find the white band between two columns of running text; None where there are no two columns.

    A table has such bands too, but beside them stand figures or single words, not running text.
    """
    if not words:
        return None
    low, high = min(word.left for word in words), max(word.right for word in words)
    third = (high - low) / 3
    rows = _rows(words)
    best = None
    for edge in sorted({math.ceil(word.right) for word in words if low + third < word.right < high - third}):
        middle = edge + _NARROWEST_GUTTER / 2
        both = [row for row in rows if _sides(row, middle) is not None]
        crossed = sum(any(w.left < middle < w.right for w in row.words) for row in rows)
        if (
            len(both) >= _FEWEST_COLUMN_LINES
            and crossed <= _MOST_CROSSING * len(rows)
            and _is_text(both, middle)
        ):
            best = middle if best is None else best
    return best


def _sides(row: PageLine, middle: float) -> tuple[list[Word], list[Word]] | None:
    """Split a row at a band; None where it does not stand clear on both sides."""
    left = [word for word in row.words if word.right <= middle]
    right = [word for word in row.words if word.left >= middle]
    is_clear = left and right and right[0].left - left[-1].right >= _NARROWEST_GUTTER
    return (left, right) if is_clear and len(left) + len(right) == len(row.words) else None


def _is_across(row: PageLine, gutter: float) -> bool:
    left = [word for word in row.words if word.right <= gutter]
    right = [word for word in row.words if word.left >= gutter]
    return bool(left and right) and right[0].left - left[-1].right < _NARROWEST_GUTTER


def _is_text(rows: Sequence[PageLine], middle: float) -> bool:
    """Say whether most words on both sides are running text."""
    sides = [side for row in rows if (side := _sides(row, middle))]
    for index in (0, 1):
        words = [word.text for side in sides for word in side[index]]
        figures = sum(map(is_figure, words))
        if len(words) < _WORDS_OF_TEXT * len(sides) or figures > len(words) / 4:
            return False
    return True
