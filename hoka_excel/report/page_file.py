"""Where a page goes: an .html file, or a .pdf that a browser prints."""

from collections.abc import Iterable
from pathlib import Path

from hoka_excel.core.errors import UsageError
from hoka_excel.report.browser import print_page

_HTML = (".html", ".htm")


def check_target(target: Path, sources: Iterable[Path], kinds: tuple[str, ...] = (*_HTML, ".pdf")) -> None:
    """Refuse, before any work is done, a target that no page can be written to.

    Args:
        target: the file to write.
        sources: the files that are read.
        kinds: the extensions allowed.

    Raises:
        UsageError: another kind of file, or one of the sources itself.
    """
    if target.suffix.lower() not in kinds:
        raise UsageError("page.kind", where=target, kinds=", ".join(kinds))
    if target.resolve() in {source.resolve() for source in sources}:
        raise UsageError("page.own_source", where=target)


def write_page(page: str, target: Path) -> None:
    """Write a page as its target's extension says.

    Raises:
        UsageError: the target cannot be written, or no browser prints it.
    """
    if target.suffix.lower() not in _HTML:
        print_page(page, target)
        return
    try:
        target.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError("page.not_written", where=target, detail=error.strerror) from error
