"""How sure it is that one line of a table is the sum of others, in bits.

A *pattern* says which places add up to which place, the same in all parallel lanes of a table: rows within
every column, or columns within every row. A lane in which it holds is worth the bits a chance hit would cost
(the size of the figures over the room that rounding leaves); a lane in which it fails costs a few bits. Lanes
that only repeat the proportions of another tell nothing new. Small integers, zeros, years and percentages
weigh little by themselves; a pattern that holds in all columns is certain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from hoka_excel.tables.arrays import Flags, Floats, Places, lines, some
from hoka_excel.tables.grains import grains
from hoka_excel.tables.search.batches import batches, side_by_side
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import is_run

MOST_BITS = 10.0
"""What one lane can add: lanes of one table are not independent."""
_MISS = 4.0
"""What a lane costs in which the pattern fails; about one real total in sixteen does not fit."""
_COPY = 0.3
"""What a lane is worth in which only one part is not nil: a copy is no sum."""
_REPEATED = 0.02
"""What is left of a lane with the same proportions as another."""
_ROUNDING_LOSS = 1.5
_NEAR_LOSS = 2.5
_LIKELY_ROUNDING = 3.5 / 12**0.5
"""How far rounding drives a sum off, per root of the sum of squared units: 3.5 times the standard deviation
of rounding errors, which mostly cancel."""
_SAME, _NOISE = 1e-6, 1e-9
"""What sums that tie may be off, as a share of the grain and of the size: so far floats stray."""
_MOST_REMEMBERED = 1_000_000
"""The lanes of all patterns together whose outcome is kept for when it is asked for again."""
_NEAR = 0.01
"""The relative difference up to which a sum that does not fit still counts as one, where asked."""


Form = tuple[int, tuple[int, ...]]
"""The total of a pattern and its parts."""


class Fit(NamedTuple):
    """How one pattern fares in every lane; or several, as arrays of patterns by lanes.

    Attributes:
        bits: above zero where it holds, below where it fails, 0 where the lane tells nothing.
        full: the same, before repeated proportions are discounted.
        hit: where it holds within rounding.
        blank: where the total or every part is missing.
        nil: where the total and all parts are nil.
    """

    bits: Floats
    full: Floats
    hit: Flags
    blank: Flags
    nil: Flags


def stacked(fits: Sequence[Fit]) -> Fit:
    """Put how patterns fare into arrays of patterns by lanes."""
    return Fit(*map(np.array, zip(*fits, strict=True)))


@dataclass(frozen=True, slots=True)
class Sums:
    """The terms of many sums at once, by lane: totals against what their parts give.

    Attributes:
        total: what is stated.
        given: what the parts add up to.
        room: the units of total and parts together; half of it is the most that rounding can explain.
        squares: the squares of those units together.
        grain: the coarsest grain that all share.
        terms: how many parts are not nil.
        largest: the largest part.
    """

    total: Floats
    given: Floats
    room: Floats
    squares: Floats
    grain: Floats
    terms: NDArray[np.int64] | Floats
    largest: Floats


def weigh(sums: Sums, applies: Flags, *, near: bool = False) -> tuple[Floats, Flags, Flags]:
    """Give the bits, hits and nil lanes of many sums at once."""
    off = np.abs(sums.total - sums.given)
    size = np.maximum(np.abs(sums.total), sums.largest)
    exact = off <= _SAME * sums.grain + _NOISE * size
    hit = off <= most_off(size, sums.grain, sums.room, sums.squares)
    room = np.where(exact, sums.grain, np.maximum(sums.grain, sums.room))
    counted = hit
    with np.errstate(divide="ignore", invalid="ignore"):
        bits = np.log2(np.maximum(size, 1e-300) / room)
        bits = _clipped(bits) - np.where(exact, 0, _ROUNDING_LOSS)
        if near:
            close = np.log2(np.maximum(size, 1e-300) / (2 * off + sums.room)) - _NEAR_LOSS - _ROUNDING_LOSS
            is_near = ~hit & (off <= _NEAR * size) & (close > 0)
            bits = np.where(is_near, close, bits)
            counted = hit | is_near
    bits = _clipped(bits)
    bits = np.where(sums.terms <= 1, np.minimum(bits, _COPY), bits)
    nil = (sums.total == 0) & (sums.terms == 0)
    return np.where(applies & ~nil, np.where(counted, bits, -_MISS), 0.0), hit, nil


def _clipped(bits: Floats) -> Floats:
    """Keep bits from nil to the most a lane can add; `numpy.clip` takes several times as long."""
    return np.asarray(np.minimum(np.maximum(bits, 0), MOST_BITS))


def most_off(size: Floats, grain: Floats, room: Floats, squares: Floats, *, near: bool = False) -> Floats:
    """Say how far sums can be off and still count; the terms are those of `Sums`, size that of its largest.

    Rounding errors of many parts cancel, they do not pile up.
    """
    rounding = np.minimum(room / 2, _LIKELY_ROUNDING * np.sqrt(squares))
    off = np.maximum(rounding, _SAME * grain) + _NOISE * size
    return np.maximum(off, _NEAR * size) if near else off


def fit(lanes: Lanes, total: int, parts: Sequence[int], *, near: bool = False) -> Fit:
    """Try one pattern in every lane."""
    key = (total, tuple(parts), near)
    found = lanes.fits.get(key)
    if found is None:
        in_a_run = lanes.value.flags.c_contiguous and is_run(parts)
        places = slice(parts[0], parts[-1] + 1) if in_a_run else np.asarray(parts)
        found = _weighed(lanes, total, places, near=near)
        if len(lanes.fits) * lanes.value.shape[1] < _MOST_REMEMBERED:
            lanes.fits[key] = found
    return found


def fit_together(lanes: Lanes, wanted: Sequence[Form], *, near: bool = False) -> None:
    """Try patterns in every lane, those of one size at once, and remember how they fare."""
    width = lanes.value.shape[1]
    new = [form for form in wanted if (*form, near) not in lanes.fits]
    for cut, totals, places in _of_one_size(new, width):
        if len(lanes.fits) * width >= _MOST_REMEMBERED:
            return
        fits = map(Fit, *_weighed(lanes, totals, places, near=near))
        lanes.fits.update(zip(((*new[index], near) for index in cut), fits, strict=True))


def sampled_bits(lanes: Lanes, wanted: Sequence[Form], sample: Places, *, near: bool = False) -> Floats:
    """Say how many bits each pattern proves in some lanes together."""
    bits = np.zeros(len(wanted))
    for cut, totals, places in _of_one_size(wanted, len(sample)):
        bits[cut] = _weighed(lanes, totals, places, near=near, only=sample).bits.sum(axis=1)
    return bits


def _of_one_size(wanted: Sequence[Form], width: int) -> Iterator[tuple[list[int], Places, Places]]:
    """Put patterns of as many parts together: which they are, their totals, and parts by patterns."""
    for cut in batches((len(parts) for _, parts in wanted), width):
        totals = np.array([wanted[index][0] for index in cut])
        yield cut, totals, side_by_side([wanted[index][1] for index in cut])


def _weighed(
    lanes: Lanes,
    total: int | Places,
    places: slice | Places,
    *,
    near: bool = False,
    only: Places | None = None,
) -> Fit:
    """Weigh one pattern, or several of as many parts.

    Args:
        lanes: the table.
        total: place of the total; of several patterns an array.
        places: of the parts; of several patterns an array of parts by patterns.
        near: whether sums that do not fit within rounding count too.
        only: the lanes to look at; None looks at all.
    """
    terms = _at(lanes.value, places, only)
    there = terms != 0
    stated = _at(lanes.value, total, only)
    own_unit, unit = _at(lanes.unit, total, only), _at(lanes.unit, places, only)
    if only is None:
        own_grain, grain = _at(lanes.grain, total), _at(lanes.grain, places)
    else:
        own_grain, grain = grains(stated, own_unit), grains(terms, unit)
    grain = np.minimum(grain.min(axis=0), own_grain)
    blank = ~(_at(lanes.known, total, only) & some(_at(lanes.known, places, only), axis=0))
    sizes = np.abs(terms)
    units = unit * there
    sums = Sums(
        stated,
        terms.sum(axis=0),
        units.sum(axis=0) + own_unit,
        (units**2).sum(axis=0) + own_unit**2,
        np.where(np.isfinite(grain), grain, 1.0),
        there.sum(axis=0),
        sizes.max(axis=0),
    )
    full, hit, nil = weigh(sums, ~blank, near=near)
    return Fit(_without_repeats(full, stated, sizes), full, hit & ~blank, blank, nil)


def _without_repeats(full: Floats, stated: Floats, sizes: Floats) -> Floats:
    """Discount the lanes in which the largest part is one that was largest before, with the same share."""
    if np.count_nonzero(full > 0, axis=-1).max(initial=0) < 2:
        return full
    largest = sizes.argmax(axis=0)
    size = np.take_along_axis(sizes, largest[np.newaxis], axis=0)[0]
    share = np.round(size / np.where(stated == 0, np.inf, stated), 3)
    proportions = np.where(full > 0, share + 1e3 * largest, np.nan)
    order = np.argsort(proportions, axis=-1, kind="stable")
    in_order = np.take_along_axis(proportions, order, axis=-1)
    repeated = np.zeros(full.shape, dtype=bool)
    np.put_along_axis(repeated, order[..., 1:], in_order[..., 1:] == in_order[..., :-1], axis=-1)
    return np.where(repeated, full * _REPEATED, full)


_Cell = TypeVar("_Cell", np.float64, np.bool_)


def _at(array: NDArray[_Cell], places: int | slice | Places, only: Places | None = None) -> NDArray[_Cell]:
    """Take some places of an array, in all lanes or only in some."""
    taken: NDArray[_Cell]
    if only is not None:
        taken = array[np.asarray(places)[..., np.newaxis], only]
    else:
        taken = lines(array, places) if isinstance(places, np.ndarray) else array[places]
    return taken


def best_runs(bits: Floats) -> tuple[Places, Places]:
    """Find the run of lanes with the most bits together, of each pattern: its first and last lane."""
    reached = np.cumsum(bits, axis=1)
    before = np.concatenate((np.zeros((len(bits), 1)), reached[:, :-1]), axis=1)
    lowest = np.minimum.accumulate(before, axis=1)
    last = np.argmax(reached - lowest, axis=1)
    lane, row = np.arange(bits.shape[1]), np.arange(len(bits))
    begins = (before == lowest[row, last][:, np.newaxis]) & (lane <= last[:, np.newaxis])
    return np.where(begins, lane, 0).max(axis=1), last
