"""Read a running workbook in few calls: every property of a live book is a round trip to Excel.

A sheet costs two, its values and its formulas: our defined names say how far it reaches. The sheets that are
wholly ours cost three, for they may hold more than is named.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hoka_excel.agenda.places.names import AgendaBlock
from hoka_excel.begroting.places.names import NAME_PREFIX, BlockName
from hoka_excel.begroting.places.scenarios import ScenarioBlock
from hoka_excel.begroting.reading.source_book import SourceBook, SourceSheet
from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import Area, area, covering
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from xlwings import Book, Range, Sheet

Entry = str | int | float | bool | None
"""What is assigned to a cell's formula: a formula, a number, a truth value, a text after "'", or nothing."""

Rows = list[list[object]]


@dataclass(frozen=True, slots=True)
class LiveBook:
    """What a running workbook held when it was read.

    Attributes:
        source: its values and names.
        entries: per sheet what to assign to get each cell back; None where the host shows no formulas.
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
    wanted = _extents(names)
    values: dict[str, SourceSheet] = {}
    entries: dict[str, SourceSheet] = {}
    shown = True
    for sheet in book.sheets:
        name = sheet.name
        if name in wanted:
            first, cells = _cells(sheet, wanted[name])
            read = _rows(cells.options(ndim=2, err_to_str=True).value)
            formulas = _formulas(sheet, first, cells, read)
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


_WHOLLY_OURS = {
    BlockName.CHECK_SHEET,
    BlockName.FINDING_SHEET,
    ScenarioBlock.SHEET,
    AgendaBlock.CHECK_SHEET,
    AgendaBlock.FINDING_SHEET,
}


def _extents(names: Mapping[str, str]) -> dict[str, Area | None]:
    """Say how far each sheet is named, from its first cell; None where it may hold more."""
    corners: dict[str, list[Position]] = {}
    unbounded = set()
    for name, reference in names.items():
        quoted, _, cells = reference.rpartition("!")
        sheet = quoted.strip("'").replace("''", "'")
        named = corners.setdefault(sheet, [Position(1, 1)])
        if name in _WHOLLY_OURS:
            unbounded.add(sheet)
        with suppress(UsageError):  # a broken name is for the reader of the plan to report
            named.append(area(cells).last)
    return {sheet: None if sheet in unbounded else covering(named) for sheet, named in corners.items()}


def _cells(sheet: "Sheet", extent: Area | None) -> tuple[Position, "Range"]:
    """Address what is to be read of a sheet, and say where it begins."""
    if extent is not None:
        return extent.first, sheet.range(extent.first, extent.last)
    used = sheet.used_range
    return Position(used.row, used.column), used


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


def _formulas(sheet: "Sheet", first: Position, cells: "Range", values: Rows) -> Rows | None:
    """Read the formulas of the cells whose values are known; None where the host shows none."""
    try:
        return _rows(cells.formula)
    except NotImplementedError:  # behind the add-in, whose task pane sends them along, from A1
        sent = sheet.api.get("formulas")
        return None if sent is None else _cut(sent, first, len(values), len(values[0]))


def _cut(sent: Rows, first: Position, height: int, width: int) -> Rows:
    """Cut cells out of rows that begin at A1; beyond what was sent they are blank."""
    rows = [row[first.column - 1 :][:width] for row in sent[first.row - 1 :][:height]]
    rows += [[]] * (height - len(rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _rows(read: Any) -> Rows:
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
