"""Every smallest choice that takes a cell from each conflict, and how choices part."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.core.localising.factorisation import independent_parts
from hoka_excel.core.localising.hitting_sets import smallest_hitting_sets

cells = st.integers(0, 5)
conflict_lists = st.lists(st.frozensets(cells, min_size=1), max_size=6)
weights = st.fixed_dictionaries({cell: st.integers(1, 3) for cell in range(6)})


@given(conflict_lists, weights)
def test_they_are_those_that_trying_every_choice_gives(
    conflicts: list[frozenset[int]], weighing: dict[int, int]
) -> None:
    choices = [frozenset(choice) for size in range(7) for choice in combinations(range(6), size)]
    hitting = [choice for choice in choices if all(choice & conflict for conflict in conflicts)]
    least = min(sum(weighing[cell] for cell in choice) for choice in hitting)
    expected = {choice for choice in hitting if sum(weighing[cell] for cell in choice) == least}
    found, complete = smallest_hitting_sets(conflicts, weighing, most=18)
    assert complete
    assert len(found) == len(expected)
    assert set(found) == expected


def test_a_limit_is_reported() -> None:
    found, complete = smallest_hitting_sets([frozenset(range(5))], dict.fromkeys(range(5), 1), 1, limit=3)
    assert (len(found), complete) == (3, False)


def test_nothing_weighs_little_enough() -> None:
    assert smallest_hitting_sets([frozenset({0})], {0: 2}, most=1) == ([], True)


@given(st.lists(st.frozensets(cells, max_size=3), min_size=1, max_size=3, unique=True))
def test_a_family_made_of_independent_choices_is_parted_again(family: list[frozenset[int]]) -> None:
    others = [frozenset({10}), frozenset({11}), frozenset({12})]
    product = [one | other for one in family for other in others]
    parts = independent_parts(product)
    combined: set[frozenset[int]] = {frozenset()}
    for part in parts:
        combined = {chosen | choice for chosen in combined for choice in part}
    assert combined == set(product)
    assert others in parts or len(parts) == 1
