"""The exact table that has given totals and is proportional to weights.

Proportional: weight x a factor of the row x a factor of the column. Where zeros among the weights make the
totals impossible, the rows or columns in the way are named.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from heapq import heappop, heappush
from itertools import compress, count
from sys import float_info

from hoka_excel.core.allocating.amounts import amount_of, integers_of, read_amount
from hoka_excel.core.allocating.transport import Cells, Shortage, cells_in_use, find_table
from hoka_excel.core.errors import AllocationError
from hoka_excel.core.exact import Number
from hoka_excel.core.messages import Message

Exact = Sequence[Sequence[Fraction]]
Whole = Sequence[Sequence[int]]
_ZERO = Fraction(0)


def check_shape(table: Sequence[Sequence[object]], height: int, width: int) -> None:
    """Refuse a table without cells or of another shape than its totals."""
    if not height or not width:
        raise AllocationError("allocation.empty_table")
    if len(table) != height:
        raise AllocationError("allocation.table_height", given=len(table), count=height)
    for number, row in enumerate(table, 1):
        if len(row) != width:
            raise AllocationError("allocation.table_width", row=number, given=len(row), count=width)


def read_weights(weights: Sequence[Sequence[Number]], height: int, width: int) -> Whole:
    """Scale the weights to integers with the same proportions."""
    check_shape(weights, height, width)
    read = [
        [read_amount(weight, "allocation.cell", row=i, column=j) for j, weight in enumerate(row, 1)]
        for i, row in enumerate(weights, 1)
    ]
    for i, row in enumerate(read, 1):
        for j, weight in enumerate(row, 1):
            if weight < 0:
                place = Message("allocation.cell", {"row": i, "column": j})
                raise AllocationError("allocation.negative", place=place, value=weight)
    scaled = integers_of([weight for row in read for weight in row])
    if not any(scaled):
        raise AllocationError("allocation.zero_weights")
    return [scaled[start : start + width] for start in range(0, height * width, width)]


def proportional_table(rows: Sequence[int], columns: Sequence[int], weights: Whole, unit: Decimal) -> Exact:
    """Find the table with these totals that is proportional to the weights.

    Exact where the weights have the proportions of the totals; otherwise as near as floats come, with exact
    totals.

    Args:
        rows: total per row, in units, zero or more.
        columns: total per column, likewise, with the same sum.
        weights: one row per row total, one weight per column total.
        unit: the amount of one unit, of either sign, for the text of a refusal.

    Raises:
        AllocationError: weights of zero make the totals impossible.
    """
    from hoka_excel.core.allocating.table_solver import fit  # noqa: PLC0415 - loads scipy

    total, whole = sum(rows), sum(map(sum, weights))
    if all(sum(row) * total == wanted * whole for row, wanted in zip(weights, rows, strict=True)) and all(
        sum(column) * total == wanted * whole
        for column, wanted in zip(zip(*weights, strict=True), columns, strict=True)
    ):
        return [[Fraction(weight * total, whole) for weight in row] for row in weights]
    open_cells = [{j for j, weight in enumerate(row) if weight} for row in weights]
    table = find_table(rows, columns, open_cells)
    if isinstance(table, Shortage):
        raise _blocked(table, rows, columns, open_cells, unit)
    used = cells_in_use(table, open_cells)
    largest = max(weight for row in weights for weight in row)
    factors = [
        [max(weight / largest, float_info.min) if j in used[i] else 0.0 for j, weight in enumerate(row)]
        for i, row in enumerate(weights)
    ]
    some = [[row.get(j, 0) for j in range(len(columns))] for row in table]
    fitted = [[Fraction(value) for value in row] for row in fit(factors, some, rows, columns)]
    return _squared(fitted, rows, columns)


def _blocked(
    shortage: Shortage, rows: Sequence[int], columns: Sequence[int], open_cells: Cells, unit: Decimal
) -> AllocationError:
    """Say which rows, or which columns if they are fewer, have too few open cells for their totals."""
    for code, totals, opened in (
        ("allocation.row_without_weight", rows, set(compress(count(), open_cells))),
        ("allocation.column_without_weight", columns, set().union(*open_cells)),
    ):
        for number, total in enumerate(totals):
            if total and number not in opened:
                return AllocationError(code, number=number + 1, total=amount_of(total, unit))
    starved = [j for j, total in enumerate(columns) if total and j not in shortage.columns]
    feeding = [i for i, opened in enumerate(open_cells) if opened & set(starved)]
    if len(starved) < len(shortage.rows):
        return _short("allocation.columns_blocked", (starved, columns), (feeding, rows), unit)
    return _short("allocation.rows_blocked", (shortage.rows, rows), (shortage.columns, columns), unit)


def _short(
    code: str,
    blocked: tuple[Sequence[int], Sequence[int]],
    doors: tuple[Sequence[int], Sequence[int]],
    unit: Decimal,
) -> AllocationError:
    """Name the lines that ask for more than the only lines they have cells in; each with all totals."""
    (names, asked), (only, offered) = blocked, doors
    return AllocationError(
        code,
        names=", ".join(str(name + 1) for name in names),
        doors=", ".join(str(door + 1) for door in only),
        wanted=amount_of(sum(asked[name] for name in names), unit),
        room=amount_of(sum(offered[door] for door in only), unit),
    )


def _squared(
    table: list[list[Fraction]], rows: Sequence[int], columns: Sequence[int]
) -> list[list[Fraction]]:
    """Add what floats missed of the totals to the largest cells, so that the totals are exact.

    The cells that take it form a forest over rows and columns; each node hands what it misses to its parent.
    """
    height = len(rows)
    missing = [
        *(total - sum(row, _ZERO) for total, row in zip(rows, table, strict=True)),
        *(
            total - sum(column, _ZERO)
            for total, column in zip(columns, zip(*table, strict=True), strict=True)
        ),
    ]
    for node, parent in reversed(_forest(table, height)):
        i, j = min(node, parent), max(node, parent) - height
        table[i][j] += missing[node]
        missing[parent] -= missing[node]
    return table


def _forest(table: Exact, height: int) -> list[tuple[int, int]]:
    """Span rows and columns (numbered on from the rows) by the largest cells, each node after its parent."""
    links: list[list[tuple[Fraction, int]]] = [[] for _ in range(height + len(table[0]))]
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            if value:
                links[i].append((-value, height + j))
                links[height + j].append((-value, i))
    spanned: list[tuple[int, int]] = []
    seen: set[int] = set()
    for root in range(len(links)):
        queue = [(_ZERO, root, root)]
        while queue:
            _, node, parent = heappop(queue)
            if node in seen:
                continue
            seen.add(node)
            if node != parent:
                spanned.append((node, parent))
            for value, other in links[node]:
                if other not in seen:
                    heappush(queue, (value, other, node))
    return spanned
