"""Which tables of a document are the budget of a plan, and what they become in the plan.

A theme's table is titled with its number ("Begroting Thema 1 – ..."), the integral table says so in its
title. Years head the columns, and the last row is the total.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.core.figures import Figure, Printed, parse_figures
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Line, Ref, Table, Unit
from hoka_excel.documents.document import Document, SourceRow, SourceTable, Spot
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.marks import is_total, is_year

_THEME = re.compile(
    r"\bth(?:ema|eme)\s*(?P<number>\d+)\s*(?:[-–—:.]\s*)?(?P<name>.*?)(?:\s*\(?\bin\s+(?:FTE|EUR|euro|€).*)?$",
    re.IGNORECASE,
)
_INTEGRAL = re.compile(r"\bintegra(?:al|le|l)\b", re.IGNORECASE)
_SUFFIXES = {Decimal(1): "", Decimal(1000): "K", Decimal(1_000_000): " mln"}


class Origin(NamedTuple):
    """Where a figure stands in a document; rows and columns count from 1, labels and headings included."""

    table: int
    row: int
    column: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table of the plan, and where each of its figures came from.

    Attributes:
        table: as the plan holds it.
        origins: by line and year.
        number: the number of the theme; None for an integral table.
        theme: the name of the theme; empty for an integral table.
        notes: what a reader must know about it.
    """

    table: Table
    origins: dict[Ref, Origin]
    number: int | None
    theme: str
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """The tables of a plan: the themes' in order of number, and the integral ones."""

    years: tuple[int, ...]
    themes: tuple[PlacedTable, ...]
    euros: PlacedTable
    ftes: PlacedTable


def budget_in(document: Document) -> Budget:
    """Find the budget of a plan among the tables of a document.

    Raises:
        DocumentError: there is no budget, or a table of it is not as a plan needs it; all faults are listed.
    """
    themes, integral = _budget_tables(document)
    if not themes or not integral:
        raise DocumentError(
            "document.no_budget", file=document.name, count=len({table.number for table in document.tables})
        )
    faults = list(_faults(document.name, [*themes.values(), *integral.values()]))
    faults += [
        Message("document.no_integral_table", {"file": document.name, "unit": unit.value})
        for unit in Unit
        if unit not in integral
    ]
    if faults:
        raise DocumentError.of(faults)
    years = tuple(int(year) for year in integral[Unit.EUR].columns)
    placed = [_placed(themes[number], years, f"Thema {number}", number) for number in sorted(themes)]
    euros, ftes = (_placed(integral[unit], years, f"Integraal {unit}", None) for unit in (Unit.EUR, Unit.FTE))
    return Budget(years, tuple(placed), euros, ftes)


def _budget_tables(document: Document) -> tuple[dict[int, SourceTable], dict[Unit, SourceTable]]:
    """Pick the first table of each theme and the first integral table of each unit."""
    themes: dict[int, SourceTable] = {}
    integral: dict[Unit, SourceTable] = {}
    for table in document.tables:
        if not all(map(is_year, table.columns)):
            continue
        if match := _THEME.search(table.title):
            themes.setdefault(int(match["number"]), table)
        elif _INTEGRAL.search(table.title) and table.measure.unit:
            integral.setdefault(table.measure.unit, table)
    return themes, integral


def _faults(name: str, tables: Sequence[SourceTable]) -> Iterator[Message]:
    for table in tables:
        where = {"file": name, "page": table.spot.page, "table": table.number, "title": table.title}
        rows = _rows_of(table)
        if table.measure.unit is None:
            yield Message("document.no_unit", where)
        if table.columns != tables[-1].columns:
            yield Message("document.other_years", {**where, "years": ", ".join(table.columns)})
        if len(rows) < 2 or not is_total(rows[-1].label):
            yield Message("document.no_total", where)
        for row in rows:
            if not row.is_certain:
                yield Message(
                    "document.short_row", {**where, "label": row.label, "wanted": len(table.columns)}
                )


def _rows_of(table: SourceTable) -> list[SourceRow]:
    return [row for row in table.rows if row.cells]


def _placed(source: SourceTable, years: Sequence[int], name: str, number: int | None) -> PlacedTable:
    unit = source.measure.unit
    assert unit is not None
    rows = _rows_of(source)
    labels, notes = _labels(rows, name, unit)
    figures = _figures(source, rows)
    lines = [Line(label, cells) for label, cells in zip(labels, figures, strict=True)]
    origins = {
        Ref(name, label, year): Origin(source.number, row.number, column, cell.spot)
        for label, row in zip(labels, rows, strict=True)
        for column, (year, cell) in enumerate(zip(years, row.cells, strict=True), start=2)
    }
    table = Table(name, source.title, unit, _resolution(figures), tuple(lines[:-1]), lines[-1])
    match = _THEME.search(source.title)
    return PlacedTable(table, origins, number, match["name"].strip() if match else "", tuple(notes))


def _labels(rows: Sequence[SourceRow], name: str, unit: Unit) -> tuple[list[str], list[Message]]:
    """Give every row a label of its own: a row without one is named, a repeated label is numbered."""
    labels: list[str] = []
    notes = []
    for index, row in enumerate(rows, start=1):
        label = row.label or (f"Totaal {unit}" if index == len(rows) else f"Regel {index}")
        if not row.label:
            notes.append(Message("document.unlabelled_row", {"table": name, "label": label}))
        again = sum(known == label or known.startswith(f"{label} (") for known in labels)
        labels.append(f"{label} ({again + 1})" if again else label)
    return labels, notes


def _figures(source: SourceTable, rows: Sequence[SourceRow]) -> list[tuple[Figure, ...]]:
    """Read the figures of a table together; those in thousands or millions say so in their text."""
    suffix = _SUFFIXES[source.measure.scale]
    texts = [f"{cell.text}{suffix}" if cell.text else "" for row in rows for cell in row.cells]
    read = iter(parse_figures(texts, source.decimal_mark))
    return [tuple(next(read) for _ in row.cells) for row in rows]


def _resolution(figures: Sequence[Sequence[Figure]]) -> Decimal:
    """The finest printed step of a table; a lone dash has none."""
    units = [figure.unit for row in figures for figure in row if isinstance(figure, Printed) and figure.unit]
    return min(units, default=Decimal(1))
