"""Cells patched into the XML of a sheet.

Only the rows that change are parsed. The others are passed on as they are, which is what keeps setting one
cell among a million cheap; that the whole is well-formed is proven when it is written.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.workbook.addresses import Area, address, area, covering, position
from hoka_excel.workbook.cell_values import Stored
from hoka_excel.workbook.deflate import Piece
from hoka_excel.workbook.markup import Element, Splice, elements, spliced, with_attributes
from hoka_excel.workbook.sheet_part import Row, SheetPart
from hoka_excel.workbook.sheets import Position

_SEARCHED_ONE_BY_ONE = 12
_CELL_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3}[1-9]\d{0,6})["']""")
OldCell = Sequence[Element]
"""The element of a cell and those inside it."""


@dataclass(slots=True)
class PatchedSheet:
    """A sheet part with cells changed.

    Attributes:
        pieces: the new text.
        old: the cell elements that were there before.
        styles: the number of the style that each cell has; None for the default.
        formula_replaced: whether a formula went.
    """

    pieces: list[Piece] = field(default_factory=list)
    old: dict[Position, OldCell] = field(default_factory=dict)
    styles: dict[Position, str | None] = field(default_factory=dict)
    formula_replaced: bool = False


Edits = Mapping[Position, Stored]
Restyle = Callable[[Position, str | None], str | None]


def patched(part: SheetPart, edits: Edits, restyle: Restyle = lambda _, style: style) -> PatchedSheet:
    """Put `edits` into the rows of `part`, in one pass.

    Args:
        part: the sheet.
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
    view, reached = memoryview(part.text), part.data.inside
    body: list[Piece] = []
    for row in part.located(todo):
        cells = todo[row.number]
        body.append(view[reached : row.start])
        if row.is_gap:
            body.append(patch.new_row(row.number, cells))
            reached = row.start
        else:
            reached = part.end_of(row)
            body.append(patch.row(row, reached, cells))
    body.append(view[reached : part.data.outside])
    patch.check_nowhere_else([place for place in edits if place not in result.old])
    result.pieces = [
        patch.head(covering(edits)),
        *_closed(part, body),
        view[part.data.stop :],
    ]
    return result


def _closed(part: SheetPart, body: list[Piece]) -> list[Piece]:
    """Put the element that holds the rows around them."""
    text, data = part.text, part.data
    if data.outside > data.inside or not text[data.start : data.inside].endswith(b"/>"):
        return [text[data.start : data.inside], *body, text[data.outside : data.stop]]
    tag = f"{part.prefix}sheetData".encode()
    return [text[data.start : data.inside - 2], b">", *body, b"</", tag, b">"]


def styles_of(part: SheetPart, places: Collection[Position]) -> dict[Position, str | None]:
    """Find the number of the style that each place has or, where there is no cell, would inherit."""
    styles: dict[Position, str | None] = {}
    for row in part.located(sorted({place.row for place in places})):
        found = [] if row.is_gap else elements(part.text[row.start : part.end_of(row)], part.name)
        there = {column: cell.attributes.get("s") for column, cell in _cells(part, row.number, found)}
        for place in (place for place in places if place.row == row.number):
            inherited = part.inherited_style(place.column, found[0] if found else None)
            styles[place] = there.get(place.column, inherited)
    return styles


def _cells(part: SheetPart, number: int, found: Sequence[Element]) -> Iterator[tuple[int, Element]]:
    """Go through the cells of a row with their columns; cells without a place follow the one before.

    Raises:
        WorkbookError: a cell says that it lies in another row, or further left.
    """
    last = 0
    for cell in found:
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
        yield last, cell


@dataclass(slots=True)
class _Patch:
    part: SheetPart
    restyle: Restyle
    result: PatchedSheet

    def head(self, changed: Area) -> bytes:
        """Copy what comes before the rows, the stated block of used cells extended."""
        text = self.part.text[: self.part.data.start]
        stated = next((element for element in self.part.head if element.name == "dimension"), None)
        if stated is None:
            return text
        corners = [changed.first, changed.last]
        used = covering(corners, area(stated.attributes.get("ref", "A1")))
        return spliced(text, [with_attributes(text, stated, ref=str(used))])

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

    def row(self, row: Row, stop: int, contents: Mapping[int, Stored]) -> bytes:
        """Rewrite one row that is there already."""
        text = self.part.text[row.start : stop]
        found = elements(text, self.part.name)
        splices, todo = [], dict(contents)
        for column, element in _cells(self.part, row.number, found):
            earlier = {number: todo.pop(number) for number in list(todo) if number < column}
            if earlier:
                cells = self.new_cells(row.number, earlier, found[0])
                splices.append(Splice(element.start, element.start, cells))
            if column in todo:
                inner = [other for other in found if element.holds(other)]
                cell = self.replaced(Position(row.number, column), [element, *inner], todo.pop(column))
                splices.append(Splice(element.start, element.stop, cell))
        end = self.new_cells(row.number, todo, found[0])
        if row.single:
            if not end:
                return text
            close = f"</{self.part.prefix}row>".encode()
            opened = text.removesuffix(b"/>").rstrip() + b">"
            return self.widened(opened + end + close, contents)
        return self.widened(
            spliced(text, [*splices, Splice(found[0].outside, found[0].outside, end)]), contents
        )

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

    def widened(self, row: bytes, contents: Mapping[int, Stored]) -> bytes:
        """Extend the columns that a row says it spans; several spans are left out, as they may be."""
        element = elements(row, self.part.name)[0]
        spans = element.attributes.get("spans")
        if spans is None:
            return row
        parts = re.fullmatch(r"(\d+):(\d+)", spans.strip())
        if not parts:
            return spliced(row, [with_attributes(row, element, spans=None)])
        first, last = int(parts[1]), int(parts[2])
        wider = f"{min(first, *contents)}:{max(last, *contents)}"
        return row if wider == spans else spliced(row, [with_attributes(row, element, spans=wider)])

    def check_nowhere_else(self, new: Sequence[Position]) -> None:
        """Refuse to add a cell that stands in another row than its own.

        Raises:
            WorkbookError: the part has such a cell.
        """
        wanted = {address(place).encode(): place for place in new}
        text, data = self.part.text, self.part.data
        if len(wanted) <= _SEARCHED_ONE_BY_ONE:
            double = [
                name
                for name in wanted
                for quote in (b'"', b"'")
                if text.find(b" r=" + quote + name + quote, data.inside, data.outside) >= 0
            ]
        else:
            cells = _CELL_PLACE.finditer(text, data.inside, data.outside)
            double = [cell[1] for cell in cells if cell[1] in wanted]
        if double:
            row = wanted[double[0]].row
            raise WorkbookError(
                "cells.cell_out_of_row", sheet=self.part.name, cell=double[0].decode(), row=row
            )
