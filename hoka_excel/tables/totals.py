"""Find what adds up to what in any grid, without being told where its totals are.

>>> cells = [["Regel", "2023", "2024"], ["Docenten", 10, 25], ["Cursussen", 20, 40], ["Totaal", 30, 54]]
>>> for found in find_sums(cells):
...     print(found.total, found.parts, found.verdict)
(3, 1) [(1, 1), (2, 1)] exact
(3, 2) [(1, 2), (2, 2)] mismatch
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import numpy as np

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.sums import check_sum
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.acceptance import Pattern, Search, substituted
from hoka_excel.tables.evidence import Lanes, fit, grains, kind_of_place
from hoka_excel.tables.figures import Cells, Figures, Flags, decimals, read_figures, some
from hoka_excel.tables.labels import Label, column_label, row_label
from hoka_excel.tables.misfits import labelled_misfits
from hoka_excel.tables.passes import MOST_LABELLED, look, thinned
from hoka_excel.tables.patterns import Layout

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a sum was taken for one.

    Attributes:
        layout: how the parts lie around the total.
        bits: the evidence beyond what chance would give such a layout, over all parallel lines together.
        fitting: in how many parallel lines it holds.
        failing: in how many it does not.
    """

    layout: Layout
    bits: float
    fitting: int
    failing: int


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
_SMALL = 0.05
_LARGE = 0.5
"""How far off, relatively, a lane may be and still be about the same sum: without and with a total label."""
_LONGEST_PLACEHOLDER = 3
_LARGEST_SUM = 2.0**62


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
    figures = read_figures(grid, number_format)
    found = [*_sums_along(figures, by_column=True), *_sums_along(figures, by_column=False)]
    return sorted(found, key=lambda aggregation: (aggregation.total, aggregation.parts))


def _sums_along(figures: Figures, *, by_column: bool) -> Iterator[Aggregation]:
    """Find the sums within columns (parts are rows) or within rows (parts are columns)."""

    @cache
    def label(place: int) -> Label:
        return row_label(figures, place) if by_column else column_label(figures, place)

    lanes = _lanes(figures, by_column=by_column)
    informative = np.flatnonzero((lanes.value != 0).sum(axis=0) >= 3)
    if len(lanes.value) < 3 or not len(informative):
        return
    search = Search(lanes, label, thinned(informative, _MOST_SAMPLED))
    look(search)
    text = figures.text if by_column else figures.text.T
    patterns = [*substituted(search), *labelled_misfits(search)]
    for pattern, ground, chosen in _occurrences(search, patterns, text):
        ties = _exact_lanes(figures, pattern, by_column=by_column)
        for lane, parts in chosen:
            places = [(part, lane) if by_column else (lane, part) for part in parts]
            total = (pattern.total, lane) if by_column else (lane, pattern.total)
            judgement = ties.get(lane) or _judged(figures, total, places)
            yield Aggregation(total, places, judgement, ground)


def _exact_lanes(figures: Figures, pattern: Pattern, *, by_column: bool) -> dict[int, Judgement]:
    """Judge all lanes of a pattern in which the figures add up to the last digit, in whole units at once."""
    if figures.whole is None:
        return {}
    whole, unit = (figures.whole, figures.unit) if by_column else (figures.whole.T, figures.unit.T)
    parts = list(pattern.parts)
    if float(np.abs(whole[parts]).sum(axis=0, dtype=np.float64).max()) >= _LARGEST_SUM:
        return {}
    stated = whole[pattern.total]
    ties = np.flatnonzero(whole[parts].sum(axis=0) == stated)
    scale = 10**figures.places
    known = (figures.value if by_column else figures.value.T)[parts]
    room = np.rint(
        (np.where(np.isnan(known), 0.0, unit[parts]).sum(axis=0) + unit[pattern.total]) * scale
    ).astype(np.int64)
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
    tolerance = Decimal(5 * slack).scaleb(-places - 1).normalize() + 0
    return Judgement(Verdict.EXACT, stated, stated, Decimal(0), tolerance)


