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

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Self

from hoka_excel.core.errors import FigureError
from hoka_excel.core.exact import EXACT, Number, exact_decimal
from hoka_excel.core.figure_readings import DecimalMark, Reading, column_mark, readings_of
from hoka_excel.core.intervals import Interval


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
        (readings,) = readings_of((text,))
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
    column = list(texts)
    readings = readings_of(column)
    mark = decimal_mark or column_mark(readings)
    return [_settled(text, readings, mark) for text, readings in zip(column, readings, strict=True)]


def _settled(text: str, readings: list[Reading], mark: DecimalMark | None) -> Figure:
    if not text.strip():
        return MISSING
    if not readings:
        return Unreadable(text, Reason.TEXT)
    if len(readings) > 1:
        readings = [reading for reading in readings if reading.mark == mark]
    if not readings:
        return Unreadable(text, Reason.AMBIGUOUS)
    return Printed(readings[0].value, readings[0].unit, text)
