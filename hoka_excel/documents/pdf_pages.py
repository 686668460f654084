"""Take the words and ruled lines off the pages of a PDF; run as a process of its own.

A PDF from outside can hang or kill the library that reads it. In a process of its own it can be stopped, and
its end is told in one line. The process writes one JSON object: pages, or an error.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from hoka_excel import limits

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfObject, PdfPage

_THIN = 3.0
"""A filled area no wider than this, in points, is a ruled line."""
_LEAST_RULE = 4.0
_SOFT_HYPHEN = "\ufffe"
"""What PDFium says for a hyphen that breaks a word at the margin."""
_BREAK = "-"

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points; the top of the page is 0."""


class Page(TypedDict):
    """A page as read, upright: the direction in which most of its text reads is from left to right."""

    words: list[tuple[str, float, float, float, float]]
    rules: list[Box]
    has_images: bool


class Report(TypedDict, total=False):
    """What the process says: pages, or the code of an error."""

    pages: list[Page]
    error: str
    count: int


def read_pages(path: Path) -> Report:
    """Read the words and rules of every page.

    Returns:
        The pages; or "encrypted", "damaged" or "too_many_pages" as `error`.
    """
    import pypdfium2  # noqa: PLC0415 - only the process that reads needs it
    from pypdfium2 import raw  # noqa: PLC0415

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        return {
            "error": "encrypted" if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD else "damaged"
        }
    count = len(pdf)
    if count > limits.PAGES.current:
        return {"error": "too_many_pages", "count": count}
    return {"pages": list(_pages(pdf))} if count else {"error": "damaged"}


def _pages(pdf: "PdfDocument") -> Iterator[Page]:
    most_words, most_rules = limits.PAGE_WORDS.current, limits.PAGE_LINES.current
    for page in pdf:
        words, turn = _words(page)
        width, height = page.get_size() if page.get_rotation() in {0, 180} else page.get_size()[::-1]
        upright = _Upright(turn, width, height)
        objects = list(page.get_objects(max_depth=2))
        yield Page(
            words=[(text, *_short(upright.box(*box))) for text, box in words[:most_words]],
            rules=[_short(upright.box(*rule)) for rule in _rules(objects)][:most_rules],
            has_images=any(_is_image(found) for found in objects),
        )
        page.close()


def _short(box: Box) -> Box:
    left, top, right, bottom = box
    return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


class _Upright:
    """Turns boxes of a page so that its text reads from left to right, the origin at the top left."""

    def __init__(self, turn: int, width: float, height: float) -> None:
        self.turn = turn
        self.width = width
        self.height = height

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        match self.turn:
            case 270:
                return bottom, left, top, right
            case 180:
                return self.width - right, bottom, self.width - left, top
            case 90:
                return self.height - top, self.width - right, self.height - bottom, self.width - left
            case _:
                return left, self.height - top, right, self.height - bottom


def _words(page: "PdfPage") -> tuple[list[tuple[str, Box]], int]:
    """Gather the characters of a page into words, and tell in which direction most of them read."""
    from pypdfium2 import raw  # noqa: PLC0415

    text = page.get_textpage()
    words: list[tuple[str, Box]] = []
    letters: list[str] = []
    boxes: list[Box] = []
    turns: Counter[int] = Counter()

    def end_word() -> None:
        if letters:
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            words.append(("".join(letters), (min(lefts), min(bottoms), max(rights), max(tops))))
            letters.clear()
            boxes.clear()

    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        if letter.isspace() or letter == "\0":
            end_word()
            continue
        turn = round(math.degrees(raw.FPDFText_GetCharAngle(text, index)) / 90) * 90 % 360
        turns[turn] += 1
        letters.append(_BREAK if letter == _SOFT_HYPHEN else letter)
        boxes.append(text.get_charbox(index, loose=True))
    end_word()
    return words, turns.most_common(1)[0][0] if turns else 0


def _is_image(found: "PdfObject") -> bool:
    from pypdfium2 import raw  # noqa: PLC0415

    return bool(found.type == raw.FPDF_PAGEOBJ_IMAGE)


def _rules(objects: Sequence["PdfObject"]) -> Iterator[Box]:
    """List the ruled lines of a page: thin areas, and the edges of areas with a border."""
    from pypdfium2 import raw  # noqa: PLC0415

    for found in objects:
        if found.type != raw.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = found.get_bounds()
        if min(right - left, top - bottom) <= _THIN:
            if max(right - left, top - bottom) >= _LEAST_RULE:
                yield left, bottom, right, top
        elif _is_stroked(found):
            yield left, bottom, right, bottom
            yield left, top, right, top
            yield left, bottom, left, top
            yield right, bottom, right, top


def _is_stroked(found: "PdfObject") -> bool:
    from ctypes import byref, c_int  # noqa: PLC0415

    from pypdfium2 import raw  # noqa: PLC0415

    fill, stroke = c_int(), c_int()
    return bool(raw.FPDFPath_GetDrawMode(found, byref(fill), byref(stroke)) and stroke.value)


def _limit_memory() -> None:
    """Bound the memory of this process where the system can: Windows cannot."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        most = limits.READING_MB.in_bytes
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    _limit_memory()
    json.dump(read_pages(Path(sys.argv[1])), sys.stdout)
