"""Figures written as text: which texts are numbers, whatever stands around them that has no size."""

import re
from collections.abc import Iterable
from decimal import Decimal
from math import nan
from string import ascii_letters, digits

from hoka_excel.core.figure_readings import DecimalMark, in_plain_notation, telling
from hoka_excel.core.figures import Printed, parse_figures

_CURRENCY = re.compile(r"^([-+(]?)\s*[$£¥]\s*|\s*[$£¥]$")
_FOOTNOTE = re.compile(r"(?<=\d)\s?(?:\*+|[A-FEprx]|[¹²³]|\(\d\))$")
_CODES = frozenset(f"0{digit}" for digit in digits)
"""What codes begin with: a number does not begin with a nil before other digits."""
_MAY_BE_FIGURE = re.compile(r"[\s(+*€$£¥'−–—-]*(?:EUR\b|euro\b)?[\s(+€$£¥−–—-]*(?:[.,]?\d|$)", re.IGNORECASE)
"""What any figure begins with; most labels are told apart by this alone."""
_FIRST_LETTERS = frozenset(ascii_letters) - set("eE")
"""With which no figure begins; most labels are told apart faster yet."""


def numbers_in(texts: Iterable[str], mark: DecimalMark | None) -> tuple[dict[str, float], dict[str, Decimal]]:
    """Read different texts of one column.

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
    figures = parse_figures([*map(_bare, unclear), *telling(clear)], mark)
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
