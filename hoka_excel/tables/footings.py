"""Check the totals of a grid: those its formulas declare, and those nobody declared."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cache, partial

from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.exact import round_half_up
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.finding_sequence import FindingSequence
from hoka_excel.core.findings import Finding, Place, Subject, finding_of
from hoka_excel.core.sums import check_sum
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.figures import Figures, figures_of
from hoka_excel.tables.grid import Grid, Spot, cell_name
from hoka_excel.tables.labels import column_heading, row_heading
from hoka_excel.tables.number_formats import shown_decimals
from hoka_excel.tables.search.aggregations import Aggregation
from hoka_excel.tables.search.cell_lines import NamedCells
from hoka_excel.tables.totals import sums_among


class Footings(FindingSequence):
    """The totals of one sheet as findings.

    Attributes:
        spots: the place of each total.
    """

    def __init__(self, grid: Grid, figures: Figures) -> None:
        sums = sums_among(figures)
        shown = {
            index: _as_shown(grid, figures, sums[index])
            for index, verdict in enumerate(sums.verdicts)
            if verdict is Verdict.MISMATCH
        }
        left_out = {
            index
            for index, judgement in shown.items()
            if judgement.verdict is Verdict.MISMATCH and sums.spots[index] in grid.formulas
        }
        kept = [index for index in range(len(sums)) if index not in left_out]
        self.spots = [sums.spots[index] for index in kept]
        self._sums, self._kept = sums, kept
        heading = cache(partial(column_heading, figures))
        sheet = grid.name

        def made(number: int) -> Finding:
            found = sums[kept[number]]
            row, column = found.total
            name = cell_name(row, column)
            words = row_heading(figures, found.total).written or name
            subject = Subject(Place(sheet, name), words, heading(column))
            judgement = shown.get(kept[number], found.judgement)
            return finding_of(Kind.FOOTING, judgement, subject, NamedCells(sheet, found.line))

        verdicts = sums.verdicts.copy()
        for index, judgement in shown.items():
            verdicts[index] = judgement.verdict
        super().__init__([verdicts[index] for index in kept], made)

    @property
    def sums(self) -> Iterator[Aggregation]:
        """Each total with its parts, made as they are asked for."""
        return map(self._sums.__getitem__, self._kept)


def check_grid(grid: Grid, figures: Figures | None = None) -> Footings:
    """Check every total of one sheet, exact ones too.

    A total that a formula calculates is what its formula says: a sum found around it counts only if it ties.

    Args:
        grid: the sheet.
        figures: its figures, where they have been read.

    Returns:
        One finding per total and set of parts, by row and column.
    """
    return Footings(grid, figures or figures_of(grid))


def _as_shown(grid: Grid, figures: Figures, found: Aggregation) -> Judgement:
    """Judge values that do not tie again, at the decimals that the number formats show."""
    if not any(spot in grid.formats for spot in (found.total, *found.line)):
        return found.judgement
    parts = [shown_figure(grid, figures, part) for part in found.line]
    shown = check_sum(parts, shown_figure(grid, figures, found.total))
    return shown if shown.verdict in (Verdict.EXACT, Verdict.ROUNDING) else found.judgement


def shown_figure(grid: Grid, figures: Figures, spot: Spot) -> Figure:
    """Give a cell as its number format shows it, at the resolution of its line."""
    figure = figures.printed(*spot)
    decimals = shown_decimals(grid.formats.get(spot, ""))
    if decimals is None or not isinstance(figure, Printed):
        return figure
    unit = Decimal(1).scaleb(-decimals)
    return figure if unit <= figure.unit else Printed(round_half_up(figure.value, unit), unit)
