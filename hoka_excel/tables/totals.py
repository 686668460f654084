"""Find what adds up to what in any grid, without being told where its totals are.

>>> cells = [["Regel", "2023", "2024"], ["Docenten", 10, 25], ["Cursussen", 20, 40], ["Totaal", 30, 54]]
>>> for found in find_sums(cells):
...     print(found.total, found.parts, found.verdict)
(3, 1) [(1, 1), (2, 1)] exact
(3, 2) [(1, 2), (2, 2)] mismatch
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import repeat

import numpy as np

from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.acceptance import Search, substituted
from hoka_excel.tables.figures import Cells, Figures, read_figures, thinned
from hoka_excel.tables.labels import Label, column_label, row_label
from hoka_excel.tables.lane_verdicts import exact_lanes, judged
from hoka_excel.tables.lanes import lanes_along
from hoka_excel.tables.misfits import labelled_misfits
from hoka_excel.tables.occurrences import Ground, occurrences
from hoka_excel.tables.passes import look

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Aggregation:
    """A total with its parts, and whether they tie.

    Attributes:
        total: place of the total, (row, column) from 0.
        parts: places of the parts that are not empty, in order; empty for the nil total of a blank range.
        judgement: stated against recomputed.
        ground: why it was taken for a total.
    """

    total: Place
    parts: list[Place]
    judgement: Judgement
    ground: Ground

    @property
    def verdict(self) -> Verdict:
        """Whether the parts add up to the total."""
        return self.judgement.verdict


_MOST_SAMPLED = 40


def find_sums(grid: Cells, number_format: str | None = None) -> list[Aggregation]:
    """Find the sums of a grid: rows and columns, nested, before or after their parts, differences too.

    A difference a - b = c is found as the sum a = b + c.

    Args:
        grid: rows of cells: text, int, float, Decimal, bool, date or None.
        number_format: how texts write numbers: the sign that groups thousands (Comma, Space, None) and the
            sign before the decimals (Point, Comma), such as "Space Comma"; None reads it off each column.

    Returns:
        One aggregation per total and set of parts, by row and column of the total. A total that does not fit
        is among them, with verdict mismatch, when the lines beside it show what it should be the sum of.
    """
    return sums_among(read_figures(grid, number_format))


def sums_among(figures: Figures) -> list[Aggregation]:
    """Find the sums of a grid that has been read."""
    found = [*_sums_along(figures, by_column=True), *_sums_along(figures, by_column=False)]
    return sorted(found, key=lambda aggregation: (aggregation.total, aggregation.parts))


def _sums_along(figures: Figures, *, by_column: bool) -> Iterator[Aggregation]:
    """Find the sums within columns (parts are rows) or within rows (parts are columns)."""

    @cache
    def label(place: int) -> Label:
        return row_label(figures, place) if by_column else column_label(figures, place)

    lanes = lanes_along(figures, by_column=by_column)
    informative = np.flatnonzero((lanes.value != 0).sum(axis=0) >= 3)
    if len(lanes.value) < 3 or not len(informative):
        return
    search = Search(lanes, label, thinned(informative, _MOST_SAMPLED))
    look(search)
    text = figures.text if by_column else figures.text.T
    patterns = [*substituted(search), *labelled_misfits(search)]
    for pattern, ground, chosen in occurrences(search, patterns, text):
        ties = exact_lanes(figures, pattern, by_column=by_column)
        for lane, parts in chosen:
            places = list(zip(parts, repeat(lane)) if by_column else zip(repeat(lane), parts))
            total = (pattern.total, lane) if by_column else (lane, pattern.total)
            judgement = ties.get(lane) or judged(figures, total, places)
            yield Aggregation(total, places, judgement, ground)
