"""What the first lines of a document say about it: title, version, day, faculty, institution."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hoka_excel.documents.document import TextLine

_VERSION = re.compile(r"\b(?:versie|version)\s*:?\s*v?(?P<version>\d[\w.]*)", re.IGNORECASE)
_DAY = re.compile(r"\b(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)\b")
_MONTHS = {
    name: number
    for names in (
        ("januari", "februari", "maart", "april", "mei", "juni"),
        ("january", "february", "march", "april", "may", "june"),
    )
    for number, name in enumerate((*names, "juli", "augustus", "september", "oktober", "november"), start=1)
} | {"july": 7, "august": 8, "october": 10, "december": 12}
_WRITTEN_DAY = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FACULTY = re.compile(
    r"\b(?:faculteit|faculty of)\s+(?:der\s+|voor\s+|van\s+)?(?P<name>[A-Z]\w+)", re.IGNORECASE
)
_INSTITUTION = re.compile(
    r"\b(?P<name>Universiteit\s+(?:van\s+)?[A-Z]\w+|[A-Z]\w+\s+Universiteit(?:\s+[A-Z]\w+)?"
    r"|[A-Z]\w+\s+University|University\s+of\s+[A-Z]\w+|Erasmus\s+M(?:C|edisch\s+Centrum)"
    r"|UU|UvA|VU|RUG|EUR|WUR|TU\s?[A-Z]\w+|UT|UM|RU|UL)\b"
)
_TITLE_LINES = 6


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says about itself; an empty text or None where it does not say."""

    title: str
    version: str
    day: date | None
    faculty: str
    institution: str


def head_of(prose: Sequence[TextLine]) -> Head:
    """Read the head of a document off its running text: the title stands above the version, or first."""
    lines = [" ".join(line.text.split()) for line in prose if line.text.strip()]
    first = lines[:_TITLE_LINES]
    stop = next((index for index, line in enumerate(first) if _VERSION.search(line) or _day_in(line)), 1)
    title = " ".join(first[: max(stop, 1)])
    text = "\n".join(lines)
    return Head(
        title=title,
        version=_found(_VERSION, "\n".join(first), "version"),
        day=_day_in("\n".join(first)),
        faculty=_found(_FACULTY, title, "name") or _found(_FACULTY, text, "name"),
        institution=_found(_INSTITUTION, title, "name") or _found(_INSTITUTION, text, "name"),
    )


def _found(pattern: re.Pattern[str], text: str, group: str) -> str:
    match = pattern.search(text)
    return " ".join(match[group].split()).rstrip(".") if match else ""


def _day_in(text: str) -> date | None:
    if match := _DAY.search(text):
        month = int(match["month"])
    elif match := _WRITTEN_DAY.search(text):
        month = _MONTHS[match["month"].lower()]
    else:
        return None
    try:
        return date(int(match["year"]), month, int(match["day"]))
    except ValueError:
        return None
