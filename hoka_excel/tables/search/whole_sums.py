"""Judge sums of figures that do not tie to the last digit: many at once, in whole units.

Rounded totals of a large sheet are as many as its lines, and each rests on all digits of its parts. So the
verdicts are told in whole numbers; the amounts and bounds behind one are made when somebody reads them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain

import numpy as np

from hoka_excel.core.exact import EXACT
from hoka_excel.core.figures import Printed
from hoka_excel.core.intervals import Interval
from hoka_excel.core.verdicts import Judgement, Known, Verdict, judge
from hoka_excel.tables.arrays import Floats, Places
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import Spot
from hoka_excel.tables.search.cell_lines import Line

_TOGETHER = 1 << 15
"""About how many parts are looked at together, which stay in fast memory."""
_LARGEST = 2.0**53
_NONE = np.iinfo(np.int64).max
_STRAY, _NOISE = 1e-15, 1e-9
"""How far floats stray from what they stand for, as a share of it, and at least."""
_VERDICTS = (Verdict.EXACT, Verdict.ROUNDING, Verdict.DOUBLE_ROUNDING, Verdict.MISMATCH)


@dataclass(frozen=True, slots=True)
class WholeSum:
    """A sum in whole units.

    Attributes:
        verdict: whether the parts add up to the total.
        stated: the total.
        unit: its resolution.
        expected: what the parts add up to.
        room: their resolutions together.
        finest: the finest of these.
        places: the decimals of the units.
    """

    verdict: Verdict
    stated: int
    unit: int
    expected: int
    room: int
    finest: int
    places: int

    def judgement(self) -> Judgement:
        """Say what the verdict rests on."""
        stated = Printed(self._amount(self.stated, self.unit), self._amount(self.unit, self.unit))
        halves = 2 * 10**self.places
        given = Interval(
            Fraction(2 * self.expected - self.room, halves), Fraction(2 * self.expected + self.room, halves)
        )
        expected, finest = self._amount(self.expected, self.finest), self._amount(self.finest, self.finest)
        return judge(Known(stated, stated.interval), expected, given, finest)

    def _amount(self, units: int, resolution: int) -> Decimal:
        """Write so many units with the decimals of a resolution."""
        return Decimal(units // resolution).scaleb(len(str(resolution)) - 1 - self.places)


def whole_sums(figures: Figures, asked: Sequence[tuple[Spot, Line]]) -> list[WholeSum | None]:
    """Judge sums; None where a part is no figure, or figures are too large.

    Args:
        figures: the grid.
        asked: totals and the cells of their parts.
    """
    found: list[WholeSum | None] = [None] * len(asked)
    sizes = np.array([len(line) for _, line in asked], dtype=np.int64)
    filled = np.flatnonzero(sizes)
    if not len(filled):
        return found
    cuts = np.flatnonzero(np.diff(np.cumsum(sizes[filled]) // _TOGETHER)) + 1
    for some in np.split(filled, cuts):
        for index, one in zip(some.tolist(), _judged(figures, [asked[at] for at in some]), strict=True):
            found[index] = one
    return found


def _judged(figures: Figures, asked: Sequence[tuple[Spot, Line]]) -> Iterator[WholeSum | None]:
    """Judge sums of one part or more, each in units of the finest resolution that it meets."""
    totals, lines = zip(*asked, strict=True)
    sizes = [len(line) for line in lines]
    starts = np.cumsum([0, *sizes[:-1]])
    at, cells = tuple(np.array(totals).T), _cells(lines, sizes)
    unit, rooms = figures.room[at], figures.room[cells]
    finest = np.minimum.reduceat(np.where(rooms > 0, rooms, _NONE), starts)
    base = np.minimum(finest, np.where(unit > 0, unit, _NONE))
    is_readable = (unit > 0) & (finest < _NONE) & ~np.logical_or.reduceat(figures.text[cells], starts)
    unit, rooms, finest = unit // base, rooms // np.repeat(base, sizes), finest // base
    stated, terms = _amounts(figures, *at) * unit, _amounts(figures, *cells) * rooms
    tells = is_readable & (np.maximum(np.abs(stated), np.add.reduceat(np.abs(terms), starts)) < _LARGEST)
    stated[~tells], terms[np.repeat(~tells, sizes)] = 0, 0
    expected, room = np.add.reduceat(terms, starts).astype(np.int64), np.add.reduceat(rooms, starts)
    verdict = _verdicts(np.abs(stated.astype(np.int64) - expected), room, unit, finest)
    places = figures.places - np.rint(np.log10(base)).astype(np.int64)
    amounts = (stated.astype(np.int64), unit, expected, room, finest, places)
    told = (array.tolist() for array in (tells, verdict, *amounts))
    for tell, which, *terms_of_one in zip(*told, strict=True):
        yield WholeSum(_VERDICTS[which], *terms_of_one) if tell else None


def _verdicts(off: Places, room: Places, unit: Places, finest: Places) -> Places:
    """Decide as `judge` does, in whole numbers: which of `_VERDICTS` fits each sum."""
    rounded_twice = np.where(finest <= unit // 10, unit, 0)
    within = (off == 0, 2 * off <= room + unit, 20 * off <= 10 * (room + unit) + rounded_twice)
    return np.select(within, range(3), 3)


def _cells(lines: Sequence[Line], sizes: Sequence[int]) -> tuple[Places, Places]:
    """Give the rows and columns of all cells of lines, one line after the other."""
    place = np.fromiter(chain.from_iterable(line.places for line in lines), np.int64)
    lane = np.repeat([line.lane for line in lines], sizes)
    by_column = np.repeat([line.by_column for line in lines], sizes)
    return np.where(by_column, place, lane), np.where(by_column, lane, place)


def _amounts(figures: Figures, rows: Places, columns: Places) -> Floats:
    """Give figures as they are printed, in whole units of their own resolution; nil where there is none."""
    own = 10.0**figures.places / np.maximum(figures.room[rows, columns], 1)
    scaled = np.nan_to_num(figures.value[rows, columns]) * own
    nearest: Floats = np.rint(scaled)
    may_be_next = np.abs(scaled - nearest) > 0.5 - _NOISE - _STRAY * np.abs(scaled)
    for at in np.flatnonzero(may_be_next & (np.abs(nearest) < _LARGEST)).tolist():
        printed = figures.printed(rows[at], columns[at])
        if isinstance(printed, Printed):
            nearest[at] = int(EXACT.divide(printed.value, printed.unit))
    return nearest
