"""The rows of a sheet gone through without parsing them: where each lies, and where formulas are.

The text goes by in blocks of whole rows. Nearly every row is written as Excel writes it, and of it only the
number is looked at; a block is read tag by tag where one is not, or is wanted.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from operator import lt
from typing import NamedTuple

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.deflate import Piece
from hoka_excel.workbook.excel_bounds import ROWS
from hoka_excel.workbook.tags import NO_TAGS, may_hide_tags, tag_place, tags

_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_AREA_FORMULA = re.compile(rb"""\st\s*=\s*["'](?:array|dataTable)["']""")
_AREA_WORDS = ((b"y", b"array"), (b"b", b"dataTable"))
"""Each with a letter of it that is rare in the markup of a sheet."""
_REF = re.compile(rb"""\sref\s*=\s*["']([^"']+)["']""")
_BLOCK = 1 << 19
_NO_MORE = ROWS + 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the part, or the gap where a row belongs that is not there.

    Attributes:
        number: counts from 1.
        start: where it begins in the part.
        text: all of it; empty for a gap.
        single: whether it is one tag.
    """

    number: int
    start: int
    text: bytes = b""
    single: bool = True

    @property
    def is_gap(self) -> bool:
        """Whether the part has no such row."""
        return not self.text

    @property
    def stop(self) -> int:
        """Where it ends in the part."""
        return self.start + len(self.text)


class Block(NamedTuple):
    """Whole rows that follow each other.

    Attributes:
        start: where they begin in the part.
        text: of all of them, and maybe of what follows.
        length: of all of them.
        numbers: of each row; empty for one that does not begin with its number, as Excel has it.
        commented: whether comments, CDATA or instructions may hide what looks like a tag.
        last: whether they are followed by the end of the rows.
    """

    start: int
    text: bytes
    length: int
    numbers: list[bytes]
    commented: bool
    last: bool = False

    def holds(self, text: bytes) -> bool:
        """Say whether a text stands in the rows."""
        return self.text.find(text, 0, self.length) >= 0


def blocks(sheet: str, prefix: str, text: bytes, start: int, more: Iterator[Piece]) -> Iterator[Block]:
    """Cut the rows of a sheet into blocks; what goes by is not kept.

    From the first comment on, which only odd sheets have, the rest is one block.

    Args:
        sheet: its name, for messages.
        prefix: of its elements, colon included.
        text: the part from its first row on, as far as it has been read.
        start: where the first row begins in the part.
        more: the rest of the part.

    Raises:
        WorkbookError: the rows have no end.
    """
    opened, close = f'<{prefix}row r="'.encode(), f"</{prefix}sheetData".encode()
    rows = re.compile(
        rb"""w(?:(?<=<%srow) r="(\d{1,9})"(?=[\s/>])|(?<=[<:]row)(?=[\s/>]))""" % re.escape(prefix.encode())
    )
    while True:
        commented = may_hide_tags(text)
        if commented:
            text += b"".join(more)
        cut = max(0, text.rfind(opened))
        found = tag_place(close, text, 0 if commented else cut, commented)
        if found >= 0:
            yield Block(start, text, found, rows.findall(text, 0, found), commented, last=True)
            return
        if cut:
            yield Block(start, text, cut, rows.findall(text, 0, cut), commented)
            start, text = start + cut, text[cut:]
        text = _longer(sheet, text, more)


def _longer(sheet: str, text: bytes, more: Iterator[Piece]) -> bytes:
    """Read on until there is at least twice as much, so that even one row without end is soon read.

    Raises:
        WorkbookError: there is no more.
    """
    pieces: list[Piece] = [text]
    missing = max(_BLOCK, len(text))
    while missing > 0 and (piece := next(more, None)) is not None:
        pieces.append(piece)
        missing -= len(piece)
    if len(pieces) == 1:
        raise WorkbookError("cells.no_rows", sheet=sheet)
    return b"".join(pieces)


@dataclass(slots=True)
class RowScan:
    """A pass over the rows of a sheet.

    Attributes:
        sheet: its name, for messages.
        prefix: of its elements, colon included.
        wanted: the numbers of the rows to find.
        rows: those found, or the gaps where they belong.
        areas: the blocks that array formulas, spilled ones too, and data tables fill, as they are written.
        has_formulas: whether any cell holds a formula.
    """

    sheet: str
    prefix: str
    wanted: Collection[int]
    rows: dict[int, Row] = field(default_factory=dict)
    areas: list[str] = field(default_factory=list)
    has_formulas: bool = False
    _last: int = field(default=0, init=False)
    _ahead: list[int] = field(init=False)

    def __post_init__(self) -> None:
        """Put the rows that are wanted in order, the first one last."""
        self._ahead = [_NO_MORE, *sorted(set(self.wanted), reverse=True)]

    def take(self, block: Block) -> None:
        """Go through the next block.

        Raises:
            WorkbookError: rows are not in rising order, have different prefixes, or have no end.
        """
        self._note_formulas(block)
        if not self._passes(block):
            self._read(block)

    def end(self, place: int) -> None:
        """Take it that the rows end at `place`: what was not found belongs there."""
        self._put_gaps(_NO_MORE, place)

    def _passes(self, block: Block) -> bool:
        """Say whether the rows of a block are in order, and none of them or between them is wanted."""
        if block.commented or b"" in block.numbers:
            return False
        numbers = [self._last, *map(int, block.numbers)]
        if numbers[-1] >= self._ahead[-1] or not all(map(lt, numbers, numbers[1:])):
            return False
        self._last = numbers[-1]
        return True

    def _read(self, block: Block) -> None:
        opened = f"<{self.prefix}row".encode()
        for tag in tags(block.text, b"row", block.commented, block.length):
            start = tag.end("name") - len(opened)
            if not block.text.startswith(opened, start):
                raise WorkbookError("cells.mixed_prefixes", sheet=self.sheet)
            stated = tag["number"]
            if stated is None:
                written = _ROW_NUMBER.search(tag[0])
                stated = written[1] if written else self._last + 1
            number = int(stated)
            if not self._last < number <= ROWS:
                raise WorkbookError("cells.rows_out_of_order", sheet=self.sheet, row=number)
            self._last = number
            self._put_gaps(number, block.start + start)
            if number == self._ahead[-1]:
                single = tag[0].endswith(b"/>")
                stop = tag.end() if single else self._end(block, tag.end(), number)
                text = block.text[start:stop]
                self.rows[number] = Row(number, block.start + start, text, single)
                self._ahead.pop()

    def _put_gaps(self, before: int, place: int) -> None:
        """Note that the wanted rows before a number are not there, and would lie at `place`."""
        while self._ahead[-1] < before:
            number = self._ahead.pop()
            self.rows[number] = Row(number, place)

    def _end(self, block: Block, start: int, number: int) -> int:
        """Find where a row ends.

        Raises:
            WorkbookError: it has no end.
        """
        close = rb"</%srow\s*>" % re.escape(self.prefix.encode())
        pattern = re.compile(rb"(?P<hidden>%s)|%s" % (NO_TAGS, close), re.DOTALL)
        for found in pattern.finditer(block.text, start, block.length):
            if found["hidden"] is None:
                return found.end()
        raise WorkbookError("cells.row_open", sheet=self.sheet, row=number)

    def _note_formulas(self, block: Block) -> None:
        """Look for formulas; looking for one letter costs nothing beside looking for a word."""
        if not block.holds(b"f"):
            return
        if not self.has_formulas:
            self.has_formulas = any(tags(block.text, b"f", block.commented, block.length))
        if any(block.holds(letter) and block.holds(word) for letter, word in _AREA_WORDS):
            for tag in tags(block.text, b"f", block.commented, block.length):
                if _AREA_FORMULA.search(tag[0]) and (reference := _REF.search(tag[0])):
                    self.areas.append(reference[1].decode("latin-1"))
