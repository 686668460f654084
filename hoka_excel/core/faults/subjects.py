"""What a fault of a plan or agenda is: its subject, its code, and what fills its text.

The same rules hold for a file and for a workbook; where a subject stands (a key in a file, a cell on a sheet)
is told by whoever read it.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from hoka_excel.core.messages import Message

Subject = tuple[str | int, ...]
"""What a fault is about, as a path through the plan: ("thema", 0, "aandeel"). Numbers count from 0."""

Whereabouts = Callable[[Subject], str]
"""Says where a subject stands, in the words of the source."""

Fault = tuple[Subject, str, dict[str, object]]
"""What a fault is about, its code, and what fills its text."""

T = TypeVar("T")


def told(faults: Iterable[Fault], where: Whereabouts) -> list[Message]:
    """Tell of every fault where its subject stands."""
    return [Message(code, {"where": where(subject), **values}) for subject, code, values in faults]


def repeated(values: Iterable[T]) -> list[T]:
    """List what occurs more than once, each once, in the order of its first occurrence."""
    return [value for value, count in Counter(values).items() if count > 1]


def unknown_year(year: int, years: Sequence[int], *subject: str | int) -> Iterator[Fault]:
    """Note a year that is none of the years of the plan."""
    if year not in years:
        yield subject, "plan.unknown_year", {"year": year, "known": ", ".join(map(str, years))}
