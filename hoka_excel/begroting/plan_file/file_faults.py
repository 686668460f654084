"""The faults of one plan file, gathered while it is read, each with the path to it."""

from hoka_excel.begroting.plan_file.shape import path_text
from hoka_excel.core.faults.subjects import Subject
from hoka_excel.core.messages import Message


class FileFaults:
    """What is wrong with a file.

    Attributes:
        found: so far, in the order of the reading.
    """

    def __init__(self, source: str) -> None:
        """Begin with none; `source` is what to call the file."""
        self._source = source
        self.found: list[Message] = []

    def note(self, code: str, subject: Subject, **values: object) -> None:
        """Note a fault of a subject, given its path."""
        self.found.append(Message(code, {"where": self.where(subject), **values}))

    def where(self, subject: Subject) -> str:
        """Say where a subject stands."""
        return f"{self._source}, {path_text(subject)}"
