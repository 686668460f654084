"""What points at one figure of a conflict without proving it.

A hint never decides: proof says which cells can be wrong, hints say what may have happened to one of them.

>>> wrong = Printed(1240, 1)
>>> [str(hint) for hint in hints_for(wrong, Interval(Fraction(1419), Fraction(1421)))]
['1.240 kan 1.420 zijn waarin twee cijfers zijn verwisseld.']
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import gcd

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.intervals import Interval
from hoka_excel.core.messages import Message

_FACTORS = (10, 100, 1000)
"""The slips of a decimal mark or of thousands that are looked for."""

_LEAST_IN_ROW = 3
"""How many other figures of a row must share a multiple before it says anything."""

_SHARES = (1, 2, 4, 5)
"""The parts of what the other figures share that the figure itself may be a multiple of."""

_LEAST_MULTIPLE = 50
"""How coarse a common multiple must be, in units; every round figure is a multiple of something small."""


def hints_for(
    stated: Printed, mended: Interval, row: Sequence[Figure] = (), place: int | None = None
) -> list[Message]:
    """List what points at a figure, or away from it.

    Args:
        stated: the figure as it stands.
        mended: the figures that would mend it, as the interval from the least to the greatest.
        row: the figures of its line over the years, itself included; empty when it stands alone.
        place: where it stands in the row.

    Returns:
        Hints towards a slip first, then hints from the row; empty when nothing points anywhere.
    """
    hints = [*_slips(stated, mended)]
    if place is not None:
        hints += _from_row(stated, mended, row, place)
    return hints


def transposed(stated: Printed) -> list[Decimal]:
    """List the figures that differ from this one by two neighbouring digits, from the left."""
    sign, digits, exponent = stated.value.as_tuple()
    found = []
    for place in range(len(digits) - 1):
        if digits[place] != digits[place + 1]:
            swapped = (*digits[:place], digits[place + 1], digits[place], *digits[place + 2 :])
            found.append(Decimal((sign, swapped, 0)).scaleb(int(exponent), EXACT))
    return found


def common_multiple(figures: Sequence[Printed]) -> Decimal | None:
    """Find the greatest amount of which every figure is a whole multiple.

    Args:
        figures: the figures of a line; what is nothing does not count.

    Returns:
        The amount; None when fewer than three different figures share it, or it is too small to tell.
    """
    amounts = {figure.value for figure in figures if figure.value}
    unit = min((figure.unit for figure in figures), default=Decimal(0))
    if len(amounts) < _LEAST_IN_ROW or not unit:
        return None
    counts = [Fraction(amount) / Fraction(unit) for amount in amounts]
    if any(count.denominator != 1 for count in counts):
        return None
    common = gcd(*(int(count) for count in counts))
    return EXACT.multiply(Decimal(common), unit) if common >= _LEAST_MULTIPLE else None


def _slips(stated: Printed, mended: Interval) -> Iterator[Message]:
    value = stated.value
    for other in transposed(stated):
        if _fits(other, mended):
            yield Message("hint.transposed", {"stated": value, "meant": other})
    if value and _fits(-value, mended):
        yield Message("hint.sign", {"stated": value, "meant": -value})
    for factor in _FACTORS:
        larger = EXACT.multiply(value, Decimal(factor))
        smaller = EXACT.divide(value, Decimal(factor))
        for meant in (larger, smaller):
            if value and _fits(meant, mended):
                yield Message("hint.factor", {"stated": value, "meant": meant, "factor": Decimal(factor)})


def _from_row(stated: Printed, mended: Interval, row: Sequence[Figure], place: int) -> Iterator[Message]:
    others = [figure for number, figure in enumerate(row) if number != place and isinstance(figure, Printed)]
    multiple = common_multiple(others)
    if multiple is not None:
        steps = [Fraction(multiple) / share for share in _SHARES]
        kept = next((step for step in steps if Fraction(stated.value) % step == 0), None)
        meant = next(((step, value) for step in steps if (value := _multiple_within(mended, step))), None)
        if kept is not None:
            values = {"stated": stated.value, "multiple": _decimal(kept)}
            yield Message("hint.multiple_kept", values)
        elif meant is not None:
            values = {"stated": stated.value, "multiple": _decimal(meant[0]), "meant": _decimal(meant[1])}
            yield Message("hint.multiple_broken", values)
    for number in (place - 1, place + 1):
        if (
            0 <= number < len(row)
            and stated.value
            and row[number] == stated
            and not _fits(stated.value, mended)
        ):
            yield Message("hint.copied", {"stated": stated.value})
            return


def _multiple_within(mended: Interval, step: Fraction) -> Fraction | None:
    multiple = (mended.low / step).__ceil__() * step
    return multiple if multiple <= mended.high else None


def _decimal(number: Fraction) -> Decimal:
    return EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))


def _fits(value: Decimal, mended: Interval) -> bool:
    return mended.low <= Fraction(value) <= mended.high
