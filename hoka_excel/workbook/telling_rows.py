"""A sheet cut down to what calamine does not tell of it: formulas, number formats, what is hidden.

A parser that calls Python for each of a million cells takes longer than all the rest of a check. So the rows
are looked through as bytes, and only cells with a formula or an error go on to the parser.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hoka_excel.tables.grid import cell_spot
from hoka_excel.workbook.row_formats import RowFormats

_START = re.compile(rb"<(\w+:)?sheetData>")
_NUMBER = re.compile(rb'\sr="(\d+)"')
_STYLE, _PLACED, _EMPTY = b' s="', b'r="', b"/>"
_SIGN = b"f"
"""In every start tag of a formula, and in no figure: the shortest mark is looked for fastest."""
_ERROR = b't="e"'
_REMARK, _DECLARATION, _HIDDEN = (b"!", b"<!"), (b"x", b"xmlns"), (b"h", b"hidden=")
"""Marks that few rows hold, each after a letter in it that most rows lack: one letter is found far faster."""
_DECLARED = re.compile(rb"""\sxmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)""")
_LONGEST_HEAD = 1 << 20
_FIRST_ROWS = 1 << 12
"""How many bytes show how the rows of a sheet are written."""
_USUAL = 0
"""The style of cells that name none."""


class UnusualError(Exception):
    """A sheet is written in a way that only a parser can read."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the tags of a sheet look like, which depends on the prefix of their names."""

    row: bytes
    row_end: bytes
    cell: bytes
    formula: bytes
    end: bytes
    row_tag: re.Pattern[bytes]
    odd_tag: re.Pattern[bytes]
    styled: re.Pattern[bytes]
    any_style: re.Pattern[bytes]


@lru_cache(maxsize=8)
def _marks(prefix: bytes) -> _Marks:
    cell = rb'<%sc r="([A-Z]+)\d+"(?: t="\w+")?' % prefix
    return _Marks(
        row=b"<%srow" % prefix,
        row_end=b"</%srow>" % prefix,
        cell=b"<%sc " % prefix,
        formula=b"<%sf" % prefix,
        end=b"</%ssheetData>" % prefix,
        row_tag=re.compile(rb"\s*(<%srow\b[^>]*>)" % prefix),
        odd_tag=re.compile(rb"""<%s(?:row|c)\b[^>]*?['\t\r\n]""" % prefix),
        styled=re.compile(rb'%s s="(\d+)"' % cell),
        any_style=re.compile(rb'%s(?: s="(\d+)")?' % cell),
    )


