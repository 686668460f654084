"""How much a sum must prove, given what lies around it."""

import numpy as np

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.labels import Label
from hoka_excel.tables.search.accepted import Accepted
from hoka_excel.tables.search.lanes import lanes_along
from hoka_excel.tables.search.layouts import Candidate, Layout
from hoka_excel.tables.search.proof import Proof


def needed(lines: int, candidate: Candidate, words: str = "") -> float:
    lanes = lanes_along(
        read_figures([[number, 2 * number] for number in range(1, lines + 1)]), by_column=True
    )
    proof = Proof(lanes, lambda place: Label(words if place == candidate.total else ""), Accepted(lanes))
    return proof.needed(candidate)


def test_an_unnamed_total_in_a_list_of_twice_as_many_lines_must_prove_a_bit_more() -> None:
    beside = Candidate(2, (0, 1), Layout.ADJACENT)
    assert np.isclose(needed(800, beside) - needed(400, beside), 1)
    assert needed(40, beside) == needed(20, beside)


def test_a_named_total_in_a_long_list_need_not_prove_more() -> None:
    beside = Candidate(2, (0, 1), Layout.ADJACENT)
    assert needed(800, beside, "Totaal") == needed(20, beside, "Totaal")


def test_parts_of_one_label_must_prove_more_the_farther_they_lie_from_their_total() -> None:
    near, far = (Candidate(total, (0, 1), Layout.LABEL_RUN) for total in (2, 12))
    assert needed(20, far) > needed(20, near) + 1
