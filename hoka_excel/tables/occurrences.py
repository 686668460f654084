"""In which lanes an accepted pattern really states a sum, with which parts.

A pattern holds in runs of lanes. Between and beside them lie lanes about the same sum that prove nothing or
do not tie: nil totals, totals of parts that are texts, totals that are off. A controller must see those.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from hoka_excel.tables.acceptance import Search
from hoka_excel.tables.evidence import Fit, fit
from hoka_excel.tables.figures import Figures, Flags
from hoka_excel.tables.lanes import Lanes
from hoka_excel.tables.layouts import Layout, Pattern

_FOREIGN, _FOREIGN_NAMED = 0.05, 0.5
"""How far off, relatively, a lane of a run may be and be about the same sum: without, with a total label."""
_OUTSIDE, _OUTSIDE_NAMED = 0.005, 0.1
"""The same for a lane beside the runs."""


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


def occurrences(
    search: Search, patterns: list[Pattern], text: Flags
) -> Iterator[tuple[Pattern, Ground, list[tuple[int, list[int]]]]]:
    """Spell out each pattern lane by lane (lane, parts), leaving out lanes that are about something else."""
    lanes = search.lanes
    fits = [fit(lanes, pattern.total, pattern.parts) for pattern in patterns]
    unlike = _mostly_failing(patterns, fits)
    for pattern, found in zip(patterns, fits, strict=True):
        parts = np.array(pattern.parts)
        terms, stated = lanes.value[parts], lanes.value[pattern.total]
        given = terms.sum(axis=0)
        off, size = np.abs(stated - given), np.maximum(np.abs(stated), np.abs(given))
        is_named = search.label(pattern.total).is_plain_total
        inside = _inside(pattern, len(unlike))
        has_text = text[parts].any(axis=0)
        withheld = found.blank & (stated != 0) & ~(has_text & inside)
        if pattern.layout is Layout.LABELLED:
            withheld |= has_text  # what is not shown explains why the rest does not add up
        close = (off <= (_OUTSIDE_NAMED if is_named else _OUTSIDE) * size) & ((terms != 0).sum(axis=0) > 1)
        here = (inside | _beside(lanes, inside, found, close)) & lanes.known[pattern.total] & ~withheld
        failing = here & ~found.hit & ~found.blank
        foreign = failing & unlike & ~has_text & (off > (_FOREIGN_NAMED if is_named else _FOREIGN) * size)
        fitting = int(np.count_nonzero(here & found.hit))
        ground = Ground(pattern.layout, pattern.bits, fitting, int(np.count_nonzero(failing)))
        filled = lanes.known[parts] | text[parts]
        chosen, whole, everywhere = here & ~foreign, parts.tolist(), filled.all(axis=0).tolist()
        yield (
            pattern,
            ground,
            [
                (lane, whole if everywhere[lane] else parts[filled[:, lane]].tolist())
                for lane in np.flatnonzero(chosen).tolist()
            ],
        )


def all_dashes(figures: Figures, places: Iterable[tuple[int, int]]) -> bool:
    """Whether cells hold dashes and nothing else: a dash below dashes was never added up."""
    return all(
        figures.value[place] == 0
        and isinstance(written := figures.cells[place[0]][place[1]], str)
        and not any(sign.isdigit() for sign in written)
        for place in places
    )


def _mostly_failing(patterns: list[Pattern], fits: list[Fit]) -> Flags:
    """Mark the lanes in which fewer than half of the patterns hold: they are about something else."""
    lanes = len(fits[0].hit) if fits else 0
    tried, held = np.zeros(lanes), np.zeros(lanes)
    for pattern, found in zip(patterns, fits, strict=True):
        here = _inside(pattern, lanes) & ~found.nil
        tried += here & ~found.blank
        held += here & found.hit
    return np.asarray(held < 0.5 * tried)


def _beside(lanes: Lanes, inside: Flags, found: Fit, close: Flags) -> Flags:
    """Mark the lanes that are about the same sum: nil ones between the runs, close ones of the same table."""
    beside = found.nil.copy()
    beside[: int(inside.argmax())] = False
    beside[len(inside) - int(inside[::-1].argmax()) :] = False
    for first, past in lanes.spans:
        if inside[first:past].any():
            beside[first:past] |= close[first:past]
    return beside


def _inside(pattern: Pattern, lanes: int) -> Flags:
    """Mark the lanes of a pattern's runs."""
    marked = np.zeros(lanes, dtype=bool)
    for first, last in pattern.runs:
        marked[first : last + 1] = True
    return marked
