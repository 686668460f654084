"""The tables of a workbook (Excel calls them ListObjects): where each lies, and giving one another size."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import Area, area
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.markup import Element, Splice, children, elements, spliced, with_attributes
from hoka_excel.workbook.sheets import Position


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, and the formula that fills it, if one does."""

    name: str
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class ListObject:
    """A table on a sheet.

    Attributes:
        name: as formulas call it.
        part: of the package that describes it.
        sheet: the name of its sheet.
        whole: its cells, header and totals included.
        columns: from left to right.
        header_rows: 0 or 1.
        totals_rows: 0 or 1.
    """

    name: str
    part: str
    sheet: str
    whole: Area
    columns: tuple[Column, ...]
    header_rows: int
    totals_rows: int

    @property
    def body(self) -> Area:
        """Its rows of data."""
        first, last = self.whole.first, self.whole.last
        return Area(
            Position(first.row + self.header_rows, first.column),
            Position(last.row - self.totals_rows, last.column),
        )

    def column(self, name: str) -> int:
        """Find the column of the sheet under a header; Excel does not tell capitals apart.

        Raises:
            UsageError: the table has no such column.
        """
        names = [column.name.casefold() for column in self.columns]
        if name.casefold() not in names:
            known = ", ".join(column.name for column in self.columns)
            raise UsageError("place.no_column", table=self.name, column=name, known=known)
        return self.whole.first.column + names.index(name.casefold())


class Resized(NamedTuple):
    """A table, by its name, that gets another number of rows of data: at least 1."""

    table: str
    rows: int


def list_objects(book: Book) -> Iterator[ListObject]:
    """Find the tables of a workbook, sheet by sheet."""
    for tab in book.tabs():
        if tab.kind == "worksheet":
            for link in book.draft.relationships(tab.part):
                if link.kind == "table":
                    yield list_object(book.draft.elements(link.target), link.target, tab.name)


def list_object(found: list[Element], part: str, sheet: str) -> ListObject:
    """Read the table that the elements of a part describe."""
    table = found[0].attributes
    columns = []
    for column in (element for element in found if element.name == "tableColumn"):
        formula = next(iter(children(found, column, "calculatedColumnFormula")), None)
        text = None if formula is None else formula.text
        columns.append(Column(column.attributes.get("name", ""), text))
    return ListObject(
        table.get("displayName", table.get("name", "")),
        part,
        sheet,
        area(table["ref"]),
        tuple(columns),
        int(table.get("headerRowCount", "1")),
        int(table.get("totalsRowCount", "0")),
    )


def resize(book: Book, wanted: Resized) -> None:
    """Give a table without a totals row its other size; its cells are not touched.

    Raises:
        UsageError: it would lie over another table.
    """
    table = next(table for table in list_objects(book) if table.name == wanted.table)
    body = table.body
    whole = Area(table.whole.first, Position(body.first.row + wanted.rows - 1, body.last.column))
    for other in list_objects(book):
        if other.part != table.part and other.sheet == table.sheet and other.whole.overlaps(whole):
            raise UsageError("place.occupied", place=f"{table.sheet}!{whole}", other=other.name)
    text = book.draft.read(table.part)
    found = elements(text, table.part)
    splices = [
        with_attributes(text, element, ref=str(whole))
        for element in found
        if element.depth == 0 or (element.depth == 1 and element.name == "autoFilter")
    ]
    splices += [Splice(element.start, element.stop, b"") for element in found if element.name == "sortState"]
    book.draft.put(table.part, [spliced(text, splices)])
