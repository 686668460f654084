"""Tables of the accountability page with a column per year, in parts that each have a title."""

from dataclasses import dataclass
from decimal import Decimal

from hoka_excel.core.messages import Message

Amounts = tuple[Decimal | None, ...]
"""One per year; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line over the years.

    Attributes:
        label: of the line.
        is_total: whether it adds up the others.
        amounts: what stands in it.
    """

    label: str
    is_total: bool
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together.

    Attributes:
        title: above them; None where the table needs no more than its caption.
        rows: in order.
        sign: "+" where a number above zero carries its sign.
        suffix: behind every number.
    """

    title: Message | None
    rows: tuple[Row, ...]
    sign: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class YearTable:
    """A table over the years: its caption and its parts."""

    title: Message
    parts: tuple[Part, ...]
