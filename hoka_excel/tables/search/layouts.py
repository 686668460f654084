"""Which places add up to which: the layouts in which tables put their totals, proposed and accepted.

A layout carries what it must prove (bits of evidence beyond its cost, in a share of the lanes), because there
are far more pairs of lines in a table than runs next to a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np

from hoka_excel.tables.arrays import Flags, Places

Run = tuple[int, int]
"""First and last lane."""


class _Terms(NamedTuple):
    cost: float
    coverage: float
    consumes: bool
    exclusive: bool


class Layout(Enum):
    """How the parts lie around their total.

    `cost` is the evidence in bits that chance would give among all patterns of the layout; `coverage` the
    share of lanes that must fit; a layout that `consumes` closes its parts to higher totals, so that these
    add up subtotals; one that is `exclusive` may not take parts another total consumed.
    """

    OUTLINE = _Terms(4, 0.5, consumes=True, exclusive=True)
    ADJACENT = _Terms(6, 0.6, consumes=True, exclusive=True)
    SAME_KIND = _Terms(12, 0.6, consumes=True, exclusive=True)
    SAME_LABEL = _Terms(8, 0.6, consumes=False, exclusive=False)
    TOTALS = _Terms(9, 0.5, consumes=True, exclusive=True)
    STRIDE = _Terms(10, 0.7, consumes=True, exclusive=True)
    LABEL_RUN = _Terms(10, 0.7, consumes=False, exclusive=False)
    RUN = _Terms(12, 0.7, consumes=True, exclusive=True)
    EXCEPT_ONE = _Terms(15, 0.8, consumes=True, exclusive=False)
    NEAR = _Terms(18, 0.6, consumes=True, exclusive=True)
    NEAR_LABEL = _Terms(12.5, 0.6, consumes=False, exclusive=False)
    NESTED_RUN = _Terms(18.5, 0.75, consumes=False, exclusive=False)
    SOLVED = _Terms(16, 0.9, consumes=True, exclusive=False)
    PAIR = _Terms(20, 0.8, consumes=False, exclusive=False)
    BLOCK = _Terms(1, 0, consumes=True, exclusive=True)
    LABELLED = _Terms(0, 0, consumes=False, exclusive=False)

    @property
    def is_scattered(self) -> bool:
        """Whether the parts may be any lines, wherever they lie."""
        return self in (Layout.RUN, Layout.NESTED_RUN, Layout.PAIR)

    @property
    def is_apart(self) -> bool:
        """Whether the parts may lie far from their total, so that distance counts."""
        return self.is_scattered or self is Layout.LABEL_RUN

    @property
    def is_beside(self) -> bool:
        """Whether the parts end just before the total or start just after it, among the places in view."""
        return self in (
            Layout.OUTLINE,
            Layout.ADJACENT,
            Layout.SAME_KIND,
            Layout.SAME_LABEL,
            Layout.TOTALS,
            Layout.NEAR,
            Layout.NEAR_LABEL,
        )

    @property
    def is_near(self) -> bool:
        """Whether sums that do not fit within rounding count too."""
        return self in (Layout.NEAR, Layout.NEAR_LABEL)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pattern worth trying.

    Attributes:
        total: place of the total.
        parts: places of the parts, ascending.
        layout: how they lie.
        promise: roughly how well it does in the sampled lanes.
        repeats: places that a part repeats, being their subtotal; they are no parts themselves.
    """

    total: int
    parts: tuple[int, ...]
    layout: Layout
    promise: float = 0.0
    repeats: tuple[int, ...] = ()


def is_run(parts: Sequence[int]) -> bool:
    """Whether places follow one another without a gap."""
    first, last = parts[0], parts[-1]
    return len(parts) == last - first + 1 and tuple(parts) == (*range(first, last + 1),)


@dataclass(frozen=True, slots=True)
class View:
    """Some places, in order, with the places and lanes open to be parts.

    Attributes:
        places: the places seen.
        open: by place (of all) and lane, whether the figure may still be a part.
        sample: the lanes looked at.
        breaks: where among the places seen another group of them begins; no sum crosses from one to another.
    """

    places: Places
    open: Flags
    sample: Places
    breaks: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """An accepted pattern.

    Attributes:
        total: place of the total.
        parts: places of the parts, ascending.
        layout: how they lie.
        runs: the lanes in which it holds, first and last of each run.
        bits: the evidence beyond what the layout must prove.
        repeats: places that a part repeats, being their subtotal; they are no parts of another total either.
    """

    total: int
    parts: tuple[int, ...]
    layout: Layout
    runs: tuple[Run, ...]
    bits: float
    repeats: tuple[int, ...] = ()

    def meets(self, runs: Sequence[Run]) -> bool:
        """Whether it holds in some of the same lanes."""
        return any(a <= d and c <= b for a, b in self.runs for c, d in runs)

    @property
    def is_before_parts(self) -> bool:
        """Whether the total stands above or left of all its parts."""
        return self.total < self.parts[0]


def runs_of(lanes: Flags) -> tuple[Run, ...]:
    """Gather the marked lanes into runs."""
    steps = np.flatnonzero(np.diff(np.concatenate(([0], lanes.astype(np.int8), [0]))))
    return tuple((int(first), int(past) - 1) for first, past in steps.reshape(-1, 2))
