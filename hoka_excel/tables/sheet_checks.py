"""Everything that can be checked of the sheets of a file without being told what they mean."""

from collections.abc import Sequence

from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.tables.footings import check_grid
from hoka_excel.tables.grid import Grid


def check_grids(grids: Sequence[Grid]) -> Reconciliation:
    """Check the totals of every sheet and audit its formulas.

    Args:
        grids: all sheets of one file.

    Returns:
        Every finding, exact ones too: the totals by sheet, then what the formulas do.
    """
    footings = {grid.name: check_grid(grid) for grid in grids}
    found: list[Finding] = [finding for findings in footings.values() for finding in findings]
    if any(grid.formulas for grid in grids):
        from hoka_excel.tables.formula_audit import audit, typed_totals  # noqa: PLC0415 - openpyxl is heavy

        found += audit(grids)
        for grid in grids:
            found += typed_totals(grid, footings[grid.name])
    return Reconciliation(tuple(found))
