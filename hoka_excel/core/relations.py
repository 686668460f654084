"""Relations that figures must satisfy, as data over keys; `assess` judges one of them by itself.

The keys are the caller's: anything hashable. All relations together are reasoned about elsewhere, from the
same records.

>>> cells = {"euro": Printed("446609", 1), "fte": Printed("5.30", "0.01")}
>>> assess(Rate("euro", "fte", Printed.parse("84K")), cells).verdict
<Verdict.ROUNDING: 'rounding'>
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hoka_excel.core.exact import exact_decimal, round_half_up
from hoka_excel.core.figures import MISSING, Printed, Reason
from hoka_excel.core.intervals import Interval
from hoka_excel.core.sums import Stated, check_sum, merge_all
from hoka_excel.core.verdicts import Judgement, Known, judge, untestable


@dataclass(frozen=True, init=False)
class Sum:
    """The weighted parts add up to the total.

    Attributes:
        total: key of the total.
        parts: keys of the parts, in order.
        weights: one per part.
    """

    total: Hashable
    parts: tuple[Hashable, ...]
    weights: tuple[Decimal, ...]

    def __init__(
        self, total: Hashable, parts: Iterable[Hashable], weights: Sequence[int | Decimal] | None = None
    ) -> None:
        """Take weights of 1 where none are given."""
        object.__setattr__(self, "total", total)
        object.__setattr__(self, "parts", tuple(parts))
        factors = (1,) * len(self.parts) if weights is None else weights
        object.__setattr__(self, "weights", tuple(exact_decimal(factor) for factor in factors))


@dataclass(frozen=True)
class Same:
    """`a` and `b` state the same figure, perhaps at different resolutions; `a` is the one checked."""

    a: Hashable
    b: Hashable


@dataclass(frozen=True)
class Rate:
    """EUR = FTE x rate.

    Attributes:
        euro: key of the amount in EUR.
        fte: key of the size in FTE.
        rate: EUR per FTE: a figure, or the key shared by all relations with that rate. A key that is no
            cell is an unknown rate: nothing can be said of one relation by itself.
        room: how much further from the truth the FTE may lie, having been rounded so as to add up.
    """

    euro: Hashable
    fte: Hashable
    rate: Printed | Hashable
    room: Decimal = Decimal(0)


@dataclass(frozen=True)
class Ratio:
    """The part is `weight` out of `weights_total` of the whole (3 out of 6 for 3:2:1).

    Attributes:
        part, whole: keys.
        weight, weights_total: the part's weight and that of all parts together.
        room: how much further from the truth the part may lie, having been rounded so as to add up.
    """

    part: Hashable
    whole: Hashable
    weight: Decimal
    weights_total: Decimal
    room: Decimal = Decimal(0)


@dataclass(frozen=True)
class Share:
    """The part follows an allocation key after fixed amounts: ((whole - top) x portion + own) / rate.

    The portion is share / weights_total.

    Attributes:
        part: key of the part, in EUR, or in FTE when there is a rate.
        whole: key of the amount that is shared out, in EUR.
        share: what the part weighs, out of `weights_total`: a share between 0 and 1, or its students.
        own: the fixed amount of this part, in EUR.
        top: the fixed amounts of all parts together, in EUR.
        rate: EUR per FTE when the part is in FTE, else None.
        room: how much further from the truth the part may lie, having been rounded so as to add up.
        weights_total: what all parts weigh together.
    """

    part: Hashable
    whole: Hashable
    share: Printed
    own: Decimal = Decimal(0)
    top: Decimal = Decimal(0)
    rate: Printed | None = None
    room: Decimal = Decimal(0)
    weights_total: Decimal = Decimal(1)

    @property
    def portions(self) -> Interval:
        """The part of the whole that the share may stand for."""
        return self.share.interval.scaled(1 / Fraction(self.weights_total))


Relation = Sum | Same | Rate | Ratio | Share
Cells = Mapping[Any, Stated]


def keys_of(relation: Relation) -> tuple[Hashable, ...]:
    """List the cells that a relation rests on, the checked one first."""
    match relation:
        case Sum(total, parts):
            return (total, *parts)
        case Same(a, b):
            return (a, b)
        case Rate(euro, fte):
            return (fte, euro)
        case Ratio(part, whole) | Share(part, whole):
            return (part, whole)


def assess(relation: Relation, cells: Cells) -> Judgement:
    """Judge one relation by itself.

    A rate, ratio or share is checked against what the other figures give, rounded half up to the resolution
    of the checked figure.

    Args:
        relation: what must hold.
        cells: the figure (or its statements) per key; a missing key makes the relation untestable.
    """
    for key in keys_of(relation):
        if key not in cells:
            return untestable(Reason.MISSING)
    match relation:
        case Sum(total, parts, weights):
            return check_sum([cells[part] for part in parts], cells[total], weights)
        case Same(a, b):
            return check_sum([cells[b]], cells[a])
        case Rate(euro, fte, rate, room):
            per_fte = rate if isinstance(rate, Printed) else cells.get(rate, MISSING)
            return _assess_quotient(cells[fte], cells[euro], _Terms(rate=per_fte), room)
        case Ratio(part, whole, weight, weights_total, room):
            share = Fraction(weight) / Fraction(weights_total)
            return _assess_quotient(cells[part], cells[whole], _Terms(share, Interval(share, share)), room)
        case Share(part, whole, share, own, top, rate, room, weights_total):
            terms = _Terms(
                Fraction(share.value) / Fraction(weights_total),
                relation.portions,
                Fraction(own),
                Fraction(top),
                _ONE if rate is None else rate,
            )
            return _assess_quotient(cells[part], cells[whole], terms, room)


_ONE = Printed(1, 0)


@dataclass(frozen=True)
class _Terms:
    """What turns the whole into a part: ((whole - top) x share + own) / rate."""

    share: Fraction = Fraction(1)
    shares: Interval = field(default_factory=lambda: Interval(Fraction(1), Fraction(1)))
    own: Fraction = Fraction(0)
    top: Fraction = Fraction(0)
    rate: Stated = _ONE


def _assess_quotient(part: Stated, whole: Stated, terms: _Terms, room: Decimal) -> Judgement:
    merged = merge_all(part, whole, terms.rate)
    if isinstance(merged, Reason):
        return untestable(merged)
    stated, base, rate = merged
    if rate.interval.low <= 0:
        return untestable(Reason.NOT_POSITIVE)
    exact = ((Fraction(base.figure.value) - terms.top) * terms.share + terms.own) / Fraction(
        rate.figure.value
    )
    given = (base.interval.shifted(-terms.top) * terms.shares).shifted(terms.own).divided(rate.interval)
    expected = round_half_up(exact, stated.figure.unit or _FINE)
    roomy = Known(stated.figure, stated.interval.widened(Fraction(room)))
    return judge(roomy, expected, given, Decimal(0))


_FINE = Decimal("1e-12")
"""How far a quotient is written out when the checked figure is exact."""
