"""What the running text says about the figures: ratios, rates, fixed amounts, sizes, amounts, years.

A claim is a figure with its sentence. Which figures of the tables it is about is decided elsewhere.

>>> from hoka_excel.documents.document import Spot
>>> [claim] = claims_in(Sentence("Verdeeld in een verhouding 3:2:1.", Spot(1, 80), ""))
>>> claim.weights
(3, 2, 1)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hoka_excel.core.errors import FigureError
from hoka_excel.core.figures import Printed
from hoka_excel.documents.sentences import Sentence


@dataclass(frozen=True, slots=True)
class RatioClaim:
    """The whole is shared out in a ratio ("verhouding 3:2:1")."""

    sentence: Sentence
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RateClaim:
    """What one FTE costs ("1FTE=€84K")."""

    sentence: Sentence
    rate: Printed


@dataclass(frozen=True, slots=True)
class FixedAmountClaim:
    """A fixed amount that someone gets before the rest is shared out."""

    sentence: Sentence
    amount: Printed


@dataclass(frozen=True, slots=True)
class KeyClaim:
    """What an allocation goes by ("op basis van het aantal ingeschreven studenten")."""

    sentence: Sentence
    name: str


@dataclass(frozen=True, slots=True)
class FigureClaim:
    """A figure in EUR or FTE, for some years; no years when the sentence names none."""

    sentence: Sentence
    figure: Printed
    is_fte: bool
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearsClaim:
    """The years that the document says it covers."""

    sentence: Sentence
    first: int
    last: int


Claim = RatioClaim | RateClaim | FixedAmountClaim | KeyClaim | FigureClaim | YearsClaim

_AMOUNT = r"(?:€|EUR|euro)\s*(?P<amount>\d[\d.,]*(?:\s?(?:K|M|mln|miljoen|duizend)\b)?)"
_RATIO = re.compile(r"\b(?:verhouding|ratio)\b[^.:\d]*(?P<weights>\d+(?:\s*:\s*\d+)+)", re.IGNORECASE)
_RATE = re.compile(
    rf"\b1\s*FTE\s*(?:=|is|kost|costs)\s*{_AMOUNT}|{_AMOUNT}\s*(?:per|/)\s*(?:1\s*)?FTE\b".replace(
        "(?P<amount>", "(", 2
    ),
    re.IGNORECASE,
)
_FIXED = re.compile(rf"\b(?:vaste?\s+(?:bedrag|voet)|fixed\s+amount)\b.*?{_AMOUNT}", re.IGNORECASE)
_KEY = re.compile(
    r"\b(?:op basis van|naar rato van|in proportion to|on the basis of)\s+"
    r"(?:(?:het|de|the)\s+)?(?:aantal(?:len)?\s+|numbers? of\s+)?(?P<name>[\w -]+?)(?=[.,;:(]|$)",
    re.IGNORECASE,
)
_DIVIDED = re.compile(r"\b(?:verdeel|verdeeld|verdelen|verdeling|divided|allocated|shared)\b", re.IGNORECASE)
_SIZE = re.compile(r"(?<![\d.,=])(?P<amount>\d+(?:[.,]\d+)?)\s*FTE\b(?!\s*=)", re.IGNORECASE)
_MONEY = re.compile(_AMOUNT, re.IGNORECASE)
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–/]|t/m|tot en met|to)\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COVERED = re.compile(
    rf"\b(?:over de jaren|plan(?:nen)?|periode|begroting(?:en)?)\b.*?{_RANGE.pattern}", re.IGNORECASE
)
_LONGEST_SPAN = 30


def claims_in(sentence: Sentence) -> list[Claim]:
    """List what a sentence says about figures; most sentences say nothing."""
    fixed = [FixedAmountClaim(sentence, amount) for amount in _figures(_FIXED, sentence.text)]
    rates = rates_in(sentence.text)
    claims: list[Claim] = [*_ratios(sentence), *(RateClaim(sentence, rate) for rate in rates), *fixed]
    if _DIVIDED.search(sentence.text) and (match := _KEY.search(sentence.text)):
        claims.append(KeyClaim(sentence, match["name"].strip()))
    claims += _sizes_and_amounts(sentence, _FIXED.sub("", _RATE.sub("", sentence.text)))
    if covered := _COVERED.search(sentence.text):
        claims.append(YearsClaim(sentence, int(covered[1]), int(covered[2])))
    return claims


def rates_in(text: str) -> list[Printed]:
    """List the rates per FTE that a text states."""
    found = []
    for match in _RATE.finditer(text):
        found += _parsed(next(group for group in match.groups() if group))
    return found


def _ratios(sentence: Sentence) -> Iterator[RatioClaim]:
    for match in _RATIO.finditer(sentence.text):
        weights = tuple(int(weight) for weight in match["weights"].split(":"))
        if any(weights):
            yield RatioClaim(sentence, weights)


def _sizes_and_amounts(sentence: Sentence, rest: str) -> Iterator[FigureClaim]:
    """List the sizes and amounts in what is left of a sentence besides its rates and fixed amounts."""
    years = years_in(sentence.text)
    for pattern, is_fte in ((_SIZE, True), (_MONEY, False)):
        for figure in _figures(pattern, rest):
            yield FigureClaim(sentence, figure, is_fte, years)


def years_in(text: str) -> tuple[int, ...]:
    """List the years a text names, in order, with those inside a range such as 2019-2021."""
    years = {int(year) for year in _YEAR.findall(text)}
    for first, last in _RANGE.findall(text):
        if int(first) <= int(last) < int(first) + _LONGEST_SPAN:
            years |= set(range(int(first), int(last) + 1))
    return tuple(sorted(years))


def _figures(pattern: re.Pattern[str], text: str) -> list[Printed]:
    return [figure for match in pattern.finditer(text) for figure in _parsed(match["amount"])]


def _parsed(text: str) -> list[Printed]:
    """Read a figure in a sentence; the full stop or comma after it is none of it."""
    text = text.rstrip(".,")
    try:
        figure = Printed.parse(f"€ {text}")
    except FigureError:
        return []
    return [Printed(figure.value, figure.unit, text)]
