"""Exact true values from rough ones."""

from fractions import Fraction

import pytest

from hoka_excel.core.figures import Printed
from hoka_excel.core.localising.constraints import FREE, System, systems_of
from hoka_excel.core.localising.solver import Solver
from hoka_excel.core.localising.witnesses import Grid, satisfies, solved_near, witness
from hoka_excel.core.relations import Rate, Relation, Sum


def system_of(figures: dict[str, int], relations: list[Relation]) -> System:
    [system] = systems_of({key: Printed(figure, 1) for key, figure in figures.items()}, relations)
    return system


TWO_PARTS = system_of({"total": 4, "a": 1, "b": 2}, [Sum("total", ["a", "b"])])
SPANS = [column.printed for column in TWO_PARTS.columns]


@pytest.mark.parametrize(
    ("values", "right"),
    [
        (("3.5", "1.5", "2"), True),
        (("3.75", "1.5", "2.25"), True),
        (("3.75", "1.5", "2"), False),
        (("3.4", "1.4", "2"), False),
        (("4.25", "1.5", "2.75"), False),
    ],
)
def test_values_count_when_they_lie_in_their_spans_and_solve_the_equations(
    values: tuple[str, ...], right: bool
) -> None:
    assert satisfies(TWO_PARTS, SPANS, [Fraction(value) for value in values]) is right


def test_a_column_times_a_rate_lies_between_its_ends_times_the_rate() -> None:
    system = system_of({"eur": 168, "fte": 2}, [Rate("eur", "fte", "rate")])
    spans = [column.printed for column in system.columns]
    eur, fte, rate = (
        next(n for n, column in enumerate(system.columns) if column.key == key)
        for key in ("eur", "fte", "rate")
    )
    for per_fte, right in ((80, True), (112, True), (113, False), (67, False)):
        values = dict.fromkeys((eur, fte), Fraction(168)) | {rate: Fraction(per_fte)}
        assert satisfies(system, spans, [values[number] for number in range(3)]) is right


@pytest.mark.parametrize("size", [1, 10**6, 10**12])
def test_rough_values_become_exact_ones_at_any_size(size: int) -> None:
    figures = {"total": 3 * size + 2, "a": size, "b": size, "c": size}
    system = system_of(figures, [Sum("total", ["a", "b", "c"])])
    spans = [column.printed for column in system.columns]
    solver = Solver(system, spans)
    outcome = solver.violation({})
    for found in (
        Grid(system, spans, solver.base, solver.steps).nearest({}, outcome),
        solved_near(system, spans, outcome),
        witness(system, spans, outcome),
    ):
        assert found is not None
        assert satisfies(system, spans, found)


def test_no_rough_values_become_exact_where_there_are_none() -> None:
    system = system_of({"total": 30, "a": 10, "b": 10}, [Sum("total", ["a", "b"])])
    spans = [column.printed for column in system.columns]
    assert witness(system, spans, Solver(system, spans).violation({})) is None


def test_a_loosened_column_may_leave_its_span() -> None:
    system = system_of({"total": 30, "a": 10, "b": 10}, [Sum("total", ["a", "b"])])
    spans = [column.printed for column in system.columns]
    total = next(number for number, column in enumerate(system.columns) if column.key == "total")
    solver = Solver(system, spans)
    found = Grid(system, spans, solver.base, solver.steps).nearest(
        {total: FREE}, solver.violation({total: FREE})
    )
    assert found is not None
    assert 19 <= found[total] <= 21
