"""A cell's content as a sheet part stores it, written and read.

Numbers are written as the shortest decimal form of the binary number that Excel will make of them.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite

from hoka_excel.core.errors import UsageError
from hoka_excel.core.exact import exact_decimal
from hoka_excel.workbook.excel_bounds import FORMULA_LENGTH, TEXT_LENGTH
from hoka_excel.workbook.markup import Element, escaped
from hoka_excel.workbook.sheets import Content, Formula, Link, Scalar

_EPOCH = date(1899, 12, 30)
_DAYS_UNTIL_1904 = 1462
_FIRST_SOUND_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; earlier days are ambiguous."""
_SECONDS_A_DAY = 86_400
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f]")
_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_UNFIT = re.compile(f"{_CONTROL.pattern}|{_IMPOSSIBLE.pattern}")
_STORED_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")

Strings = Callable[[int], str]
"""Looks up a shared text by its number."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What goes into a cell element: its type attribute and its elements, a NUL where the prefix comes."""

    type: str | None
    inside: str

    def element(self, prefix: str, place: str, style: str | None) -> bytes:
        """Write the whole cell."""
        tag = f'{prefix}c r="{place}"' + (f' s="{style}"' if style is not None else "")
        tag += f' t="{self.type}"' if self.type else ""
        inside = self.inside.replace("\0", prefix)
        return (f"<{tag}>{inside}</{prefix}c>" if inside else f"<{tag}/>").encode()


def stored(content: Content | float, place: str, *, from_1904: bool = False) -> Stored:
    """Write `content` as a sheet part stores it; text is always text, also when it begins with =.

    Args:
        content: what the cell will hold.
        place: sheet and cell, for messages.
        from_1904: whether the workbook counts its days from 1904.

    Raises:
        UsageError: Excel cannot hold the content.
    """
    match content:
        case Formula(expression, value):
            if len(expression) > FORMULA_LENGTH or not expression.strip() or _UNFIT.search(expression):
                raise UsageError("cells.bad_formula", place=place, limit=FORMULA_LENGTH)
            result = _scalar(value, place, from_1904)
            formula = f"<\0f>{escaped(expression.removeprefix('='))}</\0f>"
            return Stored(result.type, formula + result.inside)
        case Link():
            return stored(content.formula, place, from_1904=from_1904)
        case str():
            return _text(content, place)
        case _:
            return _scalar(content, place, from_1904)


def _text(text: str, place: str) -> Stored:
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > TEXT_LENGTH:
        raise UsageError("cells.text_too_long", place=place, limit=TEXT_LENGTH)
    return Stored("inlineStr", f'<\0is><\0t xml:space="preserve">{_storable(text, place)}</\0t></\0is>')


def _storable(text: str, place: str) -> str:
    if _IMPOSSIBLE.search(text):
        raise UsageError("cells.bad_text", place=place)
    marked = _ESCAPE_LIKE.sub("_x005F_", text)
    return escaped(_CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", marked))


def _scalar(value: Scalar | float, place: str, from_1904: bool) -> Stored:
    match value:
        case None:
            return Stored(None, "")
        case bool():
            return Stored("b", f"<\0v>{int(value)}</\0v>")
        case str():
            return Stored("str", f"<\0v>{_storable(value, place)}</\0v>")
        case date():
            return Stored(None, f"<\0v>{_number(_serial(value, place, from_1904), place)}</\0v>")
        case int() | float() | Decimal():
            return Stored(None, f"<\0v>{_number(value, place)}</\0v>")
        case _:
            raise UsageError("cells.unsupported", place=place, type=type(value).__name__)


def _number(value: float | Decimal, place: str) -> str:
    try:
        nearest = float(value)
    except OverflowError:
        nearest = float("inf")
    if not isfinite(nearest):
        raise UsageError("cells.not_finite", place=place, value=value)
    return repr(nearest).removesuffix(".0")


def _serial(day: date, place: str, from_1904: bool) -> float:
    """Count the days since the workbook's epoch, the time of day as a fraction."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    if moment.date() < _FIRST_SOUND_DAY or moment.tzinfo is not None:
        raise UsageError("cells.bad_date", place=place, value=day)
    since = moment - datetime.combine(_EPOCH, time())
    whole = since.days - (_DAYS_UNTIL_1904 if from_1904 else 0)
    return whole + (since.seconds + since.microseconds / 1_000_000) / _SECONDS_A_DAY


def content_of(cell: Sequence[Element], strings: Strings) -> Content:
    """Read what a cell holds.

    Args:
        cell: the cell's element and those inside it.
        strings: looks up shared texts.
    """
    value = _value_of(cell, strings)
    formula = next((element for element in cell[1:] if element.name == "f"), None)
    return value if formula is None else Formula(formula.text, value)


def _value_of(cell: Sequence[Element], strings: Strings) -> Scalar:
    kind = cell[0].attributes.get("t", "n")
    if kind == "inlineStr":
        return _read_text(text_of(cell[1:]))
    text = next((element.text for element in cell[1:] if element.name == "v"), "")
    if not text:
        return "" if kind == "str" else None
    match kind:
        case "s":
            return _read_text(strings(int(text)))
        case "b":
            return text.strip() in {"1", "true"}
        case "n":
            number = exact_decimal(float(text))
            return int(number) if number == number.to_integral_value() else number
        case _:
            return _read_text(text)


def text_of(elements: Sequence[Element]) -> str:
    """Join the runs of a text, without its phonetic guide."""
    parts, guide = [], -1
    for element in elements:
        if element.name == "rPh":
            guide = element.stop
        elif element.name == "t" and element.start >= guide:
            parts.append(element.text)
    return "".join(parts)


def _read_text(text: str) -> str:
    return _STORED_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