def _lanes(figures: Figures, *, by_column: bool) -> Lanes:
    turn: Callable[[np.ndarray], np.ndarray] = np.asarray if by_column else np.transpose
    raw = turn(figures.value)
    places = decimals(raw)
    known = ~np.isnan(raw)
    value = np.where(known, raw, 0.0)
    unit = np.ascontiguousarray(turn(figures.unit))
    height, width = figures.value.shape
    return Lanes(
        value,
        known,
        np.zeros_like(known) if by_column else turn(_words(figures)),
        unit,
        grains(value, unit),
        [kind_of_place(raw[place], places[place]) for place in range(len(raw))]
        if len(raw) <= MOST_LABELLED
        else [0] * len(raw),
        [(0, width)] if by_column else _spans(some(known, axis=0)) if height else [],
    )


def _words(figures: Figures) -> Flags:
    """Mark the texts that are longer than a placeholder such as "n/a" or "-"."""
    words = figures.text.copy()
    for row, column in np.argwhere(words).tolist():
        words[row, column] = len(str(figures.cells[row][column]).strip()) > _LONGEST_PLACEHOLDER
    return words


def _spans(filled: Flags) -> list[tuple[int, int]]:
    """Give the runs of filled rows: first, past the last."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    return [(int(first), int(past)) for first, past in steps.reshape(-1, 2)]


def _occurrences(
    search: Search, patterns: list[Pattern], text: Flags
) -> Iterator[tuple[Pattern, Ground, list[tuple[int, list[int]]]]]:
    """Spell out each pattern lane by lane (lane, parts), leaving out lanes that are about something else."""
    lanes = search.lanes
    fits = [fit(lanes, pattern.total, pattern.parts) for pattern in patterns]
    tried = np.zeros(lanes.value.shape[1])
    held = np.zeros(lanes.value.shape[1])
    for pattern, found in zip(patterns, fits, strict=True):
        here = _inside(pattern, len(tried))
        tried += here & ~found.blank & ~found.nil
        held += here & found.hit & ~found.nil
    for pattern, found in zip(patterns, fits, strict=True):
        parts = np.array(pattern.parts)
        stated, given = lanes.value[pattern.total], lanes.value[parts].sum(axis=0)
        here = _inside(pattern, len(tried)) & lanes.known[pattern.total] & ~(found.blank & (stated != 0))
        failing = here & ~found.hit & ~found.blank
        larger = np.maximum(np.abs(given), np.abs(stated))
        named = search.label(pattern.total).is_plain_total
        foreign = (
            (np.abs(given - stated) > (_LARGE if named else _SMALL) * larger)
            & (held < 0.5 * tried)
            & ~text[parts].any(axis=0)
        )
        ground = Ground(pattern.layout, pattern.bits, int((here & found.hit).sum()), int(failing.sum()))
        filled = lanes.known[parts] | text[parts]
        chosen = np.flatnonzero(here & ~(failing & foreign))
        yield (
            pattern,
            ground,
            [(lane, parts[filled[:, lane]].tolist()) for lane in chosen.tolist()],
        )


def _inside(pattern: Pattern, lanes: int) -> Flags:
    """Mark the lanes of a pattern's runs."""
    marked = np.zeros(lanes, dtype=bool)
    for first, last in pattern.runs:
        marked[first : last + 1] = True
    return marked


def _judged(figures: Figures, total: Place, places: list[Place]) -> Judgement:
    """Check one sum; a text among the parts counts as nil when the figures tie without it."""
    parts: list[Figure] = [figures.printed(*place) for place in places]
    stated = figures.printed(*total)
    readable = check_sum([part for part in parts if isinstance(part, Printed)], stated)
    if readable.verdict in (Verdict.EXACT, Verdict.ROUNDING):
        return readable
    return check_sum(parts, stated)
