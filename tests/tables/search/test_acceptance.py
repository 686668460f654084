"""What was refused is tried again only when something else was accepted."""

from collections.abc import Sequence

import numpy as np
import pytest

from hoka_excel.tables.arrays import Flags, Places
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.labels import row_label
from hoka_excel.tables.search import acceptance
from hoka_excel.tables.search.acceptance import Search
from hoka_excel.tables.search.lanes import Lanes, lanes_along
from hoka_excel.tables.search.layouts import Candidate, Layout
from hoka_excel.tables.search.tallies import Tally, tallies

SUM = Candidate(2, (0, 1), Layout.ADJACENT, 20.0)
NO_SUM = Candidate(0, (1, 2), Layout.ADJACENT, 10.0)


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Candidate]:
    weighed: list[Candidate] = []

    def noted(lanes: Lanes, candidates: Sequence[Candidate], sample: Places, alive: Flags) -> list[Tally]:
        weighed.extend(candidates)
        return tallies(lanes, candidates, sample, alive)

    monkeypatch.setattr(acceptance, "tallies", noted)
    return weighed


def search() -> Search:
    figures = read_figures([["a", 1201, 330], ["b", 2440, 512], ["c", 3641, 842]])
    return Search(
        lanes_along(figures, by_column=True), lambda place: row_label(figures, place), np.arange(1, 3)
    )


def test_what_was_refused_is_not_tried_again_while_nothing_else_was_accepted(tried: list[Candidate]) -> None:
    looked = search()
    assert looked.accept([NO_SUM]) == 0
    assert tried == [NO_SUM]
    assert looked.accept([NO_SUM]) == 0
    assert tried == [NO_SUM]


def test_what_was_refused_is_tried_again_after_something_else_was_accepted(tried: list[Candidate]) -> None:
    looked = search()
    looked.accept([NO_SUM])
    assert looked.accept([NO_SUM, SUM]) == 1
    assert tried == [NO_SUM, SUM]
    looked.accept([NO_SUM])
    assert tried == [NO_SUM, SUM, NO_SUM]


def test_what_was_refused_is_tried_again_when_totals_may_be_explained_once_more(
    tried: list[Candidate],
) -> None:
    looked = search()
    looked.accept([NO_SUM])
    looked.accepted.takes_second_readings = True
    looked.accept([NO_SUM])
    assert tried == [NO_SUM, NO_SUM]
