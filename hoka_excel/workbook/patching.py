"""Cells patched into the XML of a sheet.

Only the rows that change are parsed. The others are passed on as they are, which is what keeps setting one
cell among a million cheap; that the whole is well-formed is proven when it is written.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.workbook.addresses import Area, address, area, covering, position
from hoka_excel.workbook.cell_values import Stored
from hoka_excel.workbook.deflate import Piece
from hoka_excel.workbook.markup import Element, Splice, elements, spliced, with_attributes
from hoka_excel.workbook.sheet_part import SheetPart
from hoka_excel.workbook.sheet_rows import Row
from hoka_excel.workbook.sheets import Position

_SEARCHED_ONE_BY_ONE = 6
_LONGEST_PLACE = 64
"""With room for blanks around the equals sign."""
_CELL_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3}[1-9]\d{0,6})["']""")
OldCell = Sequence[Element]
"""The element of a cell and those inside it."""


@dataclass(slots=True)
class PatchedSheet:
    """A sheet part with cells changed.

    Attributes:
        splices: what changes in its text.
        old: the cell elements that were there before.
        styles: the number of the style that each cell has; None for the default.
        formula_replaced: whether a formula went.
    """

    splices: list[Splice] = field(default_factory=list)
    old: dict[Position, OldCell] = field(default_factory=dict)
    styles: dict[Position, str | None] = field(default_factory=dict)
    formula_replaced: bool = False


Edits = Mapping[Position, Stored]
Restyle = Callable[[Position, str | None], str | None]


def patched(part: SheetPart, edits: Edits, restyle: Restyle = lambda _, style: style) -> PatchedSheet:
    """Put `edits` into the rows of `part`.

    Args:
        part: the sheet, with the rows of `edits`.
        edits: what each place will hold.
        restyle: picks the style of a cell, given the one it has or would inherit.

    Raises:
        WorkbookError: rows and cells of the part do not agree.
        UsageError: a place lies on an anchor of a shared formula.
    """
    todo: dict[int, dict[int, Stored]] = {}
    for place, content in sorted(edits.items()):
        todo.setdefault(place.row, {})[place.column] = content
    result = PatchedSheet()
    patch = _Patch(part, restyle, result)
    body = []
    for number, cells in todo.items():
        row = part.rows[number]
        written = patch.new_row(number, cells) if row.is_gap else patch.row(row, cells)
        body.append(Splice(row.start, row.stop, written))
    result.splices = [*patch.head(covering(edits)), *_closed(part, body)]
    return result


def _closed(part: SheetPart, body: list[Splice]) -> list[Splice]:
    """Put the element that holds the rows around them, where it is one tag."""
    text, data = part.before, part.data
    if data.stop > data.inside:
        return body
    opened, close = text[data.start : data.inside - 2], f"</{part.prefix}sheetData>".encode()
    rows = b"".join(row.text for row in body)
    return [Splice(data.start, data.stop, opened + b">" + rows + close)]


def styles_of(part: SheetPart, places: Collection[Position]) -> dict[Position, str | None]:
    """Find the number of the style that each place has or, where there is no cell, would inherit."""
    styles: dict[Position, str | None] = {}
    for number in sorted({place.row for place in places}):
        row = part.rows[number]
        found = [] if row.is_gap else elements(row.text, part.name)
        there = {column: cell.attributes.get("s") for column, (cell, *_) in _cells(part, number, found)}
        for place in (place for place in places if place.row == number):
            inherited = part.inherited_style(place.column, found[0] if found else None)
            styles[place] = there.get(place.column, inherited)
    return styles


def _cells(part: SheetPart, number: int, found: Sequence[Element]) -> Iterator[tuple[int, OldCell]]:
    """Go through the cells of a row with their columns; cells without a place follow the one before.

    Raises:
        WorkbookError: a cell says that it lies in another row, or further left.
    """
    last = 0
    for at, cell in enumerate(found, 1):
        if cell.name != "c" or cell.depth != 1:
            continue
        stated = cell.attributes.get("r")
        place = Position(number, last + 1)
        if stated is not None:
            try:
                place = position(stated)
            except UsageError as error:
                raise WorkbookError(
                    "cells.cell_out_of_row", sheet=part.name, cell=stated, row=number
                ) from error
        if place.row != number or place.column <= last:
            raise WorkbookError("cells.cell_out_of_row", sheet=part.name, cell=stated, row=number)
        last = place.column
        yield last, [cell, *takewhile(cell.holds, islice(found, at, None))]


