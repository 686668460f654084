"""What the lanes of a table say of proposed patterns: how sure they are, and where they hold or fail."""

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np

from hoka_excel.tables.arrays import Flags, Floats, Places, some
from hoka_excel.tables.search.batches import batches
from hoka_excel.tables.search.evidence import best_runs, fit, fit_together, sampled_bits, stacked
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, Run

_MANY_LANES = 400
"""Lanes above which patterns are tried in the sampled ones first."""


class Tally(NamedTuple):
    """What all lanes together say of one pattern.

    Attributes:
        bits: the evidence in the runs.
        runs: the lanes in which it holds; none where it does not hold.
        missed: the share of the telling lanes within the runs in which it fails.
        fails: whether it fails in any lane, outside the runs too.
    """

    bits: float = 0.0
    runs: tuple[Run, ...] = ()
    missed: float = 0.0
    fails: bool = False


def tallies(lanes: Lanes, candidates: Sequence[Candidate], sample: Places, alive: Flags) -> list[Tally]:
    """Weigh patterns.

    Args:
        lanes: the table.
        candidates: the patterns, weighed as if each stood alone.
        sample: the lanes that a pattern is tried in first, where there are many.
        alive: the lanes in which some pattern is known to tie; where there is but one table, a pattern
            need not hold in the others.
    """
    if not candidates:
        return []
    told = [Tally()] * len(candidates)
    width = lanes.value.shape[1]
    likely: list[int] = []
    for near in (False, True):
        alike = [index for index, one in enumerate(candidates) if one.layout.is_near is near]
        forms = [(candidates[index].total, candidates[index].parts) for index in alike]
        if width > _MANY_LANES:
            does_well = sampled_bits(lanes, forms, sample, near=near) > 0
            alike, forms = list(compress(alike, does_well)), list(compress(forms, does_well))
        fit_together(lanes, forms, near=near)
        likely += alike
    for batch in batches((1 for _ in likely), width):
        tried = [likely[index] for index in batch]
        for index, tally in zip(tried, _tallied(lanes, [candidates[i] for i in tried], alive), strict=True):
            told[index] = tally
    return told


def _tallied(lanes: Lanes, candidates: Sequence[Candidate], alive: Flags) -> Iterator[Tally]:
    """Weigh patterns in every lane, span by span."""
    found = stacked([fit(lanes, one.total, one.parts, near=one.layout.is_near) for one in candidates])
    bits = found.bits
    is_one_table = list(lanes.spans) == [(0, lanes.value.shape[1])]
    fails = bits < 0
    speaks_against = fails & alive if is_one_table and alive.any() else fails
    goes_on = (found.nil | found.hit) & ~found.blank
    coverage = np.array([one.layout.value.coverage for one in candidates])
    is_lenient = np.array([is_one_table and one.layout is Layout.ADJACENT for one in candidates])
    gains, won_lanes, lost_lanes = (np.zeros(len(candidates), dtype) for dtype in (float, int, int))
    runs: list[list[Run]] = [[] for _ in candidates]
    for first, past in lanes.spans:
        span = slice(first, past)
        won = np.count_nonzero(bits[:, span] > 0, axis=1)
        lost = np.count_nonzero(speaks_against[:, span], axis=1)
        needed = np.where(is_lenient & (won > 1), coverage / 2, coverage)
        tried = np.flatnonzero((won > 0) & (won >= needed * (won + lost)))
        if not len(tried):
            continue
        low, high = best_runs(found.full[tried, span])
        gain = _sums_of_runs(bits[tried, span], low, high)
        holds = gain > 0
        tried, low, high = tried[holds], low[holds], high[holds]
        within = _marked(low, high, past - first)
        gains[tried] += gain[holds]
        won_lanes[tried] += np.count_nonzero(within & (bits[tried, span] > 0), axis=1)
        lost_lanes[tried] += np.count_nonzero(within & fails[tried, span], axis=1)
        low, high = _widened(low, high, goes_on[tried, span])
        for index, one, other in zip(tried.tolist(), low.tolist(), high.tolist(), strict=True):
            runs[index].append((first + one, first + other))
    missed = lost_lanes / np.maximum(1, won_lanes + lost_lanes)
    return map(Tally, gains.tolist(), map(tuple, runs), missed.tolist(), some(fails, axis=1).tolist())


def _sums_of_runs(bits: Floats, first: Places, last: Places) -> Floats:
    """Add up the bits of each pattern from its first lane to its last."""
    sums = np.zeros(len(bits))
    for low, high in set(zip(first.tolist(), last.tolist(), strict=True)):
        alike = (first == low) & (last == high)
        sums[alike] = bits[alike, low : high + 1].sum(axis=1)
    return sums


def _marked(first: Places, last: Places, lanes: int) -> Flags:
    """Mark the lanes of each pattern from its first to its last."""
    lane = np.arange(lanes)
    return np.asarray((lane >= first[:, np.newaxis]) & (lane <= last[:, np.newaxis]))


def _widened(first: Places, last: Places, goes_on: Flags) -> tuple[Places, Places]:
    """Stretch runs over the lanes at their ends that are nil or agree without proving anything."""
    lanes = goes_on.shape[1]
    lane = np.arange(lanes)
    before = np.where(~goes_on & (lane < first[:, np.newaxis]), lane, -1).max(axis=1)
    after = np.where(~goes_on & (lane > last[:, np.newaxis]), lane, lanes).min(axis=1)
    return before + 1, after - 1
