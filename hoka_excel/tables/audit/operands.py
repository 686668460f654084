"""Audit what formulas calculate with: cells that hold no figure.

Copies side by side that all find an empty cell are a form that waits to be filled in, and no finding.
"""

from collections.abc import Iterator

from hoka_excel.core.findings import Finding
from hoka_excel.tables.audit.audited_sheet import AuditedSheet, neighbours
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.grid import ERRORS, Grid, Spot
from hoka_excel.tables.references import Reference
from hoka_excel.tables.written_figures import is_figure

_CATCHING = frozenset(("IFERROR", "IFNA"))
_TESTING = frozenset(("IF", "IFS", "SWITCH"))


def blank_operands(sheet: AuditedSheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find products with an empty cell, and formulas that only repeat one; adding one is harmless."""
    for number, reference in enumerate(parsed.references):
        code = _use(parsed, reference)
        if not code or _blank(sheet, reference) is None or _waits(sheet, spot, number):
            continue
        if _is_seen_to(parsed, reference):
            continue
        other = _blank(sheet, reference)
        assert other is not None
        yield sheet.finding(code, spot, [other.place(reference.area[:2])])


def _use(parsed: Parsed, reference: Reference) -> str:
    if parsed.words == (0,):
        return "blank_reference"
    return "blank_operand" if reference.in_product else ""


def _is_seen_to(parsed: Parsed, reference: Reference) -> bool:
    """Whether a formula tests the cell it calculates with, as in IF(B1=0,0,A1/B1), or catches the error."""
    tested = any(
        (other.sheet, other.area) == (reference.sheet, reference.area) and not other.in_product
        for other in parsed.references
    )
    return reference.function in _CATCHING or (tested and bool(parsed.functions & _TESTING))


def _blank(sheet: AuditedSheet, reference: Reference) -> Grid | None:
    """Give the sheet of the cell that a reference points at, if that cell is empty."""
    other = sheet.other(reference)
    place = reference.area[:2]
    empty = other and reference.is_cell and other.value(*place) is None and place not in other.formulas
    return other if empty else None


def _waits(sheet: AuditedSheet, spot: Spot, number: int) -> bool:
    """Whether a copy beside a formula finds an empty cell at the same reference."""
    return any(
        sheet.forms.get(place) == sheet.forms[spot]
        and _blank(sheet, sheet.parsed[place].references[number]) is not None
        for step in ((0, 1), (1, 0))
        for place in neighbours(spot, step)[:2]
    )


def text_operands(sheet: AuditedSheet, spot: Spot, parsed: Parsed) -> Iterator[Finding]:
    """Find arithmetic with a text, which makes the formula an error unless the formula sees to it."""
    if spot not in sheet.errors:
        return
    for reference in parsed.references:
        other = sheet.other(reference)
        if not reference.in_arithmetic or not reference.is_cell or other is None:
            continue
        content = other.value(*reference.area[:2])
        if isinstance(content, str) and content.strip() and not (content in ERRORS or is_figure(content)):
            yield sheet.finding("text_operand", spot, [other.place(reference.area[:2])], text=content)
