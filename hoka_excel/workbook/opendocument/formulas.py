"""Formulas of OpenDocument, written as Excel writes them.

A file holds `of:=SUM([.B2:.B4];[$'Blad 2'.A1])`; whatever reads formulas here knows the notation of Excel.

Source: OASIS Open Document Format 1.3, part 4 (OpenFormula).

>>> excel_formula("of:=SUM([.B2:.B4];[$'Blad 2'.$A$1])")
"SUM(B2:B4,'Blad 2'!$A$1)"
>>> excel_formula("of:=SUM([$Jan.A1:$Mrt.A1])*{1;2|3;4}")
'SUM(Jan:Mrt!A1)*{1,2;3,4}'
"""

import re
from typing import NamedTuple
from urllib.parse import unquote

_EXCELS_OWN = ("msoxl",)
"""The prefix of formulas that Excel 2007 wrote into .ods in its own notation."""
_PREFIX = re.compile(r"([A-Za-z]+):(?==)")
_WORD = re.compile(
    r"""(?P<text>"(?:[^"]|"")*+")
    |   (?P<label>'(?:[^']|'')*+')
    |   \[(?P<reference>(?:[^\[\]']|'(?:[^']|'')*+')*+)\]
    |   (?P<function>(?:COM\.MICROSOFT|ORG\.(?:OPENOFFICE|LIBREOFFICE)|LEGACY)\.)(?=[A-Z])
    |   (?P<error>\#[A-Z]+(?:/[A-Z0]+)?[!?]?)
    |   (?P<sign>[{}|;~]|(?<=\])!(?=\[))""",
    re.VERBOSE,
)
_PLACE = re.compile(
    r"""(?:'(?P<book>(?:[^']|'')*+)'\#)?
    (?:\$?(?:'(?P<quoted>(?:[^']|'')*+)'|(?P<sheet>[^.':\#]+))?\.)?
    (?P<cell>\$?[A-Za-z]{1,3}\$?\d+|\$?[A-Za-z]{1,3}|\$?\d+)""",
    re.VERBOSE,
)
_ON_OWN_SHEET = re.compile(r"\.([$A-Z\d]+)(?:(:)\.([$A-Z\d]+))?")
"""Nearly all references; the rest takes ten times as long."""
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]\d*(?:[Cc]\d*)?")
_BROKEN = "#REF!"


class _Place(NamedTuple):
    """One end of a reference."""

    book: str
    sheet: str
    cell: str


def excel_formula(text: str) -> str:
    """Write a formula of an .ods in the notation of Excel, without "=".

    Args:
        text: what the file holds, with its prefix. What is no OpenFormula stays as it is.
    """
    prefix = _PREFIX.match(text)
    body = text[prefix.end() if prefix else 0 :].removeprefix("=").strip()
    if prefix and prefix[1] in _EXCELS_OWN:
        return body
    written: list[str] = []
    end = depth = 0
    for word in _WORD.finditer(body):
        sign = word["sign"]
        depth += (sign == "{") - (sign == "}")
        written += [body[end : word.start()], _written(word, in_array=depth > 0)]
        end = word.end()
    return "".join([*written, body[end:]])


def _written(word: re.Match[str], *, in_array: bool) -> str:
    if word["reference"] is not None:
        return _reference(word["reference"])
    if word["function"] is not None:
        return ""
    match word["sign"]:
        case ";" | "~":
            return ","
        case "|" if in_array:
            return ";"
        case "!":
            return " "
    return word[0]


def _reference(text: str) -> str:
    """Write what stands between brackets: a cell, a range, or a range over several sheets."""
    if own := _ON_OWN_SHEET.fullmatch(text):
        return "".join(filter(None, own.groups()))
    if "." not in text:
        return f"[{text}]"
    first = _PLACE.match(text)
    last = _PLACE.fullmatch(text, first.end() + 1) if first and text[first.end() :][:1] == ":" else None
    if first is None or not (last or first.end() == len(text)):
        return _BROKEN
    start = _place(first)
    if last is None:
        return _sheets(start.book, start.sheet) + start.cell
    stop = _place(last)
    sheets = start.sheet if stop.sheet in ("", start.sheet) else f"{start.sheet}:{stop.sheet}"
    cells = start.cell if sheets != start.sheet and stop.cell == start.cell else f"{start.cell}:{stop.cell}"
    return _sheets(start.book, sheets) + cells


def _place(found: re.Match[str]) -> _Place:
    book, quoted = ((found[name] or "").replace("''", "'") for name in ("book", "quoted"))
    name = unquote(book).replace("\\", "/").rpartition("/")[2]
    return _Place(name, quoted or found["sheet"] or "", found["cell"])


def _sheets(book: str, sheets: str) -> str:
    """Write the sheets before a reference, in quotes where Excel asks for them."""
    if not sheets:
        return ""
    plain = all(
        _PLAIN_NAME.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name) for name in sheets.split(":")
    )
    name = f"[{book}]{sheets}" if book else sheets
    if plain and not book:
        return f"{name}!"
    quoted = name.replace("'", "''")
    return f"'{quoted}'!"
