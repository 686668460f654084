"""Read a Word document (.docx): paragraphs and tables in their order."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from hoka_excel import limits
from hoka_excel.documents.assembly import document_of
from hoka_excel.documents.document import Block, Document, Spot, TextGrid, TextLine
from hoka_excel.documents.errors import DocumentError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable

_SIGNATURE_OF_OLE = b"\xd0\xcf\x11\xe0"


def read_word(path: Path) -> Document:
    """Read a Word document.

    Raises:
        DocumentError: the file has a password, is damaged, or is too large when unpacked.
    """
    try:
        from docx import Document as open_word  # noqa: N813, PLC0415 - a function in capitals; only this reader needs it
        from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
        from lxml.etree import XMLSyntaxError  # noqa: PLC0415
    except ImportError as error:
        raise DocumentError("document.missing_package", kind="Word", package="python-docx") from error
    _check(path)
    try:
        blocks = list(_blocks(open_word(str(path))))
    except (PackageNotFoundError, XMLSyntaxError, BadZipFile, KeyError, ValueError, AttributeError) as error:
        raise DocumentError("document.damaged", file=path.name) from error
    pages = max((_page(block) for block in blocks), default=1)
    return document_of(path.name, pages, blocks)


def _check(path: Path) -> None:
    """Refuse what would not open, or would fill the memory."""
    with path.open("rb") as stream:
        if stream.read(4) == _SIGNATURE_OF_OLE:
            raise DocumentError("document.encrypted", file=path.name)
    try:
        with ZipFile(path) as package:
            members = package.infolist()
    except (BadZipFile, OSError, ValueError) as error:
        raise DocumentError("document.damaged", file=path.name) from error
    if len(members) > limits.PARTS.current:
        values = {"file": path.name, "count": len(members)}
        raise DocumentError("package.too_many_members", **values, **limits.PARTS.told)
    for suffix, most in ((".xml", limits.WORD_TEXT_MB), ("", limits.WORD_MB)):
        size = sum(member.file_size for member in members if member.filename.endswith(suffix))
        if size > most.in_bytes:
            raise DocumentError("document.too_large", file=path.name, size=size >> 20, **most.told)


def _blocks(document: "WordDocument") -> Iterator[Block]:
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    page, line = 1, 0
    for item in document.iter_inner_content():
        if isinstance(item, Paragraph):
            if item.paragraph_format.page_break_before:
                page, line = page + 1, 0
            for part in item.text.split("\n"):
                line += 1
                yield TextLine(part, Spot(page, line))
            if item.rendered_page_breaks:
                page, line = page + len(item.rendered_page_breaks), 0
        else:
            rows = tuple(_rows(item))
            if rows:
                spots = (Spot(page, line + number) for number in range(1, len(rows) + 1))
                yield TextGrid.of_rows(rows, spots)
            line += len(rows)


def _rows(table: "WordTable") -> Iterator[tuple[str, ...]]:
    """Take the texts of a table by row; a merged cell has its text in its first place only."""
    seen: set[object] = set()
    for row in table.rows:
        texts = [""] * row.grid_cols_before
        for cell in row.cells:
            element = cell._tc  # noqa: SLF001 - a merged cell is known by its element only
            texts.append("" if element in seen else " ".join(cell.text.split()))
            seen.add(element)
        yield tuple(texts)


def _page(block: Block) -> int:
    return block.last_spot.page if isinstance(block, TextGrid) else block.spot.page
