"""Everything that can be checked of the sheets of a file without being told what they mean."""

from collections.abc import Iterable, Mapping

from hoka_excel.core.collection import uncollected
from hoka_excel.core.finding_sequence import joined
from hoka_excel.core.findings import Conflict, Finding, Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.figures import Figures, figures_of
from hoka_excel.tables.footings import Footings, check_grid
from hoka_excel.tables.grid import Grid, errors_among
from hoka_excel.tables.hidden_cells import with_hidden_hinted, with_hidden_told
from hoka_excel.tables.unfound_totals import unfound_totals, untested


@uncollected()
def check_grids(grids: Iterable[Grid]) -> Reconciliation:
    """Check the totals of every sheet and audit its formulas.

    Args:
        grids: all sheets of one file; the totals of one are checked before the next is asked for.

    Returns:
        Every finding, exact ones too: the totals by sheet, then what the formulas do; the cells that must be
        wrong where totals do not tie. The remarks tell of the lines that say they are totals and add up
        nothing that was found; a note, of those about which nothing can be said.
    """
    sheets: list[Grid] = []
    figures: dict[str, Figures] = {}
    footings: dict[str, Footings] = {}
    for grid in grids:
        sheets.append(grid)
        figures[grid.name] = figures_of(grid)
        footings[grid.name] = check_grid(grid, figures[grid.name])
    audited: list[Finding] = []
    if any(grid.formulas or _has_error(figures[grid.name]) for grid in sheets):
        from hoka_excel.tables.audit.copied_formulas import typed_totals  # noqa: PLC0415 - openpyxl is heavy
        from hoka_excel.tables.audit.formula_audit import audit  # noqa: PLC0415 - openpyxl is heavy

        audited += audit(sheets, figures)
        for grid in sheets:
            audited += typed_totals(grid, figures[grid.name], footings[grid.name])
    remarks = [
        remark
        for grid in sheets
        for remark in unfound_totals(grid, figures[grid.name], footings[grid.name].spots)
    ]
    found = joined([*footings.values(), audited])
    conflicts = with_hidden_hinted(_conflicts(sheets, figures, footings), sheets)
    told = with_hidden_told(found, sheets)
    return Reconciliation(told, conflicts, notes=untested(remarks), remarks=tuple(remarks))


def _conflicts(
    sheets: Iterable[Grid], figures: Mapping[str, Figures], footings: Mapping[str, Footings]
) -> tuple[Conflict, ...]:
    """Find which cells must be wrong, sheet by sheet, where totals do not tie."""
    doubtful = [sheet for sheet in sheets if Verdict.MISMATCH in footings[sheet.name].verdicts]
    if not doubtful:
        return ()
    from hoka_excel.tables.conflicts import CheckedSheet, conflicts_among  # noqa: PLC0415 - a solver is heavy

    return conflicts_among(CheckedSheet(one, figures[one.name], footings[one.name]) for one in doubtful)


def _has_error(figures: Figures) -> bool:
    return any(True for _ in figures.texts(errors_among))
