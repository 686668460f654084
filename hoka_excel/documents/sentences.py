"""Split running text into sentences, each with its place and the heading it stands under.

Lines are wrapped, words broken at the margin, and empty lines may stand inside a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hoka_excel.documents.document import Spot, TextLine

_BULLET = re.compile(r"^\s*(?:[\uf0b7•▪◦‣]|[-–*]\s)\s*")
_ENDS = re.compile(r"[.?!:;][)’'\"]?$")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-ZÀ-Þ‘\"(])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:ca|bv|nl|bijv|resp|incl|excl|prof|dr|blz|p|nr)|\b\w(?:\.\w)+|\b\d+)\.$", re.IGNORECASE
)
_BROKEN_WORD = re.compile(r"(?<=\w)-$")
_UNFINISHED = re.compile(
    r"\b(?:aan|bij|dat|de|die|door|een|en|het|in|met|of|om|op|te|van|voor|and|by|for|in|of|the|to|with)$",
    re.IGNORECASE,
)
_YEARS_INSIDE = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?\s+[a-z]")
_SHORT = 60
_LONGEST_HEADING = 80
_LONGEST = 4_000
"""What is longer is no sentence that a person wrote; it is left out."""
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the running text.

    Attributes:
        text: in one line.
        spot: where it starts.
        heading: the heading above it; may be empty.
    """

    text: str
    spot: Spot
    heading: str


def sentences_of(lines: Iterable[TextLine]) -> list[Sentence]:
    """Split lines into sentences, in order."""
    found: list[Sentence] = []
    heading = ""
    for passage in _passages(lines):
        texts = _texts(passage)
        found += [Sentence(text, spot, heading) for text, spot in texts if len(text) <= _LONGEST]
        text = texts[-1][0]
        if len(texts) == 1 and len(text) <= _LONGEST_HEADING and not text.endswith((".", ":", ";")):
            is_listed = bool(_BULLET.match(passage[0].text))
            heading = heading if is_listed else text
    return found


def _passages(lines: Iterable[TextLine]) -> Iterator[list[TextLine]]:
    """Gather the lines that run on into each other."""
    passage: list[TextLine] = []
    has_gap = False
    for line in lines:
        if not line.text.strip():
            has_gap = True
            continue
        if len(line.text) > _LONGEST:
            continue
        if len(passage) == _MOST_LINES or (passage and not _runs_on(passage[-1], line, has_gap=has_gap)):
            yield passage
            passage = []
        passage.append(line)
        has_gap = False
    if passage:
        yield passage


def _runs_on(line: TextLine, following: TextLine, *, has_gap: bool) -> bool:
    """Say whether the text of a line runs on in the following line that is not empty."""
    text, more = line.text.strip(), following.text.strip()
    if _BULLET.match(more):
        return False
    starts_low = more[0].islower() or more[0] in "(&/" or bool(_YEARS_INSIDE.match(more))
    if _ENDS.search(text) or (has_gap and text.isupper()):
        return starts_low and not text.endswith(".")
    if starts_low or _BROKEN_WORD.search(text) or _UNFINISHED.search(text):
        return True
    is_set_in = following.text[0].isspace() and not line.text[0].isspace()
    is_near = line.spot.page == following.spot.page and not is_set_in
    return is_near and (len(text) > _SHORT or (not has_gap and text.endswith(",")))


def _texts(passage: Sequence[TextLine]) -> list[tuple[str, Spot]]:
    """Join the lines of a passage and split it at the ends of its sentences."""
    text, starts = "", list[tuple[int, Spot]]()
    for line in passage:
        part = _BULLET.sub("", line.text).strip()
        text = _joined(text, part)
        starts.append((len(text) - len(part), line.spot))
    found, begin = [], 0
    for end in [*(match.end() for match in _SENTENCE.finditer(text)), len(text)]:
        piece = text[begin:end].strip()
        if end < len(text) and _ABBREVIATED.search(piece):
            continue
        spot = [spot for start, spot in starts if start <= begin or start == 0][-1]
        found.append((" ".join(piece.split()), spot))
        begin = end
    return found


def _joined(text: str, part: str) -> str:
    """Join two lines; a word broken at the margin becomes whole, "bachelor- en" stays."""
    if _BROKEN_WORD.search(text) and part[:1].islower() and not part.startswith(("en ", "of ")):
        return (text if part.startswith("based") else text[:-1]) + part
    return f"{text} {part}" if text else part
