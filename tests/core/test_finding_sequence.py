"""Findings that are made when somebody looks at them."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.finding_sequence import joined, verdicts_of
from hoka_excel.core.findings import Reconciliation, Status
from hoka_excel.core.verdicts import Verdict
from tests.core.made_findings import Made

verdicts = st.lists(st.sampled_from((Verdict.EXACT, Verdict.ROUNDING, Verdict.MISMATCH)), max_size=6)


@given(verdicts, st.slices(6))
def test_it_is_the_sequence_of_its_findings(outcomes: list[Verdict], cut: slice) -> None:
    made = Made(outcomes)
    assert len(made.sequence) == len(outcomes)
    assert list(made.sequence) == made.whole
    assert made.sequence == made.whole
    assert made.sequence == tuple(made.whole)
    assert made.sequence[cut] == tuple(made.whole[cut])
    assert [made.sequence[index] for index in range(-len(outcomes), 0)] == made.whole


def test_it_differs_from_other_findings_and_from_what_is_no_sequence() -> None:
    made = Made([Verdict.EXACT, Verdict.ROUNDING])
    assert made.sequence != made.whole[:1]
    assert made.sequence != made.whole[::-1]
    assert made.sequence != 2


@given(st.lists(verdicts, max_size=4))
def test_joined_sequences_follow_one_another(parts: list[list[Verdict]]) -> None:
    made = [Made(outcomes) for outcomes in parts]
    whole = joined([one.sequence if number % 2 else one.whole for number, one in enumerate(made)])
    assert list(whole) == [found for one in made for found in one.whole]
    assert verdicts_of(whole) == [verdict for outcomes in parts for verdict in outcomes]


def test_counts_status_and_what_is_not_exact_make_no_exact_finding() -> None:
    made = Made([Verdict.EXACT, Verdict.ROUNDING, Verdict.EXACT])
    found = Reconciliation(joined([made.sequence]))
    assert found.counts[Verdict.EXACT] == 2
    assert found.status is Status.ROUNDING
    assert made.asked == []
    assert found.findings == (made.whole[1],)
    assert made.asked == [1]


@given(verdicts)
def test_exact_checks_that_are_left_out_still_count(outcomes: list[Verdict]) -> None:
    made = Made(outcomes)
    whole = Reconciliation(made.sequence)
    left = whole.without_exact()
    assert (left.counts, left.status) == (whole.counts, whole.status)
    assert made.asked == []
    assert left.checks == left.findings == whole.findings
    assert all(outcomes[index] is not Verdict.EXACT for index in made.asked)
    assert left.without_exact() == left


def test_it_is_pickled_as_its_findings() -> None:
    made = Made([Verdict.EXACT, Verdict.MISMATCH])
    assert pickle.loads(pickle.dumps(made.sequence)) == tuple(made.whole)  # noqa: S301 - made here
