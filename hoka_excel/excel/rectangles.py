"""Cells gathered into rectangles, so that many are written in one call.

>>> cells = {Position(1, 1): "a", Position(1, 2): "b", Position(2, 1): "c", Position(2, 2): "d"}
>>> rectangles({**cells, Position(4, 1): "e"})[0]
Rectangle(first=Position(row=1, column=1), rows=[['a', 'b'], ['c', 'd']])
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from hoka_excel.workbook.sheets import Position

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rectangle(Generic[T]):
    """Cells that touch, by row."""

    first: Position
    rows: list[list[T]]

    def __contains__(self, place: Position) -> bool:
        """Say whether a cell lies inside."""
        row, column = place.row - self.first.row, place.column - self.first.column
        return 0 <= row < len(self.rows) and 0 <= column < len(self.rows[0])


def rectangles(cells: Mapping[Position, T]) -> list[Rectangle[T]]:
    """Gather cells into rectangles that hold them and nothing else, from the top down."""
    made: list[Rectangle[T]] = []
    growing: list[Rectangle[T]] = []
    for number, places in groupby(sorted(cells), key=lambda place: place.row):
        current = []
        for first, run in _runs([place.column for place in places]):
            row = [cells[Position(number, column)] for column in range(first, first + run)]
            above = next((block for block in growing if _continues(block, number, first, run)), None)
            if above is None:
                above = Rectangle(Position(number, first), [])
                made.append(above)
            above.rows.append(row)
            current.append(above)
        growing = current
    return made


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    """Give the first column and the length of each run of columns that follow one another."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((column, 1))
    return runs


def _continues(block: Rectangle[T], row: int, column: int, width: int) -> bool:
    return (
        block.first.row + len(block.rows) == row
        and block.first.column == column
        and len(block.rows[0]) == width
    )
