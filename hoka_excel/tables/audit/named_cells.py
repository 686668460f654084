"""Which cells a formula reads where it calls them by name: defined names, columns of tables, Jan:Mrt!B2.

A name that stands for a formula, or for other cells in each cell that uses it, stays a name. So does one of
several cells where Excel may take only the one in the row or column of the formula: that depends on the
function, and on whether the formula is an array.

Source: ECMA-376 part 1, 18.17.2 (formulas); Microsoft Support, "Using structured references with Excel
tables" and "Implicit intersection operator: @".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from hoka_excel.tables.audit.formulas import parse
from hoka_excel.tables.audit.tokenized_formulas import Named, Parsed
from hoka_excel.tables.grid import Grid, Spot
from hoka_excel.tables.names import Table
from hoka_excel.tables.references import Area, Reference

_READING_ALL = frozenset(
    ("SUM", "SUBTOTAL", "AGGREGATE", "AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "PRODUCT", "MEDIAN")
)
"""The functions that read every cell of a range, whatever their own cell."""
_ON_ARRAYS = frozenset(("SUMPRODUCT",))
"""The functions that do so with whatever is calculated inside them as well."""
_LONGEST_CHAIN = 20
"""Of names that stand for names."""
_THIS_BOOK = "[0]"
_BROKEN = "#REF!"
_STRUCTURED = re.compile(r"([^\[\]!:]*)\[(.*)\]", re.DOTALL)
_ITEM = re.compile(r"\[((?:'.|[^'\[\]])*)\]|([^\s,:\[\]][^,:\[\]]*)", re.DOTALL)
_BRACKET = re.compile(r"(?<!')\[")
_ESCAPED = re.compile("'(.)", re.DOTALL)
_THIS_ROW = "#this row"


class _Cells(NamedTuple):
    """What a name stands for, or a part of it: cells of one sheet."""

    sheet: str
    area: Area
    fixed: tuple[bool, bool, bool, bool] = (True, True, True, True)


@dataclass(frozen=True, slots=True)
class _Specification:
    """What stands between the brackets of a structured reference.

    Attributes:
        rows: "#data", "#headers" and so on, in lower case.
        columns: none for all, else the first and the last, in lower case.
    """

    rows: frozenset[str]
    columns: tuple[str, ...]


def parsed_formula(grid: Grid, spot: Spot, book: Mapping[str, Grid]) -> Parsed:
    """Take the formula of a cell apart, with the cells that its names stand for.

    Args:
        grid: the sheet.
        spot: a cell with a formula.
        book: every sheet of the workbook by its name in lower case, in order.
    """
    parsed = parse(grid.formulas[spot])
    if not parsed.names:
        return parsed
    names = {name.word: name for name in parsed.names}
    words: list[str | int] = []
    references: list[Reference] = []
    unknown: list[Named] = []
    for number, word in enumerate(parsed.words):
        name = names.get(number)
        cells = None if name is None else _read_by(name, grid, spot, book)
        if isinstance(word, int):
            words.append(len(references))
            references.append(parsed.references[word])
        elif name is None or not cells:
            if name is not None and cells is None:
                unknown.append(name._replace(word=len(words)))
            words.append(word)
        else:
            for part in cells:
                words += (",", len(references)) if part is not cells[0] else (len(references),)
                references.append(_reference(part, name, grid))
    return Parsed(tuple(words), tuple(references), parsed.books, tuple(unknown))


def parsed_formulas(book: Mapping[str, Grid]) -> dict[str, dict[Spot, Parsed]]:
    """Take every formula of a workbook apart; see `parsed_formula`.

    Returns:
        By the name of the sheet in lower case and by cell.
    """
    return {
        name: {spot: parsed_formula(grid, spot, book) for spot in grid.formulas}
        for name, grid in book.items()
    }


def _reference(cells: _Cells, name: Named, grid: Grid) -> Reference:
    sheet = None if cells.sheet.casefold() == grid.name.casefold() else cells.sheet
    return Reference(sheet, cells.area, cells.fixed, name.function, name.in_arithmetic, name.in_product)


def _read_by(name: Named, grid: Grid, spot: Spot, book: Mapping[str, Grid]) -> list[_Cells] | None:
    """Give the cells that a formula reads by a name: none for a constant; None when that is not known."""
    cells = _named(name.text, grid, spot, book, _LONGEST_CHAIN)
    in_full = name.function in _ON_ARRAYS or (name.function in _READING_ALL and not name.in_arithmetic)
    if cells is None or in_full:
        return cells
    return None if any(_may_be_cut(part.area, spot) for part in cells) else cells


def _may_be_cut(area: Area, spot: Spot) -> bool:
    """Whether the row or the column of a formula crosses an area of several cells."""
    first_row, first_column, last_row, last_column = area
    crossed = first_row <= spot[0] <= last_row or first_column <= spot[1] <= last_column
    return crossed and area[:2] != area[2:]


def _named(text: str, grid: Grid, spot: Spot, book: Mapping[str, Grid], chain: int) -> list[_Cells] | None:
    """Give the cells that are called so: none for a constant; None when that is not known."""
    if structured := _STRUCTURED.fullmatch(text):
        return _of_table(structured[1], structured[2], grid, spot)
    sheet, mark, name = text.rpartition("!")
    sheet = sheet.strip("'").replace("''", "'").casefold()
    if ":" in sheet:
        return _of_sheets(sheet, name, book)
    home = book.get(sheet) if mark and sheet != _THIS_BOOK else grid
    if home is None:
        return None
    if name.casefold() in home.names.defined:
        return _defined(home.names.defined[name.casefold()], home, spot, book, chain)
    return _of_table(name, "", grid, spot) if name else None


def _of_sheets(sheets: str, cells: str, book: Mapping[str, Grid]) -> list[_Cells] | None:
    """Give the same cells of every sheet from a first to a last."""
    order = list(book)
    ends = sheets.split(":")
    places = parse(cells).references
    if not set(ends) <= set(order) or len(places) != 1:
        return None
    first, *_, last = sorted(map(order.index, ends))
    return [_Cells(book[name].name, places[0].area, places[0].fixed) for name in order[first : last + 1]]


def _defined(
    definition: str, home: Grid, spot: Spot, book: Mapping[str, Grid], chain: int
) -> list[_Cells] | None:
    """Give the cells that a definition lists; one that is relative lists others for each formula."""
    parsed = parse(definition)
    if parsed.functions or parsed.books or _BROKEN in definition:
        return None
    if not parsed.references and not parsed.names:
        return []
    if parsed.words == (definition,) and parsed.names and chain:
        return _named(definition, home, spot, book, chain - 1)
    is_list = parsed.words[::2] == tuple(range(len(parsed.references))) and set(parsed.words[1::2]) <= {","}
    if not is_list or not all(_is_absolute(reference, book) for reference in parsed.references):
        return None
    return [_Cells(book[part.sheet.casefold()].name, part.area) for part in parsed.references if part.sheet]


def _is_absolute(reference: Reference, book: Mapping[str, Grid]) -> bool:
    return all(reference.fixed) and reference.sheet is not None and reference.sheet.casefold() in book


def _of_table(name: str, inside: str, grid: Grid, spot: Spot) -> list[_Cells] | None:
    """Give the cells of a table that a structured reference names; without a name the table around it."""
    table = grid.names.tables.get(name.casefold()) if name else _around(grid, spot)
    if table is None:
        return None
    asked = _specification(inside)
    names = [column.casefold() for column in table.columns]
    rows = [_rows(table, row, grid, spot) for row in asked.rows]
    if not set(asked.columns) <= set(names) or not all(rows):
        return None
    first_column = table.area[1]
    places = sorted(names.index(column) for column in asked.columns) or [0, len(names) - 1]
    height = range(min(part.start for part in rows), max(part.stop for part in rows))
    area = (height.start, first_column + places[0], height.stop - 1, first_column + places[-1])
    in_own_row = asked.rows == {_THIS_ROW}
    return [_Cells(table.sheet, area, (not in_own_row, False, not in_own_row, False))]


def _around(grid: Grid, spot: Spot) -> Table | None:
    """Find the table that a cell lies in."""
    for table in grid.names.tables.values():
        first_row, first_column, last_row, last_column = table.area
        if (
            table.sheet == grid.name
            and first_row <= spot[0] <= last_row
            and first_column <= spot[1] <= last_column
        ):
            return table
    return None


def _rows(table: Table, asked: str, grid: Grid, spot: Spot) -> range:
    """Give the rows of a table that a word such as #data asks for; none where it has no such rows."""
    first, _, last, _ = table.area
    data = range(first + table.header_rows, last + 1 - table.totals_rows)
    match asked:
        case "#all":
            return range(first, last + 1)
        case "#headers":
            return range(first, data.start)
        case "#totals":
            return range(data.stop, last + 1)
        case "#this row":
            in_data = table.sheet == grid.name and spot[0] in data
            return range(spot[0], spot[0] + 1) if in_data else range(0)
        case "#data":
            return data
    return range(0)


@lru_cache(maxsize=1 << 12)
def _specification(inside: str) -> _Specification:
    """Read what stands between the brackets: `Bedrag`, `@Bedrag`, `[#Totals],[2024]`, `[Jan]:[Mrt]`."""
    rest = inside.removeprefix("@")
    written = [found[1] or found[2] for found in _ITEM.finditer(rest)] if _BRACKET.search(rest) else [rest]
    items = [item.casefold() for item in written if item]
    rows = {item for item in items if item.startswith("#")}
    columns = tuple(_ESCAPED.sub(r"\1", item) for item in items if item not in rows)
    if inside.startswith("@"):
        rows.add(_THIS_ROW)
    return _Specification(frozenset(rows or {"#data"}), columns)
