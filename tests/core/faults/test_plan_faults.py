"""Faults of a plan: all of them, each with its subject."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from hoka_excel.core.faults.plan import faults_of
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import (
    AllocationKey,
    BalancingLine,
    Explanation,
    KeyShare,
    Plan,
    Ref,
    Theme,
)


def codes(plan: Plan) -> list[str]:
    return [fault.code for fault in faults_of(plan, lambda subject: ".".join(map(str, subject)))]


def with_theme(plan: Plan, index: int, **changes: Any) -> Plan:
    themes: list[Theme] = list(plan.themes)
    themes[index] = replace(themes[index], **changes)
    return replace(plan, themes=tuple(themes))


def test_the_published_plan_has_no_faults(published_plan: Plan) -> None:
    assert codes(published_plan) == []


def test_all_faults_are_listed_at_once(published_plan: Plan) -> None:
    plan = replace(
        with_theme(published_plan, 0, weight=Decimal(-3)), years=(2019, 2019, 2021, 2022, 2023, 2024)
    )
    plan = with_theme(plan, 1, division=BalancingLine("Onbekend"))
    assert codes(plan) == ["plan.repeated_year", "plan.negative_weight", "plan.unknown_line"]


@pytest.mark.parametrize(
    ("shares", "code"),
    [
        ((), "plan.line_without_share"),
        ((KeyShare("GNK/SUMMA", Printed(-1, 0)),), "plan.negative_weight"),
        ((KeyShare("Elders", Printed(1, 0)),), "plan.unknown_line"),
        ((KeyShare("KGW", Printed(1, 0)), KeyShare("KGW", Printed(1, 0))), "plan.repeated_label"),
        ((KeyShare("KGW", Printed(0, 0)),), "plan.zero_weights"),
    ],
)
def test_an_allocation_key_covers_the_lines_of_its_table(
    published_plan: Plan, shares: tuple[KeyShare, ...], code: str
) -> None:
    key = AllocationKey("studenten", inferred=True, shares=shares)
    assert code in codes(with_theme(published_plan, 0, division=key))


def test_zero_weights_everywhere_are_a_fault(published_plan: Plan) -> None:
    themes = tuple(replace(theme, weight=Decimal(0)) for theme in published_plan.themes)
    assert codes(replace(published_plan, themes=themes)) == ["plan.zero_weights"]


def test_labels_and_table_names_are_unique(published_plan: Plan) -> None:
    table = published_plan.themes[1].table
    twice = replace(table, lines=(table.lines[0], table.lines[0], table.lines[1]))
    assert "plan.repeated_label" in codes(with_theme(published_plan, 1, table=twice))
    assert "plan.repeated_table" in codes(with_theme(published_plan, 1, table=published_plan.themes[0].table))


def test_an_explanation_belongs_to_a_figure(published_plan: Plan) -> None:
    stray = Explanation(Ref("Thema 9", "Totaal", 2022), "onbekend")
    assert codes(replace(published_plan, explanations=(stray,))) == ["plan.unknown_figure"]


def test_a_rate_is_above_zero(published_plan: Plan) -> None:
    rate = replace(published_plan.rate, printed=Printed(0, 1), working=Decimal(0))
    assert codes(replace(published_plan, rate=rate)) == ["plan.rate_not_positive"] * 2
