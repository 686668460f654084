"""The proof that cells cannot all be right, as the two bounds that cannot both hold.

The multiples of the equations that refute the figures add up to one equation. Its terms fall on two sides:
one is at least so much, the other at most so much, and that is less. Where a hidden rate ties the sides, each
of them gives a bound on the rate.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from hoka_excel.core.exact import EXACT
from hoka_excel.core.localising.certificates import Refutation, Spans, combined, most
from hoka_excel.core.localising.constraints import System
from hoka_excel.core.localising.groups import connected
from hoka_excel.core.localising.network_faults import Names, name_of
from hoka_excel.core.messages import Message

_MOST_TERMS = 8
"""How many figures of one side are written out."""

_DECIMALS = 2
"""How many decimals of a bound are shown, unless more are needed to tell the bounds apart."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Two bounds that cannot both hold.

    Attributes:
        text: the proof for a controller.
        low: what one side is at least; None when the proof takes more than two bounds.
        high: what the other is at most; below `low`.
    """

    text: Message
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """Rows of a refutation that say something about one rate: (EUR terms) / (FTE terms)."""

    euros: Mapping[int, Fraction]
    ftes: Mapping[int, Fraction]
    bound: Fraction
    is_low: bool


def proof_of(system: System, spans: Spans, refutation: Refutation, names: Names) -> Proof:
    """Write out a refutation.

    Args:
        system: the equations.
        spans: what each column leaves open.
        refutation: the multiples of the equations that contradict the spans.
        names: the readable name of each cell.
    """
    rates = refutation.columns.intersection(system.pairs)
    scaled = {rate for c in refutation.columns if (rate := system.columns[c].rate) is not None}
    if not rates | scaled:
        return _plain(system, spans, refutation, names)
    if len(rates | scaled) == 1:
        [rate] = rates | scaled
        sides = [_side(system, spans, part, rate) for part in _parts(system, refutation)]
        known = [side for side in sides if side is not None]
        if len(known) == len(sides):
            return _about_rate(system, spans, known, rate, names) or _together(system, refutation, names)
    return _together(system, refutation, names)


def _plain(system: System, spans: Spans, refutation: Refutation, names: Names) -> Proof:
    factors, constant = combined(system, refutation.multipliers)
    times = _whole(factors.values())
    factors = {column: factor * times for column, factor in factors.items()}
    over = {column: factor for column, factor in factors.items() if factor > 0}
    under = {column: factor for column, factor in factors.items() if factor < 0}
    high = most(system, spans, over)
    low = most(system, spans, under)
    assert high is not None
    assert low is not None
    bounds = constant * times - low.value, high.value
    low_shown, high_shown = _apart(*bounds)
    values = {
        "where": name_of(system.columns[min(refutation.columns)].key, names),
        "larger": _terms(system, {column: -factor for column, factor in under.items()}, constant * times),
        "low": low_shown,
        "smaller": _terms(system, over, Fraction(0)),
        "high": high_shown,
    }
    return Proof(Message("proof.bounds", values), *bounds)


def _parts(system: System, refutation: Refutation) -> list[dict[int, Fraction]]:
    """Take the rows apart that share no cell but the rate."""
    groups = connected(
        [
            ("row", row),
            *(("column", column) for column in system.rows[row].factors if column not in system.pairs),
        ]
        for row in refutation.multipliers
    )
    return [{row: refutation.multipliers[row] for kind, row in group if kind == "row"} for group in groups]


def _side(system: System, spans: Spans, multipliers: Mapping[int, Fraction], rate: int) -> _Side | None:
    """Read a bound on the rate off some rows: 0 is at most T + w x rate."""
    factors, constant = combined(system, multipliers)
    euros = {c: f for c, f in factors.items() if system.columns[c].rate is None and c != rate}
    ftes = {c: f for c, f in factors.items() if system.columns[c].rate is not None}
    fixed = most(system, spans, euros)
    per_rate = factors.get(rate, Fraction(0))
    for column, factor in ftes.items():
        end = spans[column].high if factor > 0 else spans[column].low
        if end is None:
            return None
        per_rate += factor * end
    if fixed is None or not per_rate or not ftes:
        return None
    times = _whole((*euros.values(), *ftes.values()))
    sign = times if sum(f * _value(system, c) for c, f in ftes.items()) < 0 else -times
    return _Side(
        {column: factor * sign for column, factor in euros.items()},
        {column: -factor * sign for column, factor in ftes.items()},
        (constant - fixed.value) / per_rate,
        is_low=per_rate > 0,
    )


def _about_rate(
    system: System, spans: Spans, sides: Sequence[_Side], rate: int, names: Names
) -> Proof | None:
    lows = [side for side in sides if side.is_low]
    highs = [side for side in sides if not side.is_low]
    if len(lows) == len(highs) == 1:
        bounds = lows[0].bound, highs[0].bound
        shown = _apart(*bounds)
        values = {
            "where": _where(system, lows[0], names),
            "quotient": _quotient(system, lows[0]),
            "low": shown[0],
            "elsewhere": _where(system, highs[0], names),
            "other": _quotient(system, highs[0]),
            "high": shown[1],
        }
        return Proof(Message("proof.rate", values), *bounds)
    if len(sides) != 1:
        return None
    [side] = sides
    stated = spans[rate].high if side.is_low else spans[rate].low
    if stated is None:
        return None
    low, high = (side.bound, stated) if side.is_low else (stated, side.bound)
    shown = _apart(low, high)
    values = {
        "where": _where(system, side, names),
        "quotient": _quotient(system, side),
        "rate": name_of(system.columns[rate].key, names),
        "bound": shown[0] if side.is_low else shown[1],
        "stated": shown[1] if side.is_low else shown[0],
    }
    return Proof(Message(f"proof.rate_stated.{'low' if side.is_low else 'high'}", values), low, high)


def _value(system: System, column: int) -> Fraction:
    figure = system.columns[column].figure
    return Fraction(0) if figure is None else Fraction(figure.value)


def _together(system: System, refutation: Refutation, names: Names) -> Proof:
    keys = [system.columns[column].key for column in sorted(refutation.columns)]
    return Proof(
        Message(
            "proof.together", {"cells": ", ".join(name_of(key, names) for key in keys if key is not None)}
        )
    )


def _where(system: System, side: _Side, names: Names) -> str:
    return name_of(system.columns[next(iter(side.ftes))].key, names)


def _quotient(system: System, side: _Side) -> Message:
    def bracketed(terms: Mapping[int, Fraction]) -> object:
        written = _terms(system, terms, Fraction(0))
        return written if len(terms) == 1 else Message("proof.brackets", {"terms": written})

    return Message("proof.quotient", {"over": bracketed(side.euros), "under": bracketed(side.ftes)})


def _terms(system: System, factors: Mapping[int, Fraction], constant: Fraction) -> object:
    """Write a sum of figures in the order of the columns, what is taken off last."""
    written: list[tuple[bool, object]] = []
    for column in sorted(factors, key=lambda column: (factors[column] < 0, column)):
        figure = system.columns[column].figure
        if figure is not None:
            size = abs(factors[column])
            term: object = (
                figure.value
                if size == 1
                else Message("proof.times", {"times": _decimal(size), "figure": figure.value})
            )
            written.append((factors[column] < 0, term))
    if constant:
        written.append((constant < 0, _decimal(abs(constant))))
    if len(written) > _MOST_TERMS:
        left = len(written) - _MOST_TERMS + 1
        written = [*written[: _MOST_TERMS - 1], (False, Message("proof.more_terms", {"count": left}))]
    if not written:
        return Decimal(0)
    negative, text = written[0]
    text = Message("proof.minus", {"left": "", "right": text}) if negative else text
    for negative, term in written[1:]:
        text = Message("proof.minus" if negative else "proof.plus", {"left": text, "right": term})
    return text


def _whole(factors: Iterable[Fraction]) -> Fraction:
    """Find the multiple that makes factors whole numbers without a common divisor."""
    known = list(factors)
    denominator = lcm(*(factor.denominator for factor in known))
    return Fraction(denominator, gcd(*(int(factor * denominator) for factor in known)))


def _apart(low: Fraction, high: Fraction) -> tuple[Decimal, Decimal]:
    """Write two bounds such that each is true and the first is still above the second."""
    decimals = _DECIMALS
    while True:
        scale = 10**decimals
        shown = (low * scale).__floor__(), (high * scale).__ceil__()
        if shown[0] > shown[1]:
            return _scaled(shown[0], decimals), _scaled(shown[1], decimals)
        decimals += 1


def _scaled(number: int, decimals: int) -> Decimal:
    written = Decimal(number).scaleb(-decimals, EXACT)
    return written if written % 1 else written.quantize(Decimal(1), context=EXACT)


def _decimal(number: Fraction) -> Decimal:
    """Write a factor; one without an end is cut at six decimals."""
    return _scaled((number * 10**6).__floor__(), 6).normalize(EXACT) + Decimal(0)
