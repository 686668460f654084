"""The page of a quality agenda: its totals over the years, as tables and plots."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from hoka_excel.agenda.plan_file.reading import read_agenda_file
from hoka_excel.agenda.reconciling import reconcile_unwritten
from hoka_excel.core.agenda.projects import Agenda
from hoka_excel.core.agenda.totals import totals_of
from hoka_excel.core.messages import Language
from hoka_excel.report.agenda_account import agenda_account
from hoka_excel.report.outcomes import Outcome
from hoka_excel.report.page import to_html
from tests.agenda.conftest import AGENDA_FILE
from tests.answers import answer
from tests.made_agendas import agenda, project
from tests.report.pages import cells, parsed


@pytest.fixture(scope="module")
def shipped() -> Agenda:
    return read_agenda_file(AGENDA_FILE)


def page_of(made: Agenda, language: Language = "nl") -> Any:
    outcome = Outcome(Path("agenda.xlsx"), reconcile_unwritten(made))
    return parsed(to_html([outcome], language, date(2026, 1, 5), account=agenda_account(made, language)))


def test_every_total_stands_in_a_table_with_its_years_and_their_sum(shipped: Agenda) -> None:
    page = page_of(shipped)
    for table in totals_of(shipped):
        title = f"Gefinancierd in euro: {table.name} (voorbeeld)"
        (found,) = page.xpath(f'//table[caption/bdi[text()="{title}"]]')
        header, *rows = found.xpath(".//tr")
        assert cells(header) == ["Regel", *shipped.periods]
        shown = {cells(row)[0]: [Decimal(data.get("value")) for data in row.iter("data")] for row in rows}
        assert shown == {label: list(amounts) for label, amounts in table.rows.items()}
        assert "total" in rows[-1].get("class")


def test_a_table_with_cents_anywhere_shows_them_everywhere(shipped: Agenda) -> None:
    for table in agenda_account(shipped, "nl").tables:
        rows = [row for part in table.parts for row in part.rows]
        shown = {str(amount).partition(".")[2].isdigit() for row in rows for amount in row.amounts}
        assert len(shown) == 1


def test_themes_and_sources_are_plotted_with_what_gets_anything(shipped: Agenda) -> None:
    plots = {plot.title: plot.description for plot in agenda_account(shipped, "nl").plots}
    assert list(plots) == [
        f"Gefinancierd in euro: {name} (voorbeeld)" for name in ("Eigen thema's", "Sectorthema's", "Bronnen")
    ]
    own, sector, sources = plots.values()
    assert "niet toegedeeld" in sector
    assert "niet toegedeeld" not in own
    assert all(source.name in sources for source in shipped.sources)
    assert len(page_of(shipped).xpath("//figure//svg")) == 3


def test_an_agenda_that_costs_nothing_has_tables_and_nothing_to_plot() -> None:
    nothing = (Decimal(0),) * 3
    made = agenda(project(costs=nothing, financing=(nothing, nothing)))
    page = page_of(made, "en")
    assert page.xpath("//figure//svg") == []
    assert "Financed in euros: Bronnen" in page.text_content()


def test_the_report_of_an_agenda_has_them(tmp_path: Path) -> None:
    page = tmp_path / "agenda.html"
    told = answer("report", AGENDA_FILE, "-o", page)
    assert told.code == 1
    assert len(parsed(page.read_text(encoding="utf-8")).xpath("//figure//svg")) == 3
