"""The scenarios of a plan beside it, as tables and as JSON."""

import json
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.messages import Language, Message, number_text
from hoka_excel.core.plan import Plan, Table
from hoka_excel.core.scenarios import Comparison

SCHEMA = 1
Row = tuple[str, list[str]]
"""A label and what stands in each year."""


def print_scenarios(console: Console, comparison: Comparison, language: Language) -> None:
    """Print, per table, the plan, each scenario, and what it adds to the plan."""
    for index, table in enumerate(comparison.plan.tables):
        grid = Grid(title=f"{table.name} ({table.unit})", title_justify="left", box=None, header_style="bold")
        grid.add_column("")
        for year in comparison.plan.years:
            grid.add_column(str(year), justify="right")
        for title, rows in _parts(comparison, index, language):
            grid.add_row(Text(title, style="italic"))
            for label, texts in rows:
                grid.add_row(Text(label), *texts)
        console.print(grid)


def _parts(comparison: Comparison, index: int, language: Language) -> Iterator[tuple[str, list[Row]]]:
    planned = comparison.plan.tables[index]
    yield Message("scenario.plan").render(language), _rows(planned, language)
    for number, (scenario, made) in enumerate(comparison.scenarios, 1):
        values = {"number": number, "name": scenario.name}
        yield Message("scenario.name", values).render(language), _rows(made.tables[index], language)
        yield Message("scenario.less", values).render(language), _gaps(comparison, made, planned, language)


def _rows(table: Table, language: Language) -> list[Row]:
    return [(line.label, [_text(figure, language) for figure in line.figures]) for line in table.rows]


def _text(figure: Figure, language: Language) -> str:
    return number_text(figure.value, language) if isinstance(figure, Printed) else figure.text


def _gaps(comparison: Comparison, made: Plan, table: Table, language: Language) -> list[Row]:
    gaps: dict[str, list[str]] = {line.label: [] for line in table.rows}
    for outcome in comparison.outcomes(made):
        if outcome.ref.table == table.name:
            gaps[outcome.ref.line].append(number_text(outcome.difference, language, "+"))
    return [*gaps.items()]


def scenarios_json(file: Path, comparison: Comparison) -> str:
    """Write the scenarios as JSON; numbers are decimal strings."""
    listed = [
        {
            "name": scenario.name,
            "settings": [
                {**setting._asdict(), "table": setting.table or None, "line": setting.line or None}
                for setting in scenario.settings
            ],
            "figures": [
                {
                    **outcome.ref._asdict(),
                    "plan": outcome.planned,
                    "scenario": outcome.figure,
                    "difference": outcome.difference,
                }
                for outcome in comparison.outcomes(made)
            ],
        }
        for scenario, made in comparison.scenarios
    ]
    whole = {"schema": SCHEMA, "file": str(file), "years": comparison.plan.years, "scenarios": listed}
    return json.dumps(whole, ensure_ascii=False, indent=2, default="{:f}".format)
