"""Figures written as text: which texts are numbers, whatever stands around them that has no size."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import chain
from math import nan
from operator import itemgetter
from string import ascii_letters, digits
from typing import NamedTuple

import numpy as np

from hoka_excel.core.figure_readings import (
    DecimalMark,
    all_in_plain_notation,
    in_plain_notation,
    telling,
)
from hoka_excel.core.figures import Printed, parse_figures
from hoka_excel.tables.arrays import Flags, Floats

_CURRENCY = re.compile(r"^([-+(]?)\s*[$£¥]\s*|\s*[$£¥]$")
_FOOTNOTE = re.compile(r"(?<=\d)\s?(?:\*+|[A-FEprx]|[¹²³]|\(\d\))$")
_CODES = frozenset(f"0{digit}" for digit in digits)
"""What codes begin with: a number does not begin with a nil before other digits."""
_first, _first_two = (itemgetter(slice(size)) for size in (1, 2))
_TOGETHER = 1 << 10
"""So many texts are read at once where all of them are clear figures."""
_MAY_BE_FIGURE = re.compile(r"[\s(+*€$£¥'−–—-]*(?:EUR\b|euro\b)?[\s(+€$£¥−–—-]*(?:[.,]?\d|$)", re.IGNORECASE)
"""What any figure begins with; most labels are told apart by this alone."""
_FIRST_LETTERS = frozenset(ascii_letters) - set("eE")
"""With which no figure begins; most labels are told apart faster yet."""


class WrittenNumbers(NamedTuple):
    """What texts of one column are.

    Attributes:
        value: the number of each; nan where it is none.
        words: which of them are neither figures nor blanks.
        exact: exactly what the figures are that are not clear by themselves.
    """

    value: Floats
    words: Flags
    exact: dict[str, Decimal]


def numbers_in(texts: Sequence[str], mark: DecimalMark | None) -> WrittenNumbers:
    """Read texts of one column, many at once where they are clear figures or cannot be any."""
    value, words = np.full(len(texts), np.nan), np.zeros(len(texts), dtype=bool)
    clear, others = list[slice](), list[slice]()
    for start in range(0, len(texts), _TOGETHER):
        cut = slice(start, start + _TOGETHER)
        if _FIRST_LETTERS.issuperset(map(_first, texts[cut])):
            words[cut] = True
        elif (plain := _all_clear(texts[cut])) is None:
            others.append(cut)
        else:
            clear.append(cut)
            value[cut] = np.fromiter(map(float, plain), float, len(plain))
    different = dict.fromkeys(chain.from_iterable(texts[cut] for cut in others))
    numbers, exact = _numbers_among(different, [texts[cut] for cut in clear], mark)
    for cut in others:
        found = list(map(numbers.get, texts[cut]))
        value[cut] = np.fromiter(found, float, len(found))
        words[cut] = [number is None for number in found]
    return WrittenNumbers(value, words, exact)


def _all_clear(texts: Sequence[str]) -> list[str] | None:
    """Write texts as Python does that are all clear figures in one notation."""
    plain = all_in_plain_notation(texts)
    return plain if plain is not None and _CODES.isdisjoint(map(_first_two, texts)) else None


def _numbers_among(
    texts: Collection[str], beside: Sequence[Sequence[str]], mark: DecimalMark | None
) -> tuple[dict[str, float], dict[str, Decimal]]:
    """Read different texts of one column.

    Args:
        texts: these texts.
        beside: the others of the column, clear figures all.
        mark: the decimal mark, where it is known.

    Returns:
        What each of them is that is a figure or a blank, which is nan; and exactly what the figures are that
        are not clear by themselves.
    """
    no_words = [text for text in texts if text[:1] not in _FIRST_LETTERS]
    clear = in_plain_notation([text for text in no_words if text[:2] not in _CODES])
    numbers = dict(zip(clear, map(float, clear.values()), strict=True))
    if len(clear) == len(no_words):
        return numbers, {}
    unclear = [text for text in no_words if text not in clear and _MAY_BE_FIGURE.match(text)]
    if not unclear:
        return numbers, {}
    tell = telling([*clear, *chain.from_iterable(beside)])
    figures = parse_figures([*map(_bare, unclear), *tell], mark)
    read = zip(unclear, figures, strict=False)
    exact = {text: figure.value for text, figure in read if isinstance(figure, Printed)}
    blanks = (text for text in unclear if not text.strip())
    return numbers | dict.fromkeys(blanks, nan) | {text: float(exact[text]) for text in exact}, exact


def _bare(text: str) -> str:
    """Take away what surrounds a figure but says nothing of its size: currency, plus sign, footnote mark."""
    body = _CURRENCY.sub(r"\1", text.strip())
    if body[:2] in _CODES:
        return "code"
    return _FOOTNOTE.sub("", body.removeprefix("+").strip("* "))


def is_figure(text: str) -> bool:
    """Whether a text reads as a figure by itself."""
    if text[:1] in _FIRST_LETTERS or not _MAY_BE_FIGURE.match(text) or not any(map(str.isdigit, text)):
        return False
    return isinstance(parse_figures([text])[0], Printed)
