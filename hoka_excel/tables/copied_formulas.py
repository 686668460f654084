"""Audit rows and columns of copied formulas: what breaks their pattern, and what was typed over them."""

from collections.abc import Iterator

from hoka_excel.core.findings import Finding
from hoka_excel.tables.audited_sheet import AuditedSheet, neighbours
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
            before, after, across = neighbours(spot, step)
            if forms.get(before) in (None, form) or forms[before] != forms.get(after):
                continue
            if form is not None and any(forms.get(place) == form for place in across):
                continue
            yield sheet.finding("pattern", spot, [before, after], model=sheet.shown_formula(before))
            break


def typed_numbers(sheet: AuditedSheet) -> Iterator[Finding]:
    """Find a typed-in number between formulas that are copies of each other."""
    forms = sheet.forms
    seen: set[Spot] = set()
    for row, column in forms:
        for step in ((0, 1), (1, 0)):
            spot = (row + step[0], column + step[1])
            if spot in sheet.parsed or spot in seen or not is_number(sheet.grid.value(*spot)):
                continue
            before, after, _ = neighbours(spot, step)
            if forms.get(after) is not None and forms[before] == forms[after]:
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
