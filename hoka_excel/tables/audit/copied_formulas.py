"""Audit rows and columns of copied formulas: what breaks their pattern, and what was typed over them."""

from collections.abc import Iterator

from hoka_excel.core.findings import Finding
from hoka_excel.tables.audit.audited_sheet import AuditedSheet, neighbours
from hoka_excel.tables.figures import Figures
from hoka_excel.tables.footings import Footings
from hoka_excel.tables.grid import Grid, Spot, is_number
from hoka_excel.tables.labels import row_heading


def broken_patterns(sheet: AuditedSheet) -> Iterator[Finding]:
    """Find a formula unlike the ones on both sides of it, which are copies of each other.

    Of the cells that one array formula fills only the first is told: they all have the same text.
    """
    forms, texts = sheet.forms, sheet.grid.formulas
    for spot in sheet.parsed:
        row, column = spot
        if texts[spot] in (texts.get((row - 1, column)), texts.get((row, column - 1))):
            continue
        form = forms.get(spot)
        for step in ((0, 1), (1, 0)):
            model = forms.get((row - step[0], column - step[1]))
            if model is None or model == form:
                continue
            before, after, across = neighbours(spot, step)
            if model != forms.get(after):
                continue
            if form is not None and any(forms.get(place) == form for place in across):
                continue
            yield sheet.finding("pattern", spot, [before, after], model=sheet.shown_formula(before))
            break


def typed_numbers(sheet: AuditedSheet) -> Iterator[Finding]:
    """Find a typed-in number between formulas that are copies of each other."""
    forms = sheet.forms
    seen: set[Spot] = set()
    for before, form in forms.items():
        row, column = before
        for down, right in ((0, 1), (1, 0)):
            after = (row + 2 * down, column + 2 * right)
            if forms.get(after) != form:
                continue
            spot = (row + down, column + right)
            if spot not in sheet.parsed and spot not in seen and is_number(sheet.grid.value(*spot)):
                seen.add(spot)
                yield sheet.finding("typed", spot, [before, after], model=sheet.shown_formula(before))


def typed_totals(grid: Grid, figures: Figures, footings: Footings) -> Iterator[Finding]:
    """Find totals typed in as a number on a sheet whose other totals are formulas.

    Args:
        grid: the sheet.
        figures: its figures.
        footings: the totals found on it.
    """
    sheet = AuditedSheet(grid, figures, {grid.name.casefold(): grid})
    if grid.formulas.keys().isdisjoint(footings.spots):
        return
    for index, spot in enumerate(footings.spots):
        if spot not in grid.formulas and row_heading(sheet.figures, spot).is_plain_total:
            yield sheet.finding("typed_total", spot, footings[index].parts)
