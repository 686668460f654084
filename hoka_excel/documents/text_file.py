"""Read plain text: running lines, cells apart by tabs, or one cell per line."""

from collections.abc import Sequence

from hoka_excel.documents.assembly import document_of
from hoka_excel.documents.cell_lines import with_grids
from hoka_excel.documents.document import Block, Document, TextGrid, TextLine, numbered_lines

_PAGE_BREAK = "\f"


def read_text(text: str, name: str) -> Document:
    """Read a text; a form feed starts a new page, a tab the next cell."""
    pages = text.removesuffix(_PAGE_BREAK).split(_PAGE_BREAK)
    lines = list(numbered_lines([page.splitlines() for page in pages]))
    has_tabs = any("\t" in line.text.strip() for line in lines)
    return document_of(name, len(pages), _tabbed_blocks(lines) if has_tabs else with_grids(lines))


def _tabbed_blocks(lines: Sequence[TextLine]) -> list[Block]:
    """Gather the lines from the first to the last with tabs into one grid."""
    tabbed = [index for index, line in enumerate(lines) if "\t" in line.text.strip()]
    first, end = tabbed[0], tabbed[-1] + 1
    inside = [line for line in lines[first:end] if line.text.strip()]
    rows = (tuple(cell.strip() for cell in line.text.split("\t")) for line in inside)
    grid = TextGrid.of_rows(rows, (line.spot for line in inside))
    return [*lines[:first], grid, *lines[end:]]
