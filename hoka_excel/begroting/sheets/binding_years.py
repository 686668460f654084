"""Which years are binding: on Uitgangspunten, and below the title of every sheet with tables."""

from hoka_excel.begroting.places.binding_years import BINDING_BLOCK, BINDING_ROWS
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.workbook.sheets import Formula
from hoka_excel.workbook.styles import HEADER, INPUT, LABEL, SECTION, VERDICT, YEAR

BINDING, INDICATIVE = "taakstellend", "richtinggevend"


def put_binding_years(draft: SheetDraft, layout: Layout) -> None:
    """Set the last binding year and the status of every year, if the begroting has room for them."""
    if BINDING_BLOCK not in layout.blocks:
        return
    plan, block = layout.plan, layout[BINDING_BLOCK]
    draft.put(block.at(-1, 0), "Taakstellend en richtinggevend", SECTION)
    draft.labels(block, BINDING_ROWS, LABEL)
    draft.put(block.at(0, 1), plan.binding_until, INPUT, YEAR)
    draft.put(block.at(1, 0), BINDING_ROWS[1], HEADER)
    draft.row(block.at(1, 1), plan.years, HEADER, YEAR)
    last = block.address(0, 1)
    for column, year in enumerate(plan.years, 1):
        expression = f'IF({block.address(1, column)}<=N({last}),"{BINDING}","{INDICATIVE}")'
        status = BINDING if plan.is_binding(year) else INDICATIVE
        draft.put(block.at(2, column), Formula(expression, status), VERDICT)


def binding_text(subtitle: str, layout: Layout) -> Formula:
    """Write a subtitle that ends in which years are binding, and follows when that changes."""
    plan, last = layout.plan, layout[BINDING_BLOCK].address(0, 1)
    said, later = f"{subtitle} – {BINDING} tot en met ", f", daarna {INDICATIVE}"
    value = f"{said}{plan.binding_until}{later}" if plan.binding_until is not None else subtitle
    expression = f"IF(ISNUMBER({last}),{_quoted(said)}&{last}&{_quoted(later)},{_quoted(subtitle)})"
    return Formula(expression, value)


def _quoted(text: str) -> str:
    """Write a text in a formula: in pieces, for Excel takes no more than 255 characters at once."""
    pieces = [text[start : start + _LONGEST_TEXT] for start in range(0, len(text), _LONGEST_TEXT)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


_LONGEST_TEXT = 120
