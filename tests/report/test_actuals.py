"""Plan against actuals: the sheet Realisatie and the page agree; the bridge ends at what was spent."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.layout import actuals_block, standard_layout
from hoka_excel.core.figures import MISSING, Printed
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.report.actuals import Progress, bridge_of, progress_of
from tests.report.pages import cells, parsed, report_page, with_actuals


@pytest.fixture(scope="module")
def spent_plan(published_plan: Plan) -> Plan:
    return with_actuals(published_plan, (2019, 2021), "1.07")


def test_the_figures_are_those_of_the_sheet_realisatie(spent_plan: Plan, tmp_path: Path) -> None:
    build_workbook(spent_plan, tmp_path / "b.xlsx")
    book = load_workbook(tmp_path / "b.xlsx", data_only=True)
    layout = standard_layout(spent_plan)
    compared = 0
    for found in progress_of(spent_plan)[:3]:
        block = layout[actuals_block(found.table.name)]
        for part, field in enumerate(("budget", "spent", "difference", "percentage")):
            for number, line in enumerate(found.lines, 1):
                for column, amount in enumerate(getattr(line, field), 1):
                    place = block.at(part * (1 + len(found.lines)) + number, column)
                    value = book[block.sheet].cell(place.row, place.column).value
                    assert (value in (None, "")) is (amount is None), (found.table.name, field, line.label)
                    if amount is not None:
                        assert isinstance(value, int | float)
                        scale, room = (100, 0.051) if field == "percentage" else (1, 1e-9)
                        assert float(amount) == pytest.approx(value * scale, abs=room)
                        compared += 1
    assert compared == 15 * 6 + 15 * 2 * 3


def test_the_page_shows_these_figures_part_by_part(spent_plan: Plan) -> None:
    tables = parsed(report_page(spent_plan, "en")).xpath("//table[@class='lines']")
    progress = progress_of(spent_plan)
    assert len(tables) == len(progress) == 5
    for table, found in zip(tables, progress, strict=True):
        parts = table.xpath("./tbody")
        fields = ("budget", "spent", "difference", "percentage") if found.has_actuals else ("budget",)
        assert len(parts) == len(fields)
        for part, field in zip(parts, fields, strict=True):
            rows = [row for row in part.xpath("./tr") if row.xpath("./td")]
            assert [cells(row)[0] for row in rows] == [line.label for line in found.lines]
            assert [[data.get("value") for data in row.xpath(".//data")] for row in rows] == [
                [f"{amount:f}" for amount in getattr(line, field) if amount is not None]
                for line in found.lines
            ]


def test_a_total_adds_up_the_lines_that_are_known_and_none_is_unknown(published_plan: Plan) -> None:
    ref = Ref("Thema 2", "Didactische leergangen", 2020)
    plan = replace(published_plan, actuals={ref: Printed(1000, 1)})
    total = progress_of(plan)[1].lines[-1]
    assert total.spent == (None, Decimal(1000), None, None, None, None)
    assert total.difference[1] == Decimal(296739)
    assert bridge_of(plan) is None
    assert "van geen enkel jaar" in report_page(plan)
    assert not any(table.has_actuals for table in progress_of(published_plan))
    assert "nog geen realisatie" in report_page(published_plan)


def test_a_percentage_is_rounded_half_up_and_nothing_is_no_part_of_nothing() -> None:
    budget = (Decimal(2000), Decimal(0), Decimal(300), None)
    spent = (Decimal(1), Decimal(5), None, Decimal(1))
    line = Progress("x", is_total=False, budget=budget, spent=spent)
    assert line.percentage == (Decimal("0.1"), None, None, None)
    assert line.difference == (Decimal(1999), Decimal(-5), None, None)


def test_the_bridge_leads_from_the_integral_budget_by_what_each_theme_overspent(spent_plan: Plan) -> None:
    way = bridge_of(spent_plan)
    assert way is not None
    assert (way.years, way.budget) == ((2019, 2021), Decimal(893217 + 911213))
    fte, rate = Fraction("0.07") * Fraction("10.71"), Fraction(spent_plan.rate.working)
    assert [step.amount for step in way.steps] == [
        Decimal(int(fte * rate + Fraction(1, 2))),
        Decimal("0.07").__mul__(297739 + 303738).quantize(Decimal(1)),
        Decimal(int(Fraction("0.07") * Fraction("3.6") * rate + Fraction(1, 2))),
    ]
    assert way.spent == way.budget + sum(step.amount for step in way.steps)


def test_a_year_with_an_unreadable_budget_is_left_out_of_the_bridge(spent_plan: Plan) -> None:
    total = replace(spent_plan.euros.total, figures=(MISSING, *spent_plan.euros.total.figures[1:]))
    way = bridge_of(replace(spent_plan, euros=replace(spent_plan.euros, total=total)))
    assert way is not None
    assert way.years == (2021,)
