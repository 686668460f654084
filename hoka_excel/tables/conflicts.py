"""Which cells of a sheet must be wrong where its totals do not tie, by all sums that these cells stand in.

A total that is wrong breaks its own sum and every sum that it is a part of; what ties beside these speaks for
the other cells. The smallest sets of cells that can be wrong follow from all of these sums together.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hoka_excel.core.errors import NetworkError
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.findings import Conflict, Finding, Mend, Place, Proof
from hoka_excel.core.hints import hints_for
from hoka_excel.core.intervals import Interval
from hoka_excel.core.localisation import locate
from hoka_excel.core.localising.conflicts import CellMend, ConflictGroup
from hoka_excel.core.messages import Message
from hoka_excel.core.relations import Sum
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.footings import Footings, shown_figure
from hoka_excel.tables.grid import Grid, Spot, cell_name, cell_spot
from hoka_excel.tables.labels import column_heading, row_heading

_MOST_SUMS = 20_000
"""The sums of a sheet up to which it is asked which of its cells must be wrong."""
_SECONDS = 3.0
"""How long to reason about one sheet at the most."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet and its figures, as its number formats show them."""

    grid: Grid
    figures: Figures

    def figure(self, spot: Spot) -> Figure:
        return shown_figure(self.grid, self.figures, spot)

    def place(self, spot: Spot) -> Place:
        return Place(self.grid.name, cell_name(*spot))

    def label(self, spot: Spot) -> str:
        words = (row_heading(self.figures, spot).written, column_heading(self.figures, spot[1]))
        return " ".join(filter(None, words))


def conflicts_in(grid: Grid, figures: Figures, footings: Footings) -> tuple[Conflict, ...]:
    """Find the smallest sets of cells that can be wrong where totals do not tie.

    Args:
        grid: the sheet.
        figures: its figures.
        footings: its totals.

    Returns:
        The conflicts; none where it could not be proven in time that these are all.
    """
    if Verdict.MISMATCH not in footings.verdicts or len(footings) > _MOST_SUMS:
        return ()
    sheet, sums = _Sheet(grid, figures), _sums_around_mismatches(footings)
    cells: dict[Hashable, Figure] = {
        spot: sheet.figure(spot)
        for one in sums
        for spot in (one.total, *one.parts)
        if isinstance(spot, tuple)
    }
    try:
        found = locate(cells, sums, names=lambda key: str(sheet.place(_spot(key))), time_limit=_SECONDS)
    except NetworkError:
        return ()  # sums that are found need not go together, such as two that hold each other's total
    return () if found.notes else tuple(_conflict(sheet, group) for group in found.groups)


def _sums_around_mismatches(footings: Sequence[Finding]) -> list[Sum]:
    """List the sums that do not tie and those that share a cell with one of them."""
    sums = [
        (one.verdict, cell_spot(one.place.cell), [cell_spot(part.cell) for part in one.parts])
        for one in footings
        if one.verdict is not Verdict.UNTESTABLE
    ]
    doubtful = {
        spot for verdict, total, parts in sums for spot in (total, *parts) if verdict is Verdict.MISMATCH
    }
    return [Sum(total, parts) for _, total, parts in sums if not doubtful.isdisjoint((total, *parts))]


def _conflict(sheet: _Sheet, group: ConflictGroup) -> Conflict:
    widest_first = sorted(group.conflicts, key=lambda one: (one.low or 0) - (one.high or 0), reverse=True)
    return Conflict(
        proofs=tuple(
            Proof(tuple(sheet.place(spot) for spot in sorted(map(_spot, one.cells))), one.proof)
            for one in widest_first
        ),
        repairs=tuple(tuple(_mend(sheet, mend) for mend in repair) for repair in group.repairs),
        hints=tuple(
            Message("conflict.hint", {"place": sheet.place(_spot(mend.cell)), "hint": hint})
            for repair in group.repairs
            for mend in repair
            for hint in _hints(sheet, mend)
        ),
    )


def _spot(key: Hashable) -> Spot:
    assert isinstance(key, tuple)
    return key


def _mend(sheet: _Sheet, mend: CellMend) -> Mend:
    spot = _spot(mend.cell)
    return Mend(sheet.place(spot), mend.stated, mend.low, mend.high, sheet.label(spot))


def _hints(sheet: _Sheet, mend: CellMend) -> list[Message]:
    stated = sheet.figure(_spot(mend.cell))
    if mend.low is None or mend.high is None or not isinstance(stated, Printed):
        return []
    return hints_for(stated, Interval(Fraction(mend.low), Fraction(mend.high)))
