"""The floating-point part of controlled rounding: fit a table to its totals, choose which cells to raise.

Whatever comes from here is a proposal: the caller verifies it in integers.
"""

from collections.abc import Sequence
from sys import float_info
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

Array = NDArray[np.float64]
Cell = tuple[int, int]
"""Row and column, counted from zero."""

SWEEPS = 1000
NEWTON_STEPS = 100
FIT = 1e-13
"""How near the totals a fitted table must come, as a part of the grand total."""
SHORT = 0.9
"""How far towards zero a step may take a cell, as a part of the cell."""
WHOLE = 1e-6
"""How near a whole number a fitted cell counts as whole, in units."""
FLAT = 1e-7
"""Below this a reduced cost is zero: raising the cell leaves the optimum as it is. HiGHS's own tolerance."""


def fit(
    weights: Sequence[Sequence[float]],
    some: Sequence[Sequence[int]],
    rows: Sequence[int],
    columns: Sequence[int],
) -> list[list[float]]:
    """Scale the rows and columns of `weights` until they add up to the totals.

    Args:
        weights: at least zero; every cell above zero is above zero in some table with these totals.
        some: any table with these totals that is zero where the weights are.
        rows: total per row, zero or more.
        columns: total per column, zero or more, with the same sum.

    Returns:
        The table of the form weight x row factor x column factor with these totals, as near as floats come;
        what is nearly whole is whole.

    Source:
        Iterative proportional fitting (RAS; Deming and Stephan 1940); where that is slow, Newton's method on
        the problem it solves (Boyd and Vandenberghe, Convex Optimization, 2004, 10.3).
    """
    start = np.array(weights, dtype=np.float64)
    table = start
    across, down = np.array(rows, dtype=np.float64), np.array(columns, dtype=np.float64)
    near = FIT * across.sum()
    for _ in range(SWEEPS):
        table = table * _factors(across, table.sum(axis=1))[:, None]
        table = table * _factors(down, table.sum(axis=0))[None, :]
        if np.abs(table.sum(axis=1) - across).max() <= near:
            break
    else:
        # Fitting so slow leaves a cell all but empty that the totals need; in any table with the totals it is
        # not, so that half of each is a start with no such cell.
        table = _newton((table + np.array(some, dtype=np.float64)) / 2, start, across, down)
    whole = np.rint(table)
    fitted: list[list[float]] = np.where(np.abs(table - whole) < WHOLE, whole, table).tolist()
    return fitted


def _factors(wanted: Array, have: Array) -> Array:
    return np.divide(wanted, have, out=np.zeros_like(wanted), where=have > 0)


def _newton(table: Array, weights: Array, across: Array, down: Array) -> Array:
    """Minimise the relative entropy of the table to the weights, the totals being wanted.

    Each step solves for the logarithms of the factors and moves the cells, not the factors, so that a cell
    far too small reaches its size at once; the step stops short of making a cell zero.
    """
    used = table > 0
    scaled = np.log(np.where(used, weights, 1))
    for _ in range(NEWTON_STEPS):
        off = np.where(used, np.log(np.where(used, table, 1)) - scaled, 0)
        high, wide = table.sum(axis=1), table.sum(axis=0)
        slopes = np.block([[np.diag(high), table], [table.T, np.diag(wide)]])
        pull = table * off
        gap = np.concatenate([across - high + pull.sum(axis=1), down - wide + pull.sum(axis=0)])
        scale = 1 / np.sqrt(np.maximum(np.concatenate([high, wide]), float_info.min))
        factors = scale * np.linalg.lstsq(slopes * scale[:, None] * scale[None, :], gap * scale)[0]
        added = factors[: len(across), None] + factors[None, len(across) :]
        change = np.where(used, added - off, 0)
        scaled += added
        pace = min(1.0, SHORT / max(-change.min(), float_info.min))
        table = table * (1 + pace * change)
        if np.abs(change).max() <= FIT:
            break
    return table


def choose_raised(
    fractions: Sequence[Sequence[float]], rows: Sequence[int], columns: Sequence[int]
) -> set[Cell] | None:
    """Choose the cells to round up, all others being rounded down, nearest to the exact table.

    Args:
        fractions: what each cell has above the whole number below it; 0 for a cell that must stay.
        rows: how many cells of each row to raise.
        columns: how many cells of each column to raise.

    Returns:
        The cells as (row, column) with the smallest sum of |rounded - exact|; among equals the one whose
        raised cells lie nearest the top left, by the sum of (rows to the bottom) x (columns to the right).
        None when no choice meets the numbers.
    """
    cells = [(i, j) for i, row in enumerate(fractions) for j, part in enumerate(row) if part > 0]
    nearest = _solve(cells, [1 - 2 * fractions[i][j] for i, j in cells], rows, columns)
    if nearest is None:
        return None
    # Every optimal choice treats the cells with a reduced cost alike; among the level ones place decides.
    level = [cell for cell, cost in zip(cells, nearest.reduced_costs, strict=True) if abs(cost) <= FLAT]
    settled = nearest.chosen - set(level)
    rows_left, columns_left = list(rows), list(columns)
    for i, j in settled:
        rows_left[i] -= 1
        columns_left[j] -= 1
    places = [float((i - len(rows)) * (len(columns) - j)) for i, j in level]
    first = _solve(level, places, rows_left, columns_left)
    return None if first is None else settled | first.chosen


class _Choice(NamedTuple):
    """The cells chosen, and the reduced cost of every cell offered, in their order."""

    chosen: set[Cell]
    reduced_costs: list[float]


def _solve(
    cells: Sequence[Cell], costs: Sequence[float], rows: Sequence[int], columns: Sequence[int]
) -> _Choice | None:
    """Choose the cheapest cells with these numbers per row and column; None when there is no such choice.

    The linear programme over 0 <= chosen <= 1 has whole corners (it is a transportation problem), and the
    dual simplex method ends in a corner.
    """
    if not cells:
        return None if any(rows) or any(columns) else _Choice(set(), [])
    count = len(cells)
    lines = [i for i, _ in cells] + [len(rows) + j for _, j in cells]
    incidence = csr_array(
        (np.ones(2 * count), (np.array(lines), np.tile(np.arange(count), 2))),
        shape=(len(rows) + len(columns), count),
    )
    found = linprog(  # type: ignore[call-overload] # scipy takes a sparse matrix, its stubs do not
        costs, A_eq=incidence, b_eq=np.array([*rows, *columns]), bounds=(0, 1), method="highs-ds"
    )
    if found.status != 0:
        return None
    chosen = {cell for cell, value in zip(cells, found.x, strict=True) if value > _HALF}
    return _Choice(chosen, (found.lower.marginals + found.upper.marginals).tolist())


_HALF = 0.5
"""In a corner every value is 0 or 1, up to the solver's tolerance."""
