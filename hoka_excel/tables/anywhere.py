"""Propose parts that lie apart from their total, or of which one does not count.

There are many of these in any table, so their layouts must prove more than a run beside its total.
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from hoka_excel.tables.figures import Flags, Floats, Places, some, thinned
from hoka_excel.tables.labels import Label
from hoka_excel.tables.lanes import Lanes
from hoka_excel.tables.layouts import Candidate, Layout, View
from hoka_excel.tables.running_sums import RunningSums

_CLEAR = 0.02
"""How far a solved weight may be from 0 or 1."""
_NOISE, _DEPENDENT = 1e-12, 1e-3
"""The relation must be the only one (all else above the noise of floats) and hold far better than others."""
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
    size = len(view.places)
    if size < 2:
        return
    running = RunningSums(lanes, view)
    first, past = np.triu_indices(size + 1, 2)
    if len(first) > most:
        short = (past - first) <= most // size
        first, past = first[short], past[short]
    given = running.sums[past] - running.sums[first]
    room = running.room[past] - running.room[first]
    terms = running.terms[past] - running.terms[first]
    some_open = some(view.open[view.places], axis=1)
    for total, found, promise in _hits(lanes, view.sample, given, room, terms >= 2):
        parts = [place for place in range(int(first[found]), int(past[found])) if some_open[place]]
        places = tuple(view.places[parts].tolist())
        if len(places) > 1 and total not in places:
            yield Candidate(total, places, layout, promise)


def pairs(lanes: Lanes, places: Places, sample: Places) -> Iterator[Candidate]:
    """Propose every two places for every total: a = b + c, and so also b = a - c."""
    one, other = (places[side] for side in np.triu_indices(len(places), 1))
    value, unit = lanes.value[:, sample], lanes.unit[:, sample]
    both = (value[one] != 0) & (value[other] != 0)
    for total, found, promise in _hits(
        lanes, sample, value[one] + value[other], unit[one] + unit[other], both
    ):
        parts = (int(one[found]), int(other[found]))
        if total not in parts:
            yield Candidate(total, parts, Layout.PAIR, promise)


def _hits(
    lanes: Lanes, sample: Places, given: Floats, room: Floats, counts: Flags
) -> Iterator[tuple[int, int, float]]:
    """Find which given sums agree with which place in enough lanes: (place, index of the sum, lanes)."""
    for total in range(len(lanes.value)):
        stated = lanes.value[total, sample]
        lanes_there = int((stated != 0).sum())
        if not lanes_there:
            continue
        informative = lanes.known[total, sample]
        slack = (room + lanes.unit[total, sample]) / 2 + 1e-9 * np.abs(stated)
        hits = ((np.abs(given - stated) <= slack) & informative & counts).sum(axis=1)
        for found in np.flatnonzero(hits >= max(1, min(2, lanes_there), 0.3 * lanes_there)).tolist():
            yield total, found, float(hits[found])


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
    if sizes[-2] < _NOISE * sizes[0] or sizes[-1] > _DEPENDENT * sizes[-2]:
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
    order = list(labels)
    for index, parent in enumerate(order):
        children: list[int] = []
        for place in order[index + 1 :]:
            if not labels[parent].is_above(labels[place]):
                break
            if not any(labels[child].is_above(labels[place]) for child in children):
                children.append(place)
        if len(children) > 1:
            yield Candidate(parent, tuple(children), Layout.OUTLINE, 1.0)


def all_but_one(lanes: Lanes, view: View, totals: Iterable[int]) -> Iterator[Candidate]:
    """Propose runs beside a total of which one place does not count ("of which", "waarvan")."""
    running = RunningSums(lanes, view)
    size = len(view.places)
    wanted = set(totals)
    some_open = some(view.open[view.places], axis=1)
    for total in range(size):
        stated = running.stated[total]
        informative = stated != 0
        if int(view.places[total]) not in wanted or not informative.any():
            continue
        enough = max(2, 0.6 * int(informative.sum()))
        for edge in (*range(max(0, total - 40), total - 2), *range(total + 4, min(size, total + 41) + 1)):
            low, high = (edge, total) if edge < total else (total + 1, edge)
            surplus = running.sums[high] - running.sums[low] - stated
            slack = running.unit[low:high].sum(axis=0) / 2 + 1e-9 * np.abs(stated)
            value = running.value[low:high]
            hits = ((np.abs(value - surplus) <= slack) & informative & (value != 0)).sum(axis=1)
            for left_out in np.flatnonzero(hits >= enough).tolist():
                parts = [place for place in range(low, high) if place != low + left_out and some_open[place]]
                if len(parts) > 1:
                    yield Candidate(
                        int(view.places[total]),
                        tuple(view.places[parts].tolist()),
                        Layout.EXCEPT_ONE,
                        float(hits[left_out]),
                    )
