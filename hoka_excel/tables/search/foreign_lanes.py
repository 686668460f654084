"""Lanes beside the sums of a table that are no lines of it: averages, changes in per cent, headings of years.

Averages of the parts add up to the average of the total, and small percentages or years and a text may agree
too; nobody means that as a sum.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from string import ascii_letters

import numpy as np

from hoka_excel.tables.arrays import Flags
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.labels import FIRST_YEAR, LAST_YEAR, column_label, row_label
from hoka_excel.tables.search.occurrences import Occurrence

_SUMMARY = re.compile(
    r"[\W\d_]*(?:average|avg|mean|gemiddelde?n?|median|mediaan|std|stdev|standaardafwijking|max(?:imum|imaal)?|min(?:imum|imaal)?)\b",
    re.IGNORECASE,
)
_OTHER_LETTERS = frozenset(ascii_letters) - set("AGMSagms")
"""With which no such name begins; most labels are told apart faster."""


def foreign_lanes(figures: Figures, *, by_column: bool) -> Flags:
    """Mark the lanes that are no amounts: columns of changes in per cent; rows of averages, and headings.

    Args:
        figures: the table.
        by_column: whether lanes are columns; else rows.
    """
    if by_column:
        return np.array(
            [column_label(figures, column).is_relative_change for column in range(figures.value.shape[1])],
            dtype=bool,
        )
    foreign = _headings(figures)
    for row, _, _ in figures.texts(_summaries):
        foreign[row] |= bool(_summaries([row_label(figures, row).written]))
    return foreign


def _summaries(words: Iterable[str]) -> frozenset[str]:
    """Choose the words that name the average of the rows above, or the largest or smallest of them."""
    return frozenset(word for word in words if word[:1] not in _OTHER_LETTERS and _SUMMARY.match(word))


def _headings(figures: Figures) -> Flags:
    """Mark the rows of years and words: two years or more, no other figure, and words beside the first."""
    worded = np.flatnonzero(np.count_nonzero(figures.text, axis=1) > 1)
    value = figures.value[worded]
    known = ~np.isnan(value)
    year = (value >= FIRST_YEAR) & (value <= LAST_YEAR) & (value == np.rint(value))
    is_heading = np.zeros(len(figures.value), dtype=bool)
    is_heading[worded] = (known == year).all(axis=1) & (year.sum(axis=1) > 1)
    return is_heading


def without_foreign(foreign: Flags, occurrence: Occurrence) -> Occurrence:
    """Leave out the foreign lanes of a pattern, unless they are most of its lanes."""
    kept = [lane for lane in occurrence.lanes if not foreign[lane]]
    are_some = len(occurrence.lanes) > len(kept) >= len(occurrence.lanes) / 2
    return replace(occurrence, lanes=kept) if are_some else occurrence
