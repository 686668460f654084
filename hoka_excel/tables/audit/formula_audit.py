"""Audit the formulas of a workbook: what they leave out, count double, or read that is no number.

Each rule is a function from a sheet to its findings; the modules group them by what they look at. A finding
has verdict mismatch when a figure is wrong for certain (an error value, a circle, a sum that stops short),
untestable when it may be meant so.
"""

from collections.abc import Iterator, Mapping, Sequence

from hoka_excel.core.findings import Finding
from hoka_excel.tables.audit.audited_sheet import WRONG, AuditedSheet
from hoka_excel.tables.audit.circles import circles
from hoka_excel.tables.audit.copied_formulas import broken_patterns, typed_numbers
from hoka_excel.tables.audit.error_values import errors
from hoka_excel.tables.audit.external_links import external_links
from hoka_excel.tables.audit.operands import blank_operands, text_operands
from hoka_excel.tables.audit.sum_ranges import double_counts, sums_leaving_out, texts_in_sums
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.grid import Grid, cell_name

_OF_A_FORMULA = (
    sums_leaving_out,
    double_counts,
    blank_operands,
    text_operands,
)
_OF_A_SHEET = (broken_patterns, typed_numbers)


def audit(grids: Sequence[Grid], figures: Mapping[str, Figures]) -> list[Finding]:
    """Audit the formulas of all sheets of a workbook.

    Args:
        grids: every sheet; formulas may refer from one to another.
        figures: of each sheet, by its name.

    Returns:
        Error values; what is wrong or doubtful, by sheet and by rule; then what goes across sheets.
    """
    book = {grid.name.casefold(): grid for grid in grids}
    sheets = [AuditedSheet(grid, figures[grid.name], book) for grid in grids]
    return [
        *errors(sheets),
        *(finding for sheet in sheets for finding in _of_sheet(sheet)),
        *texts_in_sums(sheets),
        *external_links(sheets),
        *_circular(sheets),
    ]


def _of_sheet(sheet: AuditedSheet) -> Iterator[Finding]:
    for spot, parsed in sheet.parsed.items():
        for rule in _OF_A_FORMULA:
            yield from rule(sheet, spot, parsed)
    for whole in _OF_A_SHEET:
        yield from whole(sheet)


def _circular(sheets: Sequence[AuditedSheet]) -> Iterator[Finding]:
    """Find formulas that depend on their own outcome."""
    by_name = {sheet.grid.name.casefold(): sheet for sheet in sheets}
    for circle in circles({name: sheet.parsed for name, sheet in by_name.items()}):
        name, spot = circle[0]
        parts = [by_name[other].grid.place(place) for other, place in circle]
        yield by_name[name].finding("circular", spot, parts, WRONG, first=cell_name(*spot))
