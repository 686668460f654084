"""Figures written as text: which texts are numbers, whatever stands around them that has no size."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from string import ascii_letters

from hoka_excel.core.figures import DecimalMark, Printed, parse_figures

_CURRENCY = re.compile(r"^([-+(]?)\s*[$£¥]\s*|\s*[$£¥]$")
_FOOTNOTE = re.compile(r"(?<=\d)\s?(?:\*+|[A-FEprx]|[¹²³]|\(\d\))$")
_CODE = re.compile(r"0\d")
_MAY_BE_FIGURE = re.compile(r"[\s(+*€$£¥'−–—-]*(?:EUR\b|euro\b)?[\s(+€$£¥−–—-]*(?:[.,]?\d|$)", re.IGNORECASE)
"""What any figure begins with; most labels are told apart by this alone."""
_FIRST_LETTERS = frozenset(ascii_letters) - set("eE")
"""With which no figure begins; most labels are told apart faster yet."""
_NOTHING_AROUND = re.compile(r"-?(?:0|[1-9]\d*)(?:[.,]\d+)?$")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?$")


def those_that_may_be_figures(texts: Iterable[str]) -> list[str]:
    """Keep the texts that begin as figures and blanks do; a quick look before a thorough one."""
    return [text for text in texts if text[:1] not in _FIRST_LETTERS and _MAY_BE_FIGURE.match(text)]


def numbers_in(texts: Sequence[str], mark: DecimalMark | None) -> dict[str, Decimal]:
    """Read different texts of one column that may be figures; those that are none are left out."""
    if mark == ".":
        plain = {text: Decimal(text) for text in texts if _PLAIN.match(text) and not _CODE.match(text)}
    else:
        plain = {}
    rest = [text for text in texts if text not in plain]
    bare = (text if _NOTHING_AROUND.match(text) else _bare(text) for text in rest)
    read = zip(rest, parse_figures(bare, mark), strict=True)
    return plain | {text: figure.value for text, figure in read if isinstance(figure, Printed)}


def _bare(text: str) -> str:
    """Take away what surrounds a figure but says nothing of its size: currency, plus sign, footnote mark."""
    body = _CURRENCY.sub(r"\1", text.strip())
    if _CODE.match(body):
        return "code"
    return _FOOTNOTE.sub("", body.removeprefix("+").strip("* "))


def is_figure(text: str) -> bool:
    """Whether a text reads as a figure by itself."""
    if not those_that_may_be_figures([text]) or not any(map(str.isdigit, text)):
        return False
    return isinstance(parse_figures([text])[0], Printed)
