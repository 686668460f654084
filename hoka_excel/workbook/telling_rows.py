"""A large sheet cut down to what calamine does not tell of it: formulas, number formats, what is hidden.

A parser that calls Python for each of a million cells takes longer than all the rest of a check. So the rows
are looked through as bytes, and only cells with a formula go on to the parser.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hoka_excel.tables.grid import Spot, cell_spot

_ROW = re.compile(rb"<row\b[^>]*>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_STYLED = re.compile(rb'<c r="([A-Z]+)\d+" s="(\d+)"')
_START, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_CELL, _STYLE, _FORMULA, _HIDDEN = b"<c ", b' s="', b"<f", b"hidden="
_SIGN, _PAIRS = b"f", (b"<f", b":f")
"""Ever longer parts of a mark: the shortest is looked for fastest, and figures hold none."""
_MARK = re.compile(rb"[<:]f[ >/]")
_ROW_START = b"<row"
_PLACED = b'r="'
_LONGEST_MARK = len(_HIDDEN)
_LONGEST_HEAD = 1 << 20
_USUAL = 0
"""The style of cells that name none."""


class UnusualError(Exception):
    """A sheet is written in a way that only a parser can read."""


def has_marks(pieces: Iterable[bytes]) -> bool:
    """Say whether a sheet may hold a formula or hide anything."""
    end = b""
    for piece in pieces:
        text = end + piece
        may_be = _SIGN in text and any(pair in text for pair in _PAIRS)
        if _HIDDEN in text or (may_be and _MARK.search(text)):
            return True
        end = text[-_LONGEST_MARK:]
    return False


@dataclass(frozen=True, slots=True)
class RowFormats(Mapping[Spot, str]):
    """The number formats of a sheet by row and column; rows that look alike share one mapping."""

    rows: Mapping[int, Mapping[int, str]]

    def __getitem__(self, spot: Spot) -> str:
        """Give the format of a cell.

        Raises:
            KeyError: it has none of its own.
        """
        return self.rows[spot[0]][spot[1]]

    def __iter__(self) -> Iterator[Spot]:
        """Give the cells that have one."""
        return ((row, column) for row, columns in self.rows.items() for column in columns)

    def __len__(self) -> int:
        """Count these cells."""
        return sum(map(len, self.rows.values()))


class TellingRows:
    """The rows of one sheet, gone through once.

    Attributes:
        formats: what was seen of the number formats.
    """

    def __init__(self, formats: Mapping[int, str]) -> None:
        """Look for cells in one of some styles; `formats` gives the number format of each."""
        self._formats = formats
        self._alike: dict[tuple[tuple[bytes, bytes], ...], Mapping[int, str]] = {(): {}}
        self._rows: dict[int, Mapping[int, str]] = {}
        self.formats = RowFormats(self._rows)

    def shortened(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Give the sheet without the cells and rows that tell the parser nothing.

        Raises:
            UnusualError: it is not written the way workbook programs do.
        """
        if _USUAL in self._formats:
            raise UnusualError
        text = b""
        for piece in pieces:
            text += piece
            head, started, body = text.partition(_START)
            if started or len(head) > _LONGEST_HEAD:
                break
        else:
            raise UnusualError
        if not started or b"<!" in head:
            raise UnusualError
        yield head + started
        while True:
            if b"<!" in body:
                raise UnusualError
            rows, ended, tail = body.partition(_END)
            whole = len(rows) if ended else rows.rfind(_ROW_END) + len(_ROW_END)
            if ended or whole >= len(_ROW_END):
                yield b"".join(self._telling(rows[:whole]))
            if ended:
                yield ended + tail
                yield from pieces
                return
            rest = rows[whole:] if whole >= len(_ROW_END) else rows
            piece = next(pieces, b"")
            if not piece:
                raise UnusualError
            body = rest + piece

    def _telling(self, rows: bytes) -> Iterator[bytes]:
        """Give the tags of rows that are hidden, and the cells that hold a formula in a row of their own."""
        if _STYLE not in rows and _HIDDEN not in rows:
            yield from _with_formulas(rows)
            return
        tags = list(_ROW.finditer(rows))
        ends = [*(tag.start() for tag in tags), len(rows)][1:]
        if rows[: tags[0].start() if tags else None].strip():
            raise UnusualError
        for tag, end in zip(tags, ends, strict=True):
            cells = rows[tag.end() : end].partition(_ROW_END)[0]
            self._note_formats(tag[0], cells)
            if _FORMULA in cells:
                yield tag[0] + _kept(cells) + _ROW_END
            elif _HIDDEN in tag[0]:
                yield tag[0] if tag[0].endswith(b"/>") else tag[0] + _ROW_END

    def _note_formats(self, tag: bytes, cells: bytes) -> None:
        number, styles = _NUMBER.search(tag), tuple(_STYLED.findall(cells))
        if number is None or len(styles) != cells.count(_STYLE):
            raise UnusualError
        if styles not in self._alike:
            self._alike[styles] = {
                cell_spot(f"{column.decode()}1")[1]: self._formats[int(style)]
                for column, style in styles
                if int(style) in self._formats
            }
        if alike := self._alike[styles]:
            self._rows[int(number[1]) - 1] = alike


def _with_formulas(rows: bytes) -> Iterator[bytes]:
    """Give the rows with a formula of rows without any style, going from formula to formula."""
    if rows.strip() and not rows.lstrip().startswith(_ROW_START):
        raise UnusualError
    end = 0
    while (place := rows.find(_FORMULA, end)) >= 0:
        start, end = rows.rfind(_ROW_START, end, place), rows.find(_ROW_END, place)
        tag = _ROW.match(rows, start) if start >= 0 else None
        if tag is None or end < 0 or _NUMBER.search(tag[0]) is None or _ROW_END in rows[start:place]:
            raise UnusualError
        yield tag[0] + _kept(rows[tag.end() : end]) + _ROW_END


def _kept(cells: bytes) -> bytes:
    """Give the cells that hold a formula."""
    kept = [cell for cell in cells.split(_CELL) if _FORMULA in cell]
    if not all(cell.startswith(_PLACED) for cell in kept):
        raise UnusualError
    return _CELL + _CELL.join(kept)
