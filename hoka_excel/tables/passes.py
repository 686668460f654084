"""In which order layouts are looked for: the simplest first, so that subtotals stand in for their parts."""

from collections.abc import Callable, Iterator
from itertools import chain

import numpy as np

from hoka_excel.tables.acceptance import Search
from hoka_excel.tables.anywhere import all_but_one, outline, pairs, runs_anywhere, solved
from hoka_excel.tables.figures import Flags, Places, some, thinned
from hoka_excel.tables.labels import Label
from hoka_excel.tables.lanes import MOST_LABELLED, Lanes
from hoka_excel.tables.layouts import Candidate, Layout, View
from hoka_excel.tables.misfits import tying_blocks
from hoka_excel.tables.runs import runs_beside

_STRIDED = 300
"""Places up to which every second, third ... place is looked at."""
_SEARCHED = 160
"""Places up to which parts may lie anywhere."""
_FEW_SAMPLED = 16
_MOST_LEVELS = 5


class _Views:
    """The places of one search, and their groups by label and by kind of number."""

    def __init__(self, search: Search) -> None:
        self.places = np.flatnonzero(some(search.lanes.known, axis=1))
        self.few = thinned(search.sample, _FEW_SAMPLED)
        order = self.places.tolist() if len(self.places) <= MOST_LABELLED else []
        self.labels = {place: search.label(place) for place in order}
        self.named = _groups({place: self.labels[place].stem for place in order})
        self.totals = {place for place in order if self.labels[place].is_plain_total}
        self.kinds = _groups({place: str(search.lanes.kind[place]) for place in order})
        self._proposed: dict[tuple[Layout, bytes], tuple[Flags, list[Candidate]]] = {}

    def runs_beside(self, search: Search, places: Places, open_: Flags, layout: Layout) -> list[Candidate]:
        """Propose runs beside a total among some places; the same as last time where no place was closed."""
        view = View(places, open_, search.sample)
        if len(places) > MOST_LABELLED:
            return list(runs_beside(search.lanes, view, layout))
        before, proposed = self._proposed.get((layout, places.tobytes()), (None, []))
        now = open_[places]
        if before is None or not np.array_equal(before, now):
            proposed = list(runs_beside(search.lanes, view, layout))
            self._proposed[layout, places.tobytes()] = now, proposed
        return proposed


def search_through(lanes: Lanes, label: Callable[[int], Label], sample: Places) -> Search:
    """Search a table; once more when its habit, known in the end, speaks against what was found first."""
    search = Search(lanes, label, sample)
    look(search)
    if search.accepted.has_strays:
        search = Search(lanes, label, sample, search.accepted.parents_first)
        look(search)
    return search


def look(search: Search) -> None:
    """Accept the simplest layouts first, so that subtotals stand in for their parts in what comes after."""
    views = _Views(search)
    size = len(views.places)
    search.accept(outline(views.labels))
    _look_beside(search, views)
    search.accepted.add_all(tying_blocks(search))
    while size <= MOST_LABELLED and search.accept(_among_totals(search, views)):
        _look_beside(search, views)
    if size <= MOST_LABELLED and search.accept(_label_runs(search, views)):
        _look_beside(search, views)
    while size <= MOST_LABELLED and _look_beside(search, views, near=True):
        _look_beside(search, views)
    if size <= _STRIDED and search.accept(_strided(search, views.places)):
        _look_beside(search, views)
    if size <= _SEARCHED:
        _look_anywhere(search, views)
        _look_solved(search, views)
    search.accepted.takes_second_readings = True
    if size <= MOST_LABELLED:
        _look_beside(search, views)
    if size <= _SEARCHED:
        _look_anywhere(search, views)


