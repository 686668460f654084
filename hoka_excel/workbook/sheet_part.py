"""The XML of a sheet taken apart: what comes before its rows, the rows that are wanted, and what follows."""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.addresses import Area, area
from hoka_excel.workbook.deflate import Piece
from hoka_excel.workbook.markup import Element, elements, prefix_of
from hoka_excel.workbook.pipeline import ahead
from hoka_excel.workbook.sheet_rows import Row, RowScan, blocks
from hoka_excel.workbook.tags import may_hide_tags, tags


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's XML taken apart; the rows that are not wanted go by and are not kept.

    Attributes:
        name: of the sheet, for messages.
        prefix: of its elements, colon included.
        before: the text before the rows, with the tag that opens them.
        after: the text after the rows, without the tag that closes them.
        head: the elements before the rows.
        tail: the elements after the rows; `tail_text` gives their text.
        data: the element that holds the rows.
        rows: those that were wanted, by number, or the gaps where they belong.
        filled: the blocks that array formulas, spilled ones too, and data tables fill, as they are written.
        has_formulas: whether any cell holds a formula.
    """

    name: str
    prefix: str
    before: bytes
    after: bytes
    head: Sequence[Element]
    tail: Sequence[Element]
    data: Element
    rows: Mapping[int, Row]
    filled: Sequence[str]
    has_formulas: bool

    @classmethod
    def of(cls, name: str, text: Iterable[Piece], wanted: Collection[int] = ()) -> "SheetPart":
        """Take a sheet part apart, all of it, to see that each row lies in its place.

        Args:
            name: of the sheet, for messages.
            text: the part.
            wanted: the numbers of the rows to keep.

        Raises:
            WorkbookError: the part has no rows element, is cut off, or its rows are not in rising order.
        """
        with ahead(text) as pieces:
            try:
                return cls._read(name, pieces, wanted)
            except WorkbookError:
                # If the file is damaged, which shows at the end of the part, that is what must be told.
                deque(pieces, maxlen=0)
                raise

    @classmethod
    def _read(cls, name: str, pieces: Iterator[Piece], wanted: Collection[int]) -> "SheetPart":
        before, begun = _head(name, pieces)
        head = elements(before, name, unfinished=True)
        data = next((element for element in head if element.name == "sheetData"), None)
        if data is None or data.depth != 1:
            raise WorkbookError("cells.no_rows", sheet=name)
        scan = RowScan(name, prefix_of(before, data), wanted)
        if data.outside >= 0:
            after = begun + b"".join(pieces)
        else:
            for block in blocks(name, scan.prefix, begun, data.inside, pieces):
                scan.take(block)
            closed = block.text.find(b">", block.length) + 1
            if not closed:
                raise WorkbookError("cells.no_rows", sheet=name)
            data.outside, data.stop = block.start + block.length, block.start + closed
            after = block.text[closed:] + b"".join(pieces)
        scan.end(data.outside)
        root = before[head[0].start : head[0].inside]
        tail = elements(root + after, name)[1:]
        if any(element.name == "sheetData" and element.stop > element.inside for element in tail):
            raise WorkbookError("cells.no_rows", sheet=name)
        return cls(
            name, scan.prefix, before, after, head, tail, data, scan.rows, scan.areas, scan.has_formulas
        )

    def tail_elements(self, name: str) -> list[Element]:
        """Pick the elements after the rows that are called `name`."""
        return [element for element in self.tail if element.name == name]

    def tail_text(self, element: Element) -> bytes:
        """Copy the whole of an element after the rows."""
        shift = self._root_length
        return self.after[element.start - shift : element.stop - shift]

    def place_before(self, names: Collection[str]) -> int:
        """Find where the first element after the rows lies that has one of `names`, or else where all end."""
        shift = self.data.stop - self._root_length
        starts = [
            element.start + shift for element in self.tail if element.depth == 1 and element.name in names
        ]
        return min(starts, default=self.data.stop + self.after.rfind(b"</"))

    @property
    def _root_length(self) -> int:
        """How long the tag is that the text after the rows was parsed with."""
        return self.head[0].inside - self.head[0].start

    def formula_areas(self) -> Iterator[Area]:
        """Find the blocks that array formulas, spilled ones too, and data tables fill."""
        return map(area, self.filled)

    def inherited_style(self, column: int, row: Element | None) -> str | None:
        """Find the style that a new cell takes from its row or else its column, as Excel gives it."""
        if row is not None and row.attributes.get("customFormat") in {"1", "true"}:
            return row.attributes.get("s")
        for element in self.head:
            bounds = element.attributes
            if element.name == "col" and int(bounds["min"]) <= column <= int(bounds["max"]):
                return bounds.get("style")
        return None


def _head(name: str, pieces: Iterator[Piece]) -> tuple[bytes, bytes]:
    """Read up to and including the tag that opens the rows.

    Returns:
        What was read, and what was read beyond it.

    Raises:
        WorkbookError: there is no such tag, or it comes too late.
    """
    text = b""
    for piece in pieces:
        text += piece
        commented = may_hide_tags(text, text.find(b"?>") + 2)
        found = next(tags(text, b"sheetData", commented, len(text)), None)
        if (len(text) if found is None else found.start()) > limits.SHEET_HEAD_MB.in_bytes:
            raise WorkbookError("cells.head_too_large", sheet=name, **limits.SHEET_HEAD_MB.told)
        if found is not None:
            return text[: found.end()], text[found.end() :]
    raise WorkbookError("cells.no_rows", sheet=name)
