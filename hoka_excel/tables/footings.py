"""Check the totals of a grid: those its formulas declare, and those nobody declared."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, partial

from hoka_excel.core.checks import Kind
from hoka_excel.core.exact import round_half_up
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.findings import Finding, Subject, finding_of
from hoka_excel.core.sums import check_sum
from hoka_excel.core.verdicts import Judgement, Verdict
from hoka_excel.tables.cell_lines import NamedCells
from hoka_excel.tables.figures import Figures, read_figures
from hoka_excel.tables.grid import Grid, Spot, cell_name
from hoka_excel.tables.labels import column_heading, row_heading
from hoka_excel.tables.number_formats import shown_decimals
from hoka_excel.tables.totals import sums_among


def check_grid(grid: Grid, figures: Figures | None = None) -> list[Finding]:
    """Check every total of one sheet, exact ones too.

    A total that a formula calculates is what its formula says: a sum found around it counts only if it ties.

    Args:
        grid: the sheet.
        figures: its figures, where they have been read.

    Returns:
        One finding per total and set of parts, by row and column.
    """
    return list(_footings(grid, figures or read_figures(grid.cells, grid.number_format)))


def _footings(grid: Grid, figures: Figures) -> Iterator[Finding]:
    heading = cache(partial(column_heading, figures))
    for found in sums_among(figures):
        judgement = _as_shown(grid, figures, found.total, found.line, found.judgement)
        if judgement.verdict is Verdict.MISMATCH and found.total in grid.formulas:
            continue
        row, column = found.total
        words = row_heading(figures, found.total).written or cell_name(row, column)
        subject = Subject(grid.place(found.total), words, heading(column))
        yield finding_of(Kind.FOOTING, judgement, subject, NamedCells(grid.name, found.line))


def _as_shown(
    grid: Grid, figures: Figures, total: Spot, parts: Sequence[Spot], judgement: Judgement
) -> Judgement:
    """Judge again at the decimals that the number formats show, when the values behind them do not tie."""
    if judgement.verdict is not Verdict.MISMATCH or not any(spot in grid.formats for spot in (total, *parts)):
        return judgement
    shown = check_sum([_shown(grid, figures, part) for part in parts], _shown(grid, figures, total))
    return shown if shown.verdict in (Verdict.EXACT, Verdict.ROUNDING) else judgement


def _shown(grid: Grid, figures: Figures, spot: Spot) -> Figure:
    figure = figures.printed(*spot)
    decimals = shown_decimals(grid.formats.get(spot, ""))
    if decimals is None or not isinstance(figure, Printed):
        return figure
    unit = Decimal(1).scaleb(-decimals)
    return figure if unit <= figure.unit else Printed(round_half_up(figure.value, unit), unit)
