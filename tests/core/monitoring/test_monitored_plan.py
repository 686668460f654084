"""What a plan says of its monitoring: its faults, and what a comparison sees of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.core.faults.plan import faults_of
from hoka_excel.core.figures import Printed
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.core.plan_comparison import Subject, Topic, compare
from tests.monitored import monitored

LINE = Ref("Thema 2", "Didactische leergangen", 2019)


def faults(plan: Plan) -> list[tuple[str, str]]:
    found = faults_of(plan, lambda subject: ".".join(map(str, subject)))
    return [(fault.code, str(fault.values["where"])) for fault in found]


def test_the_monitored_plan_has_no_faults(published_plan: Plan) -> None:
    assert faults(monitored(published_plan)) == []


@pytest.mark.parametrize(
    "ref",
    [
        LINE._replace(year=2031),
        LINE._replace(line="Onbekend"),
        LINE._replace(line="Totaal EUR"),
        LINE._replace(table="Integraal EUR"),
    ],
    ids=["another year", "another line", "a total", "the integral table"],
)
def test_actuals_and_openings_belong_to_a_line_of_a_theme_in_a_year_of_the_plan(
    published_plan: Plan, ref: Ref
) -> None:
    assert faults(replace(published_plan, actuals={ref: Printed(1, 1)})) == [
        ("plan.not_a_line", "realisatie")
    ]
    assert faults(replace(published_plan, openings={ref: Printed(1, 1)})) == [
        ("plan.not_a_line", "beginstand")
    ]


def test_only_the_first_year_has_an_opening_balance(published_plan: Plan) -> None:
    plan = replace(published_plan, openings={LINE._replace(year=2020): Printed(1, 1)})
    assert faults(plan) == [("plan.late_opening", "beginstand")]


def test_a_reason_belongs_to_a_figure_and_may_be_that_of_a_total(published_plan: Plan) -> None:
    assert faults(replace(published_plan, reasons={LINE._replace(line="Totaal EUR"): "x"})) == []
    plan = replace(published_plan, reasons={LINE._replace(year=2031): "x"})
    assert faults(plan) == [("plan.unknown_figure", "afwijkingen")]


def test_a_threshold_is_not_below_zero(published_plan: Plan) -> None:
    plan = replace(published_plan, thresholds=Thresholds(Decimal(-5), Decimal("-0.01")))
    assert faults(plan) == [
        ("plan.negative_threshold", "signalering.procent"),
        ("plan.negative_threshold", "signalering.bedrag"),
    ]


def test_a_comparison_sees_thresholds_openings_actuals_and_reasons(published_plan: Plan) -> None:
    told = {
        found.subject: (found.old, found.new) for found in compare(published_plan, monitored(published_plan))
    }
    assert told[Subject(Topic.THRESHOLD_PERCENTAGE)] == (None, Decimal(5))
    assert told[Subject(Topic.THRESHOLD_AMOUNT)] == (None, Decimal(10_000))
    assert told[Subject(Topic.OPENING, "Thema 1", "KGW", 2019)] == (None, Decimal("0.25"))
    assert told[Subject(Topic.REASON, "Thema 2", "Totaal EUR", 2020)] == (
        None,
        "Zie de afzonderlijke regels.",
    )
    assert told[Subject(Topic.ACTUAL, "Thema 1", "GNK/SUMMA", 2019)] == (None, Decimal("2.56"))
    assert {subject.topic for subject in told} == {
        Topic.THRESHOLD_PERCENTAGE,
        Topic.THRESHOLD_AMOUNT,
        Topic.OPENING,
        Topic.REASON,
        Topic.ACTUAL,
    }
