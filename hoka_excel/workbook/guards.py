"""Cells that must not be written: each block with the reason why.

Excel itself refuses these edits, or repairs the workbook when it finds them done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import Area, address, area, areas
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.sheet_part import SheetPart
from hoka_excel.workbook.sheets import Position

_TRUE = {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class Guard:
    """A block of cells and the message for whoever writes there."""

    block: Area
    code: str
    detail: str = ""

    def refuse(self, sheet: str, place: Position) -> None:
        """Refuse if `place` lies in the block.

        Raises:
            UsageError: it does.
        """
        if place in self.block:
            raise UsageError(
                self.code, place=f"{sheet}!{address(place)}", range=str(self.block), name=self.detail
            )


def guards(draft: Draft, sheet: SheetPart, part: str) -> Iterator[Guard]:
    """Find the blocks of a sheet that must not be written.

    Args:
        draft: the workbook.
        sheet: its cells.
        part: the name of the sheet's part.
    """
    for merge in sheet.tail_elements("mergeCell"):
        block = area(merge.attributes["ref"])
        first, last = block.first, block.last
        if last.column > first.column:
            yield Guard(Area(Position(first.row, first.column + 1), last), "cells.merged", str(block))
        if last.row > first.row:
            yield Guard(Area(Position(first.row + 1, first.column), last), "cells.merged", str(block))
    for block in sheet.formula_areas():
        if block.first != block.last:
            yield Guard(block, "cells.array_formula")
    for link in draft.relationships(part):
        if link.kind == "table":
            table = draft.elements(link.target)[0].attributes
            block = area(table["ref"])
            if table.get("headerRowCount", "1") != "0":
                header = Area(block.first, Position(block.first.row, block.last.column))
                yield Guard(header, "cells.table_header", table.get("displayName", ""))
        if link.kind == "pivotTable":
            pivot = draft.elements(link.target)
            place = next(element for element in pivot if element.name == "location")
            yield Guard(area(place.attributes["ref"]), "cells.pivot", pivot[0].attributes.get("name", ""))


def is_protected(sheet: SheetPart) -> bool:
    """Say whether the sheet is protected against changes of its locked cells."""
    return any(element.attributes.get("sheet") in _TRUE for element in sheet.tail_elements("sheetProtection"))


def open_ranges(sheet: SheetPart) -> Sequence[Area]:
    """Find the blocks of a protected sheet that anyone may change without a password."""
    return [
        block
        for element in sheet.tail_elements("protectedRange")
        if not {"password", "hashValue", "securityDescriptor"} & element.attributes.keys()
        for block in areas(element.attributes.get("sqref", ""))
    ]
