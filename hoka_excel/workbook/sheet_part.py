"""The XML of a sheet taken apart without parsing its rows: a scan of the bytes finds where each one lies."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.addresses import Area, area
from hoka_excel.workbook.limits import ROWS
from hoka_excel.workbook.markup import Element, elements, prefix_of

_NO_TAGS = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_INSIDE_TAG = rb"""(?:[^<>"']++|"[^"]*+"|'[^']*+')*+"""
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_AREA_FORMULA = rb"""<%sf\s[^>]*?\bt\s*=\s*["'](?:array|dataTable)["'][^>]*>"""
_REF = re.compile(rb"""\sref\s*=\s*["']([^"']+)["']""")
_ROW_OR_CELL = re.compile(rb"<((?:[\w.-]+:)?)(?:row|c)(?=[\s/>])")
_MAIN_NAMESPACE = b"spreadsheetml/"
_LARGEST_HEAD = 16 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the part: its number and where its tag and the whole of it lie."""

    number: int
    start: int
    inside: int
    single: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's XML taken apart into what comes before its rows, the rows, and what follows.

    Attributes:
        name: of the sheet, for messages.
        text: the whole part.
        prefix: of its elements, colon included.
        root: its root's start tag.
        head: the elements before the rows.
        tail: the elements after the rows; `tail_text` gives their text.
        data: the element that holds the rows.
        commented: whether comments, CDATA or instructions may hide what looks like a tag.
    """

    name: str
    text: bytes
    prefix: str
    root: bytes
    head: Sequence[Element]
    tail: Sequence[Element]
    data: Element
    commented: bool

    @classmethod
    def of(cls, name: str, text: bytes) -> "SheetPart":
        """Take a sheet part apart.

        Raises:
            WorkbookError: the part has no rows element, or is cut off.
        """
        commented = _may_hide_tags(text)
        found = next(_tags(text, rb"(?:[\w.-]+:)?sheetData", 0, commented), None)
        if found is None or found.start() > _LARGEST_HEAD:
            raise WorkbookError("cells.no_rows", sheet=name)
        head = elements(text[: found.end()], name, unfinished=True)
        data = next((element for element in head if element.name == "sheetData"), None)
        if data is None or data.depth != 1:
            raise WorkbookError("cells.no_rows", sheet=name)
        prefix = prefix_of(text, data)
        if data.outside < 0:
            data.outside = text.rfind(f"</{prefix}sheetData".encode())
            data.stop = text.find(b">", data.outside) + 1
        if data.outside < data.inside or data.stop <= 0:
            raise WorkbookError("cells.no_rows", sheet=name)
        root = text[head[0].start : head[0].inside]
        several_prefixes = root.count(_MAIN_NAMESPACE) > 1 or prefix != prefix_of(text, head[0])
        if several_prefixes or text.find(b"xmlns", data.inside, data.outside) >= 0:
            tags = _ROW_OR_CELL.finditer(text, data.inside, data.outside)
            if any(tag[1] != prefix.encode() for tag in tags):
                raise WorkbookError("cells.mixed_prefixes", sheet=name)
        tail = elements(root + text[data.stop :], name)[1:]
        return cls(name, text, prefix, root, head, tail, data, commented)

    def tail_elements(self, name: str) -> list[Element]:
        """Pick the elements after the rows that are called `name`."""
        return [element for element in self.tail if element.name == name]

    def tail_text(self, element: Element) -> bytes:
        """Copy the whole of an element after the rows."""
        shift = self.data.stop - len(self.root)
        return self.text[element.start + shift : element.stop + shift]

    def rows(self) -> Iterator[Row]:
        """Find every row, in order.

        Raises:
            WorkbookError: the rows are not in rising order.
        """
        last = 0
        row = rb"%srow(?:\sr=\"(?P<number>\d{1,9})\")?+" % re.escape(self.prefix.encode())
        for tag in _tags(self.text, row, self.data.inside, self.commented, self.data.outside):
            written = tag["number"]
            if written is None:
                stated = _ROW_NUMBER.search(tag[0])
                written = stated[1] if stated else last + 1
            number = int(written)
            if not last < number <= ROWS:
                raise WorkbookError("cells.rows_out_of_order", sheet=self.name, row=number)
            last = number
            yield Row(number, tag.start(), tag.end(), tag[0].endswith(b"/>"))

    def end_of(self, row: Row) -> int:
        """Find where a row ends.

        Raises:
            WorkbookError: it has no end.
        """
        if row.single:
            return row.inside
        close = rb"</%srow\s*>" % re.escape(self.prefix.encode())
        pattern = re.compile(rb"(?P<hidden>%s)|%s" % (_NO_TAGS, close), re.DOTALL)
        for found in pattern.finditer(self.text, row.inside, self.data.outside):
            if found["hidden"] is None:
                return found.end()
        raise WorkbookError("cells.row_open", sheet=self.name, row=row.number)

    def formula_areas(self) -> Iterator[Area]:
        """Find the blocks that array formulas, spilled ones too, and data tables fill."""
        formula = re.compile(_AREA_FORMULA % re.escape(self.prefix.encode()))
        for tag in formula.finditer(self.text, self.data.inside, self.data.outside):
            if reference := _REF.search(tag[0]):
                yield area(reference[1].decode("latin-1"))

    def has_formulas(self) -> bool:
        """Say whether any cell holds a formula."""
        tag = re.compile(rb"<%sf[\s>/]" % re.escape(self.prefix.encode()))
        return tag.search(self.text, self.data.inside, self.data.outside) is not None

    def inherited_style(self, column: int, row: Element | None) -> str | None:
        """Find the style that a new cell takes from its row or else its column, as Excel gives it."""
        if row is not None and row.attributes.get("customFormat") in {"1", "true"}:
            return row.attributes.get("s")
        for element in self.head:
            bounds = element.attributes
            if element.name == "col" and int(bounds["min"]) <= column <= int(bounds["max"]):
                return bounds.get("style")
        return None


def _may_hide_tags(text: bytes) -> bool:
    """Say whether there are comments, CDATA or instructions; the rarer character is looked for first."""
    prolog = text.find(b"?>") + 2
    return (text.find(b"!") >= 0 and text.find(b"<!") >= 0) or (
        text.find(b"?", prolog) >= 0 and text.find(b"<?", prolog) >= 0
    )


def _tags(
    text: bytes, name: bytes, start: int, commented: bool, stop: int | None = None
) -> Iterator[re.Match[bytes]]:
    """Find the start tags called `name`, passing over comments, CDATA and instructions."""
    tag = rb"<%s(?=[\s/>])%s>" % (name, _INSIDE_TAG)
    if not commented:
        yield from re.compile(tag).finditer(text, start, len(text) if stop is None else stop)
        return
    pattern = re.compile(rb"(?P<hidden>%s)|%s" % (_NO_TAGS, tag), re.DOTALL)
    for found in pattern.finditer(text, start, len(text) if stop is None else stop):
        if found["hidden"] is None:
            yield found
