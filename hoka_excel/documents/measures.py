"""What the figures of a table count, read off its title and headings: EUR or FTE, and the scale.

>>> measure_of("Main points of operations (in €1,000)")
Measure(unit=<Unit.EUR: 'EUR'>, scale=Decimal('1000'))
>>> measure_of("Staat van Baten en Lasten (M€)").scale
Decimal('1000000')
"""

import re
from decimal import Decimal

from hoka_excel.core.plan import Unit
from hoka_excel.documents.document import Measure

_EUROS = re.compile(r"€|\bEUR\b|\beuro'?s?\b", re.IGNORECASE)
_FTES = re.compile(r"\bfte'?s?\b", re.IGNORECASE)
_RATE = re.compile(r"\(?\b1\s*FTE\s*=[^)]*\)?", re.IGNORECASE)
_THOUSANDS = re.compile(
    r"[x×]\s*(?:€\s*)?1[.,]000|(?:€|EUR)\s*1[.,]000\b|\bK€|€\s*K\b|\bk\s?(?:euro|EUR)"
    r"|\b(?:in\s+)?(?:duizend(?:en)?|thousands?)\b",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"\bM€|€\s*M\b|\bM(?:EUR|euro)\b|\b(?:mln|miljoen(?:en)?|millions?)\b|[x×]\s*(?:€\s*)?1[.,]000[.,]000",
    re.IGNORECASE,
)


def measure_of(text: str) -> Measure:
    """Read the unit and scale off a title or heading; unknown where it names neither or both units."""
    text = _RATE.sub("", text)
    is_money, is_size = bool(_EUROS.search(text)), bool(_FTES.search(text))
    unit = None if is_money == is_size else Unit.EUR if is_money else Unit.FTE
    if unit is Unit.FTE or not is_money:
        return Measure(unit)
    if _MILLIONS.search(text):
        return Measure(unit, Decimal(1_000_000))
    return Measure(unit, Decimal(1000) if _THOUSANDS.search(text) else Decimal(1))


def first_measure(*texts: str) -> Measure:
    """Read the first of `texts` that names a unit."""
    found = (measure_of(text) for text in texts)
    return next((measure for measure in found if measure.unit), Measure())
