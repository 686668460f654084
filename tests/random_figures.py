"""The formulas of a workbook calculated with random figures: what holds then holds whatever is filled in.

A sum found in the values of a sheet may be one that no formula states and yet be true by formulas: subtotals
stand for their parts, a grand total is crossed, a summary repeats another sheet. And it may be a coincidence
of these very figures. Calculated with other figures, modulo a large prime, the first holds and the second
does not (Schwartz and Zippel).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from hoka_excel.core.errors import FigureError
from hoka_excel.core.exact import exact_decimal
from hoka_excel.tables.audit.formulas import parse
from hoka_excel.tables.audit.tokenized_formulas import Parsed
from hoka_excel.tables.grid import Grid, Spot
from hoka_excel.tables.references import Reference
from tests.declared_sums import ADDING_CODES, Sum, filled, is_subtotal

_PRIME = (1 << 61) - 1
_FIRST_ALONE = ("ROUND(", "IFERROR(")
"""Functions taken for their first argument."""

Cell = tuple[str, Spot]
"""Sheet, without regard to case, and spot."""


class RandomFigures:
    """The cells of a workbook, with random figures where people typed any.

    Attributes:
        book: the sheets by name, without regard to case.
    """

    def __init__(self, grids: Sequence[Grid]) -> None:
        self.book: Mapping[str, Grid] = {grid.name.casefold(): grid for grid in grids}

    def holds(self, sheet: str, one: Sum) -> bool:
        """Whether a sum holds whatever the typed figures are."""
        figures, name = self._outcomes, sheet.casefold()
        total, parts = one
        return (figures[name, total] - sum(figures[name, part] for part in parts)) % _PRIME == 0

    def is_followed(self, sheet: str, spot: Spot) -> bool:
        """Whether a cell holds a formula that can be calculated here."""
        return (sheet.casefold(), spot) in self._outcomes.followed

    @cached_property
    def _outcomes(self) -> "_Outcomes":
        outcomes = _Outcomes()
        for name, grid in self.book.items():
            for spot in grid.formulas:
                self._calculate((name, spot), outcomes)
        return outcomes

    def _calculate(self, cell: Cell, outcomes: "_Outcomes") -> None:
        """Calculate a formula after all that it reads; a circle begins with a random figure."""
        waiting, begun = [cell], set[Cell]()
        while waiting:
            here = waiting[-1]
            name, spot = here
            parsed = parse(self.book[name].formulas[spot])
            if here not in begun:
                begun.add(here)
                waiting += [
                    one for one in self._read(name, parsed) if one not in outcomes and one not in begun
                ]
            if waiting[-1] != here:
                continue
            waiting.pop()
            if here in outcomes:
                continue
            try:
                outcomes[here] = _Arithmetic(self.book, name, parsed, outcomes).outcome()
                outcomes.followed.add(here)
            except _UnreadError:
                outcomes[here] = outcomes[here]

    def _read(self, name: str, parsed: Parsed) -> Iterator[Cell]:
        """List the formulas that a formula reads."""
        for reference in parsed.references:
            sheet = name if reference.sheet is None else reference.sheet.casefold()
            if (grid := self.book.get(sheet)) is not None:
                yield from ((sheet, spot) for spot in filled(grid, reference) if spot in grid.formulas)


class _Outcomes(dict[Cell, int]):
    """What cells come to; each that is not calculated has a random figure of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.followed = set[Cell]()

    def __missing__(self, cell: Cell) -> int:
        return int.from_bytes(hashlib.sha256(repr(cell).encode()).digest()[:8], "big") % _PRIME


class _UnreadError(Exception):
    """A formula holds more than cells, numbers, + - * / %, parentheses, sums and roundings."""


class _Arithmetic:
    """One formula, calculated modulo the prime: a sum of products of factors."""

    def __init__(
        self, book: Mapping[str, Grid], name: str, parsed: Parsed, figures: Mapping[Cell, int]
    ) -> None:
        self._book, self._name, self._references, self._figures = book, name, parsed.references, figures
        self._words = list(parsed.words)

    def outcome(self) -> int:
        """Calculate it.

        Raises:
            _UnreadError: it holds something else.
        """
        result = self._sum()
        if self._words:
            raise _UnreadError
        return result % _PRIME

    def _take(self, *wanted: str) -> str:
        """Take the next word if it is wanted."""
        if self._words and self._words[0] in wanted:
            return str(self._words.pop(0))
        return ""

    def _demand(self, *wanted: str) -> None:
        if not self._take(*wanted):
            raise _UnreadError

    def _sum(self) -> int:
        result = self._product()
        while sign := self._take("+", "-"):
            result += self._product() if sign == "+" else -self._product()
        return result

    def _product(self) -> int:
        result = self._factor()
        while sign := self._take("*", "/"):
            result = result * (self._factor() if sign == "*" else _inverse(self._factor())) % _PRIME
        return result

    def _factor(self) -> int:
        if sign := self._take("-", "+"):
            return self._factor() if sign == "+" else -self._factor()
        result = self._operand()
        while self._take("%"):
            result = result * _inverse(100)
        return result

    def _operand(self) -> int:
        if self._take("("):
            result = self._sum()
        elif self._take("SUM("):
            result = self._added(lambda _grid, _spot: True)
        elif self._take("SUBTOTAL("):
            self._demand(*ADDING_CODES)
            self._demand(",")
            result = self._added(lambda grid, spot: not is_subtotal(grid, spot))
        elif self._take(*_FIRST_ALONE):
            result = self._sum()
            while self._words and self._words[0] != ")":
                self._words.pop(0)
        elif self._words:
            return self._single(self._words.pop(0))
        self._demand(")")
        return result

    def _single(self, word: str | int) -> int:
        if isinstance(word, int):
            if not self._references[word].is_cell:
                raise _UnreadError
            return self._total_of(self._references[word], lambda _grid, _spot: True)
        try:
            number = exact_decimal(word)
        except FigureError as error:
            raise _UnreadError from error
        above, below = number.as_integer_ratio()
        return above * _inverse(below)

    def _added(self, counts: Callable[[Grid, Spot], bool]) -> int:
        """Add up the arguments of a function."""
        result = 0
        while True:
            if len(self._words) > 1 and isinstance(self._words[0], int) and self._words[1] in (",", ")"):
                result += self._total_of(self._references[int(self._words.pop(0))], counts)
            else:
                result += self._sum()
            if not self._take(","):
                return result

    def _total_of(self, reference: Reference, counts: Callable[[Grid, Spot], bool]) -> int:
        sheet = self._name if reference.sheet is None else reference.sheet.casefold()
        if sheet not in self._book:
            raise _UnreadError
        grid = self._book[sheet]
        return sum(self._figures[sheet, spot] for spot in filled(grid, reference) if counts(grid, spot))


def _inverse(number: int) -> int:
    if number % _PRIME == 0:
        raise _UnreadError
    return pow(number, -1, _PRIME)
