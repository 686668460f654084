"""Read a PDF with text: its pages are taken apart in a process of their own, bounded in time and memory."""

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from hoka_excel import limits
from hoka_excel.documents import pdf_pages
from hoka_excel.documents.assembly import document_of
from hoka_excel.documents.document import Block, Document, Spot, TextGrid, TextLine
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.page_lines import PageLine, Word, lines_of
from hoka_excel.documents.pdf_pages import Page
from hoka_excel.documents.ruled_grids import RuledGrid, outside, ruled_grids

_FEWEST_REPEATS = 3
_PAGE_NUMBER = re.compile(r"(?:(?:pagina|page|blz\.?|p\.?)\s*)?\d+(?:\s*(?:/|van|of)\s*\d+)?$", re.IGNORECASE)
_FEWEST_LETTERS = 10
"""With fewer per page a page is no page of text."""
_GAP = 0.9
"""White space of this many line heights counts as an empty line."""


def read_pdf(path: Path) -> Document:
    """Read a PDF.

    Raises:
        DocumentError: the file is a scan, has a password, is damaged, has too many pages, or takes too long.
    """
    deadline = time.monotonic() + limits.DOCUMENT_SECONDS.current
    pages = _pages(path)
    letters = sum(len(word[0]) for page in pages for word in page["words"])
    if letters < _FEWEST_LETTERS * len(pages):
        is_scan = any(page["has_images"] for page in pages)
        raise DocumentError("document.scan" if is_scan else "document.empty", file=path.name)
    laid_out = []
    for page in pages:
        if time.monotonic() > deadline:
            raise DocumentError("document.too_slow", file=path.name, **limits.DOCUMENT_SECONDS.told)
        laid_out.append(_laid_out(page))
    repeated = _repeated(laid_out)
    blocks = [block for number, page in enumerate(laid_out, 1) for block in _blocks(number, page, repeated)]
    return document_of(path.name, len(pages), blocks)


def _pages(path: Path) -> list[Page]:
    if find_spec("pypdfium2") is None:
        raise DocumentError("document.missing_package", kind="PDF", package="pypdfium2")
    command = [sys.executable, "-m", pdf_pages.__name__, str(path)]
    found = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    environment = {**os.environ, **limits.settings(), **found}
    most = limits.DOCUMENT_SECONDS
    try:
        run = subprocess.run(  # noqa: S603 - our own module, no shell
            command, capture_output=True, timeout=most.current, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError("document.too_slow", file=path.name, **most.told) from error
    if run.returncode:
        raise DocumentError("document.damaged", file=path.name)
    report: pdf_pages.Report = json.loads(run.stdout)
    if "error" in report:
        values = {"file": path.name, "pages": report.get("count", 0)}
        raise DocumentError(f"document.{report['error']}", **values, **limits.PAGES.told)
    return report["pages"]


_Piece = PageLine | RuledGrid


def _laid_out(page: Page) -> list[_Piece]:
    """Put the words of a page into lines and ruled grids, top down."""
    words = [Word(*word) for word in page["words"]]
    grids = ruled_grids([(box[0], box[1], box[2], box[3]) for box in page["rules"]], words)
    pieces: list[_Piece] = []
    waiting = list(grids)
    for line in lines_of(outside(words, grids)):
        while waiting and waiting[0].box[1] < line.top:
            pieces.append(waiting.pop(0))
        pieces.append(line)
    return [*pieces, *waiting]


def _repeated(pages: Sequence[Sequence[_Piece]]) -> set[str]:
    """List what stands at the head or foot of three pages or more, whatever its page number."""
    ends: Counter[str] = Counter()
    for page in pages:
        edges = {id(piece): piece for piece in (*page[:1], *page[-1:]) if isinstance(piece, PageLine)}
        ends.update({_without_numbers(piece.text) for piece in edges.values()})
    return {text for text, count in ends.items() if count >= _FEWEST_REPEATS}


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _blocks(number: int, page: Sequence[_Piece], repeated: set[str]) -> Iterator[Block]:
    """Number the lines of a page; white space between them is an empty line, heads and feet are left out."""
    count, bottom = 0, None
    for index, piece in enumerate(page):
        count += 1
        if isinstance(piece, RuledGrid):
            spots = (Spot(number, count + row) for row in range(len(piece.rows)))
            yield TextGrid.of_rows(piece.rows, spots)
            count, bottom = count + len(piece.rows), None
            continue
        is_edge = index in {0, len(page) - 1}
        if is_edge and (_PAGE_NUMBER.match(piece.text) or _without_numbers(piece.text) in repeated):
            continue
        if bottom is not None and piece.top - bottom > _GAP * (piece.bottom - piece.top):
            yield TextLine("", Spot(number, count))
            count += 1
        yield TextLine(piece.text, Spot(number, count), piece.fragments)
        bottom = piece.bottom
