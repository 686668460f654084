"""Budgets made at random, of which it is known what adds up to what."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from hoka_excel.tables.grid import Spot

Sum = tuple[Spot, frozenset[Spot]]
"""A total and its parts, empty cells left out."""

_FIRST_YEAR = 2019
_MOST_CHILDREN = 5
_UNIT_CENTS = {"amounts": 100, "cents": 1, "thousands": 100_000}
_LARGEST = 900


class Style(StrEnum):
    """How lines that add up others are told from those."""

    TOTAL = "Totaal ..."
    SUBTOTAL = "Subtotaal"
    NAME = "a name"
    INDENT = "indentation"
    CODE = "codes"


@dataclass(frozen=True)
class Shape:
    """What a budget looks like.

    Attributes:
        levels: how many levels of totals it has below the grand total.
        columns: how many years.
        style: how totals are told.
        first: whether totals come before their parts.
        total_column: whether each row has its total.
        unit: "amounts", "cents" or "thousands".
        blank: the share of amounts that is left out.
    """

    levels: int
    columns: int
    style: Style
    first: bool
    total_column: bool
    unit: str
    blank: float = 0.0


def any_shape(random: Random, *, blank: float = 0.0) -> Shape:
    """Choose a shape."""
    style = random.choice(list(Style))
    return Shape(
        random.choice((1, 2, 2, 3)),
        random.randint(1, 6),
        style,
        style in (Style.INDENT, Style.CODE) or random.random() < 0.4,
        random.random() < 0.35,
        random.choice(list(_UNIT_CENTS)),
        blank,
    )


@dataclass
class Budget:
    """A budget and its sums.

    Attributes:
        shape: what it looks like.
        cells: a title row, then a label and figures in every row.
        sums: every sum of two figures or more that are not nil.
    """

    shape: Shape
    random: Random
    cells: list[list[object]] = field(default_factory=list)
    sums: set[Sum] = field(default_factory=set)
    _cents: dict[Spot, int] = field(default_factory=dict)
    _lines: int = 0

    @classmethod
    def of(cls, shape: Shape, random: Random) -> "Budget":
        """Make a budget of some shape."""
        made = cls(shape, random)
        years = [str(_FIRST_YEAR + year) for year in range(shape.columns)]
        made.cells.append(["Omschrijving", *years, *(["Totaal"] if shape.total_column else [])])
        tops = [made._parent(shape.levels, str(number)) for number in range(1, random.randint(3, 5))]
        made._add(made._row("Totaal begroting"), tops)
        return made

    def _row(self, label: str) -> int:
        self.cells.append([label])
        return len(self.cells) - 1

    def _label(self, code: str, *, is_total: bool) -> str:
        self._lines += 1
        depth, name = code.count("."), f"Post {self._lines}"
        match self.shape.style:
            case Style.INDENT:
                return "   " * depth + name
            case Style.CODE:
                return f"{code} {name}"
            case Style.TOTAL if is_total:
                return f"Totaal {name}"
            case Style.SUBTOTAL if is_total:
                return "Subtotaal"
        return name

    def _parent(self, levels: int, code: str) -> int:
        label = self._label(code, is_total=True)
        row = self._row(label) if self.shape.first else -1
        codes = [f"{code}.{number}" for number in range(1, self.random.randint(3, _MOST_CHILDREN + 1))]
        children = [self._leaf(one) if levels == 1 else self._parent(levels - 1, one) for one in codes]
        return self._add(row if self.shape.first else self._row(label), children)

    def _leaf(self, code: str) -> int:
        row = self._row(self._label(code, is_total=False))
        for column in range(1, self.shape.columns + 1):
            if self.random.random() >= self.shape.blank:
                least = _UNIT_CENTS[self.shape.unit]
                self._cents[row, column] = least * self.random.randrange(1, _LARGEST * 100_000 // least)
        return self._written(row)

    def _add(self, row: int, children: Sequence[int]) -> int:
        for column in range(1, self.shape.columns + 1):
            parts = [(child, column) for child in children if (child, column) in self._cents]
            self._cents[row, column] = sum(self._cents[part] for part in parts)
            self._note((row, column), parts)
        self._written(row)
        if self.shape.total_column:
            last = self.shape.columns + 1
            self._note((row, last), [(child, last) for child in children])
        return row

    def _written(self, row: int) -> int:
        years = [(row, column) for column in range(1, self.shape.columns + 1)]
        if self.shape.total_column:
            total, parts = (row, self.shape.columns + 1), [year for year in years if year in self._cents]
            self._cents[total] = sum(self._cents[part] for part in parts)
            self._note(total, parts)
            years.append(total)
        self.cells[row] += [self._cents[year] / 100 if year in self._cents else None for year in years]
        return row

    def _note(self, total: Spot, parts: Sequence[Spot]) -> None:
        if sum(self._cents[part] != 0 for part in parts) > 1:
            self.sums.add((total, frozenset(parts)))

    def with_wrong_total(self, factor: float) -> Spot:
        """Multiply one total below another by a factor; give its place."""
        total = self.random.choice(sorted({total for total, _ in self.sums}))
        row, column = total
        self.cells[row][column] = round(self._cents[total] * factor) / 100
        return total
