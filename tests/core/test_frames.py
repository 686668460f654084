"""Plans and findings as tidy frames."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hoka_excel.core.figures import MISSING, Printed
from hoka_excel.core.frames import findings_frame, plan_frame
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.sources import reconcile

COLUMNS = ["year", "theme", "programme", "line", "total", "table", "measure", "unit", "value"]


@pytest.fixture(scope="module")
def plan(published_plan: Plan) -> Plan:
    spent = {Ref("Thema 2", "Didactische leergangen", 2020): Printed("93000", 1)}
    return replace(published_plan, actuals=spent, grant=(Printed(900_000, 1), *(MISSING,) * 5))


def test_every_figure_of_a_plan_is_a_row(plan: Plan) -> None:
    frame = plan_frame(plan)
    assert list(frame.columns) == COLUMNS
    assert len(frame) == len(list(plan.figures())) + len(plan.actuals) + len(plan.years)
    budget = frame[frame["measure"] == "budget"]
    places = zip(budget["table"], budget["line"], budget["year"], strict=True)
    found = dict(zip((Ref(*place) for place in places), budget["value"], strict=True))
    assert found == {ref: figure.value for ref, figure in plan.figures() if isinstance(figure, Printed)}


def test_sums_over_lines_are_exact_and_programmes_are_the_lines_of_a_key(plan: Plan) -> None:
    frame = plan_frame(plan)
    first = frame[(frame["theme"] == 1) & (frame["table"] == "Thema 1") & (frame["measure"] == "budget")]
    lines = first[~first["total"]]
    assert set(lines["programme"]) == {"GNK/SUMMA", "KGW", "BMW", "BMS"}
    assert (lines["programme"] == lines["line"]).all()
    assert set(frame[frame["theme"] != 1]["programme"]) == {""}
    assert lines[lines["year"] == 2024]["value"].sum() == Decimal("8.04")
    assert set(map(type, frame["value"].dropna())) == {Decimal}


def test_what_was_spent_stands_beside_what_was_planned(plan: Plan) -> None:
    frame = plan_frame(plan)
    line = frame[(frame["line"] == "Didactische leergangen") & (frame["year"] == 2020)]
    assert dict(zip(line["measure"], line["value"], strict=True)) == {
        "budget": Decimal(93024),
        "actual": Decimal(93000),
    }


def test_every_check_is_a_row_in_the_language_asked_for(published_plan: Plan) -> None:
    reconciliation = reconcile(published_plan)
    frame = findings_frame(reconciliation, "en")
    assert len(frame) == len(reconciliation.checks)
    wrong = frame[frame["verdict"] == "mismatch"]
    first = dict(zip(wrong["cell"], wrong["difference"], strict=True))
    assert first["E8"] == -648
    assert wrong["message"].str.contains("add up|tie|differ").any()
