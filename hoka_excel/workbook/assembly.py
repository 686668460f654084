"""Write a draft as a package, and prove that what was written is sound."""

from collections import deque
from collections.abc import Iterable
from typing import BinaryIO

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.admission import part_key
from hoka_excel.workbook.deflate import Piece
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.markup import well_formed
from hoka_excel.workbook.package import Package


def check(draft: Draft) -> None:
    """Refuse what would be written if a part of it is not well-formed."""
    for part, change in draft.changes.items():
        if change is not None:
            deque(_checked(draft, part), maxlen=0)


def _checked(draft: Draft, part: str) -> Iterable[Piece]:
    """Pass on the text of a part as long as it is well-formed.

    Parsing a large sheet would cost more than all the rest. Of such a sheet the rows that change and all that
    lies around the rows have been parsed, and each row has been seen to lie in its place. Drawings in VML are
    passed on unparsed: Excel itself leaves tags open there.
    """
    text = draft.pieces(part)
    is_large = draft.size(part) > limits.PROVEN_MB.in_bytes
    return text if is_large or part.lower().endswith(".vml") else well_formed(text, part)


def write(draft: Draft, stream: BinaryIO) -> None:
    """Write the package and prove that it can be read: every part that changed, and its directory.

    Raises:
        WorkbookError: it cannot.
    """
    changes = {part: None if to is None else _checked(draft, part) for part, to in draft.changes.items()}
    draft.package.write(stream, changes)
    written = Package(stream, draft.package.file)
    kept = [part for part, text in draft.changes.items() if text is not None]
    gone = [part for part, text in draft.changes.items() if text is None]
    expected = {part_key(part) for part in (*draft.package.parts, *kept)} - {part_key(part) for part in gone}
    if {part_key(part) for part in written.parts} != expected:
        raise WorkbookError("package.damaged", file=written.file, reason=len(expected))
