"""Figures as a document prints them: a value and its resolution.

A printed 5,30 stands for every true value from 5,295 to 5,305. What cannot be read as a figure is kept too,
as `Unreadable`, so that a check that needs it is untestable instead of wrong.

>>> Printed.parse("€ 148.400"), Printed.parse("5,30"), Printed.parse("84K")
(Printed('148400', unit='1'), Printed('5.30', unit='0.01'), Printed('84000', unit='1000'))
>>> parse_figures(["1.234", "12,50"])[0]
Printed('1234', unit='1')
>>> parse_figures(["1.234"])[0]
Unreadable(text='1.234', reason=<Reason.AMBIGUOUS: 'ambiguous'>)
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Literal, NamedTuple, Self

from hoka_excel.core.errors import FigureError
from hoka_excel.core.exact import EXACT, Number, exact_decimal
from hoka_excel.core.intervals import Interval

DecimalMark = Literal[",", "."]


class Printed:
    """A figure as printed and its resolution.

    Attributes:
        value: the figure, with at least the decimals of its unit.
        unit: its resolution, a power of ten or any other step above zero; 0 when the figure is exact.
        text: the characters that were printed, when the figure was read from text. Not part of equality.
    """

    __slots__ = ("text", "unit", "value")

    value: Decimal
    unit: Decimal
    text: str | None

    def __init__(self, value: Number, unit: Number, text: str | None = None) -> None:
        """Take a figure of value `value` at resolution `unit`.

        Raises:
            FigureError: not finite, or `unit` is negative.
        """
        self.value = exact_decimal(value)
        self.unit = exact_decimal(unit)
        self.text = text
        if self.unit < 0:
            raise FigureError("figure.negative_unit", unit=self.unit)
        if _exponent(self.value) > _exponent(self.unit):
            self.value = self.value.quantize(self.unit, context=EXACT)

    @classmethod
    def parse(cls, text: str, decimal_mark: DecimalMark | None = None) -> Self:
        """Read one figure as printed, Dutch or English.

        Args:
            text: for example "€ 148.400", "5,30", "84K", "(1.250)", "12-", "90%", or a lone dash for nil.
            decimal_mark: the sign before the decimals, where the text alone does not tell.

        Returns:
            The figure; its unit is the last digit printed ("84K" is 84,000 to the nearest thousand).

        Raises:
            FigureError: no figure, or one that can be read in two ways.
        """
        readings = _readings(text)
        if not readings:
            raise FigureError("figure.not_a_number", text=text)
        if decimal_mark is not None:
            readings = [r for r in readings if r.mark in (None, decimal_mark)]
            if not readings:
                raise FigureError("figure.other_mark", text=text, mark=decimal_mark)
        if len(readings) > 1:
            raise FigureError("figure.ambiguous", text=text)
        return cls(readings[0].value, readings[0].unit, text)

    @property
    def interval(self) -> Interval:
        """The closed interval of true values that print as this figure."""
        half = Fraction(self.unit) / 2
        return Interval(Fraction(self.value) - half, Fraction(self.value) + half)

    @property
    def has_excess_digits(self) -> bool:
        """Whether the value has digits finer than its resolution."""
        return self.unit != 0 and EXACT.remainder(self.value, self.unit) != 0

    def __eq__(self, other: object) -> bool:
        """Compare value and resolution; the text does not count."""
        if not isinstance(other, Printed):
            return NotImplemented
        return self.value == other.value and self.unit == other.unit

    def __hash__(self) -> int:
        """Hash as equality compares."""
        return hash((self.value, self.unit))

    def __repr__(self) -> str:
        """Write the value and unit in plain notation."""
        return f"Printed('{self.value:f}', unit='{self.unit:f}')"


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


class Reason(StrEnum):
    """Why a figure cannot be used in a check."""

    MISSING = "missing"
    TEXT = "text"
    ERROR = "error"
    AMBIGUOUS = "ambiguous"
    EXCESS_DIGITS = "excess_digits"
    CONTRADICTION = "contradiction"
    NOT_POSITIVE = "not_positive"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place where a figure belongs but none can be read.

    Attributes:
        text: what stands there.
        reason: why it is no figure.
    """

    text: str
    reason: Reason