def _look_beside(search: Search, views: _Views, *, near: bool = False) -> bool:
    """Accept runs beside a total among all places, those of one kind, and those of one label."""
    known, found = search.lanes.known, False
    all_layout, label_layout = (
        (Layout.NEAR, Layout.NEAR_LABEL) if near else (Layout.ADJACENT, Layout.SAME_LABEL)
    )
    kinds = [] if near else views.kinds
    for _ in range(_MOST_LEVELS):
        open_ = search.accepted.open
        proposed = [views.runs_beside(search, views.places, open_, all_layout)]
        proposed += [views.runs_beside(search, kind, open_, Layout.SAME_KIND) for kind in kinds]
        accepted = search.accept(chain.from_iterable(proposed))
        labelled = [views.runs_beside(search, group, known, label_layout) for group in views.named]
        accepted += search.accept(chain.from_iterable(labelled))
        if not accepted:
            break
        found = True
    return found


def _look_anywhere(search: Search, views: _Views) -> None:
    """Accept runs apart from their total, pairs, and runs of which one place does not count."""
    lanes = search.lanes
    for _ in range(2):
        everything = View(views.places, search.accepted.open, views.few)
        closed = View(views.places, lanes.known, views.few)
        if not search.accept(
            (
                *runs_anywhere(lanes, everything, Layout.RUN),
                *_nested(search, runs_anywhere(lanes, closed, Layout.NESTED_RUN)),
                *pairs(lanes, views.places, views.few),
            )
        ):
            break
        _look_beside(search, views)
    explained = {pattern.total for pattern in search.patterns}
    unexplained = set(views.places.tolist()) - explained
    if search.accept(all_but_one(lanes, View(views.places, search.accepted.open, views.few), unexplained)):
        _look_beside(search, views)


def _label_runs(search: Search, views: _Views) -> Iterator[Candidate]:
    """Propose runs of one label for any total; in a long table, runs of subtotals beside a labelled total."""
    lanes = search.lanes
    if len(views.places) <= _SEARCHED:
        for group in views.named:
            yield from runs_anywhere(lanes, View(group, lanes.known, views.few), Layout.LABEL_RUN, 6000)
        return
    for group in views.named:
        if views.totals.issuperset(group.tolist()) and len(group) < len(views.totals):
            open_ = np.zeros_like(lanes.known)
            open_[group] = lanes.known[group]
            view = View(np.array(sorted(views.totals)), open_, search.sample)
            yield from runs_beside(lanes, view, Layout.LABEL_RUN)


def _among_totals(search: Search, views: _Views) -> Iterator[Candidate]:
    """Propose runs beside a total among the totals found so far and those that say they are."""
    totals = views.totals | {pattern.total for pattern in search.patterns}
    view = View(np.array(sorted(totals), dtype=np.int64), search.accepted.open, search.sample)
    return runs_beside(search.lanes, view, Layout.TOTALS)


def _look_solved(search: Search, views: _Views) -> None:
    """Accept parts that only all lanes together single out."""
    if search.accept(solved(search.lanes, View(views.places, search.accepted.open, search.sample))):
        _look_beside(search, views)


def _groups(names: dict[int, str]) -> list[Places]:
    """Gather the places of one name, in order; names of a single place or of all places tell nothing."""
    groups: dict[str, list[int]] = {}
    for place, name in names.items():
        if name:
            groups.setdefault(name, []).append(place)
    return [np.array(group) for group in groups.values() if 2 <= len(group) < len(names)]


def _strided(search: Search, places: Places) -> Iterator[Candidate]:
    """Propose runs beside a total among every second, third ... place."""
    for stride in range(2, 13):
        for offset in range(stride):
            chosen = places[places % stride == offset]
            if len(chosen) >= 4:
                yield from runs_beside(
                    search.lanes, View(chosen, search.accepted.open, search.sample), Layout.STRIDE
                )


def _nested(search: Search, runs: Iterator[Candidate]) -> Iterator[Candidate]:
    """Keep the runs close to their total that begin or end where an accepted run does."""
    for run in runs:
        low, high = run.parts[0], run.parts[-1]
        gap = max(low - run.total, run.total - high)
        if 0 < gap <= 4 and any(
            pattern.total != run.total
            and pattern.layout in (Layout.ADJACENT, Layout.SAME_KIND)
            and len(pattern.parts) > 2
            and (min(pattern.parts) == low or max(pattern.parts) == high)
            for pattern in search.patterns
        ):
            yield run
