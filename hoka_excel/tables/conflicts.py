"""Which cells of a sheet must be wrong where its totals do not tie, by all sums that these cells stand in.

A total that is wrong breaks its own sum and every sum that it is a part of; what ties beside these speaks for
the other cells. The smallest sets of cells that can be wrong follow from all of these sums together.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from time import monotonic

from hoka_excel.core.errors import NetworkError
from hoka_excel.core.findings import Conflict, Place
from hoka_excel.core.localisation import locate
from hoka_excel.core.relations import Sum
from hoka_excel.core.told_conflicts import ToldCell, conflict_of
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.footings import Footings, shown_figure
from hoka_excel.tables.grid import Grid, Spot, cell_name
from hoka_excel.tables.labels import column_heading, row_heading

_MOST_SUMS = 20_000
"""The sums of a sheet up to which it is asked which of its cells must be wrong."""
_SECONDS, _SECONDS_IN_ALL = 3.0, 30.0
"""How long to reason about one sheet at the most, and about those of a file together."""


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """A sheet with its figures and its totals."""

    grid: Grid
    figures: Figures
    footings: Footings

    def place(self, key: Hashable) -> Place:
        """Say where a cell stands, given its row and column."""
        assert isinstance(key, tuple)
        return Place(self.grid.name, cell_name(*key))

    def cell(self, key: Hashable) -> ToldCell:
        """Give a cell as its number format shows it."""
        assert isinstance(key, tuple)
        words = row_heading(self.figures, key).written, column_heading(self.figures, key[1])
        label = " ".join(filter(None, words))
        return ToldCell(key, self.place(key), label, shown_figure(self.grid, self.figures, key))


def conflicts_among(sheets: Iterable[CheckedSheet]) -> tuple[Conflict, ...]:
    """Find the smallest sets of cells that can be wrong where totals do not tie.

    Args:
        sheets: those that have such totals.

    Returns:
        The conflicts, sheet by sheet; none of a sheet where it is not proven in time that these are all.
    """
    end = monotonic() + _SECONDS_IN_ALL
    return tuple(
        conflict for sheet in sheets for conflict in _conflicts(sheet, min(_SECONDS, end - monotonic()))
    )


def _conflicts(sheet: CheckedSheet, seconds: float) -> list[Conflict]:
    if seconds <= 0 or len(sheet.footings) > _MOST_SUMS:
        return []
    sums = _sums_around_mismatches(sheet.footings)
    spots = {spot for total, parts in sums for spot in (total, *parts)}
    figures = {spot: shown_figure(sheet.grid, sheet.figures, spot) for spot in sorted(spots)}
    relations = [Sum(total, parts) for total, parts in sums]
    try:
        found = locate(figures, relations, names=lambda key: str(sheet.place(key)), time_limit=seconds)
    except NetworkError:
        return []  # sums that are found need not go together, such as two that hold each other's total
    return [] if found.notes else [conflict_of(group, sheet.cell) for group in found.groups]


def _sums_around_mismatches(footings: Footings) -> list[tuple[Spot, list[Spot]]]:
    """List the sums that do not tie and those that share a cell with one of them: totals with their parts."""
    sums = [
        (verdict, one.total, one.parts)
        for verdict, one in zip(footings.verdicts, footings.sums, strict=True)
        if verdict is not Verdict.UNTESTABLE
    ]
    doubtful = {
        spot for verdict, total, parts in sums for spot in (total, *parts) if verdict is Verdict.MISMATCH
    }
    return [(total, parts) for _, total, parts in sums if not doubtful.isdisjoint((total, *parts))]
