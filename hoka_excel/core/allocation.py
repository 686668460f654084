"""Divide an amount over receivers by weight, in whole units that add up exactly.

The largest remainder is the default: everyone gets the whole units due, the units left over go one each to
the largest remainders. Fixed amounts (voorafname) come off first; the rest is shared over all receivers.

>>> [int(share) for share in allocate(9, [61, 29, 10]).shares]
[5, 3, 1]
>>> print(allocate(9, [61, 29, 10]).trace[0].render("en"))
Receiver 3 gets 1 more: its remainder of 0.9000 units was the largest left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from hoka_excel.core.allocating.amounts import amount_of, integers_of, read_amount, read_unit, whole_units
from hoka_excel.core.allocating.apportionment import METHODS, Claims, settle
from hoka_excel.core.allocating.traces import Cause, Moves, Trace
from hoka_excel.core.errors import AllocationError
from hoka_excel.core.exact import Number
from hoka_excel.core.messages import Message

Method = Literal["largest_remainder", "webster"]
PerReceiver = Mapping[int, Number] | Sequence[Number | None]
"""An amount per receiver: by place counted from zero, or one for each (None for none)."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """An amount divided over receivers.

    Attributes:
        shares: one per weight, in order; whole units that add up to the amount exactly.
        trace: why each unit went where; made when it is read.
    """

    shares: tuple[Decimal, ...]
    trace: Trace


def allocate(  # noqa: PLR0913 - one request, and all but two of its terms have defaults
    amount: Number,
    weights: Iterable[Number],
    *,
    unit: Number = 1,
    method: Method = "largest_remainder",
    fixed: PerReceiver | None = None,
    minimum: PerReceiver | None = None,
    maximum: PerReceiver | None = None,
) -> Allocation:
    """Divide an amount over receivers by weight.

    Receiver i is due fixed_i + (amount - all fixed) x weight_i / all weights.

    Limits bound the whole share, the fixed amount included: minimum <= share <= maximum as numbers. Whoever
    would fall outside is set to the limit, and what is left is shared again by weight over the others, on
    top of their fixed amounts, until nobody is outside. Nobody gets less than the fixed amount. Without
    weight a receiver gets the fixed amount, or the minimum if that is more. A limit that is no whole number
    of units counts as the nearest one within it.

    A negative amount (a credit) is the mirror of a positive one: all signs turn, so that a credit of 10 to
    30 has minimum -30 and maximum -10.

    Args:
        amount: a whole number of units, of either sign, or zero.
        weights: one per receiver, at least zero, not all zero; only their proportions matter.
        unit: what every share is a multiple of, above zero: 1 for euros, 0.01 for cents.
        method: "largest_remainder" (never a full unit away from what is due) or "webster" (Sainte-Laguë:
            a larger amount never means a smaller share).
        fixed: top slices (voorafname, vast bedrag), whole units with the sign of the amount.
        minimum: least share of a receiver.
        maximum: largest share of a receiver.

    Returns:
        The shares in the order of the weights, with the decimals of `unit`. Ties: the earlier receiver gets
        a unit first and loses one last.

    Raises:
        AllocationError: a number that cannot be read, no receivers, a negative weight, no weight above zero,
            lists that differ in length, an amount that is no whole number of units, an unknown method, or
            fixed amounts or limits that cannot be met.
    """
    if method not in METHODS:
        raise AllocationError("allocation.unknown_method", method=method, methods=", ".join(METHODS))
    step = read_unit(unit)
    units = whole_units(read_amount(amount, "allocation.amount"), step, "allocation.amount")
    sign = -1 if units < 0 else 1
    integer_weights = _integer_weights(list(weights))
    count = len(integer_weights)
    bounds = _Bounds(
        step,
        sign,
        _read_each(fixed, "fixed", count),
        _read_each(minimum, "minimum", count),
        _read_each(maximum, "maximum", count),
    )
    claims = _claims(abs(units), integer_weights, bounds)
    due = settle(claims)
    outcome = METHODS[method](claims, due)
    low, high = (Cause.MINIMUM, Cause.MAXIMUM)[::sign]
    settled = (
        (Cause.FIXED, [i for i, top in enumerate(claims.fixed) if top], claims.fixed),
        (low, due.raised, claims.lowest),
        (high, due.capped, claims.highest),
    )
    moves = [Moves(cause, some, [units_of[i] for i in some]) for cause, some, units_of in settled]
    signed = amount_of(sign, step)
    return Allocation(
        tuple(amount_of(count, signed) for count in outcome.units), Trace([*moves, *outcome.moves], signed)
    )


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Fixed amounts and limits as given, by receiver; only those that are given."""

    unit: Decimal
    sign: int
    fixed: Mapping[int, Decimal]
    minimum: Mapping[int, Decimal]
    maximum: Mapping[int, Decimal]


