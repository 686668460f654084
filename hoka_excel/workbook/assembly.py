"""Write a draft as a package, and prove that what was written is sound."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.deflate import Piece, cut
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.limits import PROVEN_BYTES, part_key
from hoka_excel.workbook.markup import well_formed
from hoka_excel.workbook.package import Package


def check(draft: Draft) -> None:
    """Refuse what would be written if a part of it is not well-formed."""
    for part, text in draft.changes.items():
        if text is not None:
            deque(_checked(part, text), maxlen=0)


def _checked(part: str, text: Sequence[Piece]) -> Iterable[Piece]:
    """Pass on the text of a part as long as it is well-formed.

    Parsing a large sheet would cost more than all the rest. Of such a sheet the rows that change and all that
    lies around the rows have been parsed, and each row has been seen to lie in its place. Drawings in VML are
    passed on unparsed: Excel itself leaves tags open there.
    """
    pieces = cut(text)
    is_large = sum(map(len, text)) > PROVEN_BYTES
    return pieces if is_large or part.lower().endswith(".vml") else well_formed(pieces, part)


def write(draft: Draft, stream: BinaryIO) -> None:
    """Write the package and prove that it can be read: every part that changed, and its directory.

    Raises:
        WorkbookError: it cannot.
    """
    changes = {part: None if text is None else _checked(part, text) for part, text in draft.changes.items()}
    draft.package.write(stream, changes)
    written = Package(stream, draft.package.file)
    kept = [part for part, text in draft.changes.items() if text is not None]
    gone = [part for part, text in draft.changes.items() if text is None]
    expected = {part_key(part) for part in (*draft.package.parts, *kept)} - {part_key(part) for part in gone}
    if {part_key(part) for part in written.parts} != expected:
        raise WorkbookError("package.damaged", file=written.file, reason=len(expected))
