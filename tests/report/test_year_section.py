"""The years ahead on the accountability page."""

from decimal import Decimal
from typing import Any

import pytest

from hoka_excel.core.cascade import recompute
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import Plan
from hoka_excel.core.scenarios import compare_scenarios
from hoka_excel.report.year_section import year_section_of
from tests.plans_over_time import plan_over_time
from tests.report.pages import cells, parsed, report_page


@pytest.fixture(scope="module")
def plan() -> Plan:
    return recompute(plan_over_time())


@pytest.fixture(scope="module")
def page(plan: Plan) -> Any:
    return parsed(report_page(plan))


def rows_of(page: Any, caption: str) -> list[list[str]]:
    (table,) = page.xpath(f'//table[normalize-space(caption)="{caption}"]')
    return [cells(row) for row in table.xpath(".//tr")]


def test_a_plan_without_any_of_it_has_no_such_section(published_plan: Plan) -> None:
    assert not year_section_of(published_plan, "nl")
    assert "Door de jaren" not in report_page(published_plan)


def test_the_page_shows_how_the_grant_became_what_is_available(page: Any, plan: Plan) -> None:
    rows = rows_of(page, "Beschikbaar per jaar (EUR)")
    assert rows[1][:3] == ["Toegekend", "893.217", "893.217"]
    assert rows[2][:3] == ["Indexatie", "0", "18.758"]
    assert rows[3][:3] == ["Bijstellingen", "0", "25.000"]
    total = [figure.value for figure in plan.euros.total.figures if isinstance(figure, Printed)]
    assert rows[4] == ["Beschikbaar", *(f"{amount:,f}".replace(",", ".") for amount in total)]


def test_the_page_says_which_years_are_binding_and_why_the_grant_was_revised(page: Any) -> None:
    text = page.text_content()
    assert "Taakstellend tot en met 2021; latere jaren zijn richtinggevend." in text
    assert "Bijstelling van 2021-03-01 op 2022: € -12.500 (Teruggave" in text


def test_the_students_stand_beside_the_shares_that_stood_for_them(page: Any) -> None:
    rows = rows_of(page, "Kleinschalig onderwijs: ingeschreven studenten")
    assert ["BMW", "690", "705"] in [row[:3] for row in rows]
    assert ["BMW", "17,68%", "18,00%"] in [row[:3] for row in rows]
    assert ["BMW", "-0,02%", "+0,30%"] in [row[:3] for row in rows]
    assert [row[1] for row in rows if row[0] == "Totaal"] == ["3.903", "100,00%", "+0,01%"]


def test_every_scenario_stands_beside_the_plan_and_the_page_says_that_it_does_not_calculate(
    page: Any, plan: Plan
) -> None:
    assert "Deze pagina rekent zelf niets" in page.text_content()
    rows = rows_of(page, "Integraal EUR (EUR)")
    comparison = compare_scenarios(plan)
    for number, (scenario, made) in enumerate(comparison.scenarios, 1):
        start = rows.index([f"Scenario {number}: {scenario.name}"])
        last = rows[start + 1 + len(plan.euros.lines)]
        figure = made.euros.total.figures[-1]
        assert isinstance(figure, Printed)
        assert Decimal(last[-1].replace(".", "")) == figure.value


def test_the_page_in_english_says_the_same(plan: Plan) -> None:
    page = parsed(report_page(plan, "en"))
    assert "This page itself does not calculate" in page.text_content()
    assert rows_of(page, "Available per year (EUR)")[4][:2] == ["Available", "893,217"]
