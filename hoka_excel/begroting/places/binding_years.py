"""Where a begroting says which of its years are binding; only one whose plan says so has these rectangles."""

from collections.abc import Sequence

from hoka_excel.begroting.places.blocks import Shape
from hoka_excel.begroting.places.defined_names import slug
from hoka_excel.begroting.places.names import SheetName
from hoka_excel.core.plan import Plan

BINDING_BLOCK = "Hoka_taakstellend"
"""The defined name of the last binding year, and the status of every year below it."""
BINDING_ROWS = ("Taakstellend tot en met", "Jaar", "Status")


def subtitle_block(sheet: str) -> str:
    """Name the cell that says which of the years on a sheet are binding."""
    return f"Hoka_ondertitel_{slug(sheet)}"


def binding_blocks(tables: Sequence[str]) -> tuple[str, ...]:
    """List what a begroting with binding years has, given the names of the themes' tables."""
    return (BINDING_BLOCK, *map(subtitle_block, (*tables, SheetName.INTEGRAL)))


def binding_shapes(plan: Plan) -> list[Shape]:
    """Size the binding years."""
    return [] if plan.binding_until is None else [(BINDING_BLOCK, len(BINDING_ROWS), len(plan.years) + 1)]
