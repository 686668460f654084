"""Lines that say they are totals and for which no sum was found, each with the reason."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import chain

import numpy as np

from hoka_excel.core.messages import Message
from hoka_excel.tables.arrays import some
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import Grid, Spot
from hoka_excel.tables.labels import Label, column_label, row_label, total_names

_MOST_LISTED = 5


class Why(StrEnum):
    """Why no sum was found for a total; the catalogue holds the words."""

    NIL = "nil"
    FORMULA = "formula"
    ALONE = "alone"
    UNLIKE = "unlike"


def unfound_totals(grid: Grid, figures: Figures, totals: Iterable[Spot]) -> Iterator[Message]:
    """Tell of every line labelled as a total which of its figures no sum was found for, and why.

    Args:
        grid: the sheet.
        figures: its figures.
        totals: the places of the totals found on it.

    Yields:
        A text per line and reason: the rows from above, then the columns from the left.
    """
    words = [(row, column) for row, column, _ in figures.texts(total_names)]
    if not words:
        return
    missed = ~np.isnan(figures.value)
    found = np.fromiter(chain.from_iterable(totals), np.int64).reshape(-1, 2)
    missed[found[:, 0], found[:, 1]] = False
    rows, columns = (np.unique(places) for places in zip(*words, strict=True))
    for row in rows[some(missed[rows], axis=1)].tolist():
        label = row_label(figures, row)
        if label.is_plain_total:
            places = [(row, column) for column in np.flatnonzero(missed[row]).tolist()]
            yield from _told(grid, figures, label, places)
    for column in columns[some(missed[:, columns], axis=0)].tolist():
        label = column_label(figures, column)
        if label.is_plain_total:
            places = [(row, column) for row in np.flatnonzero(missed[:, column]).tolist()]
            yield from _told(grid, figures, label, places)


def untested(remarks: Iterable[Message]) -> tuple[Message, ...]:
    """Sum up for which lines that say they are totals nothing tells whether that is so, if there are any.

    Args:
        remarks: what is told of all lines without a sum.
    """
    unlike = Message(f"unfound.{Why.UNLIKE}")
    lines = [remark.values for remark in remarks if remark.values["reason"] == unlike]
    if not lines:
        return ()
    listed = tuple(Message("unfound.line", line) for line in lines[:_MOST_LISTED])
    rest = len(lines) - len(listed)
    more = (Message("listed.more", {"count": rest}),) if rest else ()
    return (Message("unfound.untested", {"lines": (*listed, *more)}),)


def _told(grid: Grid, figures: Figures, label: Label, places: Sequence[Spot]) -> Iterator[Message]:
    reasons: dict[Why, list[Spot]] = {}
    for place in places:
        reasons.setdefault(_why(grid, figures, place), []).append(place)
    for reason, missed in reasons.items():
        listed = ", ".join(str(grid.place(place)) for place in missed[:_MOST_LISTED])
        rest = " …" if len(missed) > _MOST_LISTED else ""
        values = {"label": label.written, "count": len(missed), "places": listed + rest}
        yield Message("unfound.total", {**values, "reason": Message(f"unfound.{reason}")})


def _why(grid: Grid, figures: Figures, place: Spot) -> Why:
    row, column = place
    if place in grid.formulas:
        return Why.FORMULA
    if figures.value[row, column] == 0:
        return Why.NIL
    numbers = figures.column_numbers[column], np.count_nonzero(~np.isnan(figures.value[row]))
    return Why.ALONE if max(numbers) < 3 else Why.UNLIKE
