"""Put the lines of the integral tables in the order of the themes, although their labels vary."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.plan import Table
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.matching import Match, match_labels
from hoka_excel.documents.plan_tables import Budget, PlacedTable


@dataclass(frozen=True, slots=True)
class RowMatch:
    """A line of an integral table and the theme it was taken for.

    Attributes:
        table: the name of the table.
        match: the label, and the theme as its position in the plan.
        agreeing: in how many years the line states the total of the theme's own table; None where the two
            count in different units.
    """

    table: str
    match: Match
    agreeing: int | None


def in_order_of_themes(budget: Budget, names: Sequence[str]) -> tuple[Budget, list[RowMatch]]:
    """Match every line of the integral tables with a theme and put it in its place.

    Args:
        budget: the tables as printed.
        names: of the themes, in order.

    Raises:
        DocumentError: an integral table has more or fewer lines than there are themes.
    """
    euros, of_euros = _ordered(budget, budget.euros, names)
    ftes, of_ftes = _ordered(budget, budget.ftes, names)
    return replace(budget, euros=euros, ftes=ftes), [*of_euros, *of_ftes]


def _ordered(budget: Budget, placed: PlacedTable, names: Sequence[str]) -> tuple[PlacedTable, list[RowMatch]]:
    table = placed.table
    if len(table.lines) != len(names):
        raise DocumentError(
            "document.lines_not_themes", table=table.title, lines=len(table.lines), themes=len(names)
        )
    matches = match_labels([line.label for line in table.lines], names)
    by_theme = sorted(zip(matches, table.lines, strict=True), key=lambda pair: pair[0].target)
    found = [
        RowMatch(table.name, match, _agreeing(budget.themes[match.target].table, table, line.figures))
        for match, line in by_theme
    ]
    return replace(placed, table=replace(table, lines=tuple(line for _, line in by_theme))), found


def _agreeing(own: Table, integral: Table, figures: Sequence[Figure]) -> int | None:
    """Count the years in which the total of a theme's own table can be the figure of the integral one."""
    if own.unit is not integral.unit:
        return None
    return sum(
        isinstance(a, Printed) and isinstance(b, Printed) and a.interval.meets(b.interval)
        for a, b in zip(own.total.figures, figures, strict=True)
    )
