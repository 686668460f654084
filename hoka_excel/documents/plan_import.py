"""Import a published document as the text of a plan file, or as a skeleton where it holds no amounts."""

from pathlib import Path

from hoka_excel.core.messages import Message
from hoka_excel.documents.errors import DocumentError
from hoka_excel.documents.importing import import_plan
from hoka_excel.documents.provenance import imported_text
from hoka_excel.documents.reading import read_document
from hoka_excel.documents.skeleton import skeleton_of, skeleton_text


def imported(path: Path) -> tuple[str, tuple[Message, ...]]:
    """Read a document into the text of a plan file, and say what a reader must know of it.

    Raises:
        DocumentError: the document cannot be read, or holds tables that make no plan.
    """
    document = read_document(path)
    try:
        plan = import_plan(document)
    except DocumentError:
        if document.tables:
            raise
        told = Message("document.no_amounts", {"file": document.name})
        return skeleton_text(skeleton_of(document)), (told,)
    doubtful = sum(found.match.is_doubtful for found in plan.matches)
    return imported_text(plan), (Message("import.doubtful", {"count": doubtful}),) if doubtful else ()