class TellingRows:
    """The rows of one sheet, gone through once.

    Attributes:
        formats: what was seen of the number formats.
    """

    def __init__(self, formats: Mapping[int, str]) -> None:
        """Look for cells in one of some styles; `formats` gives the number format of each."""
        self._formats = formats
        self._alike: dict[tuple[tuple[bytes, bytes], ...], Mapping[int, str]] = {(): {}}
        self.formats = RowFormats()

    def shortened(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Give the sheet without the cells and rows that tell the parser nothing.

        Raises:
            UnusualError: it is not written the way workbook programs do.
        """
        text = b""
        for piece in pieces:
            text += piece
            started = _START.search(text)
            if started or len(text) > _LONGEST_HEAD:
                break
        else:
            raise UnusualError
        if started is None or not _is_usual_head(text[: started.end()]):
            raise UnusualError
        yield text[: started.end()]
        marks, body = _marks(started[1] or b""), text[started.end() :]
        if marks.odd_tag.search(body, 0, _FIRST_ROWS):
            raise UnusualError
        while True:
            rows, ended, tail = body.partition(marks.end)
            if _holds(rows, _REMARK) or _holds(rows, _DECLARATION):
                raise UnusualError
            whole = len(rows) if ended else rows.rfind(marks.row_end) + len(marks.row_end)
            if ended or whole >= len(marks.row_end):
                yield b"".join(self._telling(rows[:whole], marks))
            if ended:
                yield ended + tail
                yield from pieces
                return
            rest = rows[whole:] if whole >= len(marks.row_end) else rows
            piece = next(pieces, b"")
            if not piece:
                raise UnusualError
            body = rest + piece

    def _telling(self, rows: bytes, marks: _Marks) -> Iterator[bytes]:
        """Give the tags of hidden rows, and the rows with a formula or an error, cut down to those cells."""
        styled = self._formats and (_USUAL in self._formats or _STYLE in rows)
        if not styled and not _holds(rows, _HIDDEN) and _ERROR not in rows:
            yield from _with_formulas(rows, marks)
            return
        for tag, text, start in _rows(rows, marks):
            number = _NUMBER.search(tag)
            if number is None:
                raise UnusualError
            if styled:
                self._note_formats(int(number[1]) - 1, text, start, marks)
            if marks.formula in text or _ERROR in text:
                yield tag + _kept(text[start:], marks) + marks.row_end
            elif _holds(tag, _HIDDEN):
                yield tag if tag.endswith(_EMPTY) else tag + marks.row_end

    def _note_formats(self, row: int, text: bytes, start: int, marks: _Marks) -> None:
        pattern, mark = (marks.any_style, marks.cell) if _USUAL in self._formats else (marks.styled, _STYLE)
        styles = tuple(pattern.findall(text, start))
        if len(styles) != text.count(mark, start):
            raise UnusualError
        if styles not in self._alike:
            self._alike[styles] = {
                cell_spot(f"{column.decode()}1")[1]: self._formats[int(style or _USUAL)]
                for column, style in styles
                if int(style or _USUAL) in self._formats
            }
        try:
            self.formats.append(row, self._alike[styles])
        except ValueError as error:
            raise UnusualError from error


def _holds(rows: bytes, mark: tuple[bytes, bytes]) -> bool:
    """Whether rows hold a mark."""
    letter, whole = mark
    return letter in rows and whole in rows


def _is_usual_head(head: bytes) -> bool:
    """Whether what comes before the rows holds no remarks, and one prefix for each namespace."""
    declared = _DECLARED.findall(head)
    return not _holds(head, _REMARK) and len(declared) == len(set(declared))


def _rows(rows: bytes, marks: _Marks) -> Iterator[tuple[bytes, bytes, int]]:
    """Take rows apart: the tag of each, and a text with the place in it where the cells begin."""
    count = 0
    for text in rows.split(marks.row_end):
        end = 0
        while tag := marks.row_tag.match(text, end):
            count, end = count + 1, tag.end()
            if not tag[1].endswith(_EMPTY):
                yield tag[1], text, end
                break
            yield tag[1], b"", 0
        else:
            if text[end:].strip():
                raise UnusualError
    if count != rows.count(marks.row):
        raise UnusualError


def _with_formulas(rows: bytes, marks: _Marks) -> Iterator[bytes]:
    """Give the rows with a formula of rows without any style or error, going from formula to formula."""
    if rows.strip() and not rows.lstrip().startswith(marks.row):
        raise UnusualError
    end = 0
    while (place := _next_formula(rows, end, marks.formula)) >= 0:
        start, end = rows.rfind(marks.row, end, place), rows.find(marks.row_end, place)
        tag = marks.row_tag.match(rows, start) if start >= 0 else None
        if tag is None or end < 0 or _NUMBER.search(tag[1]) is None or marks.row_end in rows[start:place]:
            raise UnusualError
        yield tag[1] + _kept(rows[tag.end() : end], marks) + marks.row_end


def _next_formula(rows: bytes, start: int, mark: bytes) -> int:
    """Find the next mark of a formula by its last letter alone, which is found far faster; -1 for none."""
    sign = rows.find(_SIGN, start)
    while sign >= 0 and not rows.endswith(mark, start, sign + 1):
        sign = rows.find(_SIGN, sign + 1)
    return sign if sign < 0 else sign + 1 - len(mark)


def _kept(cells: bytes, marks: _Marks) -> bytes:
    """Give the cells that hold a formula or an error."""
    kept = [cell for cell in cells.split(marks.cell) if marks.formula in cell or _ERROR in cell]
    if not all(cell.startswith(_PLACED) for cell in kept):
        raise UnusualError
    return marks.cell + marks.cell.join(kept)
