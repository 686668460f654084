"""Find what adds up to what in any grid, without being told where its totals are.

>>> cells = [["Regel", "2023", "2024"], ["Docenten", 10, 25], ["Cursussen", 20, 40], ["Totaal", 30, 54]]
>>> for found in find_sums(cells):
...     print(found.total, found.parts, found.verdict)
(3, 1) [(1, 1), (2, 1)] exact
(3, 2) [(1, 2), (2, 2)] mismatch
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache, partial

import numpy as np

from hoka_excel.tables.arrays import thinned
from hoka_excel.tables.figures import Figures, read_figures
from hoka_excel.tables.grid import Cells
from hoka_excel.tables.labels import Label, column_heading, column_label, row_label, row_labels
from hoka_excel.tables.search.aggregations import Aggregation, Aggregations, ParallelSums, parallel_sums
from hoka_excel.tables.search.foreign_lanes import foreign_lanes, without_foreign
from hoka_excel.tables.search.lane_verdicts import exact_lanes
from hoka_excel.tables.search.lanes import MOST_LABELLED, lanes_along
from hoka_excel.tables.search.misfits import misfits
from hoka_excel.tables.search.occurrences import occurrences
from hoka_excel.tables.search.passes import search_through
from hoka_excel.tables.search.readings import as_one_tree, exact_first, independent
from hoka_excel.tables.search.substitution import substituted

_MOST_SAMPLED = 40
_LARGE = 1 << 17
"""From so many cells on a second thread pays: numpy works long at a time, and lets the other one go on."""


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
    return list(sums_among(read_figures(grid, number_format)))


def sums_among(figures: Figures) -> Aggregations:
    """Find the sums of a grid that has been read; those of a large one in both directions side by side."""
    figures = replace(figures)  # what the search makes of them goes with it
    if figures.value.size < _LARGE:
        return Aggregations([*_sums_along(figures, by_column=True), *_sums_along(figures, by_column=False)])
    with ThreadPoolExecutor(1) as beside:
        in_rows = beside.submit(lambda: list(_sums_along(figures, by_column=False)))
        in_columns = list(_sums_along(figures, by_column=True))
        return Aggregations([*in_columns, *in_rows.result()])


def _sums_along(figures: Figures, *, by_column: bool) -> Iterator[ParallelSums]:
    """Find the sums within columns (parts are rows) or within rows (parts are columns)."""
    lanes = lanes_along(figures, by_column=by_column)
    informative = np.flatnonzero((lanes.value != 0).sum(axis=0) >= 3)
    if len(lanes.value) < 3 or not len(informative):
        return
    labels = _labels(figures, by_column=by_column)
    search = search_through(lanes, labels, thinned(informative, _MOST_SAMPLED))
    patterns = independent(search, as_one_tree(search, exact_first(search, substituted(search))))
    patterns += misfits(search)
    if not patterns:
        return
    foreign = foreign_lanes(figures, by_column=by_column)
    ties = exact_lanes(figures, patterns, by_column=by_column)
    headings = _headings(figures, lanes.value.shape[1], by_column=by_column)
    told = [without_foreign(foreign, one) for one in occurrences(search, patterns, headings)]
    yield from parallel_sums(figures, told, ties)


def _labels(figures: Figures, *, by_column: bool) -> Callable[[int], Label]:
    """Give the words beside each place; of a long table those that are asked for."""
    if not by_column:
        return cache(partial(column_label, figures))
    if len(figures.value) > MOST_LABELLED:
        return cache(partial(row_label, figures))
    return row_labels(figures).__getitem__


def _headings(figures: Figures, lanes: int, *, by_column: bool) -> list[str]:
    """Give the words or the year at each lane; none of many lanes."""
    if lanes > MOST_LABELLED:
        return [""] * lanes
    if by_column:
        return [column_heading(figures, lane) for lane in range(lanes)]
    return [row_label(figures, lane).written for lane in range(lanes)]
