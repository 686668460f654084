"""Every way in which a text can be read as a figure, Dutch or English.

"1.234" can be a thousand or three decimals; the other figures of its column may tell which. Most figures are
clear: digits, grouped or not, that can be read in one way only. These are told apart by patterns alone.

>>> in_plain_notation(["12,50", "-1.234,5", "1.234", "€ 3"])
{'12,50': '12.50', '-1.234,5': '-1234.5'}
"""

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Literal, NamedTuple

from hoka_excel.core.exact import EXACT

DecimalMark = Literal[",", "."]


class Reading(NamedTuple):
    """One way to read a figure.

    Attributes:
        value: the figure.
        unit: its last digit printed; 0 when the figure is exact.
        mark: the decimal mark this reading takes for granted; None when the text shows neither mark.
    """

    value: Decimal
    unit: Decimal
    mark: DecimalMark | None


_MINUS = str.maketrans("−–—‒", "----")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_CURRENCY = re.compile(r"€|\bEUR\b|\beuro\b", re.IGNORECASE)
_SCALES: Sequence[tuple[re.Pattern[str], int]] = (
    (re.compile(r"(?:mld|miljard|bn)\.?$", re.IGNORECASE), 9),
    (re.compile(r"(?:mln|miljoen|million|m)\.?$", re.IGNORECASE), 6),
    (re.compile(r"(?:k|duizend)$", re.IGNORECASE), 3),
    (re.compile(r"%$"), -2),
)
_ROUND_EUROS = re.compile(r"[.,]-{1,2}$")
_GROUPED = {mark: re.compile(rf"[1-9]\d{{0,2}}(?:[{re.escape(mark)} ']\d{{3}})+$") for mark in ",."}
_SPACE_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[ ']\d{3})+$")
_DIGITS = re.compile(r"\d+$")
_POINT = str.maketrans(",", ".")
_CLEAR: Sequence[tuple[str, Mapping[int, int | None]]] = (
    (r"-?(?![1-9][0-9]{0,2}[.,][0-9]{3}(?![0-9]))[0-9]{1,14}(?:[.,][0-9]{1,12})?", _POINT),
    (r"-?[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4},[0-9]{1,12}", str.maketrans(",", ".", ".")),
    (r"-?[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}\.[0-9]{1,12}", str.maketrans("", "", ",")),
)
"""Digits, and a mark that can only stand before decimals; what its signs become."""
_ONE_CLEAR = [(re.compile(pattern), signs) for pattern, signs in _CLEAR]
_ALL_CLEAR = [(re.compile(rf"(?:{pattern}\n)*+"), signs) for pattern, signs in _CLEAR]
_SIGNED_DIGITS = "-0123456789"
_SHORT_WHOLE = re.compile(r"-?0*[1-9][0-9]{0,2}")


def in_plain_notation(texts: Collection[str]) -> dict[str, str]:
    """Write the clear ones among some texts as Python does: a point before the decimals, nothing grouped."""
    plain: dict[str, str] = {}
    for pattern, signs in _ONE_CLEAR:
        clear = list(filter(pattern.fullmatch, texts))
        plain |= zip(clear, "\n".join(clear).translate(signs).split("\n"), strict=False)
        if len(clear) == len(texts):
            break
        texts = [text for text in texts if text not in plain] if clear else texts
    return plain


def all_in_plain_notation(texts: Sequence[str]) -> list[str] | None:
    """Write texts as Python does that are all clear and in one notation, which shows at once; others not."""
    lines = "\n".join([*texts, ""])
    for pattern, signs in _ALL_CLEAR:
        if pattern.fullmatch(lines):
            plain = lines.translate(signs).split("\n")[:-1]
            return plain if len(plain) == len(texts) else None
    return None


def telling(clear: Collection[str]) -> list[str]:
    """Choose as few clear figures of a column as tell its decimal mark just as all of them do."""
    by_mark = {_mark_of(text): text for text in clear}
    return [*by_mark.values(), *islice(filter(_SHORT_WHOLE.fullmatch, clear), 1)]


def _mark_of(clear: str) -> str:
    """Give the sign before the decimals of a clear figure; empty where it has none."""
    return clear.strip(_SIGNED_DIGITS)[-1:]


def readings_of(texts: Collection[str]) -> list[list[Reading]]:
    """List every way to read each of some texts as a figure: none, one, or two."""
    plain = in_plain_notation(texts)
    return [
        [_clear_reading(plain[text], _mark_of(text))] if text in plain else _unclear_readings(text)
        for text in texts
    ]


def _clear_reading(plain: str, mark: str) -> Reading:
    if not mark:
        return Reading(Decimal(plain), Decimal(1), None)
    return Reading(Decimal(plain), _unit(len(plain) - plain.index(".") - 1), "," if mark == "," else ".")


@cache
def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _unclear_readings(text: str) -> list[Reading]:
    body = _SPACES.sub(" ", text.translate(_MINUS)).strip()
    is_money = bool(_CURRENCY.search(body))
    body = _CURRENCY.sub("", body).strip()
    if body == "-":
        return [Reading(Decimal(0), Decimal(0), None)]
    body, negative = _unsigned(_ROUND_EUROS.sub("", body))
    body, power = _unscaled(body)
    found = _plain_readings(body, is_money=is_money)
    sign = -1 if negative else 1
    return [
        Reading((sign * r.value).scaleb(power, EXACT), r.unit.scaleb(power, EXACT), r.mark) for r in found
    ]


def _unsigned(body: str) -> tuple[str, bool]:
    for opening, closing in (("(", ")"), ("-", ""), ("", "-")):
        if len(body) > 1 and body.startswith(opening) and body.endswith(closing):
            return body[len(opening) : len(body) - len(closing)].strip(), True
    return body, False


def _unscaled(body: str) -> tuple[str, int]:
    for suffix, power in _SCALES:
        if match := suffix.search(body):
            return body[: match.start()].strip(), power
    return body, 0


def _plain_readings(body: str, *, is_money: bool) -> list[Reading]:
    if _DIGITS.match(body):
        return [Reading(Decimal(body), Decimal(1), None)]
    if _SPACE_GROUPED.match(body):
        return [Reading(Decimal(re.sub(r"[ ']", "", body)), Decimal(1), None)]
    readings = []
    decimal_mark: DecimalMark
    for decimal_mark, group_mark in ((",", "."), (".", ",")):
        whole, found, decimals = body.partition(decimal_mark)
        if not _is_whole(whole, group_mark) or (found and not _DIGITS.match(decimals)):
            continue
        if is_money and len(decimals) > 2:
            continue
        digits = re.sub(r"[., ']", "", whole) + decimals
        readings.append(
            Reading(Decimal(digits).scaleb(-len(decimals), EXACT), _unit(len(decimals)), decimal_mark)
        )
    return readings


def _is_whole(text: str, group_mark: str) -> bool:
    return bool(_DIGITS.match(text) or _GROUPED[group_mark].match(text))


def column_mark(columns: Sequence[Sequence[Reading]]) -> DecimalMark | None:
    """Name the decimal mark the clear figures of a column agree on, or None; by what each can be read as."""
    clear = {readings[0].mark for readings in columns if len(readings) == 1} - {None}
    if len(clear) == 1:
        return clear.pop()
    ambiguous = [readings for readings in columns if len(readings) == 2]
    has_short_whole = any(
        len(readings) == 1 and readings[0].mark is None and 0 < abs(readings[0].value) < 1000
        for readings in columns
    )
    as_thousands = {reading.mark for pair in ambiguous for reading in pair if reading.unit >= 1}
    if not clear and has_short_whole and len(as_thousands) == 1:
        return as_thousands.pop()
    return None
