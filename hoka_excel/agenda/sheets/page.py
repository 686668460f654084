"""What the sheets of an agenda have in common as pages: widths, and where a page begins."""

from collections.abc import Sequence

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.begroting.places.blocks import Block

NAME_WIDTH, STATUS_WIDTH, AMOUNT_WIDTH = 48.0, 13.0, 15.0
"""Widths of the columns that hold a project, the status of its amounts, and an amount."""
HEAD = (1, 3)
"""The rows that are repeated on every page: title, master check, subtitle."""


def amount_widths(layout: AgendaLayout, first: int) -> dict[int, float]:
    """Give the columns with an amount per year, and their sum, one width."""
    return dict.fromkeys(range(first, first + len(layout.agenda.periods)), AMOUNT_WIDTH)


def page_breaks(blocks: Sequence[Block], feet: Sequence[Block] = ()) -> tuple[int, ...]:
    """Begin a new page before a table that would not fit on the page whole, with what is below it."""
    breaks: list[int] = []
    start = blocks[0].top - 1
    for index, block in enumerate(blocks):
        last = feet[index] if feet else block
        if last.top + last.height - start > _PAGE_ROWS and block is not blocks[0]:
            start = block.top - 1
            breaks.append(start)
    return tuple(breaks)


_PAGE_ROWS = 40
"""How many rows fit on a page of A4 landscape when the columns do."""
