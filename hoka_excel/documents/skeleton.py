"""The skeleton of a plan from a document that states no amounts: themes, programmes, sector themes.

What the document counts itself ("vijf ... thema's", "zes thema's") is held against what was found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import tomlkit

from hoka_excel.core.messages import Message
from hoka_excel.documents.document import Document, Spot, TextLine
from hoka_excel.documents.head import head_of
from hoka_excel.documents.sentences import Sentence, sentences_of

_COUNTS = {
    word: number
    for words in (
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for number, word in enumerate(words.split(), start=1)
}
_STATED = re.compile(
    rf"\b(?P<count>{'|'.join(_COUNTS)}|\d+)\s+(?:\w+\s+){{0,2}}?(?:thema|theme)(?:’s|'s|s)?\b(?P<sector>[^.]*\bsector\w*)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<![\d.])(?P<number>\d)\.\s+(?P<name>[^.;()]+?)(?=,?\s+(?:en|and)\s+\d\.\s|,\s+\d\.\s|[).;]|$)"
)
_PROGRAMME = re.compile(
    r"(?P<degrees>bachelor-\s+en\s+(?:de\s+)?master|research\s+master|bachelor|master)opleiding(?:en)?"
    r"(?:,?\s+te\s+weten)?\s+(?P<names>[A-Z].*?)(?=,?\s+en\s+(?:\w+\s+)?(?:research\s+)?(?:bachelor|master)"
    r"|,\s+de\s+(?:research\s+)?(?:bachelor|master)|\.$|$)"
)
_LONGEST_HEADING = 70
_FEWEST_HEADING_LINES = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """A theme or programme.

    Attributes:
        name: as printed.
        detail: the line below the name of a theme, or the degree of a programme; may be empty.
        spot: where it stands.
    """

    name: str
    detail: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Skeleton:
    """What a plan of this document must hold, without amounts.

    Attributes:
        document: what it was made of.
        themes: the document's own themes, in order.
        programmes: what the money may go to, in order.
        sector_themes: the themes of the sector agreement, in order.
        notes: what a reader must know; among them every count that does not come out.
    """

    document: Document
    themes: tuple[Entry, ...]
    programmes: tuple[Entry, ...]
    sector_themes: tuple[Entry, ...]
    notes: tuple[Message, ...]


def skeleton_of(document: Document) -> Skeleton:
    """Find the themes and programmes of a document without amounts."""
    sentences = sentences_of(document.prose)
    sector = _sector_themes(sentences)
    themes = tuple(_themes(document.prose))
    programmes = tuple(entry for sentence in sentences for entry in _programmes(sentence))
    notes = [Message("document.no_amounts", {"file": document.name})]
    for is_sector, found in ((False, themes), (True, sector)):
        stated = _stated_count(sentences, is_sector=is_sector)
        if stated not in {None, len(found)}:
            values = {"stated": stated, "found": len(found)}
            notes.append(Message("document.other_count", values))
    return Skeleton(document, themes, programmes, sector, tuple(notes))


def skeleton_text(skeleton: Skeleton) -> str:
    """Write a skeleton as TOML: a plan file to be filled, that says itself that it holds no amounts."""
    head = head_of(skeleton.document.prose)
    text = tomlkit.document()
    for note in skeleton.notes:
        text.add(tomlkit.comment(note.render()))
    text["schema"] = 1
    text["toestand"] = "geraamte"
    text["instelling"] = head.institution
    text["bron"] = skeleton.document.name
    for key, entries, detail in (
        ("thema", skeleton.themes, "ondertitel"),
        ("opleiding", skeleton.programmes, "graad"),
        ("sectorthema", skeleton.sector_themes, ""),
    ):
        text[key] = _list_of(entries, detail, is_numbered=key != "opleiding")
    return tomlkit.dumps(text)


def _list_of(entries: Sequence[Entry], detail: str, *, is_numbered: bool) -> tomlkit.items.AoT:
    many = tomlkit.aot()
    for number, entry in enumerate(entries, start=1):
        keys = tomlkit.table()
        if is_numbered:
            keys["nummer"] = number
        keys["naam"] = entry.name
        if detail:
            keys[detail] = entry.detail
        keys["plaats"] = f"bladzijde {entry.spot.page}, regel {entry.spot.line}"
        many.append(keys)
    return many


def _stated_count(sentences: Sequence[Sentence], *, is_sector: bool) -> int | None:
    """Read how many themes the document says there are, of the sector or of its own."""
    for sentence in sentences:
        for match in _STATED.finditer(sentence.text):
            if bool(match["sector"]) is is_sector:
                word = match["count"].lower()
                return _COUNTS.get(word) or int(word)
    return None


def _sector_themes(sentences: Sequence[Sentence]) -> tuple[Entry, ...]:
    """Take the numbered themes out of the sentence that speaks of the sector."""
    for sentence in sentences:
        found = [
            Entry(match["name"].strip(), "", sentence.spot) for match in _NUMBERED.finditer(sentence.text)
        ]
        if len(found) > 1 and "sector" in sentence.text.lower():
            return tuple(found)
    return ()


def _themes(lines: Sequence[TextLine]) -> Iterator[Entry]:
    """Find the themes: a heading with a second heading below it, before running text.

    A heading of one line, or in capitals, heads a chapter.
    """
    for block in _heading_blocks(lines):
        parts: list[TextLine] = []
        for line in block:
            text = line.text.strip()
            if parts and not text[0].isupper():
                before = parts[-1].text.strip()
                parts[-1] = TextLine(f"{before}{'' if before.endswith('-') else ' '}{text}", parts[-1].spot)
            else:
                parts.append(TextLine(text, line.spot))
        if len(parts) == _FEWEST_HEADING_LINES and not parts[0].text.isupper():
            yield Entry(parts[0].text, parts[1].text, parts[0].spot)


def _heading_blocks(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Gather short lines after an empty one, up to the empty line before running text.

    An empty line inside a heading does not end it when the heading goes on in lower case or brackets.
    """
    block: list[TextLine] = []
    gap = True
    is_open = True
    for line in lines:
        text = line.text.strip()
        if not text:
            gap = True
            continue
        goes_on = not text[0].isupper()
        if gap and not (is_open and block and goes_on):
            if is_open and block:
                yield block
            block, is_open = [], True
        block.append(line)
        is_open = is_open and len(text) <= _LONGEST_HEADING and not text.endswith((".", ",", ";", ":"))
        gap = False


def _programmes(sentence: Sentence) -> Iterator[Entry]:
    """List the programmes a sentence names, one for each degree."""
    for match in _PROGRAMME.finditer(sentence.text):
        degrees = re.findall(r"research master|bachelor|master", match["degrees"])
        for name in _names(match["names"].rstrip(". "), is_list=degrees == ["research master"]):
            for degree in degrees:
                yield Entry(name, degree, sentence.spot)


def _names(text: str, *, is_list: bool) -> list[str]:
    """Split a list of names; "and" inside a name is none of the list."""
    return re.split(r",\s+|\s+en\s+", text) if is_list else [text.strip()]