MISSING = Unreadable("", Reason.MISSING)

Figure = Printed | Unreadable


def value_of(figure: Figure | None) -> Decimal | None:
    """Give the value of a figure; nothing where there is none."""
    return figure.value if isinstance(figure, Printed) else None


def parse_figures(texts: Iterable[str], decimal_mark: DecimalMark | None = None) -> list[Figure]:
    """Read the figures of one column (or table) together, so that clear ones settle ambiguous ones.

    "1.234" is a thousand where its neighbours print "12,50" or "€ 5.000", and where a neighbour prints a
    short whole number (a column with three decimals would print three zeros). Where neighbours disagree,
    or none tells, it stays unreadable.

    Args:
        texts: one text per cell; empty ones are missing figures.
        decimal_mark: the sign before the decimals, where it is known for the column.

    Returns:
        A figure per text, in order.
    """
    columns = [(text, _readings(text)) for text in texts]
    mark = decimal_mark or _column_mark([readings for _, readings in columns])
    return [_settled(text, readings, mark) for text, readings in columns]


class _Reading(NamedTuple):
    value: Decimal
    unit: Decimal
    mark: DecimalMark | None
    """The decimal mark this reading takes for granted; None when the text shows neither mark."""


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
_SIMPLE = re.compile(r"-?(?![1-9][0-9]{0,2}[.,][0-9]{3}\Z)[0-9]{1,14}(?:([.,])([0-9]{1,12}))?")
"""Nothing but digits and a mark that can only stand before decimals: most figures are read by this alone."""


def _readings(text: str) -> list[_Reading]:
    """List every way to read `text` as a figure: none, one, or two."""
    if simple := _SIMPLE.fullmatch(text):
        return [_simple_reading(text, simple[1], simple[2])]
    body = _SPACES.sub(" ", text.translate(_MINUS)).strip()
    is_money = bool(_CURRENCY.search(body))
    body = _CURRENCY.sub("", body).strip()
    if body == "-":
        return [_Reading(Decimal(0), Decimal(0), None)]
    body, negative = _unsigned(_ROUND_EUROS.sub("", body))
    body, power = _unscaled(body)
    found = _plain_readings(body, is_money=is_money)
    sign = -1 if negative else 1
    return [
        _Reading((sign * r.value).scaleb(power, EXACT), r.unit.scaleb(power, EXACT), r.mark) for r in found
    ]


def _simple_reading(text: str, mark: str | None, decimals: str | None) -> _Reading:
    if mark is None or decimals is None:
        return _Reading(Decimal(text), Decimal(1), None)
    return _Reading(Decimal(text.replace(mark, ".")), _unit(len(decimals)), "," if mark == "," else ".")


@cache
def _unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


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


def _plain_readings(body: str, *, is_money: bool) -> list[_Reading]:
    if _DIGITS.match(body):
        return [_Reading(Decimal(body), Decimal(1), None)]
    if _SPACE_GROUPED.match(body):
        return [_Reading(Decimal(re.sub(r"[ ']", "", body)), Decimal(1), None)]
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
            _Reading(Decimal(digits).scaleb(-len(decimals), EXACT), _unit(len(decimals)), decimal_mark)
        )
    return readings


def _is_whole(text: str, group_mark: str) -> bool:
    return bool(_DIGITS.match(text) or _GROUPED[group_mark].match(text))


def _column_mark(columns: Sequence[Sequence[_Reading]]) -> DecimalMark | None:
    """Name the decimal mark the clear figures agree on, or None."""
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


def _settled(text: str, readings: list[_Reading], mark: DecimalMark | None) -> Figure:
    if not text.strip():
        return MISSING
    if not readings:
        return Unreadable(text, Reason.TEXT)
    if len(readings) > 1:
        readings = [reading for reading in readings if reading.mark == mark]
    if not readings:
        return Unreadable(text, Reason.AMBIGUOUS)
    return Printed(readings[0].value, readings[0].unit, text)
