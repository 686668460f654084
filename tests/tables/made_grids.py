"""Small sheets with formulas, written as rows and cells."""

from hoka_excel.core.findings import Finding
from hoka_excel.tables.audit.formula_audit import audit
from hoka_excel.tables.audit.named_cells import parsed_formulas
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.figures import read_figures
from hoka_excel.tables.grid import Grid, Spot, cell_spot

Rows = list[list[object]]


def grid(rows: Rows, name: str = "Blad", **formulas: str) -> Grid:
    """Make a sheet; formulas by cell, without "="."""
    return Grid(name, rows, {cell_spot(cell): formula for cell, formula in formulas.items()})


def audited(*grids: Grid) -> list[Finding]:
    return audit(grids, {grid.name: read_figures(grid.cells) for grid in grids})


def codes(*grids: Grid) -> list[tuple[str, str]]:
    return [(finding.message.code, finding.place.cell) for finding in audited(*grids)]


def taken_apart(*grids: Grid) -> dict[str, dict[Spot, Parsed]]:
    """Take apart the formulas of a workbook of these sheets."""
    return parsed_formulas({grid.name.casefold(): grid for grid in grids})
