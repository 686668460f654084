"""Which cells are wrong when all relations must hold together."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoka_excel.core.errors import FigureError, NetworkError
from hoka_excel.core.figures import MISSING, Figure, Printed
from hoka_excel.core.localisation import Localisation, locate
from hoka_excel.core.localising.conflicts import Contradiction
from hoka_excel.core.localising.constraints import Span, systems_of
from hoka_excel.core.messages import Message
from hoka_excel.core.relations import Rate, Ratio, Relation, Same, Share, Sum
from tests.core.generated_tables import SIZES, generate
from tests.core.seed_appendix import TABLES, TOTAL, YEARS, Cell, cells, name, rates, sums_and_equalities

RATE = "tarief"
TOTAL_2024 = Cell("Thema 2", TOTAL, 2024)
FTE_2023 = Cell("Integraal FTE", TOTAL, 2023)
LINES_2022 = [
    Cell("Thema 2", line, 2022)
    for line in ("Tijd voor docenten", "Didactische leergangen", "Intercollegiale uitwisseling")
]


@pytest.fixture(scope="module")
def sums_only() -> Localisation:
    return locate(cells(), sums_and_equalities(), names=name)


@pytest.fixture(scope="module")
def with_rate() -> Localisation:
    return locate(cells(), [*sums_and_equalities(), *rates(RATE)], names=name)


def test_the_appendix_has_138_cells_30_sums_18_equalities_and_24_links_of_eur_and_fte() -> None:
    kinds = [type(relation) for relation in (*sums_and_equalities(), *rates(RATE))]
    assert (len(cells()), [kinds.count(kind) for kind in (Sum, Same, Rate)]) == (138, [30, 18, 24])


def test_sums_and_equalities_alone_leave_one_cell_certain_and_three_tied(sums_only: Localisation) -> None:
    assert sums_only.proven
    assert sums_only.complete
    assert set(sums_only.repairs) == {frozenset({TOTAL_2024, line}) for line in LINES_2022}
    assert sorted((group.decidable, len(group.repairs)) for group in sums_only.groups) == [
        (False, 3),
        (True, 1),
    ]


def test_a_repair_says_which_figures_would_mend_the_cell(sums_only: Localisation) -> None:
    [[mend]] = next(group.repairs for group in sums_only.groups if group.decidable)
    assert (mend.cell, mend.stated) == (TOTAL_2024, Decimal(452096))
    assert (mend.low, mend.high) == (Decimal(451813), Decimal(451815))
    assert mend.true_values == Span(Fraction(903627, 2), Fraction(903629, 2))


def test_a_shared_unknown_rate_adds_the_integral_fte_total_of_2023(with_rate: Localisation) -> None:
    assert with_rate.proven
    assert set(with_rate.repairs) == {frozenset({TOTAL_2024, FTE_2023, line}) for line in LINES_2022}
    [mend] = [mend for group in with_rate.groups for [mend] in group.repairs if mend.cell == FTE_2023]
    assert (mend.low, mend.high) == (Decimal("14.25"), Decimal("14.25"))


def test_the_hidden_rate_is_bounded_by_the_cells(with_rate: Localisation) -> None:
    low, high = with_rate.rates[RATE]
    assert low == Fraction("200146.5") / Fraction("2.375")
    assert high == Fraction("600442.5") / Fraction("7.125")
    assert (round(low, 2), round(high, 2)) == (Fraction("84272.21"), Fraction("84272.63"))


def test_the_proof_shows_the_two_rates_that_2023_asks_for(with_rate: Localisation) -> None:
    proofs = [conflict.proof.render("nl") for conflict in with_rate.conflicts]
    assert (
        "Integraal FTE Thema 3 2023: 200.147 / 2,37 vraagt een tarief van ten minste 84.272,21; "
        "Integraal FTE Totaal 2023: 1.200.884 / 14,26 ten hoogste 84.243,04."
    ) in proofs


def test_without_double_rounding_a_fourth_cell_is_wrong() -> None:
    found = locate(cells(), [*sums_and_equalities(), *rates(RATE)], double_rounding=False)
    coarse = Cell("Thema 3", TOTAL, 2022)
    assert found.proven
    assert {len(repair) for repair in found.repairs} == {4}
    assert all(coarse in repair for repair in found.repairs)


def test_a_cell_that_fits_when_rounded_twice_is_named_with_its_chain(with_rate: Localisation) -> None:
    [cell] = with_rate.twice_rounded
    assert cell.chain == (Decimal("2.249"), Decimal("2.25"), Decimal("2.3"))
    assert str(cell.text) == "Thema 3 Totaal 2022 is dubbel afgerond: 2,249 -> 2,25 -> 2,3."


def test_a_rate_that_is_one_figure_everywhere_takes_29_cells_with_it() -> None:
    found = locate(cells(), [*sums_and_equalities(), *rates(Printed(84000, 0))])
    assert found.proven
    assert found.at_least == 29
    assert {len(repair) for repair in found.repairs} == {29}


def test_a_rate_that_is_a_cell_is_untenable_instead() -> None:
    relations = [*sums_and_equalities(), *rates(RATE)]
    found = locate({**cells(), RATE: Printed(84000, 0)}, relations)
    assert found.proven
    assert set(found.repairs) == {frozenset({RATE, TOTAL_2024, FTE_2023, line}) for line in LINES_2022}
    assert str(found.notes[0]) == (
        "Tarief 84.000 (tarief) is onhoudbaar: "
        "de overige bedragen vragen een tarief van 84.272,21 tot 84.272,64."
    )


def test_a_rounded_rate_stays_right_where_the_exact_one_does_not() -> None:
    found = locate({**cells(), RATE: Printed.parse("84K")}, [*sums_and_equalities(), *rates(RATE)])
    assert {len(repair) for repair in found.repairs} == {3}
    assert found.rates[RATE].low == Fraction("200146.5") / Fraction("2.375")


def test_a_rate_per_year_leaves_two_ways_out_of_2023() -> None:
    per_year = [
        Rate(Cell("Integraal EUR", line, year), Cell("Integraal FTE", line, year), year)
        for line in TABLES["Integraal EUR"]
        for year in YEARS
    ]
    found = locate(cells(), [*sums_and_equalities(), *per_year])
    tied = [group for group in found.groups if any(mend.cell == FTE_2023 for [mend] in group.repairs)]
    assert [{mend.cell for [mend] in group.repairs} for group in tied] == [
        {FTE_2023, Cell("Integraal FTE", "Thema 3", 2023)}
    ]
    assert set(found.rates) == set(YEARS)


def slack(key: Hashable, relations: Iterable[Relation], figures: Mapping[Hashable, Printed]) -> Fraction:
    """Work out the room of a double rounding once more, the plain way."""
    room = Fraction(0)
    for relation in relations:
        match relation:
            case Sum(total, parts) if total == key:
                finer = parts
            case Same(a, b) if key in (a, b):
                finer = (b if key == a else a,)
            case _:
                continue
        if min(figures[part].unit for part in finer) * 10 <= figures[key].unit:
            room = Fraction(figures[key].unit) / 20
    return room


def contradicts(
    conflict: Contradiction, relations: list[Relation], figures: Mapping[Hashable, Printed]
) -> bool:
    """Add the relations up once more and see whether the sum can be nothing at any rate above zero.

    With FTE times the rate, the sum is T + W x rate at the most, so it fails where T < 0 and W <= 0.
    """
    factors: dict[Hashable, Fraction] = {}
    for relation, times in conflict.multipliers:
        match relation:
            case Sum(total, parts, weights):
                terms = [
                    (total, Fraction(1)),
                    *((p, -Fraction(w)) for p, w in zip(parts, weights, strict=True)),
                ]
            case Same(a, b):
                terms = [(a, Fraction(1)), (b, Fraction(-1))]
            case Rate(euro, fte):
                terms = [(euro, Fraction(1)), (fte, Fraction(-1))]
        for key, factor in terms:
            factors[key] = factors.get(key, Fraction(0)) + times * factor
    used = {key for key, factor in factors.items() if factor}
    fixed = per_rate = Fraction(0)
    for key in used:
        interval = figures[key].interval.widened(slack(key, relations, figures))
        most = max(factors[key] * interval.low, factors[key] * interval.high)
        if isinstance(key, Cell) and figures[key].unit < 1:
            per_rate += most
        else:
            fixed += most
    return used == conflict.cells and fixed < 0 and per_rate <= 0 if per_rate else fixed < 0


def test_every_conflict_holds_when_added_up_once_more(with_rate: Localisation) -> None:
    relations = [*sums_and_equalities(), *rates(RATE)]
    assert with_rate.conflicts
    assert all(contradicts(conflict, relations, cells()) for conflict in with_rate.conflicts)


def test_both_bounds_of_a_proof_about_a_rate_follow_from_the_named_cells(with_rate: Localisation) -> None:
    checked = 0
    for conflict in with_rate.conflicts:
        if len(conflict.cells) != 4 or not str(conflict.proof).count(" / "):
            continue
        named = [key for key in conflict.cells if isinstance(key, Cell)]
        euros = {key.line + str(key.year): cells()[key].interval for key in named if "EUR" in key.table}
        ftes = {key.line + str(key.year): cells()[key].interval for key in named if "FTE" in key.table}
        lows = [euros[place].low / ftes[place].high for place in euros]
        highs = [euros[place].high / ftes[place].low for place in euros]
        assert (conflict.low, conflict.high) == (max(lows), min(highs))
        checked += 1
    assert checked >= 4


@pytest.mark.parametrize("scale", [10**power for power in range(13)])
@pytest.mark.parametrize(("offset", "wrong"), [(2, 0), (-2, 0), (3, 1), (-3, 1)])
def test_three_parts_may_differ_by_two_and_not_by_three_at_any_size(
    scale: int, offset: int, wrong: int
) -> None:
    parts = [3 * scale + 1, 2 * scale + 7, 5 * scale + 9]
    figures = {
        "total": Printed(sum(parts) + offset, 1),
        **{f"part {n}": Printed(v, 1) for n, v in enumerate(parts)},
    }
    again = {"again": Printed(sum(parts) + offset, 1)}
    found = locate(
        {**figures, **again}, [Sum("total", sorted(set(figures) - {"total"})), Same("total", "again")]
    )
    assert found.proven
    assert found.at_least == wrong
    assert len(found.repairs) == 3 * wrong


@pytest.mark.parametrize("scale", [10**power for power in range(0, 13, 3)])
@pytest.mark.parametrize(("gap", "wrong"), [(0, 0), (1, 1)])
def test_a_hidden_rate_is_judged_to_the_last_digit_at_any_size(scale: int, gap: int, wrong: int) -> None:
    figures = {
        "a": Printed(scale, 0),
        "fte a": Printed(1, 0),
        "b": Printed(3 * scale, 0),
        "fte b": Printed(3, 0),
        "c": Printed(7 * scale + gap, 0),
        "fte c": Printed(7, 0),
    }
    found = locate(figures, [Rate(key, f"fte {key}", "rate") for key in "abc"])
    assert found.proven
    assert found.at_least == wrong
    assert set(found.repairs) == ({frozenset({"c"}), frozenset({"fte c"})} if wrong else set())
    assert found.rates["rate"] == Span(Fraction(scale), Fraction(scale))


@pytest.mark.parametrize(
    ("cell_count", "seed"),
    [*((154, seed) for seed in range(10)), *((1089, seed) for seed in range(3)), (8593, 0)],
)
def test_no_more_cells_are_called_wrong_than_were_spoilt(cell_count: int, seed: int) -> None:
    network = generate(SIZES[cell_count], seed)
    assert len(network.cells) == cell_count
    found = locate(network.cells, network.relations)
    assert found.proven
    assert 0 < found.at_least <= len(network.spoilt)
    assert all(contradicts(conflict, network.relations, network.cells) for conflict in found.conflicts)
    assert found.at_least < len(network.spoilt) or network.spoilt in found.repairs


values_of_six = st.lists(st.integers(-9, 9), min_size=6, max_size=6)
sums = st.lists(
    st.tuples(st.lists(st.integers(0, 5), min_size=2, max_size=4, unique=True), st.integers(-1, 1)),
    min_size=1,
    max_size=4,
)


def smallest_by_trying_all(values: list[int], relations: list[Sum]) -> list[frozenset[int]]:
    from scipy.optimize import linprog

    rows = [[0.0] * 6 for _ in relations]
    for row, relation in zip(rows, relations, strict=True):
        total, *parts = (int(str(key)) for key in (relation.total, *relation.parts))
        row[total] = 1.0
        for part, weight in zip(parts, relation.weights, strict=True):
            row[part] -= float(weight)
    for size in range(7):
        fitting = []
        for chosen in combinations(range(6), size):
            bounds = [
                (None, None) if cell in chosen else (value - 0.5, value + 0.5)
                for cell, value in enumerate(values)
            ]
            if not rows or linprog([0.0] * 6, A_eq=rows, b_eq=[0.0] * len(rows), bounds=bounds).status == 0:
                fitting.append(frozenset(chosen))
        if fitting:
            return [] if fitting == [frozenset()] else fitting
    raise AssertionError


@settings(max_examples=60, deadline=None)
@given(values_of_six, sums)
def test_small_networks_get_the_repairs_that_trying_every_set_gives(
    values: list[int], terms: list[tuple[list[int], int]]
) -> None:
    relations = [Sum(keys[0], keys[1:], [1] * (len(keys) - 2) + [sign or -1]) for keys, sign in terms]
    relations = [relation for relation in relations if min(relation.weights) < 0 or relation.total == 0]
    found = locate({key: Printed(value, 1) for key, value in enumerate(values)}, relations)
    assert found.proven
    assert found.complete
    assert set(found.repairs) == set(smallest_by_trying_all(values, relations))


@settings(max_examples=40, deadline=None)
@given(values_of_six, sums)
def test_a_conflict_holds_and_without_any_one_of_its_cells_it_is_none(
    values: list[int], terms: list[tuple[list[int], int]]
) -> None:
    relations = [Sum(keys[0], keys[1:], [1] * (len(keys) - 2) + [sign or -1]) for keys, sign in terms]
    relations = [relation for relation in relations if min(relation.weights) < 0 or relation.total == 0]
    figures = {key: Printed(value, 1) for key, value in enumerate(values)}
    for conflict in locate(figures, relations).conflicts:
        named = [relation for relation, _ in conflict.multipliers]
        only: dict[Hashable, Figure] = {
            key: figures[key] if key in conflict.cells else MISSING for key in figures
        }
        assert locate(only, named).at_least > 0
        for cell in conflict.cells:
            assert locate({**only, cell: MISSING}, named).at_least == 0


def test_a_repair_is_mended_by_exactly_the_figures_it_lists(sums_only: Localisation) -> None:
    relations = sums_and_equalities()
    [[mend]] = next(group.repairs for group in sums_only.groups if group.decidable)
    assert mend.low is not None
    assert mend.high is not None
    for value, wrong in ((mend.low - 1, 2), (mend.low, 1), (mend.high, 1), (mend.high + 1, 2)):
        assert locate({**cells(), TOTAL_2024: Printed(value, 1)}, relations).at_least == wrong


def test_locked_cells_are_in_no_repair(sums_only: Localisation) -> None:
    found = locate(cells(), sums_and_equalities(), locked=LINES_2022[1:])
    assert found.repairs == [frozenset({TOTAL_2024, LINES_2022[0]})]
    assert sums_only.at_least == found.at_least


def test_a_lighter_cell_is_changed_before_a_heavier_one() -> None:
    figures = {"total": Printed(10, 1), "a": Printed(1, 1), "b": Printed(2, 1)}
    relations = [Sum("total", ["a", "b"])]
    assert len(locate(figures, relations).repairs) == 3
    weighed = locate(figures, relations, weights={"total": 3, "a": Decimal("0.5")})
    assert (weighed.repairs, weighed.at_least) == ([frozenset("a")], Fraction(1, 2))


def test_what_cannot_be_read_is_open_and_never_wrong() -> None:
    relations: list[Relation] = [Sum("total", ["a", "b"]), Same("total", "again")]
    figures: dict[Hashable, Figure] = {"total": Printed(10, 1), "a": MISSING, "b": Printed(2, 1)}
    assert locate({**figures, "again": Printed(10, 1)}, relations).repairs == []
    found = locate({**figures, "again": Printed(20, 1)}, relations)
    assert set(found.repairs) == {frozenset({"again"}), frozenset({"total"})}


def test_statements_of_one_figure_narrow_each_other() -> None:
    relations = [Same("a", "b")]
    assert locate({"a": [Printed(10, 10), Printed(6, 1)], "b": Printed(6, 1)}, relations).repairs == []
    assert locate({"a": [Printed(10, 10), Printed(6, 1)], "b": Printed(8, 1)}, relations).at_least == 1


def test_a_ratio_and_a_share_count_too() -> None:
    figures = {"whole": Printed(893217, 1), "half": Printed(446609, 1), "kgw": Printed("62973", 1)}
    share = Share("kgw", "half", Printed("0.0565", "0.0001"), Decimal(40000), Decimal(40000))
    relations: list[Relation] = [Ratio("half", "whole", Decimal(3), Decimal(6)), share]
    assert locate(figures, relations).repairs == []
    found = locate({**figures, "half": Printed(446709, 1)}, relations)
    assert set(found.repairs) == {frozenset({"half"}), frozenset({"whole"})}
    found = locate({**figures, "kgw": Printed(63955, 1)}, relations)
    assert found.repairs[0] == {"kgw"}


def test_a_rounded_rate_of_its_own_bounds_each_link() -> None:
    figures = {"euro": Printed(446609, 1), "fte": Printed("5.30", "0.01")}
    assert locate(figures, [Rate("euro", "fte", Printed.parse("84K"))]).repairs == []
    assert locate(figures, [Rate("euro", "fte", Printed.parse("83K"))]).at_least == 1


@pytest.mark.parametrize(
    ("figures", "relations", "codes"),
    [
        ({"a": Printed(1, 1)}, [Same("a", "b")], ["network.unknown_cell"]),
        ({"a": Printed(1, 1), "b": Printed(1, 1)}, [Sum("a", ["a", "b"])], ["network.cyclic_total"]),
        (
            {key: Printed(1, 1) for key in "abcd"},
            [Sum("a", ["b", "c"]), Sum("b", ["d", "a"])],
            ["network.cyclic_total"],
        ),
        (
            {"a": Printed(1, 1), "b": Printed(1, 1)},
            [Rate("a", "b", Printed(0, 1))],
            ["network.rate_not_positive"],
        ),
        (
            {"a": Printed(1, 1), "b": Printed(1, 1), "r": Printed(-1, 1)},
            [Rate("a", "b", "r")],
            ["network.rate_not_positive"],
        ),
        (
            {"a": Printed(1, 1), "b": Printed(1, 1)},
            [Ratio("a", "b", Decimal(1), Decimal(0))],
            ["network.zero_weights"],
        ),
        (
            {key: Printed(1, 1) for key in "abcd"},
            [Rate("a", "b", "r"), Rate("c", "d", "q"), Same("b", "d")],
            ["network.two_rates"],
        ),
        (
            {key: Printed(1, 1) for key in "abc"},
            [Rate("a", "b", "r"), Sum("c", ["a", "b"])],
            ["network.euro_and_fte"],
        ),
    ],
)
def test_a_faulty_network_is_refused_with_its_faults(
    figures: dict[Hashable, Figure], relations: list[Relation], codes: list[str]
) -> None:
    with pytest.raises(NetworkError) as error:
        locate(figures, relations)
    assert [fault.code for fault in error.value.faults] == codes
    assert error.value.render("nl") != error.value.render("en")


def test_all_faults_are_listed_at_once() -> None:
    with pytest.raises(NetworkError) as error:
        locate({"a": Printed(1, 1)}, [Sum("a", ["a", "x"])], locked=["y"], weights={"a": 0})
    assert {fault.code for fault in error.value.faults} == {
        "network.unknown_cell",
        "network.cyclic_total",
        "network.unknown_lock",
        "network.weight_not_positive",
    }


def test_a_sum_and_its_difference_are_no_cycle() -> None:
    figures = {"a": Printed(3, 1), "b": Printed(1, 1), "c": Printed(2, 1)}
    assert locate(figures, [Sum("a", ["b", "c"]), Sum("b", ["a", "c"], [1, -1])]).repairs == []


def test_locked_cells_that_contradict_each_other_are_refused_with_the_proof() -> None:
    figures = {"total": Printed(10, 1), "again": Printed(20, 1), "part": Printed(5, 1)}
    with pytest.raises(NetworkError, match="total, again") as error:
        locate(figures, [Same("total", "again"), Sum("total", ["part"])], locked=["total", "again"])
    assert "20 is ten minste 19,50; 10 is ten hoogste 10,50" in str(error.value)


def test_not_a_number_is_no_figure_to_begin_with() -> None:
    with pytest.raises(FigureError):
        Printed("NaN", 1)


def test_a_cell_in_no_relation_is_named_and_left_alone() -> None:
    found = locate({"a": Printed(1, 1), "b": Printed(2, 1), "alone": Printed(3, 1)}, [Same("a", "b")])
    assert found.unused == ("alone",)
    assert all("alone" not in repair for repair in found.repairs)


def test_nothing_to_reason_about_is_consistent() -> None:
    for found in (locate({}, []), locate({"a": Printed(1, 1)}, [])):
        assert (found.repairs, found.proven, found.conflicts) == ([], True, [])


def test_ten_thousand_identical_cells_are_no_trouble() -> None:
    figures: dict[Hashable, Printed] = {number: Printed(7, 1) for number in range(10_000)}
    chain = [Same(number, number + 1) for number in range(9_999)]
    assert locate(figures, chain).repairs == []
    found = locate({**figures, 5_000: Printed(9, 1)}, chain)
    assert (found.repairs, found.proven) == ([frozenset({5_000})], True)


def test_ten_thousand_identical_parts_add_up() -> None:
    figures: dict[Hashable, Printed] = {number: Printed(7, 1) for number in range(10_000)}
    assert locate({**figures, "total": Printed(75_000, 1)}, [Sum("total", range(10_000))]).repairs == []
    found = locate(
        {**figures, "total": Printed(80_000, 1)}, [Sum("total", range(10_000))], locked=range(10_000)
    )
    assert found.repairs == [frozenset({"total"})]


def test_out_of_time_the_answer_says_it_is_not_proven() -> None:
    network = generate(SIZES[154], 0)
    found = locate(network.cells, network.relations, time_limit=0)
    assert not found.proven
    assert not found.complete
    assert found.notes[0] == Message("network.not_proven", {"seconds": Decimal(0)})
    assert (
        str(found.notes[0]) == "Niet bewezen minimaal binnen 0 s. Geef meer tijd voor een bewezen antwoord."
    )
    [repair] = found.repairs
    assert network.spoilt <= repair


def test_relations_that_share_no_cell_are_separate_systems() -> None:
    figures: dict[Hashable, Printed] = {key: Printed(1, 1) for key in "abcd"}
    assert len(systems_of(figures, [Same("a", "b"), Same("c", "d")])) == 2
