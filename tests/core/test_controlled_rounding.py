"""Rounding whole tables that still add up."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, product
from math import ceil, floor
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hoka_excel import Allocation2D, allocate_table
from hoka_excel.core.allocating import table_solver
from hoka_excel.core.controlled_rounding import round_table
from hoka_excel.core.errors import AllocationError

GRANTS = [893217, 893217, 911213, 1137046, 1200884, 1355443]
RATIO = (3, 2, 1)

Table = list[list[Fraction]]
T = TypeVar("T")


def tables(cells: st.SearchStrategy[Fraction], most: int = 6) -> st.SearchStrategy[Table]:
    return st.integers(1, most).flatmap(
        lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=most)
    )


exact_cells = st.one_of(
    st.just(Fraction(0)), st.fractions(-1000, 1000, max_denominator=12), st.fractions(0, 10**9)
)
whole_cells = st.one_of(st.just(0), st.integers(0, 5), st.integers(0, 10**6)).map(Fraction)


def integers(table: Allocation2D) -> list[list[int]]:
    return [[int(cell) for cell in row] for row in table.cells]


def transposed(table: Sequence[Sequence[T]]) -> list[list[T]]:
    return [list(column) for column in zip(*table, strict=True)]


def assert_additive(table: Allocation2D) -> None:
    assert [sum(row) for row in table.cells] == list(table.row_totals)
    assert [sum(column) for column in zip(*table.cells, strict=True)] == list(table.column_totals)
    assert sum(table.row_totals) == sum(table.column_totals) == table.total


def figures(cells: Sequence[Sequence[Decimal | Fraction | int]]) -> list[Fraction]:
    """The cells, row totals, column totals and grand total of a table."""
    table = [[Fraction(cell) for cell in row] for row in cells]
    rows = [sum(row, Fraction(0)) for row in table]
    columns = [sum(column, Fraction(0)) for column in transposed(table)]
    return [*chain.from_iterable(table), *rows, *columns, sum(rows, Fraction(0))]


def distances(cells: Sequence[Sequence[Decimal | int]], exact: Table) -> list[Fraction]:
    """How far every figure of a rounded table lies from its exact value."""
    return [abs(got - wanted) for got, wanted in zip(figures(cells), figures(exact), strict=True)]


def assert_near(rounded: Allocation2D, exact: Table, unit: Fraction = Fraction(1)) -> None:
    """Every cell and total within one unit; exactly whole ones stay."""
    for off, value in zip(distances(rounded.cells, exact), figures(exact), strict=True):
        assert off < unit
        assert value % unit != 0 or off == 0


def test_the_theme_amounts_of_the_plan_add_up_over_themes_and_years() -> None:
    exact = [[Fraction(grant * weight, 6) for grant in GRANTS] for weight in RATIO]
    rounded = round_table(exact)
    assert_additive(rounded)
    assert_near(rounded, exact)
    assert list(rounded.column_totals) == GRANTS


def test_the_same_table_adds_up_in_hundredths_of_an_fte() -> None:
    exact = [[Fraction(grant * weight, 6) / Fraction("84272.4") for grant in GRANTS] for weight in RATIO]
    rounded = round_table(exact, unit="0.01")
    assert_additive(rounded)
    assert_near(rounded, exact, Fraction("0.01"))
    assert {cell.as_tuple().exponent for row in rounded.cells for cell in row} == {-2}


@given(exact=tables(exact_cells))
def test_every_cell_and_total_of_a_rounded_table_is_within_one_unit(exact: Table) -> None:
    rounded = round_table(exact)
    assert_additive(rounded)
    assert_near(rounded, exact)


@given(exact=tables(exact_cells))
def test_a_transposed_table_rounds_as_near(exact: Table) -> None:
    upright, across = round_table(exact).cells, round_table(transposed(exact)).cells
    assert_equally_near(distances(upright, exact), distances(transposed(across), exact))


@given(exact=tables(st.fractions(0, 3, max_denominator=7), most=3))
def test_no_other_additive_rounding_is_nearer(exact: Table) -> None:
    width = len(exact[0])
    neighbours = product(*({floor(x), ceil(x)} for x in chain.from_iterable(exact)))
    others = ([choice[k : k + width] for k in range(0, len(choice), width)] for choice in neighbours)
    off = [distances(cells, exact) for cells in others]
    nearest = min((gaps for gaps in off if max(gaps) < 1), key=sum)
    assert_equally_near(distances(round_table(exact).cells, exact), nearest)


def assert_equally_near(one: Sequence[Fraction], other: Sequence[Fraction]) -> None:
    """The sum of the distances is the same, up to the tolerance of the solver."""
    assert abs(sum(one, Fraction(0)) - sum(other, Fraction(0))) < Fraction(1, 10**6)


@given(exact=tables(exact_cells).filter(lambda table: sum(chain.from_iterable(table)) != 0))
def test_a_table_of_credits_mirrors_one_of_debits(exact: Table) -> None:
    mirrored = round_table([[-x for x in row] for row in exact])
    assert integers(mirrored) == [[-cell for cell in row] for row in integers(round_table(exact))]


def test_ties_raise_the_cells_nearest_the_top_left() -> None:
    assert integers(round_table([["0.5", "0.5"], ["0.5", "0.5"]])) == [[1, 0], [0, 1]]
    assert integers(allocate_table([1, 1, 1], [1, 1, 1], [[1] * 3] * 3)) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert integers(allocate_table([-1, -1], [-1, -1], [[1, 1], [1, 1]])) == [[-1, 0], [0, -1]]


@given(weights=tables(whole_cells))
def test_weights_in_the_proportions_of_the_totals_divide_pro_rata(weights: Table) -> None:
    rows, columns = [int(sum(row)) for row in weights], [int(sum(c)) for c in transposed(weights)]
    assume(sum(rows))
    doubled = [[int(weight) * 2 for weight in row] for row in weights]
    assert integers(allocate_table(rows, columns, doubled)) == weights


@given(
    seeds=tables(st.integers(0, 50).map(Fraction), most=5),
    factors=st.lists(st.integers(1, 20), min_size=10, max_size=10),
)
def test_weights_are_scaled_by_row_and_by_column_to_meet_the_totals(seeds: Table, factors: list[int]) -> None:
    across, down = factors[:5], factors[5:]
    exact = [[int(x) * across[i] * down[j] for j, x in enumerate(row)] for i, row in enumerate(seeds)]
    assume(any(chain.from_iterable(exact)))
    weights = [[int(x) for x in row] for row in seeds]
    rows, columns = [sum(row) for row in exact], [sum(column) for column in transposed(exact)]
    assert integers(allocate_table(rows, columns, weights)) == exact


@given(data=st.data(), amounts=tables(whole_cells))
def test_totals_are_met_and_zeros_stay_whatever_the_weights(data: st.DataObject, amounts: Table) -> None:
    weights = [[data.draw(st.integers(1, 1000)) if x else 0 for x in row] for row in amounts]
    rows, columns = [int(sum(row)) for row in amounts], [int(sum(c)) for c in transposed(amounts)]
    assume(sum(rows))
    table = allocate_table(rows, columns, weights)
    assert_additive(table)
    assert list(table.row_totals) == rows
    assert list(table.column_totals) == columns
    for row, keys in zip(table.cells, weights, strict=True):
        assert all(cell >= 0 and (key or not cell) for cell, key in zip(row, keys, strict=True))
    across = allocate_table(columns, rows, transposed(weights))
    assert_additive(across)


@pytest.mark.parametrize(("height", "width", "zeros"), [(20, 12, 0.0), (60, 40, 0.0), (60, 40, 0.7)])
@pytest.mark.parametrize("unit", ["1", "0.01", "1000"])
def test_large_tables_meet_their_totals(height: int, width: int, zeros: float, unit: str) -> None:
    random, step = Random(7), Decimal(unit)  # noqa: S311 - a repeatable table, no secret
    weights = [
        [0 if random.random() < zeros else random.randint(1, 999) for _ in range(width)]
        for _ in range(height)
    ]
    amounts = [[random.randint(0, 10**6) * step if key else step * 0 for key in row] for row in weights]
    rows, columns = [sum(row, step * 0) for row in amounts], [sum(c, step * 0) for c in transposed(amounts)]
    table = allocate_table(rows, columns, weights, unit=unit)
    assert_additive(table)
    assert list(table.row_totals) == rows
    assert list(table.column_totals) == columns
    assert all(
        not cell
        for row, keys in zip(table.cells, weights, strict=True)
        for cell, key in zip(row, keys, strict=True)
        if not key
    )


def test_cells_lie_within_one_unit_of_the_proportional_table() -> None:
    rows, columns, weights = [100, 250, 75], [200, 125, 100], [[3, 1, 4], [1, 5, 9], [2, 6, 5]]
    exact = [[float(weight) for weight in row] for row in weights]
    for _ in range(500):
        exact = [[x * total / sum(row) for x in row] for row, total in zip(exact, rows, strict=True)]
        turned = [[x * t / sum(c) for x in c] for c, t in zip(transposed(exact), columns, strict=True)]
        exact = transposed(turned)
    cells = integers(allocate_table(rows, columns, weights))
    assert all(
        abs(x - y) < 1 for row, xs in zip(cells, exact, strict=True) for y, x in zip(row, xs, strict=True)
    )


@pytest.mark.parametrize(
    ("rows", "columns", "weights", "expected"),
    [
        ([10**6, 10**6], [10**6, 10**6], [[1, 1], [0, 1]], [[10**6, 0], [0, 10**6]]),
        ([10**9 + 1, 10**9], [10**9, 10**9 + 1], [[1, 1], [0, 1]], [[10**9, 1], [0, 10**9]]),
        ([10**15, 0], [10**15 - 3, 3], [[1, 1], [1, 1]], [[10**15 - 3, 3], [0, 0]]),
        (
            [81679, 1305504],
            [81678, 387335, 918170],
            [["6e12", 0, "8e-5"], ["9e-7", "4e11", "3e10"]],
            [[81678, 0, 1], [0, 387335, 918169]],
        ),
    ],
)
def test_totals_that_all_but_empty_a_cell_are_met(
    rows: list[int], columns: list[int], weights: Any, expected: list[list[int]]
) -> None:
    assert integers(allocate_table(rows, columns, weights)) == expected


@pytest.mark.parametrize(
    ("rows", "columns", "weights", "code"),
    [
        ([], [], [], "empty_table"),
        ([0], [], [[]], "empty_table"),
        ([1], [1], [[1], [1]], "table_height"),
        ([1, 1], [1, 1], [[1, 1], [1]], "table_width"),
        ([1, 1], [1, 1], [[1, 1], [1, -1]], "negative"),
        ([0, 0], [0, 0], [[0, 0], [0, 0]], "zero_weights"),
        ([1, 1], [1, 1], [[1, "nan"], [1, 1]], "bad_number"),
        (["inf", 1], [1, 1], [[1, 1], [1, 1]], "bad_number"),
        ([1, 1], ["x", 1], [[1, 1], [1, 1]], "bad_number"),
        (["0.5", "0.5"], [1, 0], [[1, 1], [1, 1]], "not_whole_units"),
        ([1, 0], ["0.5", "0.5"], [[1, 1], [1, 1]], "not_whole_units"),
        ([1, 2], [3, 4], [[1, 1], [1, 1]], "totals_differ"),
        ([3, -1], [1, 1], [[1, 1], [1, 1]], "mixed_signs"),
        ([5, 5], [4, 6], [[0, 0], [1, 1]], "row_without_weight"),
        ([5, 5], [4, 6], [[1, 0], [1, 0]], "column_without_weight"),
        ([5, 5], [4, 6], [[1, 0], [1, 1]], "rows_blocked"),
        ([5, 5, 5], [5, 4, 6], [[1, 1, 0], [1, 1, 0], [1, 1, 1]], "columns_blocked"),
    ],
)
def test_what_cannot_be_met_is_refused_with_its_reason(
    rows: Any, columns: Any, weights: Any, code: str
) -> None:
    with pytest.raises(AllocationError) as refused:
        allocate_table(rows, columns, weights)
    assert [fault.code for fault in refused.value.faults] == [f"allocation.{code}"]
    assert "{" not in refused.value.render("nl") + refused.value.render("en")


@pytest.mark.parametrize(
    ("rows", "columns", "weights", "reason"),
    [
        ([1, 2], [3, 4], [[1, 1], [1, 1]], r"rijtotalen tellen op tot 3, de kolomtotalen tot 7\."),
        ([5, 5], [4, 6], [[0, 0], [1, 1]], r"Rij 1 heeft totaal 5, maar geen gewicht boven nul\."),
        ([5, 5], [4, 6], [[1, 0], [1, 0]], r"Kolom 2 heeft totaal 6, maar geen gewicht boven nul\."),
        ([5, 5], [4, 6], [[1, 0], [1, 1]], r"Rij 1 \(samen 5\) .* in kolom 1 \(samen 4\)\."),
        (
            [5, 5, 5],
            [5, 4, 6],
            [[1, 1, 0], [1, 1, 0], [1, 1, 1]],
            r"Kolom 3 \(samen 6\) .* in rij 3 \(samen 5\)\.",
        ),
        ([-5, -5], [-4, -6], [[1, 0], [1, 1]], r"Rij 1 \(samen -5\) .* in kolom 1 \(samen -4\)\."),
        ([1, 1], [1, 1], [[1, "nan"], [1, 1]], r"Rij 1, kolom 2: 'nan' is geen eindig getal\."),
    ],
)
def test_a_refusal_names_the_rows_and_columns(rows: Any, columns: Any, weights: Any, reason: str) -> None:
    with pytest.raises(AllocationError, match=reason):
        allocate_table(rows, columns, weights)


@pytest.mark.parametrize("unit", [0, -1])
@pytest.mark.parametrize(
    "call",
    [lambda unit: round_table([["1"]], unit=unit), lambda unit: allocate_table([1], [1], [[1]], unit=unit)],
)
def test_a_unit_lies_above_zero(call: Callable[[int], object], unit: int) -> None:
    with pytest.raises(AllocationError) as refused:
        call(unit)
    assert refused.value.faults[0].code == "allocation.unit_not_positive"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([], "empty_table"),
        ([[]], "empty_table"),
        ([["1", "2"], ["1"]], "table_width"),
        ([["1", "inf"]], "bad_number"),
    ],
)
def test_a_table_that_is_none_is_not_rounded(values: Any, code: str) -> None:
    with pytest.raises(AllocationError) as refused:
        round_table(values)
    assert refused.value.faults[0].code == f"allocation.{code}"


@pytest.mark.parametrize("answer", [None, set(), {(0, 0)}, {(0, 0), (0, 1)}])
def test_a_wrong_answer_of_the_solver_is_refused(
    answer: set[tuple[int, int]] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_solver, "choose_raised", lambda *_: answer)
    with pytest.raises(AllocationError) as refused:
        allocate_table([1, 1], [1, 1], [[1, 1], [1, 1]])
    assert refused.value.faults[0].code == "allocation.unsolved"


def test_scipy_loads_only_when_a_table_is_rounded() -> None:
    script = "import sys, hoka_excel; hoka_excel.allocate_table; assert 'scipy' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
