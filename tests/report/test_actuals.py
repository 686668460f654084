"""Plan against actuals on the page: the figures of the workbook, in parts, signals first."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from hoka_excel.begroting.build import build_workbook
from hoka_excel.begroting.places.carry_over_rows import CarryOverRows
from hoka_excel.begroting.places.monitoring import (
    CARRY_OVER_STEPS,
    PROPORTION_PARTS,
    MonitoringBlock,
    split_block,
)
from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.begroting.sheets.parts import Parts, actuals_parts, follow_up_parts
from hoka_excel.core.exact import round_half_up
from hoka_excel.core.figures import Printed
from hoka_excel.core.monitoring.progress import progress_of
from hoka_excel.core.monitoring.proportions import splits_of
from hoka_excel.core.plan import Plan, Ref
from tests.begroting.test_recalculation import Cells, values
from tests.monitored import monitored
from tests.report.pages import cells, parsed, report_page

WHOLE, CENT, TENTH = Decimal(1), Decimal("0.01"), Decimal("0.1")


@pytest.fixture(scope="module")
def plan(published_plan: Plan) -> Plan:
    return monitored(published_plan)


@pytest.fixture(scope="module")
def page(plan: Plan) -> Any:
    return parsed(report_page(plan, "en"))


@pytest.fixture(scope="module")
def workbook(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Cells:
    path = tmp_path_factory.mktemp("report") / "b.xlsx"
    build_workbook(plan, path)
    return values(path)


def shown(value: object, step: Decimal, scale: int = 1) -> Decimal | None:
    """Round a cell of the workbook as the page does; nothing for an empty one."""
    if not isinstance(value, int | float):
        return None
    return round_half_up(Decimal(repr(round(value * scale, 9))), step)


def figures(row: Any) -> list[Decimal | None]:
    return [
        None if not cell.xpath("./data") else Decimal(cell.xpath("string(./data/@value)"))
        for cell in row.xpath("./td")
    ]


def parts_of(table: Any) -> list[list[list[Decimal | None]]]:
    """Take the figures of a table: part by part, line by line."""
    return [[figures(row) for row in part.xpath("./tr[td]")] for part in table.xpath("./tbody")]


def test_every_table_shows_the_figures_of_realisatie(plan: Plan, page: Any, workbook: Cells) -> None:
    layout = standard_layout(plan)
    tables = page.xpath("//table[@class='lines']")
    for table, theme in zip(tables, plan.themes, strict=False):
        amounts, below = actuals_parts(theme.table, layout), follow_up_parts(theme.table, layout)
        wanted = [
            [
                [
                    shown(workbook["Realisatie", parts.cell(title, index, year)], step, scale)
                    for year in range(6)
                ]
                for index in range(len(theme.table.rows))
            ]
            for parts, title, step, scale in (
                (amounts, "Begroting", CENT, 1),
                (amounts, "Realisatie", CENT, 1),
                (amounts, "Verschil", CENT, 1),
                (amounts, "Voortgang", TENTH, 100),
                (below, "Meegenomen naar het volgende jaar", CENT, 1),
            )
        ]
        assert parts_of(table) == wanted
        labels = [cells(row)[0] for row in table.xpath("./tbody[2]/tr[td]")]
        assert labels == [line.label for line in theme.table.rows]
    assert [len(table.xpath("./tbody")) for table in tables] == [5, 5, 5, 1, 1]


def test_what_is_carried_over_is_what_meenemen_says_in_whole_euros(
    plan: Plan, page: Any, workbook: Cells
) -> None:
    (table,) = page.xpath("//table[@class='lines carried']")
    rows = CarryOverRows.of_themes(standard_layout(plan))
    found = parts_of(table)
    assert len(found) == 4
    for index, part in enumerate(found):
        wanted = [
            [shown(workbook["Meenemen", rows.cell(step, index, year)], WHOLE) for year in range(7)]
            for step in CARRY_OVER_STEPS
        ]
        assert part == wanted
    assert "All 31 checks of this tie" in page.xpath("string(//main)")


def test_the_shares_are_those_of_realisatie(plan: Plan, page: Any, workbook: Cells) -> None:
    layout, (split,) = standard_layout(plan), splits_of(plan)
    ratio, division = page.xpath("//table[@class='lines shares']")
    for table, name, labels, step, scale in (
        (ratio, MonitoringBlock.RATIO, [theme.name for theme in plan.themes], CENT, 1),
        (division, split_block(1), [line.label for line in split.lines], TENTH, 100),
    ):
        parts = Parts(layout[name], PROPORTION_PARTS, labels)
        assert parts_of(table) == [
            [
                [
                    shown(workbook["Realisatie", parts.cell(title, index, year)], step, scale)
                    for year in range(6)
                ]
                for index in range(len(labels))
            ]
            for title in PROPORTION_PARTS
        ]


def test_signals_come_first_and_are_those_of_realisatie(plan: Plan, page: Any, workbook: Cells) -> None:
    words = {"underspend": "onderbesteding", "overspend": "overbesteding", "–": ""}
    found = {}
    for row in page.xpath("//table[@class='deviations']/tbody/tr"):
        signal, table, line, year, *_, reason = cells(row)
        found[Ref(table, line, int(year))] = words[signal], reason.replace("no explanation", "")
    layout, wanted = standard_layout(plan), {}
    for theme in plan.themes:
        parts = follow_up_parts(theme.table, layout)
        for index, entry in enumerate(theme.table.rows):
            for column, number in enumerate(plan.years):
                signal, reason = (
                    str(workbook["Realisatie", parts.cell(title, index, column)] or "")
                    for title in ("Signaal", "Toelichting")
                )
                if signal or reason:
                    wanted[Ref(theme.table.name, entry.label, number)] = signal, reason
    assert found == wanted
    section = page.xpath("//section[@aria-labelledby='account']")[0]
    assert section.xpath("string((.//table)[1]/@class)") == "deviations"
    text = " ".join(section.text_content().split())
    assert "more than 5% of the budget and more than 10,000 euros: 18, of which 17 without" in text


def test_the_page_says_what_is_missing(published_plan: Plan) -> None:
    ref = Ref("Thema 2", "Didactische leergangen", 2020)
    half = report_page(replace(published_plan, actuals={ref: Printed(1000, 1)}))
    assert "van geen enkel jaar" in half
    assert "Er zijn geen drempels ingevuld" in half
    empty = report_page(published_plan)
    assert "nog geen realisatie" in empty
    assert parsed(empty).xpath("//table[@class='deviations' or contains(@class, 'carried')]") == []
    assert [len(table.xpath("./tbody")) for table in parsed(empty).xpath("//table[@class='lines']")] == [
        1
    ] * 5


def test_a_budget_that_does_not_add_up_is_told_with_what_is_carried_over(published_plan: Plan) -> None:
    spent = {
        Ref(theme.table.name, line.label, year): figure
        for theme in published_plan.themes
        for line in theme.table.lines
        for year, figure in zip(published_plan.years, line.figures, strict=True)
    }
    text = parsed(report_page(replace(published_plan, actuals=spent))).xpath("string(//main)")
    assert "Thema 2, eind 2022: het totaal neemt -648 mee, de regels samen 0." in text
    assert len(progress_of(published_plan)) == 5
