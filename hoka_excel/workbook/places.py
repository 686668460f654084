r"""Find a place in a workbook by what it is called: a defined name, a table, a label, and last an address.

| text | place |
|---|---|
| `Budget` | the cells of a defined name, else the data of a table, else the cell right of a label |
| `Lasten[Bedrag]` | a column of the data of a table |
| `Totaal EUR\|2024` | where the row of a label and the column below another meet |
| `E8`, `B4:D9` | the cells themselves |
| `Thema 2!...` | any of these on one sheet |

What is called so more than once is refused, never guessed.
"""

import re
from dataclasses import dataclass

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import Area, area
from hoka_excel.workbook.book import Book, Tab
from hoka_excel.workbook.list_objects import ListObject, list_objects
from hoka_excel.workbook.sheet_part import SheetPart
from hoka_excel.workbook.sheets import Position
from hoka_excel.workbook.shown_texts import cells_showing, plain

_ON_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!(.+)", re.DOTALL)
_COLUMN = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]")
_CROSS = "|"
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Cells of a sheet, and the table whose data they are, if they were found as that."""

    sheet: str
    area: Area
    table: ListObject | None = None

    def __str__(self) -> str:
        """Write sheet and cells."""
        return f"{self.sheet}!{self.area}"


def find_place(book: Book, text: str, sheet: str = "") -> Place:
    """Find the one place that is called `text`.

    Args:
        book: the workbook.
        text: as the table above has it.
        sheet: where to look; by default on every sheet.

    Raises:
        UsageError: nothing is called so, or more than one place is, or the name has lost its cells.
    """
    on_sheet = _ON_SHEET.fullmatch(text)
    if not sheet and on_sheet:
        quoted, bare, text = on_sheet.groups()
        sheet = quoted.replace("''", "'") if quoted else bare
    tabs = [book.tab(sheet)] if sheet else [tab for tab in book.tabs() if tab.kind == "worksheet"]
    for search in (_named, _in_tables, _labelled):
        found = search(book, text, tabs)
        if len(found) > 1:
            told = ", ".join(map(str, found[:_MOST_TOLD]))
            raise UsageError("place.ambiguous", place=text, places=told)
        if found:
            return found[0]
    try:
        cells = area(text)
    except UsageError:
        cells = None
    if cells is None or (len(tabs) > 1 and not sheet):
        raise UsageError("place.unknown", place=text, file=book.draft.package.file)
    return Place(tabs[0].name, cells)


def _named(book: Book, text: str, tabs: list[Tab]) -> list[Place]:
    """Find the cells of a defined name: that of the one sheet asked for, else that of the workbook.

    Raises:
        UsageError: the name has lost its cells, or is no name of cells.
    """
    order = [tab.name for tab in book.tabs()]
    by_scope: dict[str, str] = {}
    for element in book.elements():
        if element.name == "definedName" and element.attributes.get("name", "").casefold() == text.casefold():
            scope = element.attributes.get("localSheetId")
            by_scope["" if scope is None else order[int(scope)]] = element.text
    wanted = [tab.name for tab in tabs]
    scoped = [by_scope[name] for name in wanted if name in by_scope]
    targets = scoped if len(wanted) == 1 and scoped else [by_scope[""]] if "" in by_scope else scoped
    return [_target(book, text, target) for target in targets]


def _target(book: Book, name: str, target: str) -> Place:
    on_sheet = _ON_SHEET.fullmatch(target)
    try:
        if on_sheet:
            sheet = on_sheet[1].replace("''", "'") if on_sheet[1] else on_sheet[2]
            return Place(book.tab(sheet).name, area(on_sheet[3]))
        found = _in_tables(book, target, book.tabs())
        if found:
            return found[0]
    except UsageError:
        pass
    raise UsageError("place.broken", place=name, target=target)


def _in_tables(book: Book, text: str, tabs: list[Tab]) -> list[Place]:
    """Find the data of a table, or of one column of it."""
    parts = _COLUMN.fullmatch(text)
    name, column = parts.groups() if parts else (text, None)
    names = {tab.name for tab in tabs}
    found = []
    for table in list_objects(book):
        if table.name.casefold() == name.casefold() and table.sheet in names:
            cells = table.body
            if column is not None:
                number = table.column(column)
                cells = Area(Position(cells.first.row, number), Position(cells.last.row, number))
            found.append(Place(table.sheet, cells, table))
    return found


def _labelled(book: Book, text: str, tabs: list[Tab]) -> list[Place]:
    """Find the cells right of a label, or where the row of one and the column below another meet."""
    row_label, crossed, column_label = text.partition(_CROSS)
    found = []
    for tab in tabs:
        shown = cells_showing(book, tab, [row_label, column_label] if crossed else [row_label])
        rows = shown[plain(row_label)]
        if crossed:
            headers = shown[plain(column_label)]
            cells = [Position(row.row, header.column) for row in rows for header in _nearest(row, headers)]
        else:
            merged = _merged(book, tab) if rows else []
            cells = [_right_of(row, merged) for row in rows]
        found += [Place(tab.name, Area(cell, cell)) for cell in cells]
    return found


def _nearest(row: Position, headers: list[Position]) -> list[Position]:
    """Pick the headers of the nearest row above a label, as far as they stand right of it."""
    above = [header for header in headers if header.row < row.row and header.column > row.column]
    nearest = max((header.row for header in above), default=0)
    return [header for header in above if header.row == nearest]


def _merged(book: Book, tab: Tab) -> list[Area]:
    part = SheetPart.of(tab.name, book.draft.pieces(tab.part))
    return [area(merge.attributes["ref"]) for merge in part.tail_elements("mergeCell")]


def _right_of(label: Position, merged: list[Area]) -> Position:
    block = next((block for block in merged if label in block), Area(label, label))
    return Position(label.row, block.last.column + 1)


def one_cell(place: Place) -> tuple[str, Position]:
    """Take the sheet and the cell of a place of one cell.

    Raises:
        UsageError: it is a block of cells.
    """
    if place.area.first != place.area.last:
        raise UsageError("place.not_one_cell", place=str(place))
    return place.sheet, place.area.first
