"""Propose parts that lie apart from their total, or of which one does not count.

There are many of these in any table, so their layouts must prove more than a run beside its total.
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from hoka_excel.tables.arrays import Floats, Places, some, thinned
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.lanes import Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.lookups import agreeing
from hoka_excel.tables.search.running_sums import RunningSums

_CLEAR = 0.02
"""How far a solved weight may be from 0 or 1."""
_NIL, _DEPENDENT = 1e-12, 1e-3
"""The relation must be the only one (all else above the noise of floats) and hold far better than others."""
_NOISE = 1e-9
"""What floats may be off, as a share of a total."""
_EDGES = np.concatenate((np.arange(-40, -2), np.arange(4, 42)))
"""How far from a total a run of three places or more before it begins, and one after it ends."""
_MOST_SOLVED = 4
"""How many lanes to solve with, for each place."""


def runs_anywhere(lanes: Lanes, view: View, layout: Layout, most: int = 20_000) -> Iterator[Candidate]:
    """Propose every run of two or more places of the view for every total outside it.

    Args:
        lanes: the table.
        view: where the parts may lie.
        layout: what the runs are called.
        most: about how many runs to try; the longest are left out first.
    """
    size, opens = len(view.places), np.flatnonzero(some(view.open[view.places], axis=1))
    if len(opens) < 2:
        return
    running = RunningSums(lanes, view)
    low, last = np.triu_indices(len(opens), 1)
    first, past = opens[low], opens[last] + 1
    if size * (size - 1) // 2 > most:
        short = (past - first) <= most // size
        low, last, first, past = (of[short] for of in (low, last, first, past))
    terms = running.terms[past] - running.terms[first]
    given = np.where(terms >= 2, running.sums[past] - running.sums[first], np.inf)
    parts = view.places[opens]
    total, run, promise = _ties(lanes, view.sample, given, running.room[past] - running.room[first])
    low, last = low[run], last[run]
    outside = ~np.isin(total, parts) | (total < parts[low]) | (total > parts[last])
    places, found = parts.tolist(), (of[outside].tolist() for of in (total, low, last, promise))
    for place, begin, end, hits in zip(*found, strict=True):
        yield Candidate(place, tuple(places[begin : end + 1]), layout, hits)


def pairs(lanes: Lanes, places: Places, sample: Places) -> Iterator[Candidate]:
    """Propose two places for every total: a = b + c, and so also b = a - c.

    Those of most promise will do: so many that as many are left as are tried when the runs of two among them
    are left out, since these are proposed as runs too.
    """
    one, other = (places[side] for side in np.triu_indices(len(places), 1))
    value, unit = lanes.value[:, sample], lanes.unit[:, sample]
    both = (value[one] != 0) & (value[other] != 0)
    given = np.where(both, value[one] + value[other], np.inf)
    total, pair, promise = _ties(lanes, sample, given, unit[one] + unit[other])
    one, other = one[pair], other[pair]
    chosen = ((total != one) & (total != other)).nonzero()[0]
    surest = np.argsort(-promise[chosen], kind="stable")[: lanes.most_tried + 2 * len(places) ** 2]
    chosen = chosen[np.sort(surest)]
    for place, first, second, hits in zip(
        *(of[chosen].tolist() for of in (total, one, other, promise)), strict=True
    ):
        yield Candidate(place, (first, second), Layout.PAIR, hits)


def _ties(lanes: Lanes, sample: Places, given: Floats, units: Floats) -> tuple[Places, Places, Places]:
    """Find which place agrees with which of the given sums in enough lanes.

    Returns:
        Places, indices of sums, and in how many lanes; by place.
    """
    stated = lanes.value[:, sample]
    there = (stated != 0).sum(axis=1)
    sought = np.where(lanes.known[:, sample] & (there > 0)[:, np.newaxis], stated, np.nan)
    room = lanes.unit[:, sample] / 2 + _NOISE * np.abs(stated)
    enough = np.maximum(np.maximum(1, np.minimum(2, there)), 0.3 * there)
    return agreeing(given, units / 2, sought, room, enough)


def solved(lanes: Lanes, view: View) -> Iterator[Candidate]:
    """Propose the one sum among the places, wherever its parts lie, that all lanes together single out."""
    places = view.places[some(view.open[view.places], axis=1)]
    at = np.ix_(places, thinned(np.flatnonzero(some(lanes.known, axis=0)), _MOST_SOLVED * len(places)))
    given = np.where(view.open[at], lanes.value[at], 0.0)
    filled = some(given != 0, axis=1)
    places, given = places[filled], given[filled]
    if len(places) < 4 or given.shape[1] < len(places) + 2:
        return
    scale = np.linalg.norm(given, axis=1)
    _, sizes, turned = np.linalg.svd((given / scale[:, np.newaxis]).T, full_matrices=False)
    if sizes[-2] < _NIL * sizes[0] or sizes[-1] > _DEPENDENT * sizes[-2]:
        return
    relation = turned[-1] / scale
    for total in np.flatnonzero(relation).tolist():
        weights = np.delete(relation, total) / -relation[total]
        is_part = np.abs(weights - 1) < _CLEAR
        if is_part.sum() > 1 and np.abs(weights - is_part).max() < _CLEAR:
            parts = np.delete(places, total)[is_part]
            yield Candidate(int(places[total]), tuple(parts.tolist()), Layout.SOLVED, float(given.shape[1]))


def outline(labels: Mapping[int, Label]) -> Iterator[Candidate]:
    """Propose parents with their children, by outline code (1, 1.a, 1.a.1) or by indentation.

    Args:
        labels: by place, in order.
    """
    if not any(label.code or label.indent for label in labels.values()):
        return
    order = list(labels)
    for index, parent in enumerate(order):
        children: list[int] = []
        for at in range(index + 1, len(order)):
            place = order[at]
            if not labels[parent].is_above(labels[place]):
                break
            if not any(labels[child].is_above(labels[place]) for child in children):
                children.append(place)
        if children:
            yield Candidate(parent, tuple(children), Layout.OUTLINE, 1.0)


def all_but_one(lanes: Lanes, view: View, totals: Iterable[int]) -> Iterator[Candidate]:
    """Propose runs beside a total of which one place does not count ("of which", "waarvan")."""
    running = RunningSums(lanes, view)
    wanted = np.isin(view.places, [*totals]) & some(running.stated != 0, axis=1)
    total, low, high = _runs_of_three(np.flatnonzero(wanted), len(view.places))
    stated = running.stated[total]
    surplus = running.sums[high] - running.sums[low] - stated
    room = (running.units[high] - running.units[low]) / 2 + _NOISE * np.abs(stated)
    enough = np.maximum(2, 0.6 * (stated != 0).sum(axis=1))
    may_be = (stated != 0) & (np.abs(surplus) <= np.abs(running.value).max(axis=0, initial=0.0) + room)
    likely = np.flatnonzero(may_be.sum(axis=1) >= enough)
    sought = np.where(may_be, surplus, np.nan)[likely]
    figures = np.where(running.value != 0, running.value, np.inf)
    row, left_out, hits = agreeing(figures, np.zeros_like(figures), sought, room[likely], enough[likely])
    run = likely[row]
    inside = (low[run] <= left_out) & (left_out < high[run])
    is_open = some(view.open[view.places], axis=1)
    for at, stray, promise in zip(*(of[inside].tolist() for of in (run, left_out, hits)), strict=True):
        parts = [place for place in range(low[at], high[at]) if is_open[place] and place != stray]
        if len(parts) > 1:
            places = tuple(view.places[parts].tolist())
            yield Candidate(int(view.places[total[at]]), places, Layout.EXCEPT_ONE, promise)


def _runs_of_three(totals: Places, size: int) -> tuple[Places, Places, Places]:
    """List the runs of three places or more right before and after totals: total, first, past the last."""
    total, edge = np.repeat(totals, len(_EDGES)), (totals[:, np.newaxis] + _EDGES).ravel()
    inside = (edge >= 0) & (edge <= size)
    total, edge = total[inside], edge[inside]
    is_before = edge < total
    return total, np.where(is_before, edge, total + 1), np.where(is_before, total, edge)
