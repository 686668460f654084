"""Audit what SUM, SUBTOTAL and AGGREGATE add up: figures left out, counted twice, or stored as text."""

from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import pairwise

import numpy as np

from hoka_excel.core.findings import Finding
from hoka_excel.tables.audit.audited_sheet import WRONG, AuditedSheet
from hoka_excel.tables.audit.spot_index import SpotIndex
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.grid import Spot, is_number
from hoka_excel.tables.references import Area, spots
from hoka_excel.tables.written_figures import is_figure

_YEARS = range(1900, 2101)
_YEARS_AS_TEXT = frozenset(map(str, _YEARS))
_ADDING = ("SUM", "SUBTOTAL", "AGGREGATE")


def sums_leaving_out(sheet: AuditedSheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find a sum over one run of cells that stops short of its total, or begins after its block does."""
    if spot not in sheet.beside_figures or len(parsed.references) != 1 or not parsed.adds:
        return
    areas = sheet.own_areas(parsed)
    if not areas:
        return
    after = [place for place in _between(areas[0], spot) if _counts(sheet, place)]
    if after:
        yield sheet.finding("short", spot, after, sheet.off_by(spot, sheet.amount(after)))
    before = _left_before(sheet, areas[0], spot)
    if before:
        yield sheet.finding("late", spot, before, sheet.off_by(spot, sheet.amount(before)))


def _between(area: Area, spot: Spot) -> list[Spot]:
    """List the cells between a run and the total below it or to its right."""
    first_row, first_column, last_row, last_column = area
    row, column = spot
    if first_column == last_column == column and last_row < row and last_row > first_row:
        return [(place, column) for place in range(last_row + 1, row)]
    if first_row == last_row == row and last_column < column and last_column > first_column:
        return [(row, place) for place in range(last_column + 1, column)]
    return []


def _left_before(sheet: AuditedSheet, area: Area, spot: Spot) -> list[Spot]:
    """List the figures that join the first summed cell without a gap, when the total is at the other end.

    A run as long as what is summed is a block of its own, and a sum apart from its cells may be of a choice
    of them. Beside a row, a column of codes looks the same; so
    the row above or below must count it in.
    """
    first_row, first_column, last_row, last_column = area
    down = first_column == last_column == spot[1] and first_row < last_row < spot[0]
    right = first_row == last_row == spot[0] and first_column < last_column < spot[1]
    step = (1, 0) if down else (0, 1)
    summed = last_row - first_row + last_column - first_column + 1
    found: list[Spot] = []
    place = (first_row - step[0], first_column - step[1])
    while (down or right) and min(place) >= 0 and len(found) < summed and _counts(sheet, place):
        found.insert(0, place)
        place = (place[0] - step[0], place[1] - step[1])
    if not found or len(found) >= summed or (down and _is_numbering(sheet, found[0][0])):
        return []
    apart = any(sheet.grid.value(*place) is not None for place in _between(area, spot))
    if apart or _holds_subtotal(sheet, area):
        return []
    return found if down or _counted_beside(sheet, spot, found) else []


def _holds_subtotal(sheet: AuditedSheet, area: Area) -> bool:
    return any(sheet.parsed[place].adds for place in sheet.formula_index.within(area))


def _is_numbering(sheet: AuditedSheet, row: int) -> bool:
    """Whether a row counts its columns, as a heading 1, 2, 3 does."""
    numbers = [value for value in sheet.grid.cells[row] if is_number(value)]
    return len(numbers) > 1 and all(
        isinstance(later, int | float) and isinstance(earlier, int | float) and later - earlier == 1
        for earlier, later in pairwise(numbers)
    )


def _counted_beside(sheet: AuditedSheet, spot: Spot, places: list[Spot]) -> bool:
    """Whether the total above or below a total reads the cells above or below these."""
    return any(
        beside in sheet.parsed
        and all(
            any(_holds(area, (row + step, column, row + step, column)) for row, column in places)
            for area in sheet.own_areas(sheet.parsed[beside])
        )
        and sheet.parsed[beside].adds
        for step in (-1, 1)
        for beside in [(spot[0] + step, spot[1])]
    )


def _counts(sheet: AuditedSheet, spot: Spot) -> bool:
    """Whether a cell holds a typed figure other than nil or a year."""
    content = sheet.grid.value(*spot)
    if not is_number(content) or content == 0 or spot in sheet.grid.formulas:
        return False
    return not (content in _YEARS and int(str(content).partition(".")[0]) == content)


def double_counts(sheet: AuditedSheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find a sum over a range that holds a subtotal together with cells which that subtotal adds up.

    SUBTOTAL and AGGREGATE pass over each other in their range; a SUM in it counts.
    """
    if spot not in sheet.over_formulas or not parsed.adds:
        return
    for area in sheet.own_areas(parsed):
        if area[:2] == area[2:]:
            continue
        doubled: list[Spot] = []
        twice: set[Spot] = set()
        for place in sheet.formula_index.within(area):
            inner = sheet.parsed[place]
            passed_over = parsed.passes_over_subtotals and inner.is_subtotal
            if place == spot or not inner.adds or passed_over:
                continue
            again = {cell for own in sheet.own_areas(inner) for cell in _common(sheet, area, own)} - {place}
            if again:
                doubled.append(place)
                twice |= again
        if doubled and (amount := sheet.amount(sorted(twice - set(doubled)))):
            yield sheet.finding("double", spot, doubled, sheet.off_by(spot, -amount))


def _common(sheet: AuditedSheet, one: Area, other: Area) -> Iterator[Spot]:
    """List the cells with a value that two areas have in common."""
    shared = (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
    return (
        place for place in spots(shared, *sheet.figures.value.shape) if sheet.grid.value(*place) is not None
    )


def _holds(outer: Area, inner: Area) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def texts_in_sums(sheets: Sequence[AuditedSheet]) -> Iterator[Finding]:
    """Find numbers stored as text in a range that SUM adds up: SUM passes them over without a word."""
    texts = {
        sheet.grid.name: SpotIndex(sheet.figures.exact.keys(), cache(partial(_figures_as_text, sheet)))
        for sheet in sheets
    }
    for sheet in sheets:
        for spot, parsed in sheet.parsed.items():
            for reference in parsed.references:
                if reference.function not in _ADDING or reference.in_arithmetic:
                    continue
                other = sheet.other(reference)
                if other is not None and (found := texts[other.name].within(reference.area)):
                    yield sheet.finding("text_in_sum", spot, [other.place(place) for place in found], WRONG)


def _figures_as_text(sheet: AuditedSheet, column: int) -> list[int]:
    """List the rows of a column with a figure typed as text; what heads a table, or a year, is none."""
    grid = sheet.grid
    heads = {
        table.area[0]
        for table in grid.names.tables.values()
        if table.header_rows and table.sheet == grid.name and table.area[1] <= column <= table.area[3]
    }
    return [
        row
        for row in np.flatnonzero(sheet.figures.odd[:, column]).tolist()
        if isinstance(content := grid.cells[row][column], str)
        and (row, column) not in grid.formulas
        and row not in heads
        and is_figure(content)
        and content.strip() not in _YEARS_AS_TEXT
    ]
