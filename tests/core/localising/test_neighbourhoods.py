"""What a part of a system says of the whole: neighbourhoods, and the trials and bounds that use them."""

from fractions import Fraction
from itertools import pairwise

import pytest

from hoka_excel.core.figures import Printed
from hoka_excel.core.localising.certificates import refute
from hoka_excel.core.localising.constraints import Span, System, systems_of
from hoka_excel.core.localising.extents import extent
from hoka_excel.core.localising.neighbourhoods import Surroundings
from hoka_excel.core.localising.trials import Trials
from hoka_excel.core.localising.witnesses import satisfies
from hoka_excel.core.relations import Rate, Same
from tests.core.generated_tables import Network, Size, generate

SIZE = Size(tables=20, rows=6, columns=5, errors=3)
WRONG = (4, 2, 3)


def system_of(network: Network) -> System:
    [system] = systems_of(network.cells, network.relations)
    return system


def trials_of(system: System) -> Trials:
    loose = {number: column.dropped for number, column in enumerate(system.columns)}
    return Trials(system, [column.printed for column in system.columns], loose)


def with_one_wrong(difference: int, seed: int) -> tuple[System, dict[object, int]]:
    """Spoil one cell of tables that hold; the place of each key comes along."""
    network = generate(Size(SIZE.tables, SIZE.rows, SIZE.columns, 0), seed)
    right = network.cells[WRONG]
    network.cells[WRONG] = Printed(right.value + difference, 1)
    system = system_of(network)
    return system, {column.key: number for number, column in enumerate(system.columns)}


def test_a_neighbourhood_holds_every_row_of_its_centre_and_each_is_wider_than_the_last() -> None:
    system = system_of(generate(SIZE, 0))
    centre = next(number for number, column in enumerate(system.columns) if column.key == WRONG)
    nearby = list(Surroundings(system).around({centre}))
    own_rows = {number for number, row in enumerate(system.rows) if centre in row.factors}
    assert nearby
    assert all(own_rows < set(near.rows) for near in nearby)
    assert all(set(less.rows) < set(more.rows) for less, more in pairwise(nearby))
    assert all(4 * len(near.rows) <= len(system.rows) for near in nearby)


def test_the_border_is_what_other_rows_hold_too() -> None:
    system = system_of(generate(SIZE, 0))
    for near in Surroundings(system).around({7}):
        elsewhere = {c for n, row in enumerate(system.rows) if n not in set(near.rows) for c in row.factors}
        assert near.border == elsewhere.intersection(near.columns)
        assert 7 not in near.border


def test_the_border_stays_where_the_point_has_it_and_the_rest_moves() -> None:
    system = system_of(generate(SIZE, 0))
    near = next(Surroundings(system).around({7}))
    spans = [column.printed for column in system.columns]
    point = [Fraction(number) for number in range(len(spans))]
    own = near.spans(spans, point)
    for column, span in zip(near.columns, own, strict=True):
        assert span == ((point[column], point[column]) if column in near.border else spans[column])


def test_a_rate_is_near_to_everything() -> None:
    cells = {
        f"{kind}{n}": Printed(84 * 10**3 if kind == "eur" else 1, 1)
        for n in range(30)
        for kind in ("eur", "fte")
    }
    [system] = systems_of(cells, [Rate(f"eur{n}", f"fte{n}", "rate") for n in range(30)])
    assert not list(Surroundings(system).around({5}))


@pytest.mark.parametrize("difference", [9, 6, 4, 300])
@pytest.mark.parametrize("seed", range(3))
def test_a_repair_is_judged_nearby_as_it_is_by_the_whole(difference: int, seed: int) -> None:
    system, place = with_one_wrong(difference, seed)
    known = frozenset({place[WRONG]})
    trials = trials_of(system)
    assert trials.tried(known).holds
    before = trials.solver.programmes
    decided = 0
    for other in [
        (4, 2, 0),
        (4, 0, 3),
        (4, 2, "all"),
        (4, "all", 3),
        (4, 5, 4),
        ("integral", 4, 3),
        (9, 1, 1),
    ]:
        chosen = frozenset({place[other]})
        nearby, whole = trials.tried(chosen, known), trials_of(system).tried(chosen)
        assert nearby.holds == whole.holds
        assert bool(nearby.refutations) == bool(whole.refutations)
        for refutation in nearby.refutations:
            assert refute(system, trials.spans_with(chosen), refutation.multipliers)
        if nearby.point is not None:
            assert satisfies(system, trials.spans_with(chosen), nearby.point)
        decided += trials.solver.programmes == before
        before = trials.solver.programmes
    assert decided


@pytest.mark.parametrize("difference", [9, 6, 300])
@pytest.mark.parametrize("seed", range(3))
def test_bounds_found_nearby_are_those_of_the_whole(difference: int, seed: int) -> None:
    system, place = with_one_wrong(difference, seed)
    trials = trials_of(system)
    decided = 0
    known = frozenset({place[WRONG]})
    assert trials.tried(known).holds
    for other in [WRONG, (4, 2, 0), (4, 0, 3), (4, 2, "all"), (4, "all", 3)]:
        chosen = frozenset({place[other]})
        if trials.tried(chosen, known).holds:
            before = trials.solver.programmes
            assert extent(trials, chosen, place[other]) == extent(trials_of(system), chosen, place[other])
            decided += trials.solver.programmes == before
    assert decided


def test_what_a_neighbourhood_cannot_tell_is_left_to_the_whole() -> None:
    keys = [f"statement {number}" for number in range(40)]
    elsewhere = 0
    for figure, only in ((9, Fraction(19, 2)), (11, Fraction(21, 2))):
        cells = dict.fromkeys(keys, Printed(10, 1)) | {keys[0]: Printed(figure, 1)}
        [system] = systems_of(cells, [Same(*pair) for pair in pairwise(keys)])
        trials = trials_of(system)
        first = next(number for number, column in enumerate(system.columns) if column.key == keys[0])
        known = frozenset({first})
        point = trials.tried(known).point
        assert point is not None
        assert extent(trials, known, first) == Span(Fraction(19, 2), Fraction(21, 2))
        assert trials.tried(frozenset(), known).point == [only] * len(keys)
        elsewhere += point[first] != only
    assert elsewhere
