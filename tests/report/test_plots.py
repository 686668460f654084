"""Plots: words for who cannot see them, the page's colours, and labels shown as they stand."""

import re
import sys
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

import pytest
from lxml import etree

from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.core.errors import UsageError
from hoka_excel.core.monitoring.bridge import Bridge, Step
from hoka_excel.core.plan import Plan
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.inline_svg import Heading, Plot
from hoka_excel.report.network_graph import Row, graph_of
from hoka_excel.report.plots import Series, bridge, over_years
from tests.report.pages import parsed, reconciled, report_page, with_actuals

HEADING = Heading("plot-x", "Titel <b>")
NOTHING = (None, None)


def texts(plot: Plot) -> list[str]:
    return [" ".join(found.itertext()) for found in etree.fromstring(str(plot.svg)).iter("text")]


def over_two_years(*labels: str) -> Plot:
    series = [Series(label, (Decimal(1), Decimal(2)), NOTHING) for label in labels]
    return over_years(HEADING, "EUR", (2030, 2031), series, "nl")


def test_a_plot_has_a_title_and_a_description() -> None:
    plot = over_two_years("A", "B")
    drawing = etree.fromstring(str(plot.svg))
    assert (drawing.get("role"), drawing.findtext("title")) == ("img", "Titel <b>")
    assert drawing.findtext("desc") == plot.description
    assert "A, B" in plot.description
    assert drawing.get("aria-labelledby") == "plot-x-title plot-x-description"


@pytest.mark.parametrize(
    "label", ["_hidden", "$x^2$", "a & b <i>", "漢字 🎓", "${0}", "fill: #010101", ' id="a_1"']
)
def test_a_label_is_shown_as_it_stands(label: str) -> None:
    assert label in texts(over_two_years(label, "B"))
    way = Bridge((2030,), Decimal(100), (Step(label, Decimal(5)),))
    assert label in texts(bridge(HEADING, way, "nl"))


def test_every_colour_is_a_variable_of_the_stylesheet(published_plan: Plan) -> None:
    css = files("hoka_excel.report").joinpath("templates/style.css").read_text(encoding="utf-8")
    drawings = parsed(report_page(with_actuals(published_plan, (2019,), "1.3"))).xpath("//svg")
    assert len(drawings) == 6
    markup = b"".join(etree.tostring(drawing) for drawing in drawings).decode()
    assert re.findall(r"(?:fill|stroke): #\w+", markup) == []
    used = set(re.findall(r"var\(--([\w-]+)\)", markup))
    assert {"ink", "muted", "panel", "series-1", "mismatch-text"} <= used
    assert used <= set(re.findall(r"--([\w-]+):", css))


def test_the_same_figures_give_the_same_plot(published_plan: Plan) -> None:
    assert report_page(published_plan) == report_page(published_plan)


def test_series_without_figures_and_equal_amounts_are_drawn() -> None:
    assert "2030" in texts(over_years(HEADING, "EUR", (2030, 2031), [Series("A", NOTHING, NOTHING)], "nl"))
    even = bridge(HEADING, Bridge((2030,), Decimal(0), (Step("A", Decimal(0)),)), "nl")
    assert "Begroting 0 euro" in even.description


def test_the_bridge_says_each_step_and_where_its_axis_begins() -> None:
    way = Bridge((2030,), Decimal(1000000), (Step("Meer", Decimal(2000)), Step("Minder", Decimal(-500))))
    plot = bridge(HEADING, way, "nl")
    assert (
        plot.description == "Begroting 1.000.000 euro; Meer +2.000; Minder -500; realisatie 1.001.500 euro."
    )
    assert {"1.000.000", "+2.000", "-500", "1.001.500", "De as begint bij 996.000."} <= set(texts(plot))


def test_a_bridge_below_zero_is_drawn_too() -> None:
    way = Bridge((2030,), Decimal(100), (Step("Terug", Decimal(-250)),))
    assert {"100", "-250", "-150"} <= set(texts(bridge(HEADING, way, "nl")))


def test_the_network_shows_per_pair_of_rows_the_weightiest_verdict_and_the_suspect_rows(
    published_plan: Plan,
) -> None:
    graph = graph_of(published_plan, reconciled(published_plan), standard_layout(published_plan).places())
    total = Row("Thema 2", "Totaal EUR")
    lines = [Row("Thema 2", line.label) for line in published_plan.themes[1].table.lines]
    assert {graph.edges[line, total] for line in lines} == {Verdict.MISMATCH}
    assert graph.edges[Row("Thema 1", "KGW"), Row("Thema 1", "Totaal FTE (1FTE=€84K)")] is Verdict.EXACT
    assert graph.suspects == {*lines, total, Row("Integraal FTE", "Totaal FTE")}
    assert sum(len(group) for column in graph.columns for group in column) == 23


def test_without_matplotlib_the_report_says_what_to_install(
    published_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install \"hoka-excel\[report\]\""):
        report_page(replace(published_plan))
