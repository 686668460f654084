"""Text files of any size: their encoding, the sign between their columns, and their rows, one at a time."""

import csv
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.admission import opened_file

DELIMITERS = ";\t,|"

_LINES_TRIED = 50
_PIECE = 1 << 20
_START = 1 << 16
_OF_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
"""Marks that no spreadsheet program writes; the first begins like that of UTF-16."""


def text_rows(source: Path) -> Iterator[tuple[int, list[str]]]:
    """Read the rows of a .csv or .tsv, each with the number of its last line; in bounded memory.

    Raises:
        WorkbookError: the file is missing, is no text, has a quote that is not closed, or a line or field
            that is too long.
    """
    encoding = encoding_of(source)
    longest = limits.LINE_CHARACTERS
    csv.field_size_limit(longest.current)
    with source.open(encoding=encoding, newline="") as stream:
        delimiter = delimiter_of(stream.read(_START).splitlines()[:_LINES_TRIED])
        stream.seek(0)
        rows = csv.reader(_lines(stream, longest.current), delimiter=delimiter, strict=True)
        try:
            for row in rows:
                yield rows.line_num, row
        except csv.Error as error:
            place = f"{source.name}:{rows.line_num}"
            if _TOO_LONG in str(error):
                raise WorkbookError("read.line_too_long", file=place, **longest.told) from error
            raise WorkbookError("read.no_table", file=place, reason=error) from error


_TOO_LONG = "field larger than field limit"
"""What the module csv says of a field; we say it of a line as well."""


def _lines(stream: TextIO, most: int) -> Iterator[str]:
    """Go through the lines.

    Raises:
        csv.Error: one is longer than `most` characters.
    """
    while line := stream.readline(most + 1):
        if len(line) > most:
            raise csv.Error(_TOO_LONG)
        yield line


def encoding_of(source: Path) -> str:
    """Tell UTF-8, UTF-16 with its mark, or the encoding of Excel on Windows.

    Raises:
        WorkbookError: some lines are in one encoding and some in another, or it is no text at all.
    """
    with opened_file(source) as stream:
        start = stream.read(_START)
    if start.startswith(_OF_UTF_32):
        raise WorkbookError("read.no_text", file=source.name)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = "utf-16"
    elif b"\0" in start:
        raise WorkbookError("read.no_text", file=source.name)
    else:
        found = "utf-8-sig"
    if _decodes(source, found):
        return found
    if found == "utf-16":
        raise WorkbookError("read.no_text", file=source.name)
    with opened_file(source) as stream:
        longest = limits.LINE_CHARACTERS.current
        for number, line in enumerate(iter(lambda: stream.readline(longest), b""), start=1):
            if not line.isascii() and _is_utf_8(line):
                raise WorkbookError("read.mixed_encodings", file=source.name, line=number)
    if not _decodes(source, "cp1252"):
        raise WorkbookError("read.no_text", file=source.name)
    return "cp1252"


def delimiter_of(lines: list[str]) -> str:
    """Find the sign between the columns: the one that gives most lines the same number of columns."""

    def regularity(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        wide = Counter(width for width in widths if width > 1)
        return max(((count, width) for width, count in wide.items()), default=(0, 0))

    return max(DELIMITERS, key=regularity)


def _decodes(source: Path, encoding: str) -> bool:
    decoder = getincrementaldecoder(encoding)()
    try:
        with opened_file(source) as stream:
            while piece := stream.read(_PIECE):
                decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
