"""What stands above a plan or quality agenda: what it is called, whose it is, and what it was taken from."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hoka_excel.core.agenda.projects import Agenda
    from hoka_excel.core.plan import Plan


class Head(NamedTuple):
    """The head, in the order of plan files and workbooks.

    Attributes:
        title: what it is called.
        institution: whose it is.
        faculty: the part of the institution whose it is.
        version: of the text it was taken from.
        day: of that text.
        source: what it was taken from.
    """

    title: str
    institution: str
    faculty: str
    version: str
    day: date
    source: str


def head_of(headed: "Plan | Agenda") -> Head:
    """Take the head off a plan or agenda."""
    return Head(*(getattr(headed, name) for name in Head._fields))
