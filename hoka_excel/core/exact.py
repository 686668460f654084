"""Exact decimal arithmetic for money and FTE, and the one rounding rule.

>>> from decimal import Decimal
>>> round_half_up(Fraction(5, 2), Decimal(1)), round_half_up(Fraction(-5, 2), Decimal(1))
(Decimal('3'), Decimal('-3'))
>>> exact_decimal(0.1)
Decimal('0.1')
"""

from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction

from hoka_excel.core.errors import FigureError

Number = Decimal | int | str | float

EXACT = Context(prec=1000, traps=[InvalidOperation, Inexact])
"""A context in which a sum or product of money never loses a digit: it would rather raise."""


def exact_decimal(number: object) -> Decimal:
    """Take `number` at its face value; a float at its shortest decimal form.

    Args:
        number: a `Decimal`, `int`, `str` in plain notation ("1234.5"), or `float`.

    Raises:
        FigureError: `number` is not a finite number.
    """
    if isinstance(number, bool) or not isinstance(number, Decimal | int | str | float):
        raise FigureError("figure.not_a_number", text=number)
    try:
        value = Decimal(str(number) if isinstance(number, float) else number)
    except (InvalidOperation, ValueError) as error:
        raise FigureError("figure.not_a_number", text=number) from error
    if not value.is_finite():
        raise FigureError("figure.not_finite", text=number)
    return value


def round_half_up(value: Fraction | Decimal, unit: Decimal) -> Decimal:
    """Round `value` to a whole number of `unit`, halves away from zero, as Excel's ROUND does.

    Args:
        value: the exact number.
        unit: the resolution, above zero.

    Returns:
        The multiple of `unit` nearest to `value`, with the decimals of `unit`.
    """
    in_units = Fraction(value) / Fraction(unit)
    whole = (abs(in_units) + Fraction(1, 2)).__floor__()
    return EXACT.multiply(Decimal(whole if in_units >= 0 else -whole), unit)
