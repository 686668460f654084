"""Whether row totals can be met from column totals where only some cells may hold anything.

Integers only: the answer is a table that does it, or the rows and columns that stand in the way.

>>> shortage = find_table([5, 1], [2, 4], [{0}, {0, 1}])
>>> shortage.rows, shortage.columns
((0,), (0,))
"""

from collections import deque
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Cells = Sequence[AbstractSet[int]]
"""Per row the columns of some of its cells."""
Amounts = list[dict[int, int]]
"""Per row the amounts above zero, by column."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Rows whose open cells all lie in columns that together hold less than these rows do.

    Attributes:
        rows: in order, counted from zero.
        columns: likewise; every column in which one of the rows has an open cell.
    """

    rows: tuple[int, ...]
    columns: tuple[int, ...]


def find_table(rows: Sequence[int], columns: Sequence[int], open_cells: Cells) -> Amounts | Shortage:
    """Find some table with these totals, or what stands in its way.

    Args:
        rows: total per row, zero or more.
        columns: total per column, zero or more, with the same sum.
        open_cells: per row the columns whose cell may hold anything.
    """
    amounts: Amounts = [{} for _ in rows]
    wanted = list(columns)
    left = list(rows)
    for row, open_columns in enumerate(open_cells):
        for column in sorted(open_columns):
            placed = min(left[row], wanted[column])
            if placed:
                amounts[row][column] = placed
                left[row] -= placed
                wanted[column] -= placed
    for row in range(len(rows)):
        while left[row]:
            seen_rows, seen_columns, end = _search(row, amounts, open_cells, wanted)
            if end is None:
                return Shortage(tuple(sorted(seen_rows)), tuple(sorted(seen_columns)))
            path = _trace_back(end, row, seen_rows, seen_columns)
            placed = min(left[row], wanted[end], *(amounts[i][j] for i, j in path[1::2]))
            for place, (i, j) in enumerate(path):
                amount = amounts[i].pop(j, 0) + (-placed if place % 2 else placed)
                if amount:
                    amounts[i][j] = amount
            left[row] -= placed
            wanted[end] -= placed
    return amounts


def cells_in_use(amounts: Amounts, open_cells: Cells) -> list[set[int]]:
    """List the open cells that are above zero in at least one table with the same totals.

    Such a cell holds something now, or lies on a round of cells that can be raised and lowered in turn.
    """
    holders = _holders(amounts)
    reached: dict[int, set[int]] = {}
    for column, rows in holders.items():
        seen, queue, fresh = set(rows), list(rows), set(holders) - {column}
        while queue:
            found = fresh & open_cells[queue.pop()]
            fresh -= found
            for other in found:
                queue += holders[other] - seen
                seen |= holders[other]
        reached[column] = seen
    return [{j for j in open_columns if i in reached.get(j, ())} for i, open_columns in enumerate(open_cells)]


def _search(
    start: int, amounts: Amounts, open_cells: Cells, wanted: Sequence[int]
) -> tuple[dict[int, int], dict[int, int], int | None]:
    """Search breadth first from a row for a column that wants more.

    Returns:
        The rows and columns seen, each with where it was reached from, and the column found if any.
    """
    holders = _holders(amounts)
    seen_rows, seen_columns = {start: -1}, dict[int, int]()
    queue = deque([start])
    while queue:
        row = queue.popleft()
        for column in sorted(open_cells[row] - seen_columns.keys()):
            seen_columns[column] = row
            if wanted[column]:
                return seen_rows, seen_columns, column
            for holder in sorted(holders.get(column, set()) - seen_rows.keys()):
                seen_rows[holder] = column
                queue.append(holder)
    return seen_rows, seen_columns, None


def _trace_back(
    end: int, start: int, seen_rows: dict[int, int], seen_columns: dict[int, int]
) -> list[tuple[int, int]]:
    """List the cells from the column found back to the row: raised, lowered, raised, ..."""
    path = []
    column = end
    while True:
        row = seen_columns[column]
        path.append((row, column))
        if row == start:
            return path
        column = seen_rows[row]
        path.append((row, column))


def _holders(amounts: Amounts) -> dict[int, set[int]]:
    """List per column the rows that hold something in it."""
    holders: dict[int, set[int]] = {}
    for row, held in enumerate(amounts):
        for column in held:
            holders.setdefault(column, set()).add(row)
    return holders