def _integer_weights(weights: Sequence[Number]) -> list[int]:
    """Scale the weights to integers with the same proportions."""
    if not weights:
        raise AllocationError("allocation.no_receivers")
    read = [
        read_amount(weight, "allocation.weight", receiver=number) for number, weight in enumerate(weights, 1)
    ]
    if min(read) < 0:
        first = next(i for i, weight in enumerate(read) if weight < 0)
        place = Message("allocation.weight", {"receiver": first + 1})
        raise AllocationError("allocation.negative", place=place, value=read[first])
    scaled = integers_of(read)
    if not any(scaled):
        raise AllocationError("allocation.zero_weights")
    return scaled


def _read_each(given: PerReceiver | None, name: str, count: int) -> dict[int, Decimal]:
    """Read the amounts of those receivers that have one."""
    place, names = f"allocation.{name}", Message(f"allocation.{name}_all")
    if given is None:
        return {}
    if isinstance(given, Mapping):
        for receiver in given:
            if receiver not in range(count):
                raise AllocationError(
                    "allocation.unknown_receiver", names=names, index=receiver, last=count - 1
                )
        pairs = sorted((int(receiver), value) for receiver, value in given.items())
    else:
        if len(given) != count:
            raise AllocationError("allocation.lengths_differ", names=names, given=len(given), count=count)
        pairs = [(receiver, value) for receiver, value in enumerate(given) if value is not None]
    return {receiver: read_amount(value, place, receiver=receiver + 1) for receiver, value in pairs}


def _claims(amount: int, weights: Sequence[int], bounds: _Bounds) -> Claims:
    """State fixed amounts and limits in units, as those of a debit, and refuse what cannot be met."""
    unit, sign = bounds.unit, bounds.sign
    fixed, lowest, highest = [0] * len(weights), [0] * len(weights), [amount] * len(weights)
    for i, top in bounds.fixed.items():
        fixed[i] = lowest[i] = sign * whole_units(top, unit, "allocation.fixed", receiver=i + 1)
        if fixed[i] < 0:
            raise AllocationError("allocation.fixed_sign", receiver=i + 1, fixed=top)
    if sum(fixed) > amount:
        raise AllocationError("allocation.fixed_above_amount", **_sums(bounds, sum(fixed), amount))
    least, most = (bounds.minimum, bounds.maximum)[::sign]
    for i, limit in most.items():
        highest[i] = floor(sign * Fraction(limit) / Fraction(unit))
        if highest[i] < fixed[i]:
            top = bounds.fixed.get(i, Decimal(0))
            raise AllocationError("allocation.fixed_beyond_limit", receiver=i + 1, fixed=top, limit=limit)
    for i, limit in least.items():
        lowest[i] = max(fixed[i], ceil(sign * Fraction(limit) / Fraction(unit)))
        if lowest[i] > highest[i] and i in most:
            limits = {"minimum": bounds.minimum[i], "maximum": bounds.maximum[i]}
            raise AllocationError("allocation.limits_crossed", receiver=i + 1, unit=unit, **limits)
    if sum(lowest) > amount:
        raise AllocationError("allocation.limits_above_amount", **_sums(bounds, sum(lowest), amount))
    room = sum(high if weight else low for weight, low, high in zip(weights, lowest, highest, strict=True))
    if room < amount:
        raise AllocationError("allocation.limits_below_amount", **_sums(bounds, room, amount))
    return Claims(amount, weights, fixed, lowest, highest)


def _sums(bounds: _Bounds, sum_of_bounds: int, amount: int) -> dict[str, Decimal]:
    """Show two numbers of units as the amounts they were given as."""
    signed = amount_of(bounds.sign, bounds.unit)
    return {"sum": amount_of(sum_of_bounds, signed), "amount": amount_of(amount, signed)}
