"""Find tables that a page sets in columns without ruling them, by where their figures stand.

Lines headed by years are left alone: their table is read line by line. What is found here are tables with
other headings, which may be wrapped: a word belongs to the column it stands in.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from hoka_excel.documents.columns import Extent, figure_extents
from hoka_excel.documents.document import Block, Fragment, Spot, TextGrid, TextLine
from hoka_excel.documents.marks import is_year, split_figures, year_columns

_FEWEST_ROWS = 3
_MOST_LINES_BETWEEN = 3
_MOST_HEADING_LINES = 8
_CLEAR = 6.0
"""White space between words, in points, that parts two columns."""


class _Row(NamedTuple):
    """A line with figures: its number among the lines, where its label ends and where its figures stand."""

    number: int
    label_end: float
    figures: tuple[Extent, ...]


def with_aligned_grids(lines: Sequence[TextLine]) -> list[Block]:
    """Gather the lines of every such table into a grid; the other lines stay, in order."""
    blocks: list[Block] = []
    after = 0
    for rows in _groups(lines):
        columns = _columns(rows)
        start = _start(lines, after, rows[0].number, columns) if columns else None
        if columns is None or start is None:
            continue
        end = rows[-1].number + 1
        blocks += [*lines[after:start], _grid(lines[start:end], columns)]
        after = end
    return [*blocks, *lines[after:]]


def _groups(lines: Sequence[TextLine]) -> list[list[_Row]]:
    """Gather rows with no more lines between them than a table has; a page break ends no table."""
    groups: list[list[_Row]] = []
    for number, line in enumerate(lines):
        row = _row(number, line)
        if row is None:
            continue
        if groups and number - groups[-1][-1].number <= _MOST_LINES_BETWEEN + 1:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [group for group in groups if len(group) >= _FEWEST_ROWS]


def _row(number: int, line: TextLine) -> _Row | None:
    label, figures = split_figures(line.text)
    extents = figure_extents(line.fragments, figures)
    while extents and (near := _word_before(line, extents[0])) and extents[0].left - near.right < _CLEAR:
        extents, figures = extents[1:], figures[1:]
    if not label or not extents or all(map(is_year, figures)):
        return None
    before = _word_before(line, extents[0])
    return _Row(number, before.right if before else 0.0, extents)


def _word_before(line: TextLine, extent: Extent) -> Fragment | None:
    """Give the word before a figure; near by, the figure belongs to the label ("TOTAAL 2020")."""
    before = [word for word in line.fragments if word.right <= extent.left]
    return before[-1] if before else None


def _columns(rows: Sequence[_Row]) -> list[Extent] | None:
    """Find the columns that the figures of all rows fall into; None where they do not line up."""
    columns: list[Extent] = []
    for extent in sorted(extent for row in rows for extent in row.figures):
        if columns and extent.left <= columns[-1].right:
            columns[-1] = Extent(columns[-1].left, max(columns[-1].right, extent.right))
        else:
            columns.append(extent)
    is_full = max(len(row.figures) for row in rows) == len(columns)
    is_clear = all(row.label_end < columns[0].left for row in rows)
    return columns if len(columns) > 1 and is_full and is_clear else None


def _start(lines: Sequence[TextLine], after: int, first: int, columns: Sequence[Extent]) -> int | None:
    """Find the first line of headings above the first row; None where years head the columns."""
    start = first
    for index in range(first - 1, max(after, first - _MOST_HEADING_LINES) - 1, -1):
        line = lines[index]
        _, names = year_columns(line.text) or ("", [])
        if names and all(map(is_year, names)) and names == sorted(names):
            return None
        if line.text.strip():
            if not _is_in_columns(line, columns):
                break
            start = index if any(word.right > columns[0].left for word in line.fragments) else start
    return start if start < first else None


def _is_in_columns(line: TextLine, columns: Sequence[Extent]) -> bool:
    """Say whether the words of a line keep to the columns, with white space before the first of them."""
    words = line.fragments
    edge = columns[0].left
    crossing = any(word.left < edge - _CLEAR and word.right > columns[0].right for word in words)
    is_run_on = any(a.right < edge <= b.right and b.left - a.right < _CLEAR for a, b in pairwise(words))
    return bool(words) and not crossing and not is_run_on and not line.text.rstrip().endswith(".")


def _grid(lines: Sequence[TextLine], columns: Sequence[Extent]) -> TextGrid:
    """Put every phrase into its column; a label in lower case goes on with the one on the line above."""
    rows: list[list[str]] = []
    spots: list[Spot] = []
    for line in lines:
        cells: list[list[str]] = [[] for _ in range(len(columns) + 1)]
        for phrase in _phrases(line):
            cells[_column_of(phrase, columns)].append(phrase.text)
        texts = [" ".join(cell) for cell in cells]
        if not any(texts):
            continue
        if rows and texts[0][:1].islower() and not (any(rows[-1][1:]) and any(texts[1:])):
            label, *above = rows.pop()
            has_figures = any(texts[1:])
            rows.append([f"{label} {texts[0]}", *(texts[1:] if has_figures else above)])
            spots[-1] = line.spot if has_figures else spots[-1]
            continue
        rows.append(texts)
        spots.append(line.spot)
    return TextGrid.of_rows(map(tuple, rows), spots)


def _phrases(line: TextLine) -> list[Fragment]:
    """Join the words that stand near each other."""
    found: list[Fragment] = []
    for word in line.fragments:
        if found and word.left - found[-1].right < _CLEAR:
            found[-1] = Fragment(f"{found[-1].text} {word.text}", found[-1].left, word.right)
        else:
            found.append(word)
    return found


def _column_of(phrase: Fragment, columns: Sequence[Extent]) -> int:
    """Say in which column a phrase stands; the labels are column 0, the first figures column 1."""
    if phrase.right < columns[0].left:
        return 0
    shared = [min(phrase.right, edge.right) - max(phrase.left, edge.left) for edge in columns]
    return 1 + shared.index(max(shared))
