"""Which deviations are signalled."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.monitoring.progress import table_progress
from hoka_excel.core.monitoring.signals import Signal, deviations_of, signals_of
from hoka_excel.core.monitoring.thresholds import Thresholds
from hoka_excel.core.plan import Line, Plan, Ref

TIME, COURSES, EXCHANGE = (
    "Tijd voor docenten voor professionalisering",
    "Didactische leergangen",
    "Intercollegiale uitwisseling",
)


def spent(plan: Plan, **by_line: str) -> Plan:
    """Spend on lines of Thema 2 in 2019, budgeted 148,400 / 109,953 / 39,386."""
    labels = {"time": TIME, "courses": COURSES, "exchange": EXCHANGE}
    actuals: dict[Ref, Figure] = {
        Ref("Thema 2", labels[line], 2019): Printed(amount, 1) for line, amount in by_line.items()
    }
    return replace(plan, actuals=actuals, thresholds=Thresholds(Decimal(5), Decimal(10_000)))


def signals(plan: Plan) -> list[Signal | None]:
    return [line[0] for line in signals_of(plan, table_progress(plan, plan.themes[1].table))]


def test_what_passes_both_thresholds_is_signalled_and_a_total_once_every_line_is_known(
    published_plan: Plan,
) -> None:
    plan = spent(published_plan, time="160000", courses="90000")
    assert signals(plan) == [Signal.OVERSPENT, Signal.UNDERSPENT, None, None]
    assert signals(spent(published_plan, time="160000", courses="90000", exchange="0")) == [
        Signal.OVERSPENT,
        Signal.UNDERSPENT,
        Signal.UNDERSPENT,
        Signal.UNDERSPENT,
    ]


def test_what_stays_within_a_threshold_is_not(published_plan: Plan) -> None:
    plan = spent(published_plan, time="155000", exchange="30000")
    assert signals(plan) == [None, None, None, None], "4.4 percent; 9,386 euros"


def test_without_thresholds_nothing_is_signalled(published_plan: Plan) -> None:
    plan = replace(spent(published_plan, time="1"), thresholds=None)
    assert deviations_of(plan) == ()


def test_spending_without_a_budget_is_overspent_and_a_credit_note_underspent(published_plan: Plan) -> None:
    theme = published_plan.themes[1]
    nothing = Line(TIME, (Printed(0, 1), *theme.table.lines[0].figures[1:]))
    table = replace(theme.table, lines=(nothing, *theme.table.lines[1:]))
    themes = (published_plan.themes[0], replace(theme, table=table), published_plan.themes[2])
    plan = spent(replace(published_plan, themes=themes), time="10001", courses="-5")
    assert signals(plan)[:2] == [Signal.OVERSPENT, Signal.UNDERSPENT]


@pytest.mark.parametrize(("fte", "signal"), [("2.73", None), ("2.69", Signal.UNDERSPENT)])
def test_fte_are_held_against_the_amount_at_the_working_rate(
    published_plan: Plan, fte: str, signal: Signal | None
) -> None:
    ref = Ref("Thema 1", "GNK/SUMMA", 2019)
    limits = Thresholds(Decimal(0), Decimal(10_000))
    plan = replace(published_plan, actuals={ref: Printed(fte, "0.01")}, thresholds=limits)
    assert signals_of(plan, table_progress(plan, plan.themes[0].table))[0][0] is signal


def test_a_reason_is_listed_with_its_deviation_and_also_without_a_signal(published_plan: Plan) -> None:
    plan = spent(published_plan, time="160000", courses="109953")
    said = {Ref("Thema 2", TIME, 2019): "extra uren", Ref("Thema 2", COURSES, 2019): "op de euro"}
    first, second = deviations_of(replace(plan, reasons=said))
    assert (first.ref.line, first.signal, first.reason) == (TIME, Signal.OVERSPENT, "extra uren")
    assert (first.budget, first.spent, first.difference) == (
        Decimal(148400),
        Decimal(160000),
        Decimal(-11600),
    )
    assert (second.ref.line, second.signal, second.reason) == (COURSES, None, "op de euro")
