"""What the places of one table propose; it is remembered where asking again would give the same."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np

from hoka_excel.tables.arrays import Flags, Places, some, thinned
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.anywhere import all_but_one, pairs, runs_anywhere
from hoka_excel.tables.search.lanes import MOST_LABELLED, Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.runs import runs_beside, views_of

_FEW_SAMPLED = 16
_LONGEST_STRIDE = 12
_MOST_REMEMBERED = 1 << 7
"""For how many sets of places groups are kept: sheet after sheet of a workbook has the same."""
_NEARLY_ALL, _MANY = 0.9, 200
_NEARBY = 4
"""How far from its total a run may lie whose places may be parts of another total too."""


class Proposals:
    """The places of a table, in groups by label and by kind of number, and what they propose.

    Attributes:
        lanes: the table.
        sample: the lanes looked at.
        few: those in which parts are looked for anywhere.
        places: the places with a figure, in order.
        named: the places of one label, by label: first its words alone, then with the numbers in it; none in
            a long table.
        kinds: the places of one kind of number, by kind, where others lie in between.
        totals: the places that say they are totals.
    """

    def __init__(self, lanes: Lanes, label: Callable[[int], Label], sample: Places) -> None:
        self.lanes = lanes
        self.sample = sample
        self.few = thinned(sample, _FEW_SAMPLED)
        self.places = np.flatnonzero(some(lanes.known, axis=1))
        order = self.places.tolist() if len(self.places) <= MOST_LABELLED else []
        labels = dict(zip(order, map(label, order), strict=True))
        self.named = [
            *_groups({place: label.stem for place, label in labels.items()}),
            *_groups({place: label.text for place, label in labels.items() if label.text != label.stem}),
        ]
        kinds = map(str, map(lanes.kind.__getitem__, order))
        self.kinds = self._scattered(_groups(dict(zip(order, kinds, strict=True))))
        self.totals = {place for place, label in labels.items() if label.is_plain_total}
        self._memory = _Memory()

    def _scattered(self, groups: list[Places]) -> list[Places]:
        """Leave out groups that nothing interrupts: runs in these are among the runs of all places."""
        spans = [np.diff(self.places.searchsorted(group[[0, -1]])).item() for group in groups]
        return [group for group, span in zip(groups, spans, strict=True) if span >= len(group)]

    def beside(self, groups: Iterable[Places], open_: Flags, layout: Layout) -> list[Candidate]:
        """Propose runs beside a total within groups of places."""
        views = views_of(groups, open_, self.sample)
        return [candidate for view in views for candidate in self._seen(view, layout)]

    def _seen(self, view: View, layout: Layout) -> list[Candidate]:
        """Propose runs beside a total."""
        key, now = (view.places.tobytes(), tuple(view.breaks)), view.open[view.places]
        known = self._memory.recall((layout, key), now)
        if known is not None:
            return known
        # Figures of one label stay open, and those that nearly tie are asked for later.
        asked = (layout, Layout.NEAR_LABEL) if layout is Layout.SAME_LABEL else (layout,)
        found = list(runs_beside(self.lanes, view, *asked))
        proposed = {one: [run for run in found if run.layout is one] for one in asked}
        if len(view.places) <= MOST_LABELLED:
            for one, runs in proposed.items():
                self._memory.keep((one, key), now, runs)
        return proposed[layout]

    def apart(self, open_: Flags) -> list[Candidate]:
        """Propose runs anywhere, for any total."""
        now = open_[self.places]
        view = View(self.places, open_, self.few)
        known = self._memory.recall(Layout.RUN, now)
        if known is None:
            known = list(runs_anywhere(self.lanes, view, Layout.RUN))
            self._memory.keep(Layout.RUN, now, known)
        return known

    def all_but_one(self, open_: Flags, totals: Iterable[int]) -> list[Candidate]:
        """Propose runs beside some totals of which one place does not count."""
        key, now = (Layout.EXCEPT_ONE, frozenset(totals)), open_[self.places]
        known = self._memory.recall(key, now)
        if known is None:
            known = list(all_but_one(self.lanes, View(self.places, open_, self.few), key[1]))
            self._memory.keep(key, now, known)
        return known

    @property
    def strided(self) -> Sequence[Places]:
        """Every second, third ... place, where these are four or more."""
        return _strided(tuple(self.places.tolist()))

    @cached_property
    def pairs(self) -> list[Candidate]:
        """Any two places, for any total."""
        return list(pairs(self.lanes, self.places, self.few))

    @cached_property
    def runs_nearby(self) -> list[Candidate]:
        """The runs not far from a total of which the places may be parts of another total too."""
        return [
            replace(run, layout=Layout.NESTED_RUN)
            for run in self.apart(self.lanes.known)
            if 0 < max(run.parts[0] - run.total, run.total - run.parts[-1]) <= _NEARBY
        ]


class _Memory:
    """What was proposed, for as long as the same figures are open."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Flags, list[Candidate]]] = {}

    def recall(self, key: Hashable, now: Flags) -> list[Candidate] | None:
        """Give what was proposed last time; none if other figures were open then."""
        before, proposed = self._kept.get(key, (None, None))
        return proposed if before is not None and np.array_equal(before, now) else None

    def keep(self, key: Hashable, now: Flags, proposed: list[Candidate]) -> None:
        """Keep what was proposed with these figures open."""
        self._kept[key] = now, proposed


@lru_cache(maxsize=_MOST_REMEMBERED)
def _strided(places: Sequence[int]) -> Sequence[Places]:
    """Give every second, third ... place, where these are four or more."""
    order = np.array(places)
    groups: list[Places] = []
    for stride in range(2, _LONGEST_STRIDE + 1):
        offset = order % stride
        in_turn = order[np.argsort(offset, kind="stable")]
        ends = np.cumsum(np.bincount(offset, minlength=stride)).tolist()
        groups += [in_turn[first:past] for first, past in pairwise((0, *ends)) if past - first >= 4]
    return groups


def _groups(names: dict[int, str]) -> list[Places]:
    """Gather the places of one name, in order.

    Names of a single place or of all places tell nothing, nor do those of nearly all of many.
    """
    most = len(names) - 1 if len(names) < _MANY else int(_NEARLY_ALL * len(names))
    counts = Counter(filter(None, names.values()))
    groups: dict[str, list[int]] = {name: [] for name, count in counts.items() if 2 <= count <= most}
    for place, name in names.items() if groups else ():
        if name in groups:
            groups[name].append(place)
    return [np.array(group) for group in groups.values()]
