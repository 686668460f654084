"""Which formulas read which, and the circles among them: formulas that read their own outcome.

A running total reads every row above it, so the links between formulas can outnumber them a thousand times.
Links therefore lead to *blocks*: halves of halves of the formulas of a column, down to one formula. A range
takes a few blocks, and a circle through blocks is a circle through formulas.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import compress
from typing import NamedTuple

from hoka_excel.tables.audit.spot_index import SpotIndex
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.grid import Spot
from hoka_excel.tables.references import Area

Node = tuple[str, Spot]
"""A formula: sheet (case folded) and cell."""

Formulas = Mapping[str, Mapping[Spot, Parsed]]
"""The formulas of a workbook taken apart: by sheet (case folded), in order, and by cell."""


class Block(NamedTuple):
    """Formulas of one column, from one of its formulas up to another, counted from the top."""

    sheet: str
    column: int
    first: int
    past: int


class FormulaLinks:
    """The formulas of a workbook and what each reads.

    Args:
        formulas: those of every sheet.
    """

    def __init__(self, formulas: Formulas) -> None:
        self._parsed = formulas
        self._rows: dict[str, dict[int, list[int]]] = {}
        for name, parsed in formulas.items():
            columns = self._rows.setdefault(name, {})
            for row, column in sorted(parsed):
                columns.setdefault(column, []).append(row)

    def formulas(self) -> Iterator[Block]:
        """List every formula, as a block of one."""
        for name, columns in self._rows.items():
            for column, rows in columns.items():
                for number in range(len(rows)):
                    yield Block(name, column, number, number + 1)

    def reading(self) -> Iterator[Block]:
        """List the formulas that read any formula."""
        asked: dict[str, tuple[list[Node], list[Area]]] = {}
        for name, parsed in self._parsed.items():
            for spot, formula in parsed.items():
                for reference in formula.references:
                    other = name if reference.sheet is None else reference.sheet.casefold()
                    nodes, areas = asked.setdefault(other, ([], []))
                    nodes.append((name, spot))
                    areas.append(reference.area)
        found = {
            node
            for name, (nodes, areas) in asked.items()
            for node in compress(nodes, SpotIndex.of(self._parsed.get(name, ())).hold(areas))
        }
        if found:
            yield from (block for block in self.formulas() if self.node(block) in found)

    def node(self, block: Block) -> Node:
        """Give the formula of a block of one."""
        return block.sheet, (self._rows[block.sheet][block.column][block.first], block.column)

    def read_by(self, block: Block) -> Iterator[Block]:
        """Give the halves of a block, or the blocks that its one formula reads."""
        if block.past - block.first > 1:
            middle = (block.first + block.past) // 2
            yield block._replace(past=middle)
            yield block._replace(first=middle)
            return
        name, spot = self.node(block)
        for reference in self._parsed[name][spot].references:
            other = name if reference.sheet is None else reference.sheet.casefold()
            yield from self._within(other, reference.area)

    def _within(self, name: str, area: Area) -> Iterator[Block]:
        first_row, first_column, last_row, last_column = area
        columns = self._rows.get(name, {})
        few = last_column - first_column < len(columns)
        for column in range(first_column, last_column + 1) if few else sorted(columns):
            rows = columns.get(column, ()) if first_column <= column <= last_column else ()
            first = bisect_left(rows, first_row)
            if first < len(rows) and rows[first] <= last_row:
                past = bisect_right(rows, last_row, first)
                yield from _halves(Block(name, column, 0, len(rows)), first, past)


def _halves(block: Block, first: int, past: int) -> Iterator[Block]:
    """Cover a run of formulas with as few blocks as there are."""
    if past - first == 1:
        yield block._replace(first=first, past=past)
    elif first <= block.first and block.past <= past:
        yield block
    else:
        middle = (block.first + block.past) // 2
        if first < middle:
            yield from _halves(block._replace(past=middle), first, min(past, middle))
        if middle < past:
            yield from _halves(block._replace(first=middle), max(first, middle), past)


def circles(formulas: Formulas) -> list[list[Node]]:
    """List the sets of formulas that depend on each other in a circle, each in the order of the sheets."""
    links = FormulaLinks(formulas)
    return [
        sorted(links.node(block) for block in group if block.past - block.first == 1)
        for group in _strong_components(links.reading(), links.read_by)
        if len(group) > 1 or group[0] in links.read_by(group[0])
    ]


def dependents(formulas: Formulas, sources: Iterable[Node]) -> set[Node]:
    """List the formulas that read any of some formulas, themselves included, step by step."""
    links = FormulaLinks(formulas)
    wanted = set(sources)
    readers: dict[Block, list[Block]] = {}
    seen: set[Block] = set()
    waiting = list(links.formulas())
    start = [block for block in waiting if links.node(block) in wanted]
    while waiting:
        block = waiting.pop()
        if block not in seen:
            seen.add(block)
            for other in links.read_by(block):
                readers.setdefault(other, []).append(block)
                waiting.append(other)
    reached = set(start)
    while start:
        for reader in readers.get(start.pop(), []):
            if reader not in reached:
                reached.add(reader)
                start.append(reader)
    return {links.node(block) for block in reached if block.past - block.first == 1}


def _strong_components(
    roots: Iterable[Block], read_by: Callable[[Block], Iterator[Block]]
) -> Iterator[list[Block]]:
    """Give the strongly connected components.

    Source: Tarjan (1972), without recursion.
    """
    index: dict[Block, int] = {}
    lowest: dict[Block, int] = {}
    trail: list[Block] = []
    on_trail: set[Block] = set()
    for root in roots:
        if root in index:
            continue
        work = [(root, read_by(root))]
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
                    work.append((other, read_by(other)))
                    break
                if other in on_trail:
                    lowest[node] = min(lowest[node], index[other])
            else:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    yield list(_popped(trail, on_trail, node))


def _popped(trail: list[Block], on_trail: set[Block], last: Block) -> Iterator[Block]:
    while True:
        node = trail.pop()
        on_trail.discard(node)
        yield node
        if node == last:
            return
