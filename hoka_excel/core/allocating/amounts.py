"""Read the amounts of an allocation: exact, in whole units, and with the place of what cannot be read.

A place is a code of the catalogue ("allocation.weight") and what numbers it, counted from one as a reader
counts; it becomes a message only when something is wrong.

>>> whole_units(Decimal("5.30"), Decimal("0.01"), "allocation.amount")
530
"""

from collections.abc import Sequence
from decimal import Decimal
from math import lcm

from hoka_excel.core.errors import AllocationError, FigureError
from hoka_excel.core.exact import EXACT, exact_decimal
from hoka_excel.core.messages import Message


def read_amount(number: object, place: str, **at: int) -> Decimal:
    """Read one number exactly; a float at its shortest decimal form.

    Args:
        number: a `Decimal`, `int`, `str` or `float`.
        place: the catalogue code of where it stands.
        at: what fills the text of that code, counted from one.

    Raises:
        AllocationError: no finite number.
    """
    try:
        return exact_decimal(number)
    except FigureError as error:
        raise AllocationError(
            "allocation.bad_number", place=Message(place, at), fault=error.faults[0]
        ) from error


def read_unit(number: object) -> Decimal:
    """Read the unit that shares are whole multiples of.

    Raises:
        AllocationError: no finite number, or not above zero.
    """
    unit = read_amount(number, "allocation.unit")
    if unit <= 0:
        raise AllocationError("allocation.unit_not_positive", unit=unit)
    return unit


def whole_units(amount: Decimal, unit: Decimal, place: str, **at: int) -> int:
    """Count the units in `amount`.

    Args:
        amount: of either sign.
        unit: above zero.
        place: the catalogue code of where it stands.
        at: what fills the text of that code, counted from one.

    Raises:
        AllocationError: not a whole number of units.
    """
    numerator, denominator = amount.as_integer_ratio()
    per, parts = unit.as_integer_ratio()
    count, rest = divmod(numerator * parts, denominator * per)
    if rest:
        raise AllocationError(
            "allocation.not_whole_units", place=Message(place, at), amount=amount, unit=unit
        )
    return count


def amount_of(units: int, unit: Decimal) -> Decimal:
    """Write a number of units as an amount, with the decimals of `unit`; nothing has no sign."""
    return EXACT.plus(EXACT.multiply(Decimal(units), unit))


def integers_of(numbers: Sequence[Decimal]) -> list[int]:
    """Scale numbers to integers with the same proportions."""
    ratios = [number.as_integer_ratio() for number in numbers]
    scale = lcm(*{denominator for _, denominator in ratios})
    return [numerator * (scale // denominator) for numerator, denominator in ratios]
