"""The checks of a plan as a graph: rows of tables, and the checks between them over all years."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hoka_excel.core.checks import available_figures
from hoka_excel.core.findings import Place, Reconciliation
from hoka_excel.core.plan import Plan, Ref, Table
from hoka_excel.core.verdicts import Verdict

SEVERITY = (
    Verdict.EXACT,
    Verdict.ROUNDING,
    Verdict.DOUBLE_ROUNDING,
    Verdict.EXPLAINED,
    Verdict.UNTESTABLE,
    Verdict.MISMATCH,
)
"""The verdicts from light to weighty."""


class Row(NamedTuple):
    """A row of a table: a node of the graph."""

    table: str
    label: str


@dataclass(frozen=True, slots=True)
class Graph:
    """The checks between rows.

    Attributes:
        columns: the rows from left to right, in groups: the themes' lines, their totals, the lines of the
            integral tables, their totals with what is available.
        edges: per pair of rows, the first in the alphabet first, the weightiest verdict over all years and
            kinds of check.
        suspects: the rows with a cell in a smallest repair.
    """

    columns: tuple[tuple[tuple[Row, ...], ...], ...]
    edges: Mapping[tuple[Row, Row], Verdict]
    suspects: frozenset[Row]


def graph_of(plan: Plan, reconciliation: Reconciliation, places: Mapping[Ref, Place]) -> Graph:
    """Draw up the graph of a plan's checks.

    Args:
        plan: whose rows are the nodes.
        reconciliation: of that plan.
        places: where each figure stands.
    """
    rows = {place: Row(ref.table, ref.line) for ref, place in places.items()}
    edges: dict[tuple[Row, Row], Verdict] = {}
    for finding in reconciliation.checks:
        for part in finding.parts:
            if finding.place in rows and part in rows:
                pair = _pair(rows[part], rows[finding.place])
                edges[pair] = max(edges.get(pair, Verdict.EXACT), finding.verdict, key=SEVERITY.index)
    themes = [theme.table for theme in plan.themes]
    integral = [plan.euros, plan.ftes]
    available = {(Row(ref.table, ref.line),): None for ref in available_figures(plan)}
    return Graph(
        columns=(_lines(themes), _totals(themes), _lines(integral), (*_totals(integral), *available)),
        edges=edges,
        suspects=frozenset(
            rows[mend.place]
            for conflict in reconciliation.conflicts
            for repair in conflict.repairs
            for mend in repair
            if mend.place in rows
        ),
    )


def _pair(one: Row, other: Row) -> tuple[Row, Row]:
    return (one, other) if one <= other else (other, one)


def _lines(tables: list[Table]) -> tuple[tuple[Row, ...], ...]:
    return tuple(tuple(Row(table.name, line.label) for line in table.lines) for table in tables)


def _totals(tables: list[Table]) -> tuple[tuple[Row, ...], ...]:
    return tuple((Row(table.name, table.total.label),) for table in tables)
