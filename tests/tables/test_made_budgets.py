"""Budgets made at random, dense and half blank: their sums are found, and a total that is wrong is told."""

from collections.abc import Callable, Iterator
from random import Random

import pytest

from hoka_excel import find_sums
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.search.aggregations import Aggregation
from tests.tables.made_budgets import Budget, Shape, Style, Sum, any_shape

_BUDGETS = 120
_FEWEST_COLUMNS = 3
"""So many columns prove each other."""


def prove_each_other(shape: Shape) -> bool:
    return shape.columns >= _FEWEST_COLUMNS


def say_what_they_add_up(shape: Shape) -> bool:
    return shape.columns < _FEWEST_COLUMNS and shape.style is not Style.NAME


def budgets(
    chosen: Callable[[Shape], bool] = prove_each_other, *, blank: float = 0.0
) -> Iterator[tuple[Budget, Random]]:
    seed = made = 0
    while made < _BUDGETS:
        random = Random(seed)  # noqa: S311 - repeatable
        shape = any_shape(random, blank=blank)
        seed += 1
        if chosen(shape):
            made += 1
            yield Budget.of(shape, random), random


def found(budget: Budget) -> dict[Sum, Aggregation]:
    return {(one.total, frozenset(one.parts)): one for one in find_sums(budget.cells)}


def mismatches(budget: Budget) -> list[Aggregation]:
    return [one for one in find_sums(budget.cells) if one.verdict is Verdict.MISMATCH]


def test_every_sum_is_found_and_nothing_else() -> None:
    for budget, _ in budgets():
        assert found(budget).keys() == budget.sums, budget.shape
        assert not mismatches(budget), budget.shape


def test_half_blank_next_to_every_sum_is_found_and_next_to_nothing_is_accused() -> None:
    stated = told = accused = 0
    for budget, _ in budgets(blank=0.5):
        stated += len(budget.sums)
        told += len(budget.sums & found(budget).keys())
        accused += bool(mismatches(budget))
    assert told > 0.95 * stated
    assert accused <= 0.01 * _BUDGETS


def test_of_two_ways_to_add_up_the_same_lines_one_will_do() -> None:
    random = Random(407)  # noqa: S311 - by chance, a larger total adds up one that does not tie as its parts
    budget = Budget.of(any_shape(random, blank=0.5), random)
    assert any(one.ground.failing for one in found(budget).values())
    assert not mismatches(budget)


def test_half_blank_in_one_year_or_two_hardly_any_is_accused() -> None:
    accused = sum(bool(mismatches(budget)) for budget, _ in budgets(say_what_they_add_up, blank=0.5))
    assert accused <= 0.02 * _BUDGETS


@pytest.mark.parametrize("factor", [0.6, 0.99, 1.01, 1.8])
def test_the_total_that_is_wrong_is_told_and_no_sum_without_it(factor: float) -> None:
    told = accused = 0
    for budget, _ in budgets():
        wrong = budget.with_wrong_total(factor)
        reported = mismatches(budget)
        told += any(one.total == wrong for one in reported)
        accused += any(wrong not in (one.total, *one.parts) for one in reported)
    assert told > 0.98 * _BUDGETS
    assert accused < 0.02 * _BUDGETS


@pytest.mark.parametrize("factor", [0.1, 0.6, 0.94, 1.06, 1.8, 10])
def test_in_one_year_or_two_most_totals_that_say_what_they_add_up_are_told_if_wrong(factor: float) -> None:
    told = accused = 0
    for budget, _ in budgets(say_what_they_add_up):
        wrong = budget.with_wrong_total(factor)
        reported = mismatches(budget)
        told += any(wrong in (one.total, *one.parts) for one in reported)
        accused += any(wrong not in (one.total, *one.parts) for one in reported)
    assert told > 0.85 * _BUDGETS
    assert accused < 0.05 * _BUDGETS
