"""Round a whole table so that it still adds up: every row, every column and the grand total.

Each cell becomes the whole unit just below or just above its exact value; which, is chosen for all cells at
once (controlled rounding), as near to the exact table as the totals allow. A cell that is exactly whole, a
zero above all, stays.

>>> table = round_table([["0.5", "0.5"], ["0.5", "0.5"]])
>>> [[int(cell) for cell in row] for row in table.cells], [int(total) for total in table.row_totals]
([[1, 0], [0, 1]], [1, 1])

Source:
    Cox and Ernst, Controlled Rounding, INFOR 20 (1982).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hoka_excel.core.allocating.amounts import amount_of, read_amount, read_unit, whole_units
from hoka_excel.core.allocating.proportional_table import Exact, check_shape, proportional_table, read_weights
from hoka_excel.core.errors import AllocationError
from hoka_excel.core.exact import Number


@dataclass(frozen=True, slots=True)
class Allocation2D:
    """A table of whole units in which every row, every column and the grand total add up.

    Attributes:
        cells: by row, then by column.
        row_totals: one per row.
        column_totals: one per column.
        total: the grand total.
    """

    cells: tuple[tuple[Decimal, ...], ...]
    row_totals: tuple[Decimal, ...]
    column_totals: tuple[Decimal, ...]
    total: Decimal


def allocate_table(
    row_totals: Sequence[Number],
    column_totals: Sequence[Number],
    weights: Sequence[Sequence[Number]],
    *,
    unit: Number = 1,
) -> Allocation2D:
    """Divide row totals over columns and column totals over rows at once, by weight.

    The exact table is weight x a factor of its row x a factor of its column, the factors being such that it
    has the totals (iterative proportional fitting); where the weights already have the proportions of the
    totals, that is pro rata. Then its cells are rounded to whole units with the smallest sum of
    |rounded - exact|, the totals being met exactly. A zero weight stays zero.

    Args:
        row_totals: whole units, all of the same sign.
        column_totals: whole units, all of the same sign, with the same sum.
        weights: one row per row total, one weight per column total; at least zero, not all zero.
        unit: what every cell is a multiple of, above zero.

    Returns:
        The table, every cell within one unit of the exact table. Among tables equally near, the one whose
        raised cells lie nearest the top left. Negative totals mirror positive ones.

    Raises:
        AllocationError: a number that cannot be read, lists that do not fit each other, a negative weight, no
            weight above zero, totals that are no whole units, of both signs or with different sums, or
            weights of zero that make the totals impossible.
    """
    step = read_unit(unit)
    rows = [
        whole_units(read_amount(total, "allocation.row", row=i), step, "allocation.row", row=i)
        for i, total in enumerate(row_totals, 1)
    ]
    columns = [
        whole_units(read_amount(total, "allocation.column", column=j), step, "allocation.column", column=j)
        for j, total in enumerate(column_totals, 1)
    ]
    if sum(rows) != sum(columns):
        sums = {"rows": amount_of(sum(rows), step), "columns": amount_of(sum(columns), step)}
        raise AllocationError("allocation.totals_differ", **sums)
    sign = -1 if sum(rows) < 0 else 1
    if any(sign * total < 0 for total in (*rows, *columns)):
        raise AllocationError("allocation.mixed_signs")
    rows, columns = [sign * total for total in rows], [sign * total for total in columns]
    signed = amount_of(sign, step)
    exact = proportional_table(rows, columns, read_weights(weights, len(rows), len(columns)), signed)
    return _amounts(_rounded(exact, rows, columns), signed)


def round_table(values: Sequence[Sequence[Number | Fraction]], *, unit: Number = 1) -> Allocation2D:
    """Round a table of exact numbers so that cells and totals add up.

    Each is within one unit of its exact value, and the sum of |rounded - exact| over the cells and all totals
    is smallest. Totals that are exactly whole stay.

    Args:
        values: by row, then by column; of either sign.
        unit: what every cell and total becomes a multiple of, above zero.

    Returns:
        The table. Among tables equally near, the one whose raised cells lie nearest the top left. A table
        with a negative grand total is the mirror of its opposite.

    Raises:
        AllocationError: a number that cannot be read, or rows that differ in length.
    """
    step = read_unit(unit)
    check_shape(values, len(values), len(values[0]) if values else 0)
    exact = [
        [_exact(value, i, j) / Fraction(step) for j, value in enumerate(row, 1)]
        for i, row in enumerate(values, 1)
    ]
    sign = -1 if sum(value for row in exact for value in row) < 0 else 1
    # With its totals negated at the edge, every row and column of the table adds up to zero: the totals are
    # rounded like cells.
    mirrored = [[sign * value for value in row] for row in exact]
    edged = [[*row, -sum(row, _ZERO)] for row in mirrored]
    edged.append([-sum(column, _ZERO) for column in zip(*edged, strict=True)])
    rounded = _rounded(edged, [0] * len(edged), [0] * len(edged[0]))
    return _amounts([row[:-1] for row in rounded[:-1]], amount_of(sign, step))


_ZERO = Fraction(0)


def _exact(value: Number | Fraction, row: int, column: int) -> Fraction:
    if isinstance(value, Fraction):
        return value
    return Fraction(read_amount(value, "allocation.cell", row=row, column=column))


def _amounts(cells: Sequence[Sequence[int]], unit: Decimal) -> Allocation2D:
    def amounts(units: Sequence[int]) -> tuple[Decimal, ...]:
        return tuple(amount_of(count, unit) for count in units)

    return Allocation2D(
        tuple(amounts(row) for row in cells),
        amounts([sum(row) for row in cells]),
        amounts([sum(column) for column in zip(*cells, strict=True)]),
        amount_of(sum(map(sum, cells)), unit),
    )


def _rounded(exact: Exact, rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Round each cell down or up such that the totals are met, and verify that they are."""
    from hoka_excel.core.allocating.table_solver import choose_raised  # noqa: PLC0415 - loads scipy

    cells = [[value.__floor__() for value in row] for row in exact]
    fractions = [
        [float(value - below) for value, below in zip(row, floors, strict=True)]
        for row, floors in zip(exact, cells, strict=True)
    ]
    raised = choose_raised(
        fractions,
        [total - sum(row) for total, row in zip(rows, cells, strict=True)],
        [total - sum(column) for total, column in zip(columns, zip(*cells, strict=True), strict=True)],
    )
    for i, j in raised or ():
        cells[i][j] += 1
    if [sum(row) for row in cells] != list(rows) or [sum(c) for c in zip(*cells, strict=True)] != list(
        columns
    ):
        raise AllocationError("allocation.unsolved")
    return cells
