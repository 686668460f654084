"""Read a running workbook in few calls: every property of a live book is a round trip to Excel.

A sheet costs three: where it begins, its values, and its formulas.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hoka_excel.begroting.layout import NAME_PREFIX
from hoka_excel.begroting.source_book import SourceBook, SourceSheet
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from xlwings import Book, Range, Sheet

Entry = str | int | float | bool | None
"""What is assigned to a cell's formula: a formula, a number, a truth value, a text after "'", or nothing."""


@dataclass(frozen=True, slots=True)
class LiveBook:
    """What a running workbook held when it was read.

    Attributes:
        source: its values and names.
        entries: per sheet what to assign to get each cell back; None where the host shows no formulas, as
            the add-in does.
    """

    source: SourceBook
    entries: Mapping[str, SourceSheet] | None

    def entry(self, sheet: str, place: Position) -> Entry:
        """Give what to assign to a cell to get back what it held."""
        if self.entries is None:
            return entry_of(self.source.sheets[sheet].value(place), None)
        found = self.entries[sheet].value(place)
        assert found is None or isinstance(found, str | int | float)
        return found

    def formula(self, sheet: str, place: Position) -> str | None:
        """Give the formula of a cell; None where there is none, or none is shown."""
        found = None if self.entries is None else self.entries[sheet].value(place)
        return found if isinstance(found, str) and found.startswith("=") else None


def read_live(book: "Book") -> LiveBook:
    """Read the sheets that our defined names point at; the others are none of our business."""
    names = our_names(book)
    wanted = {reference.rpartition("!")[0].strip("'").replace("''", "'") for reference in names.values()}
    values: dict[str, SourceSheet] = {}
    entries: dict[str, SourceSheet] = {}
    shown = True
    for sheet in book.sheets:
        name = sheet.name
        if name in wanted:
            used = sheet.used_range
            first = Position(used.row, used.column)
            read = _rows(used.options(ndim=2, err_to_str=True).value)
            formulas = _formulas(used)
            shown = shown and formulas is not None
            rows = tuple(
                tuple(_value(value, formula) for value, formula in zip(*pair, strict=True))
                for pair in zip(read, formulas or read, strict=True)
            )
            values[name] = SourceSheet(first, rows)
            entries[name] = SourceSheet(
                first,
                tuple(
                    tuple(entry_of(value, formula) for value, formula in zip(*pair, strict=True))
                    for pair in zip(rows, formulas or rows, strict=True)
                ),
            )
    return LiveBook(SourceBook(book.name, values, names), entries if shown else None)


def our_names(book: "Book") -> dict[str, str]:
    """Read what our defined names refer to."""
    return {
        name.name: str(name.refers_to).removeprefix("=")
        for name in book.names
        if name.name.startswith(NAME_PREFIX)
    }


def block(sheet: "Sheet", first: Position, height: int, width: int) -> "Range":
    """Address a rectangle of cells."""
    return sheet.range((first.row, first.column), (first.row + height - 1, first.column + width - 1))


def entry_of(value: object, formula: object) -> Entry:
    """Give what to assign to a cell so that it holds `value` again, or `formula` where it has one."""
    if isinstance(formula, str) and formula.startswith("="):
        return formula
    match value:
        case None | "":
            return None
        case bool() | int() | float():
            return value
        case Decimal():
            return float(value)
        case datetime() if isinstance(formula, str):
            return formula
        case _:
            return f"'{value}"


def _formulas(used: "Range") -> list[list[object]] | None:
    try:
        return _rows(used.formula)
    except NotImplementedError:
        return None


def _rows(read: Any) -> list[list[object]]:
    """Make rows of what a range gives: a single value, a row, or rows."""
    rows = list(read) if isinstance(read, list | tuple) else [read]
    if any(isinstance(row, list | tuple) for row in rows):
        return [list(row) for row in rows]
    return [rows]


def _value(value: object, formula: object) -> object:
    """Take a value as a workbook file gives it: whole numbers whole, and amounts of money with all digits."""
    if isinstance(value, Decimal):
        return _full(value, formula)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def _full(value: Decimal, formula: object) -> int | float | Decimal:
    """Read a cell with a currency format from its text: as a value it comes cut to four decimals."""
    try:
        exact = Decimal(str(formula))
    except ArithmeticError:
        exact = value
    return int(exact) if exact == exact.to_integral_value() else float(exact)
