"""In which order layouts are looked for: the simplest first, so that subtotals stand in for their parts."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import numpy as np

from hoka_excel.tables.arrays import Places
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.anywhere import runs_anywhere, solved
from hoka_excel.tables.search.lanes import MOST_LABELLED, Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.proposals import Proposals
from hoka_excel.tables.search.runs import runs_beside
from hoka_excel.tables.search.tying import tying_blocks, tying_families

_STRIDED = 300
"""Places up to which every second, third ... place is looked at."""
_SEARCHED = 160
"""Places up to which parts may lie anywhere."""
_MOST_LEVELS = 5


def search_through(lanes: Lanes, label: Callable[[int], Label], sample: Places) -> Search:
    """Search a table; once more when its habit, known in the end, speaks against what was found first."""
    search, proposals = Search(lanes, label, sample), Proposals(lanes, label, sample)
    look(search, proposals)
    if search.accepted.has_strays:
        search = Search(lanes, label, sample, search.accepted.parents_first)
        look(search, proposals)
    return search


def look(search: Search, proposals: Proposals) -> None:
    """Accept the simplest layouts first, so that subtotals stand in for their parts in what comes after."""
    size = len(proposals.places)
    if search.accept(search.families):
        search.accepted.add_all(tying_families(search))
    _accept_beside(search, proposals)
    if search.accepted.add_all(tying_blocks(search)):
        search.accept(_among_totals(search, proposals))
    _look_beside(search, proposals)
    search.accepted.add_all(tying_blocks(search))
    while size <= MOST_LABELLED and search.accept(_among_totals(search, proposals)):
        _look_beside(search, proposals)
    if size <= MOST_LABELLED and search.accept(_label_runs(proposals)):
        _look_beside(search, proposals)
    while size <= MOST_LABELLED and _look_near(search, proposals):
        _look_beside(search, proposals)
    if size <= _STRIDED and search.accept(_strided(search, proposals)):
        _look_beside(search, proposals)
    if size <= _SEARCHED:
        _look_anywhere(search, proposals)
        _look_solved(search, proposals)
    search.accepted.takes_second_readings = True
    if size <= MOST_LABELLED:
        _look_beside(search, proposals)
    if size <= _SEARCHED:
        _look_anywhere(search, proposals)


def _look_beside(search: Search, proposals: Proposals) -> bool:
    """Accept runs beside a total that tie with it, level by level; say whether there are any."""
    return _by_level(_accept_beside, search, proposals)


def _look_near(search: Search, proposals: Proposals) -> bool:
    """Accept runs beside a total that nearly tie with it, level by level; say whether there are any."""
    return _by_level(_accept_near, search, proposals)


def _by_level(accept: Callable[[Search, Proposals], bool], search: Search, proposals: Proposals) -> bool:
    levels = 0
    while levels < _MOST_LEVELS and accept(search, proposals):
        levels += 1
    return levels > 0


def _accept_beside(search: Search, proposals: Proposals) -> bool:
    """Accept runs beside a total among all places, those of one kind, and those of one label."""
    open_ = search.accepted.open
    proposed = proposals.beside([proposals.places], open_, Layout.ADJACENT)
    proposed += proposals.beside(proposals.kinds, open_, Layout.SAME_KIND)
    proposed += proposals.beside(proposals.named, search.lanes.known, Layout.SAME_LABEL)
    return search.accept(proposed) > 0


def _accept_near(search: Search, proposals: Proposals) -> bool:
    """Accept runs that nearly tie among all places, and among those of one label that no total adds up."""
    proposed = proposals.beside([proposals.places], search.accepted.open, Layout.NEAR)
    alike = proposals.beside(proposals.named, search.lanes.known, Layout.NEAR_LABEL)
    proposed += [one for one in alike if not search.accepted.adds_up_together(one.total, one.parts)]
    return search.accept(proposed) > 0


def _look_anywhere(search: Search, proposals: Proposals) -> None:
    """Accept runs apart from their total, pairs, and runs of which one place does not count."""
    for _ in range(2):
        nested = _nested(search, proposals.runs_nearby)
        runs = proposals.apart(search.accepted.open)
        if not search.accept(chain(runs, nested, proposals.pairs)):
            break
        _look_beside(search, proposals)
    unexplained = set(proposals.places.tolist()) - {pattern.total for pattern in search.patterns}
    if search.accept(proposals.all_but_one(search.accepted.open, unexplained)):
        _look_beside(search, proposals)


def _label_runs(proposals: Proposals) -> Iterator[Candidate]:
    """Propose runs of one label for any total; in a long table, runs of subtotals beside a labelled total."""
    lanes = proposals.lanes
    if len(proposals.places) <= _SEARCHED:
        for group in proposals.named:
            yield from runs_anywhere(lanes, View(group, lanes.known, proposals.few), Layout.LABEL_RUN, 6000)
        return
    for group in proposals.named:
        if proposals.totals.issuperset(group.tolist()) and len(group) < len(proposals.totals):
            open_ = np.zeros_like(lanes.known)
            open_[group] = lanes.known[group]
            view = View(np.array(sorted(proposals.totals)), open_, proposals.sample)
            yield from runs_beside(lanes, view, Layout.LABEL_RUN)


def _among_totals(search: Search, proposals: Proposals) -> Iterator[Candidate]:
    """Propose runs beside a total among the totals found so far and those that say they are.

    Once more without those that are parts already: subtotals of one label stay open.
    """
    totals = np.array(
        sorted(proposals.totals | {pattern.total for pattern in search.patterns}), dtype=np.int64
    )
    open_ = search.accepted.open.copy()
    yield from runs_beside(search.lanes, View(totals, open_, search.sample), Layout.TOTALS)
    open_[[part for pattern in search.patterns for part in pattern.parts]] = False
    yield from runs_beside(search.lanes, View(totals, open_, search.sample), Layout.TOTALS)


def _look_solved(search: Search, proposals: Proposals) -> None:
    """Accept parts that only all lanes together single out."""
    if search.accept(solved(search.lanes, View(proposals.places, search.accepted.open, search.sample))):
        _look_beside(search, proposals)


def _strided(search: Search, proposals: Proposals) -> list[Candidate]:
    """Propose runs beside a total among every second, third ... place."""
    return proposals.beside(proposals.strided, search.accepted.open, Layout.STRIDE)


def _nested(search: Search, runs: Iterable[Candidate]) -> Iterator[Candidate]:
    """Keep the runs that begin or end where an accepted run does."""
    for run in runs:
        if any(
            pattern.total != run.total
            and pattern.layout in (Layout.ADJACENT, Layout.SAME_KIND)
            and len(pattern.parts) > 2
            and (min(pattern.parts) == run.parts[0] or max(pattern.parts) == run.parts[-1])
            for pattern in search.patterns
        ):
            yield run
