"""Judge the sums of a pattern: all lanes that tie to the last digit at once, one with texts by itself.

Sums of figures that do not tie are judged by `whole_sums`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.sums import check_sum
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.arrays import lines
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.search.batches import batches, side_by_side
from hoka_excel.tables.search.layouts import Pattern

_LARGEST_SUM = 2.0**62
_NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Ties:
    """The lanes of a pattern in which the figures add up to the last digit.

    Attributes:
        places: the decimals of the table.
        lanes: these lanes, numbered in order.
        terms: by number the amount stated, the units of total and parts together, both in units of so many
            decimals, and the decimals of the total's own line.
    """

    places: int = 0
    lanes: Mapping[int, int] = field(default_factory=dict)
    terms: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 3), dtype=np.int64))

    def judgement(self, lane: int) -> Judgement:
        """State that the figures of a lane tie."""
        amount, slack, own_places = self.terms[self.lanes[lane]].tolist()
        stated = Decimal(amount // 10 ** (self.places - own_places)).scaleb(-own_places)
        return Judgement(Verdict.EXACT, stated, stated, _NIL, _tolerance(slack, self.places))


def exact_lanes(figures: Figures, patterns: Sequence[Pattern], *, by_column: bool) -> list[Ties]:
    """Find the lanes of each pattern in which the figures tie to the last digit, in whole units at once."""
    ties = [Ties()] * len(patterns)
    if figures.whole is not None:
        width = figures.value.shape[1 if by_column else 0]
        for batch in batches((len(pattern.parts) for pattern in patterns), width):
            found = _ties(figures, [patterns[index] for index in batch], by_column=by_column)
            for index, tying in zip(batch, found, strict=True):
                ties[index] = tying
    return ties


def _ties(figures: Figures, patterns: Sequence[Pattern], *, by_column: bool) -> Iterator[Ties]:
    """Find the lanes in which patterns of as many parts tie."""
    whole, room, unit = (
        array if by_column else array.T for array in (np.asarray(figures.whole), figures.room, figures.unit)
    )
    totals, parts = np.array([one.total for one in patterns]), side_by_side([one.parts for one in patterns])
    terms, stated = lines(whole, parts), lines(whole, totals)
    ties = terms.sum(axis=0) == stated
    if figures.largest * len(parts) >= _LARGEST_SUM:
        ties &= (np.abs(terms).sum(axis=0, dtype=np.float64) < _LARGEST_SUM).all(axis=1, keepdims=True)
    own = np.rint(-np.log10(unit[totals])).astype(np.int64)
    slack = lines(room, parts).sum(axis=0) + 10 ** (figures.places - own)
    pattern, lane = np.nonzero(ties)
    found = np.stack([array[pattern, lane] for array in (stated, slack, own)], axis=1)
    lanes, ends = lane.tolist(), np.cumsum(np.count_nonzero(ties, axis=1)).tolist()
    for first, past in pairwise([0, *ends]):
        numbered = dict(zip(lanes[first:past], range(past - first), strict=True))
        yield Ties(figures.places, numbered, found[first:past])


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
