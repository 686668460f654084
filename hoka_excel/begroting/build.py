"""Build a fresh begroting workbook from a plan: its sheets, and a chart below the integral tables."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.begroting.content import Begroting, begroting_of
from hoka_excel.begroting.fresh_file import Properties, bytes_of
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import table_block
from hoka_excel.begroting.places.standard_layout import chart_row, standard_layout
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.workbook.files import replacing

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


def build_workbook(plan: Plan, path: str | Path) -> None:
    """Write a fresh begroting of `plan` to `path`; the same plan gives the same bytes.

    Raises:
        WorkbookError: `path` cannot be written.
    """
    layout = standard_layout(plan)
    begroting = begroting_of(layout, reconcile_plan(plan, layout.places()))
    with replacing(Path(path)) as target:
        target.write(workbook_bytes(begroting, layout))


def workbook_bytes(begroting: Begroting, layout: Layout) -> bytes:
    """Make the .xlsx file of a begroting."""
    plan = layout.plan
    properties = Properties(plan.title, plan.institution, plan.day)

    def chart(workbook: "Workbook", pages: Mapping[str, "Worksheet"]) -> None:
        _add_chart(workbook, pages[layout[table_block(plan.euros.name)].sheet], layout)

    return bytes_of(begroting.sheets, begroting.names, properties, chart)


def _add_chart(workbook: "Workbook", page: "Worksheet", layout: Layout) -> None:
    """Show the themes over the years, stacked, below the integral tables."""
    plan = layout.plan
    block = layout[table_block(plan.euros.name)]
    years = len(plan.years)
    chart = workbook.add_chart({"type": "column", "subtype": "stacked"})
    for row, colour in zip(
        range(1, 1 + len(plan.euros.lines)), _CHART_COLOURS * len(plan.themes), strict=False
    ):
        chart.add_series(
            {
                "name": f"={block.address(row, 0)}",
                "categories": f"={block.span((0, 1), (0, years))}",
                "values": f"={block.span((row, 1), (row, years))}",
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": "Begroting per thema", "name_font": {"size": 12, "color": "#1B3A57"}})
    chart.set_y_axis(
        {"num_format": '"€" #,##0', "major_gridlines": {"visible": True, "line": {"color": "#E4E7EB"}}}
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 960, "height": 210})
    description = {"description": "Begroting per thema over de jaren, in euro"}
    page.insert_chart(chart_row(layout) - 1, block.left - 1, chart, description)


_CHART_COLOURS = ("#1B3A57", "#2F7F8F", "#E0A030", "#7A5195", "#6B7B3A", "#B0533C")
