"""Contradictions that show at once: an equation that fails by itself, pairs that disagree on their rate."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from hoka_excel.core.localising.certificates import Refutation, Spans, refute
from hoka_excel.core.localising.constraints import System
from hoka_excel.core.relations import Rate


def violated_rows(system: System, spans: Spans) -> Iterator[Refutation]:
    """Find the equations that fail by themselves."""
    for number in range(len(system.rows)):
        for sign in (1, -1):
            if found := refute(system, spans, {number: Fraction(sign)}):
                yield found


class _RateBound(NamedTuple):
    """A row that ties EUR to FTE by a rate, and what both leave open."""

    row: int
    least: Fraction
    most: Fraction
    fewest: Fraction
    greatest: Fraction


def violated_rates(system: System, spans: Spans) -> Iterator[Refutation]:
    """Find the pairs of EUR and FTE above zero that ask too much and too little of their rate.

    Each is held against the pair that asks for the lowest rate and the one that asks for the highest.
    """
    for bounds in _rate_bounds(system, spans):
        highest = max(bounds, key=lambda bound: bound.least / bound.greatest)
        lowest = min(bounds, key=lambda bound: bound.most / bound.fewest)
        for low, high in (
            *((bound, lowest) for bound in bounds),
            *((highest, bound) for bound in bounds),
        ):
            if found := refute(system, spans, {low.row: -1 / low.greatest, high.row: 1 / high.fewest}):
                yield found


def _rate_bounds(system: System, spans: Spans) -> list[list[_RateBound]]:
    """Gather the pairs above zero by their rate."""
    by_rate: defaultdict[int, list[_RateBound]] = defaultdict(list)
    for number, row in enumerate(system.rows):
        fte = next((c for c in row.factors if system.columns[c].rate is not None), None)
        if fte is None or not isinstance(row.relation, Rate):
            continue
        [euro] = row.factors.keys() - {fte}
        (least, most), (fewest, greatest) = spans[euro], spans[fte]
        rate = system.columns[fte].rate
        if least and most and fewest and greatest and rate is not None and least > 0 and fewest > 0:
            by_rate[rate].append(_RateBound(number, least, most, fewest, greatest))
    return list(by_rate.values())
