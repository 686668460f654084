"""Find tables in text that holds one cell per line, as a copied web page does.

A row is a label and as many figures as there are columns; an empty line between two figures is an empty cell.
The headings are the lines before the first row that can head a column, as many as there are columns.
"""

from collections.abc import Sequence
from typing import NamedTuple

from hoka_excel.documents.document import Block, TextGrid, TextLine
from hoka_excel.documents.marks import is_figure, is_heading, is_year

_FEWEST_ROWS = 3
_MOST_COLUMNS = 40


def with_grids(lines: Sequence[TextLine]) -> list[Block]:
    """Gather the cells of every such table into a grid; the other lines stay, in order.

    Text in which fewer than three rows stand one cell per line is left alone.
    """
    runs = _runs(lines)
    if len(runs) < _FEWEST_ROWS:
        return list(lines)
    blocks: list[Block] = []
    after, index = 0, 0
    while index < len(runs):
        heads = _head_starts(lines, after, runs[index])
        last = index
        while last + 1 < len(runs) and not _head_starts(lines, runs[last].end, runs[last + 1]):
            last += 1
        start = heads[0] - 1 if heads and heads[0] > after else runs[index].start - 1
        blocks += lines[after:start]
        blocks.append(_grid(lines, start, heads, runs[index : last + 1]))
        after, index = runs[last].end, last + 1
    return [*blocks, *lines[after:]]


class _Run(NamedTuple):
    """The lines of the figures of one row: from `start` up to but not including `end`."""

    start: int
    end: int


def _runs(lines: Sequence[TextLine]) -> list[_Run]:
    """Find the runs of two or more figures on lines of their own, years alone left out."""
    runs, start = [], 0
    while start < len(lines):
        end = start
        while end < len(lines) and (_is_cell(lines[end]) or (end > start and _is_gap(lines, end))):
            end += 1
        cells = [line.text for line in lines[start:end]]
        if 2 <= len(cells) <= _MOST_COLUMNS and start and not all(map(is_year, cells)):
            runs.append(_Run(start, end))
        start = max(end, start + 1)
    return runs


def _is_cell(line: TextLine) -> bool:
    return is_figure(line.text)


def _is_gap(lines: Sequence[TextLine], index: int) -> bool:
    """Say whether an empty line stands between two figures."""
    return not lines[index].text.strip() and index + 1 < len(lines) and _is_cell(lines[index + 1])


def _head_starts(lines: Sequence[TextLine], after: int, run: _Run) -> list[int]:
    """Find where the rows of headings before `run` start, top down; none where there are no headings."""
    width = run.end - run.start
    starts: list[int] = []
    index = run.start - 1 - width
    while index >= after:
        if all(_can_head(line) for line in lines[index : index + width]):
            starts.insert(0, index)
            index -= 1 + width
        elif starts:
            break
        else:
            index -= 1
    return starts


def _can_head(line: TextLine) -> bool:
    return is_year(line.text) or (is_heading(line.text) and not line.text.rstrip().endswith("."))


def _grid(lines: Sequence[TextLine], start: int, heads: Sequence[int], runs: Sequence[_Run]) -> TextGrid:
    width = runs[0].end - runs[0].start
    rows, spots = [], []
    index = start

    def add(cells: Sequence[TextLine]) -> None:
        rows.append(tuple(cell.text.strip() for cell in cells))
        spots.append(tuple(cell.spot for cell in cells))

    for head in heads:
        add(lines[head - 1 : head + width])
        index = head + width
    for run in runs:
        for heading in lines[index : run.start - 1]:
            if heading.text.strip():
                add([heading])
        add(lines[run.start - 1 : run.end])
        index = run.end
    return TextGrid(tuple(rows), tuple(spots))
