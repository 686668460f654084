"""Read a published document of any kind."""

from importlib.util import find_spec
from pathlib import Path

from hoka_excel import limits
from hoka_excel.documents.document import Document
from hoka_excel.documents.errors import DocumentError

_TEXTS = (".txt", ".tsv", ".text")
_PAGES = (".html", ".htm", ".xhtml")
KINDS = (*_TEXTS, ".docx", ".pdf", *_PAGES)
"""The suffixes that can be read."""


_PACKAGES = ("docx", "pypdfium2", "rapidfuzz")
"""What the extra `documents` installs."""


def read_document(path: str | Path) -> Document:
    """Read a published document: its tables as printed and its running text.

    Args:
        path: a .txt, .tsv, .docx, .pdf (with text) or .html file.

    Raises:
        DocumentError: what reads documents is not installed; or the file is missing, empty, a scan,
            encrypted, damaged, too large, or of another kind.
    """
    if not all(find_spec(package) for package in _PACKAGES):
        raise DocumentError("document.not_installed")
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise DocumentError("document.unknown_kind", file=path.name)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DocumentError("file.missing", file=path.name) from error
    if size == 0:
        raise DocumentError("document.empty", file=path.name)
    most = limits.DOCUMENT_TEXT_MB if kind in _TEXTS + _PAGES else limits.DOCUMENT_MB
    if size > most.in_bytes:
        raise DocumentError("document.too_large", file=path.name, size=size >> 20, **most.told)
    document = _read(path, kind)
    if not document.tables and not any(line.text.strip() for line in document.prose):
        raise DocumentError("document.empty", file=path.name)
    return document


def _read(path: Path, kind: str) -> Document:
    if kind == ".pdf":
        from hoka_excel.documents.pdf_file import read_pdf  # noqa: PLC0415 - each reader loads when it is needed

        return read_pdf(path)
    if kind == ".docx":
        from hoka_excel.documents.word_file import read_word  # noqa: PLC0415

        return read_word(path)
    if kind in _PAGES:
        from hoka_excel.documents.html_page import read_html  # noqa: PLC0415

        return read_html(_text_of(path), path.name)
    from hoka_excel.documents.text_file import read_text  # noqa: PLC0415

    return read_text(_text_of(path), path.name)


def _text_of(path: Path) -> str:
    """Decode a text: UTF-8, else the Windows code page; what holds zero bytes is no text."""
    data = path.read_bytes()
    if b"\0" in data:
        raise DocumentError("document.not_text", file=path.name)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
