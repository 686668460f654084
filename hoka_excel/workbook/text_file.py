"""Text files of any size: their encoding, the sign between their columns, and their rows, one at a time."""

import csv
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.limits import opened_file

DELIMITERS = ";\t,|"
MOST_FIELD = 1 << 20
"""The longest field, in characters."""

_LINES_TRIED = 50
_MOST_LINE = 1 << 22
_PIECE = 1 << 20
_START = 1 << 16


def text_rows(source: Path) -> Iterator[tuple[int, list[str]]]:
    """Read the rows of a .csv or .tsv, each with the number of its last line; in bounded memory.

    Raises:
        WorkbookError: the file is missing, is no text, or has a quote that is not closed.
    """
    encoding = encoding_of(source)
    csv.field_size_limit(MOST_FIELD)
    with source.open(encoding=encoding, newline="") as stream:
        delimiter = delimiter_of(stream.read(_START).splitlines()[:_LINES_TRIED])
        stream.seek(0)
        rows = csv.reader(_lines(stream), delimiter=delimiter, strict=True)
        try:
            for row in rows:
                yield rows.line_num, row
        except csv.Error as error:
            place = f"{source.name}:{rows.line_num}"
            raise WorkbookError("read.no_table", file=place, reason=error) from error


def _lines(stream: TextIO) -> Iterator[str]:
    """Go through the lines, none of which may be endless.

    Raises:
        csv.Error: one is.
    """
    while line := stream.readline(_MOST_LINE):
        if len(line) == _MOST_LINE:
            raise csv.Error(_MOST_LINE)
        yield line


def encoding_of(source: Path) -> str:
    """Tell UTF-8, UTF-16 with its mark, or the encoding of Excel on Windows.

    Raises:
        WorkbookError: some lines are in one encoding and some in another, or it is no text at all.
    """
    with opened_file(source) as stream:
        start = stream.read(_START)
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
        for number, line in enumerate(iter(lambda: stream.readline(_MOST_LINE), b""), start=1):
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