@dataclass(slots=True)
class _Patch:
    part: SheetPart
    restyle: Restyle
    result: PatchedSheet

    def head(self, changed: Area) -> list[Splice]:
        """Extend the stated block of used cells."""
        stated = next((element for element in self.part.head if element.name == "dimension"), None)
        if stated is None:
            return []
        corners = [changed.first, changed.last]
        used = covering(corners, area(stated.attributes.get("ref", "A1")))
        return [with_attributes(self.part.before, stated, ref=str(used))]

    def cell(self, place: Position, content: Stored, style: str | None) -> bytes:
        style = self.restyle(place, style)
        self.result.styles[place] = style
        return content.element(self.part.prefix, address(place), style)

    def new_cells(self, number: int, contents: Mapping[int, Stored], row: Element | None) -> bytes:
        written = b""
        for column, content in contents.items():
            place = Position(number, column)
            style = self.part.inherited_style(column, row)
            self.result.styles[place] = style
            if content.inside:
                written += self.cell(place, content, style)
        return written

    def new_row(self, number: int, contents: Mapping[int, Stored]) -> bytes:
        cells = self.new_cells(number, contents, None)
        if not cells:
            return b""
        prefix = self.part.prefix.encode()
        return b'<%srow r="%d">%s</%srow>' % (prefix, number, cells, prefix)

    def row(self, row: Row, contents: Mapping[int, Stored]) -> bytes:
        """Rewrite one row that is there already."""
        text = row.text
        found = elements(text, self.part.name)
        splices, todo = [], dict(contents)
        for column, cell in _cells(self.part, row.number, found):
            start, stop = cell[0].start, cell[0].stop
            earlier = {number: todo.pop(number) for number in list(todo) if number < column}
            if earlier:
                splices.append(Splice(start, start, self.new_cells(row.number, earlier, found[0])))
            if column in todo:
                written = self.replaced(Position(row.number, column), cell, todo.pop(column))
                splices.append(Splice(start, stop, written))
        end, spans = self.new_cells(row.number, todo, found[0]), _widened(text, found[0], contents)
        if row.single:
            if not end:
                return text
            opened = spliced(text, spans).removesuffix(b"/>").rstrip() + b">"
            return opened + end + f"</{self.part.prefix}row>".encode()
        return spliced(text, [*spans, *splices, Splice(found[0].outside, found[0].outside, end)])

    def replaced(self, place: Position, old: OldCell, content: Stored) -> bytes:
        formula = next((element for element in old if element.name == "f"), None)
        if formula is not None:
            self.result.formula_replaced = True
            shared = formula.attributes.get("ref", "")
            if formula.attributes.get("t") == "shared" and ":" in shared:
                raise UsageError(
                    "cells.shared_formula", place=f"{self.part.name}!{address(place)}", range=shared
                )
        self.result.old[place] = old
        return self.cell(place, content, old[0].attributes.get("s"))


def without_strays(part: SheetPart, places: Collection[Position], text: Iterable[Piece]) -> Iterator[Piece]:
    """Pass on the text of a sheet as long as none of its new cells stands in another row than its own.

    Args:
        part: the sheet, taken apart.
        places: of the new cells, which their rows do not have.
        text: all of the sheet.

    Raises:
        WorkbookError: the sheet has such a cell.
    """
    wanted = {address(place).encode(): place for place in places}
    few = len(wanted) <= _SEARCHED_ONE_BY_ONE
    start, seam = 0, b""
    for piece in text:
        inside, outside = (max(0, place - start) for place in (part.data.inside, part.data.outside))
        cells = seam + piece[inside:outside]
        if not few or any(name in cells for name in wanted):
            for name in wanted.keys() & set(_CELL_PLACE.findall(cells)):
                row, cell = wanted[name].row, name.decode()
                raise WorkbookError("cells.cell_out_of_row", sheet=part.name, cell=cell, row=row)
        seam = cells[-_LONGEST_PLACE:]
        start += len(piece)
        yield piece


def _widened(text: bytes, row: Element, columns: Collection[int]) -> list[Splice]:
    """Extend the columns that a row says it spans; several spans are left out, as they may be."""
    spans = row.attributes.get("spans")
    if spans is None:
        return []
    parts = re.fullmatch(r"(\d+):(\d+)", spans.strip())
    wider = None
    if parts:
        wider = f"{min(int(parts[1]), *columns)}:{max(int(parts[2]), *columns)}"
    return [] if wider == spans else [with_attributes(text, row, spans=wider)]
