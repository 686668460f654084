"""What the places of one table propose; it is remembered where asking again would give the same."""

from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np

from hoka_excel.tables.figures import Flags, Places, some, thinned
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.anywhere import pairs, runs_anywhere
from hoka_excel.tables.search.lanes import MOST_LABELLED, Lanes
from hoka_excel.tables.search.layouts import Candidate, Layout, View
from hoka_excel.tables.search.runs import runs_beside, views_of

_FEW_SAMPLED = 16
_NEARBY = 4
"""How far from its total a run may lie whose places may be parts of another total too."""


class Proposals:
    """The places of a table, in groups by label and by kind of number, and what they propose.

    Attributes:
        lanes: the table.
        sample: the lanes looked at.
        few: those in which parts are looked for anywhere.
        places: the places with a figure, in order.
        labels: the words beside each of them; none in a long table.
        named: the places of one label, by label.
        kinds: the places of one kind of number, by kind.
        totals: the places that say they are totals.
    """

    def __init__(self, lanes: Lanes, label: Callable[[int], Label], sample: Places) -> None:
        self.lanes = lanes
        self.sample = sample
        self.few = thinned(sample, _FEW_SAMPLED)
        self.places = np.flatnonzero(some(lanes.known, axis=1))
        order = self.places.tolist() if len(self.places) <= MOST_LABELLED else []
        self.labels = {place: label(place) for place in order}
        self.named = _groups({place: self.labels[place].stem for place in order})
        self.kinds = _groups({place: str(lanes.kind[place]) for place in order})
        self.totals = {place for place in order if self.labels[place].is_plain_total}
        self._beside: dict[tuple[Layout, bytes, tuple[int, ...]], tuple[Flags, list[Candidate]]] = {}

    def beside(self, groups: Iterable[Places], open_: Flags, layout: Layout) -> list[Candidate]:
        """Propose runs beside a total within groups of places."""
        views = views_of(groups, open_, self.sample)
        return [candidate for view in views for candidate in self._seen(view, layout)]

    def _seen(self, view: View, layout: Layout) -> list[Candidate]:
        """Propose runs beside a total, those of last time if the same figures are open."""
        key, now = (layout, view.places.tobytes(), tuple(view.breaks)), view.open[view.places]
        if key in self._beside and np.array_equal(self._beside[key][0], now):
            return self._beside[key][1]
        proposed = list(runs_beside(self.lanes, view, layout))
        if len(view.places) <= MOST_LABELLED:
            self._beside[key] = now, proposed
        return proposed

    @cached_property
    def pairs(self) -> list[Candidate]:
        """Any two places, for any total."""
        return list(pairs(self.lanes, self.places, self.few))

    @cached_property
    def runs_nearby(self) -> list[Candidate]:
        """The runs not far from a total of which the places may be parts of another total too."""
        everything = View(self.places, self.lanes.known, self.few)
        return [
            run
            for run in runs_anywhere(self.lanes, everything, Layout.NESTED_RUN)
            if 0 < max(run.parts[0] - run.total, run.total - run.parts[-1]) <= _NEARBY
        ]


def _groups(names: dict[int, str]) -> list[Places]:
    """Gather the places of one name, in order; names of a single place or of all places tell nothing."""
    groups: dict[str, list[int]] = {}
    for place, name in names.items():
        if name:
            groups.setdefault(name, []).append(place)
    return [np.array(group) for group in groups.values() if 2 <= len(group) < len(names)]
