"""Judge the sums of a pattern: all lanes that tie to the last digit at once, the others one by one."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

import numpy as np

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.sums import check_sum
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.layouts import Pattern, is_run

_LARGEST_SUM = 2.0**62
_NIL = Decimal(0)


def exact_lanes(figures: Figures, pattern: Pattern, *, by_column: bool) -> dict[int, Judgement]:
    """Judge all lanes of a pattern in which the figures add up to the last digit, in whole units at once."""
    if figures.whole is None:
        return {}
    whole, unit = (figures.whole, figures.unit) if by_column else (figures.whole.T, figures.unit.T)
    parts = slice(pattern.parts[0], pattern.parts[-1] + 1) if is_run(pattern.parts) else list(pattern.parts)
    may_be_large = figures.largest * len(pattern.parts) >= _LARGEST_SUM
    if may_be_large and float(np.abs(whole[parts]).sum(axis=0, dtype=np.float64).max()) >= _LARGEST_SUM:
        return {}
    stated = whole[pattern.total]
    ties = np.flatnonzero(whole[parts].sum(axis=0) == stated)
    scale = 10**figures.places
    known = ~np.isnan((figures.value if by_column else figures.value.T)[parts])
    units = (unit[parts] * known).sum(axis=0) + unit[pattern.total]
    room = np.rint(units * scale).astype(np.int64)
    own = np.rint(-np.log10(unit[pattern.total])).astype(np.int64)
    return {
        lane: _exact(amount, slack, figures.places, places)
        for lane, amount, slack, places in zip(
            ties.tolist(), stated[ties].tolist(), room[ties].tolist(), own[ties].tolist(), strict=True
        )
    }


def _exact(amount: int, slack: int, places: int, own_places: int) -> Judgement:
    """State that figures tie: amounts in units of `places` decimals, shown with `own_places`."""
    stated = Decimal(amount // 10 ** (places - own_places)).scaleb(-own_places)
    return Judgement(Verdict.EXACT, stated, stated, _NIL, _tolerance(slack, places))


@lru_cache(maxsize=1 << 12)
def _tolerance(slack: int, places: int) -> Decimal:
    """Give half of a sum of units, which is in units of `places` decimals."""
    return Decimal(5 * slack).scaleb(-places - 1).normalize() + 0


def judged(figures: Figures, total: tuple[int, int], places: Sequence[tuple[int, int]]) -> Judgement:
    """Check one sum; a text among the parts counts as nil when the figures tie without it."""
    parts: list[Figure] = [figures.printed(*place) for place in places]
    stated = figures.printed(*total)
    readable = check_sum([part for part in parts if isinstance(part, Printed)], stated)
    if readable.verdict in (Verdict.EXACT, Verdict.ROUNDING):
        return readable
    return check_sum(parts, stated)
