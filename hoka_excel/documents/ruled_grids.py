"""Find the tables that a page draws with ruled lines, and put its words into their cells."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hoka_excel.documents.marks import is_figure
from hoka_excel.documents.page_lines import Word, lines_of
from hoka_excel.documents.pdf_pages import Box

_NEAR = 3.0
"""Lines this near, in points, are one."""
_FEWEST_LINES = 3
_GROUPED = re.compile(r"(?:€\s*)?-?\d{1,3}(?:\.\d{3}|,\d{3})+$")
_BROKEN_END = re.compile(r"\d{1,3}$")
"""A figure too wide for its cell is broken: its last digits stand on the next line."""


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A ruled table.

    Attributes:
        box: its outer edges.
        rows: the texts by row; a cell that spans several stands in the first of them.
    """

    box: Box
    rows: tuple[tuple[str, ...], ...]


def ruled_grids(rules: Sequence[Box], words: Sequence[Word]) -> list[RuledGrid]:
    """Find the ruled tables with words in them, top down.

    A frame around unruled rows is no table: the rows stand apart by their lines only.
    """
    found = []
    for group in _touching(rules):
        across = _merged([box for box in group if box[2] - box[0] >= box[3] - box[1]], 1)
        down = _merged([box for box in group if box[2] - box[0] < box[3] - box[1]], 0)
        if len(across) >= _FEWEST_LINES and len(down) >= _FEWEST_LINES:
            box = (down[0], across[0], down[-1], across[-1])
            inside = [word for word in words if _is_inside(word, box)]
            rows = _cells(inside, across, down, group)
            if rows is not None:
                found.append(RuledGrid(box, rows))
    return sorted(found, key=lambda grid: grid.box[1])


def outside(words: Iterable[Word], grids: Sequence[RuledGrid]) -> list[Word]:
    """List the words that stand in none of `grids`."""
    return [word for word in words if not any(_is_inside(word, grid.box) for grid in grids)]


def _is_inside(word: Word, box: Box) -> bool:
    left, top, right, bottom = box
    return (
        left - _NEAR <= (word.left + word.right) / 2 <= right + _NEAR
        and top - _NEAR <= word.middle <= bottom + _NEAR
    )


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """Gather lines that touch each other, directly or through others."""
    groups: list[tuple[Box, list[Box]]] = []
    for rule in sorted(rules, key=lambda box: (box[1], box[0])):
        box, members = rule, [rule]
        kept = []
        for outer, group in groups:
            if _meets(outer, box):
                box = (
                    min(box[0], outer[0]),
                    min(box[1], outer[1]),
                    max(box[2], outer[2]),
                    max(box[3], outer[3]),
                )
                members += group
            else:
                kept.append((outer, group))
        groups = [*kept, (box, members)]
    return [group for _, group in groups]


def _meets(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _NEAR
        and other[0] <= one[2] + _NEAR
        and one[1] <= other[3] + _NEAR
        and other[1] <= one[3] + _NEAR
    )


def _merged(boxes: Sequence[Box], axis: int) -> list[float]:
    """List where lines stand along an axis, those near each other once."""
    found: list[float] = []
    for place in sorted((box[axis] + box[axis + 2]) / 2 for box in boxes):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _cells(
    words: Sequence[Word], across: Sequence[float], down: Sequence[float], rules: Sequence[Box]
) -> tuple[tuple[str, ...], ...] | None:
    """Put the words into cells; None where the lines do not tell the figures apart."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        row = _slot(across, word.middle)
        column = _slot(down, (word.left + word.right) / 2)
        while column and not _is_ruled(rules, down[column], (across[row], across[row + 1]), axis=0):
            column -= 1
        while row and not _is_ruled(rules, across[row], (down[column], down[column + 1]), axis=1):
            row -= 1
        cells.setdefault((row, column), []).append(word)
    texts = {}
    for place, inside in cells.items():
        lines = [line.text for line in lines_of(inside)]
        whole = "".join(lines)
        is_broken = len(lines) > 1 and bool(_BROKEN_END.match(lines[-1]) and _GROUPED.match(whole))
        if place[1] and len(lines) > 1 and all(map(is_figure, lines)) and not is_broken:
            return None
        texts[place] = whole if is_broken else " ".join(lines)
    if not texts:
        return None
    width = len(down) - 1
    return tuple(
        tuple(texts.get((row, column), "") for column in range(width)) for row in range(len(across) - 1)
    )


def _slot(edges: Sequence[float], place: float) -> int:
    """Say between which two edges a place lies, counted from 0; the outermost take what lies beyond."""
    return max(0, min(sum(edge <= place for edge in edges) - 1, len(edges) - 2))


def _is_ruled(rules: Sequence[Box], place: float, span: tuple[float, float], *, axis: int) -> bool:
    """Say whether a line stands at `place` along the middle of `span`."""
    middle = (span[0] + span[1]) / 2
    other = 1 - axis
    return any(
        abs((box[axis] + box[axis + 2]) / 2 - place) <= _NEAR
        and box[axis + 2] - box[axis] <= 2 * _NEAR
        and box[other] - _NEAR <= middle <= box[other + 2] + _NEAR
        for box in rules
    )
