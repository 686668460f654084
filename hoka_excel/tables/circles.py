"""Circular references: formulas that, step by step, read their own outcome."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from hoka_excel.tables.grid import Grid, Spot
from hoka_excel.tables.references import Area, parse

Node = tuple[str, Spot]
"""A formula: sheet (case folded) and cell."""


def circles(grids: Sequence[Grid]) -> list[list[Node]]:
    """List the sets of formulas that depend on each other in a circle, each in the order of the sheets."""
    columns = {grid.name.casefold(): _by_column(grid) for grid in grids}
    links = {
        (grid.name.casefold(), spot): list(_read_by(grid, spot, formula, columns))
        for grid in grids
        for spot, formula in grid.formulas.items()
    }
    return [
        sorted(group) for group in _strong_components(links) if len(group) > 1 or group[0] in links[group[0]]
    ]


def _by_column(grid: Grid) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    for row, column in sorted(grid.formulas):
        rows.setdefault(column, []).append(row)
    return rows


def _read_by(
    grid: Grid, _spot: Spot, formula: str, columns: Mapping[str, Mapping[int, Sequence[int]]]
) -> Iterator[Node]:
    """Give the formulas among the cells that a formula reads."""
    for reference in parse(formula).references:
        name = grid.name.casefold() if reference.sheet is None else reference.sheet.casefold()
        for place in _within(reference.area, columns.get(name, {})):
            yield name, place


def _within(area: Area, columns: Mapping[int, Sequence[int]]) -> Iterator[Spot]:
    first_row, first_column, last_row, last_column = area
    wanted = (
        range(first_column, last_column + 1) if last_column - first_column < len(columns) else sorted(columns)
    )
    for column in wanted:
        if first_column <= column <= last_column and column in columns:
            rows = columns[column]
            for row in rows[bisect_left(rows, first_row) : bisect_right(rows, last_row)]:
                yield row, column


def _strong_components(links: Mapping[Node, Sequence[Node]]) -> Iterator[list[Node]]:
    """Give the strongly connected components.

    Source: Tarjan (1972), without recursion.
    """
    index: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    trail: list[Node] = []
    on_trail: set[Node] = set()
    for root in links:
        if root in index:
            continue
        work = [(root, iter(links[root]))]
        index[root] = lowest[root] = len(index)
        trail.append(root)
        on_trail.add(root)
        while work:
            node, rest = work[-1]
            for other in rest:
                if other not in index:
                    index[other] = lowest[other] = len(index)
                    trail.append(other)
                    on_trail.add(other)
                    work.append((other, iter(links[other])))
                    break
                if other in on_trail:
                    lowest[node] = min(lowest[node], index[other])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    yield list(_popped(trail, on_trail, node))


def _popped(trail: list[Node], on_trail: set[Node], last: Node) -> Iterator[Node]:
    while True:
        node = trail.pop()
        on_trail.discard(node)
        yield node
        if node == last:
            return
