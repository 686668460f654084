"""Patterns accepted together and one by one."""

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.search.accepted import Accepted
from hoka_excel.tables.search.lanes import Lanes, lanes_along
from hoka_excel.tables.search.layouts import Layout, Pattern

PLACES = 9
ROWS = [[3 * place + 1, place * place + 2, 40 - place] for place in range(PLACES)]

patterns = st.builds(
    lambda places, layout, run, bits: Pattern(places[0], tuple(sorted(places[1:])), layout, (run,), bits),
    st.lists(st.integers(0, PLACES - 1), min_size=3, max_size=5, unique=True),
    st.sampled_from((Layout.ADJACENT, Layout.SAME_LABEL, Layout.PAIR, Layout.RUN)),
    st.sampled_from(((0, 2), (0, 0), (1, 2))),
    st.floats(0, 60),
)


def table() -> Lanes:
    return lanes_along(read_figures(ROWS), by_column=True)


def state(accepted: Accepted) -> tuple[object, ...]:
    accepted.learn_direction()
    return accepted.patterns, accepted.open.tolist(), accepted.alive.tolist(), accepted.parents_first


@given(st.lists(st.lists(patterns, max_size=5), max_size=3))
def test_patterns_accepted_together_are_those_accepted_one_by_one(rounds: list[list[Pattern]]) -> None:
    together, alone = Accepted(table()), Accepted(table())
    for proposed in rounds:
        before = len(alone.patterns)
        alone.add_all(proposed)
        assert together.add_those(proposed) == len(alone.patterns) - before
        assert state(together) == state(alone)
        for pattern in proposed:
            about = (pattern.total, pattern.parts, pattern.runs)
            assert together.around(*about) == alone.around(*about)


def test_patterns_that_share_no_place_are_all_accepted_and_one_that_contradicts_them_is_not() -> None:
    first = Pattern(2, (0, 1), Layout.ADJACENT, ((0, 2),), 30.0)
    second = Pattern(5, (3, 4), Layout.ADJACENT, ((0, 2),), 20.0)
    overlapping = Pattern(2, (1, 3), Layout.ADJACENT, ((0, 2),), 10.0)
    accepted = Accepted(table())
    assert accepted.add_those([first, second, overlapping]) == 2
    assert accepted.patterns == [first, second]
    assert not accepted.open[[0, 1, 3, 4]].any()
    assert accepted.open[[2, 5, 6]].all()


def test_lines_that_one_total_adds_up_are_no_parts_of_each_other() -> None:
    accepted = Accepted(table())
    accepted.add_those([Pattern(4, (0, 1, 2, 3), Layout.ADJACENT, ((0, 2),), 30.0)])
    assert accepted.adds_up_together(2, (0, 1))
    assert not accepted.adds_up_together(4, (0, 1))
    assert not accepted.adds_up_together(2, (1, 5))


def test_a_line_that_its_total_repeats_is_no_part_of_a_higher_total() -> None:
    accepted = Accepted(table())
    accepted.add_those([Pattern(4, (0, 1), Layout.ADJACENT, ((0, 2),), 30.0, repeats=(2,))])
    assert not accepted.open[[0, 1, 2]].any()
    assert accepted.open[[3, 4]].all()


def test_a_total_is_not_made_of_itself() -> None:
    accepted = Accepted(table())
    assert accepted.add_those([Pattern(2, (1, 2), Layout.ADJACENT, ((0, 2),), 30.0)]) == 0
