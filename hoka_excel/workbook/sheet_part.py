"""The XML of a sheet taken apart without parsing its rows: a scan of the bytes finds where each one lies."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.addresses import Area, area
from hoka_excel.workbook.limits import ROWS
from hoka_excel.workbook.markup import Element, elements, prefix_of

_NO_TAGS = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
_INSIDE_TAG = rb"""(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+"""
_PREFIX = re.compile(rb"[\w.-]+:\Z")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_AREA_FORMULA = re.compile(rb"""\st\s*=\s*["'](?:array|dataTable)["']""")
_REF = re.compile(rb"""\sref\s*=\s*["']([^"']+)["']""")
_LARGEST_HEAD = 16 << 20
_LESS = ord("<")
_NO_MORE = ROWS + 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the part, or the gap where a row belongs that is not there.

    Attributes:
        number: counts from 1.
        start: where its start tag begins.
        inside: where its start tag ends; `start` for a gap.
        single: whether it is one tag.
    """

    number: int
    start: int
    inside: int
    single: bool

    @property
    def is_gap(self) -> bool:
        """Whether the part has no such row."""
        return self.inside == self.start


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
        formulas: where the first formula lies; -1 when there is none.
    """

    name: str
    text: bytes
    prefix: str
    root: bytes
    head: Sequence[Element]
    tail: Sequence[Element]
    data: Element
    commented: bool
    formulas: int

    @classmethod
    def of(cls, name: str, text: bytes) -> "SheetPart":
        """Take a sheet part apart.

        Raises:
            WorkbookError: the part has no rows element, or is cut off.
        """
        commented = _may_hide_tags(text)
        found = next(_tags(text, b"sheetData", commented), None)
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
        tail = elements(root + text[data.stop :], name)[1:]
        formula = next(_tags(text, b"f", commented, data.inside, data.outside), None)
        formulas = -1 if formula is None else formula.start()
        return cls(name, text, prefix, root, head, tail, data, commented, formulas)

    def tail_elements(self, name: str) -> list[Element]:
        """Pick the elements after the rows that are called `name`."""
        return [element for element in self.tail if element.name == name]

    def tail_text(self, element: Element) -> bytes:
        """Copy the whole of an element after the rows."""
        shift = self.data.stop - len(self.root)
        return self.text[element.start + shift : element.stop + shift]

    def place_before(self, names: Collection[str]) -> int:
        """Find where the first element after the rows lies that has one of `names`, or else where all end."""
        shift = self.data.stop - len(self.root)
        starts = [
            element.start + shift for element in self.tail if element.depth == 1 and element.name in names
        ]
        return min(starts, default=self.text.rfind(b"</"))

    def located(self, numbers: Iterable[int]) -> Iterator[Row]:
        """Find the rows of these numbers, or the gaps where they belong.

        All rows of the part are gone through, to see that each lies in its place.

        Args:
            numbers: in rising order.

        Raises:
            WorkbookError: the rows are not in rising order, or have different prefixes.
        """
        wanted = iter(numbers)
        number = next(wanted, _NO_MORE)
        last, opened = 0, f"<{self.prefix}row".encode()
        for tag in _tags(self.text, b"row", self.commented, self.data.inside, self.data.outside):
            start = tag.end("name") - len(opened)
            if not self.text.startswith(opened, start):
                raise WorkbookError("cells.mixed_prefixes", sheet=self.name)
            stated = tag["number"]
            if stated is None:
                written = _ROW_NUMBER.search(tag[0])
                stated = written[1] if written else last + 1
            last, before = int(stated), last
            if not before < last <= ROWS:
                raise WorkbookError("cells.rows_out_of_order", sheet=self.name, row=last)
            while number < last:
                yield Row(number, start, start, single=True)
                number = next(wanted, _NO_MORE)
            if number == last:
                yield Row(number, start, tag.end(), single=tag[0].endswith(b"/>"))
                number = next(wanted, _NO_MORE)
        while number < _NO_MORE:
            yield Row(number, self.data.outside, self.data.outside, single=True)
            number = next(wanted, _NO_MORE)

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
        if self.formulas >= 0:
            for tag in _tags(self.text, b"f", self.commented, self.formulas, self.data.outside):
                if _AREA_FORMULA.search(tag[0]) and (reference := _REF.search(tag[0])):
                    yield area(reference[1].decode("latin-1"))

    def has_formulas(self) -> bool:
        """Say whether any cell holds a formula."""
        return self.formulas >= 0

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
    text: bytes, name: bytes, commented: bool, start: int = 0, stop: int | None = None
) -> Iterator[re.Match[bytes]]:
    """Find the start tags called `name`, with any prefix, passing over comments, CDATA and instructions.

    A match begins at the last letter of the name, which is rarer than the "<" that every tag begins with and
    so is found the fastest.
    """
    tag = rb"""(?P<name>%c)(?<=[<:]%s)(?:\sr="(?P<number>\d{1,9})")?+(?=[\s/>])%s>""" % (
        name[-1],
        name,
        _INSIDE_TAG,
    )
    pattern = re.compile(rb"(?P<hidden>%s)|%s" % (_NO_TAGS, tag) if commented else tag, re.DOTALL)
    length = len(name)
    for found in pattern.finditer(text, start, len(text) if stop is None else stop):
        if commented and found["hidden"] is not None:
            continue
        before = found.start() - length
        if text[before] == _LESS or _PREFIX.match(text, text.rfind(b"<", 0, before) + 1, before + 1):
            yield found
