"""Assemble a document from its blocks: lines in which tables are still to be found, and grids."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from hoka_excel.documents.aligned_grids import with_aligned_grids
from hoka_excel.documents.document import Block, Document, SourceTable, Spot, TextGrid, TextLine
from hoka_excel.documents.grids import joined, parts_of, tables_of
from hoka_excel.documents.line_tables import find_line_tables

_LONGEST_TITLE = 160
_TITLE_REACH = 5
"""How many lines above a grid its title is sought."""


def document_of(name: str, pages: int, blocks: Iterable[Block]) -> Document:
    """Find the tables in `blocks` and keep the rest as running text.

    Args:
        name: of the file.
        pages: how many there are.
        blocks: lines and grids in the order of the document.
    """
    tables: list[SourceTable] = []
    prose: list[TextLine] = []
    with_grids = _with_joined_grids(_with_aligned_grids(blocks))
    for is_grid, group in groupby(with_grids, key=_is_grid):
        if not is_grid:
            lines = [block for block in group if isinstance(block, TextLine)]
            found, rest = find_line_tables(lines, _next_number(tables))
            tables += found
            prose += rest
            continue
        for part in (part for grid in group if isinstance(grid, TextGrid) for part in parts_of(grid)):
            if isinstance(part, TextLine):
                prose.append(part)
                continue
            above = _title_above(prose, part.first_spot)
            title = "" if above is None else prose[above].text.strip()
            found = tables_of(part, title, _next_number(tables))
            if not found:
                prose += _texts_of(part)
            elif above is not None:
                del prose[above]
            tables += found
    return Document(name, pages, tuple(tables), tuple(prose))


def _is_grid(block: Block) -> bool:
    return isinstance(block, TextGrid)


def _with_aligned_grids(blocks: Iterable[Block]) -> list[Block]:
    """Gather aligned lines into grids, between the grids that the document itself has."""
    found: list[Block] = []
    lines: list[TextLine] = []
    for block in blocks:
        if isinstance(block, TextLine):
            lines.append(block)
            continue
        found += [*with_aligned_grids(lines), block]
        lines = []
    return [*found, *with_aligned_grids(lines)]


def _next_number(tables: Sequence[SourceTable]) -> int:
    return tables[-1].number + 1 if tables else 1


def _with_joined_grids(blocks: Sequence[Block]) -> list[Block]:
    """Join grids of one width that only a page break separates."""
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if isinstance(block, TextGrid) and isinstance(before, TextGrid) and _goes_on(before, block):
            found[-1] = joined([before, block])
        elif not (isinstance(block, TextLine) and not block.text.strip() and isinstance(before, TextGrid)):
            found.append(block)
    return found


def _goes_on(before: TextGrid, block: TextGrid) -> bool:
    widths = {max(map(len, grid.rows), default=0) for grid in (before, block)}
    return len(widths) == 1 and before.last_spot.page + 1 == block.first_spot.page


def _title_above(prose: Sequence[TextLine], below: Spot) -> int | None:
    """Find the line right above a grid that can be its title: no sentence, no address, not far above."""
    for index in range(len(prose) - 1, max(len(prose) - _TITLE_REACH, 0) - 1, -1):
        line = prose[index]
        text = line.text.strip()
        if text:
            is_title = not text.endswith(".") and "://" not in text and len(text) <= _LONGEST_TITLE
            return index if is_title and below.page <= line.spot.page + 1 else None
    return None


def _texts_of(grid: TextGrid) -> list[TextLine]:
    return [
        TextLine(" ".join(text for text in row if text), spots[0])
        for row, spots in zip(grid.rows, grid.spots, strict=True)
    ]
