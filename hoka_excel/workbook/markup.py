"""XML as bytes: where each element starts and ends, so that a change can be spliced in and the rest kept.

Text that we write is ASCII with character references.

>>> [(element.name, element.start, element.stop) for element in elements(b"<a><x:b c='1'/></a>")]
[('a', 0, 19), ('b', 3, 15)]
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, TypeVar
from xml.parsers import expat

from hoka_excel.core.errors import WorkbookError

_START_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ENCODING = re.compile(rb"""(<\?xml[^>]*?encoding\s*=\s*["'])([^"']+)""")
UTF_8 = "utf-8"
_READABLE = {"utf-16", "us-ascii", "ascii", "iso-8859-1"}
_SPECIAL = re.compile(r"[^ !#-%'-;=?-~]")
P = TypeVar("P", bound=bytes | memoryview)
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}


@dataclass(slots=True)
class Element:
    """An element of a part that was read.

    Attributes:
        name: without its prefix; so are the names of the attributes.
        attributes: by name; of two that differ in prefix only, the one without.
        depth: 0 for the root.
        start: where its start tag begins.
        inside: where its start tag ends.
        outside: where its end tag begins; `inside` when the element is one tag.
        stop: where it ends.
        text: what it holds itself, without the text of elements inside it.
    """

    name: str
    attributes: dict[str, str]
    depth: int
    start: int
    inside: int
    outside: int = -1
    stop: int = -1
    text: str = ""

    def holds(self, other: "Element") -> bool:
        """Say whether `other` lies inside this element."""
        return self.inside <= other.start < self.outside


class Splice(NamedTuple):
    """Bytes that take the place of `start` to `stop`."""

    start: int
    stop: int
    text: bytes


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Put each splice in its place; they must not overlap."""
    return b"".join(splicing([data], splices))


def splicing(text: Iterable[bytes | memoryview], splices: Iterable[Splice]) -> Iterator[bytes | memoryview]:
    """Put each splice in its place in a text that goes by in pieces; they must not overlap."""
    waiting = deque(sorted(splices, key=itemgetter(0, 1)))
    start = reached = 0
    for piece in text:
        view, stop = memoryview(piece), start + len(piece)
        while waiting and waiting[0].start <= stop:
            splice = waiting.popleft()
            yield view[reached - start : splice.start - start]
            yield splice.text
            reached = splice.stop
        if reached < stop:
            yield view[reached - start :]
            reached = stop
        start = stop


def escaped(text: str) -> str:
    """Write text for use between tags or quotes, in ASCII alone."""
    return _SPECIAL.sub(lambda found: _NAMES.get(found[0]) or f"&#{ord(found[0])};", text)


def encoding_of(data: bytes) -> str:
    """Read how a part says that it is encoded, from its beginning; a part that does not say is in UTF-8."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    declared = _ENCODING.match(data[:200].removeprefix(b"\xef\xbb\xbf"))
    return "utf-16" if wide else declared[2].decode("ascii", "replace").lower() if declared else UTF_8


def in_utf_8(data: bytes, part: str) -> bytes:
    """Bring a part to UTF-8, which nearly every part has.

    Raises:
        WorkbookError: the part has an encoding that workbooks do not have.
    """
    encoding = encoding_of(data)
    if encoding == UTF_8:
        return data
    try:
        text = data.decode(encoding if encoding in _READABLE else "")
    except (UnicodeDecodeError, LookupError) as error:
        raise WorkbookError("package.malformed", part=part, reason=encoding) from error
    return _ENCODING.sub(rb"\1UTF-8", text.encode(), count=1)


def checked_parser(part: str, namespaces: bool = True) -> expat.XMLParserType:
    """Make a parser that refuses a DOCTYPE, and with it every entity bomb."""
    parser = expat.ParserCreate(namespace_separator="\n" if namespaces else None)
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise WorkbookError("package.doctype", part=part, file="")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def well_formed(text: Iterable[P], part: str) -> Iterator[P]:
    """Pass text on as long as an XML parser accepts it.

    Raises:
        WorkbookError: the text is malformed, cut off at its end, or has a DOCTYPE.
    """
    parser = checked_parser(part)
    try:
        for piece in text:
            parser.Parse(piece, False)
            yield piece
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookError("package.malformed", part=part, reason=error) from error


@dataclass(slots=True)
class _Reading:
    """The elements read so far, and those still open."""

    data: bytes
    parser: expat.XMLParserType
    found: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        place = self.parser.CurrentByteIndex
        tag = _START_TAG.match(self.data, place)
        inside = tag.end() if tag else place
        if ":" in "".join(attributes):
            prefixed = {key.rpartition(":")[2]: value for key, value in attributes.items() if ":" in key}
            attributes = prefixed | {key: value for key, value in attributes.items() if ":" not in key}
        element = Element(name.rpartition(":")[2], attributes, len(self.open), place, inside)
        self.found.append(element)
        self.open.append(element)

    def end(self, _name: str) -> None:
        element = self.open.pop()
        if self.data[element.inside - 2 : element.inside] == b"/>":
            element.outside = element.stop = element.inside
        else:
            element.outside = self.parser.CurrentByteIndex
            element.stop = self.data.index(b">", element.outside) + 1

    def text(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text


def elements(data: bytes, part: str = "", *, unfinished: bool = False) -> list[Element]:
    """Read every element in order of its start tag.

    Args:
        data: a small part, or a piece of a large one, in UTF-8.
        part: its name, for messages.
        unfinished: whether `data` may break off; open elements then have -1 for their end.

    Raises:
        WorkbookError: the part is malformed or has a DOCTYPE.
    """
    parser = checked_parser(part, namespaces=False)
    reading = _Reading(data, parser)
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    try:
        parser.Parse(data, not unfinished)
    except expat.ExpatError as error:
        raise WorkbookError("package.malformed", part=part, reason=error) from error
    return reading.found


def children(found: Sequence[Element], parent: Element, name: str) -> list[Element]:
    """Pick the elements called `name` right below `parent`, in order."""
    return [
        element
        for element in found
        if element.name == name and element.depth == parent.depth + 1 and parent.holds(element)
    ]


def prefix_of(data: bytes, element: Element) -> str:
    """Read the prefix, colon included, that the tag of `element` has."""
    tag = data[element.start + 1 : element.inside].decode("latin-1")
    name = re.split(r"[\s/>]", tag, maxsplit=1)[0]
    return name[: -len(element.name)]


def with_attributes(data: bytes, element: Element, **values: str | None) -> Splice:
    """Rewrite the start tag of `element` with attributes set, or taken away where the value is None."""
    tag = data[element.start : element.inside]
    for name, value in values.items():
        tag = re.sub(rb"""\s%s\s*=\s*(?:"[^"]*"|'[^']*')""" % name.encode(), b"", tag)
        if value is not None:
            close = len(tag) - (2 if tag.endswith(b"/>") else 1)
            written = f' {name}="{escaped(value)}"'.encode()
            tag = tag[:close].rstrip() + written + tag[close:]
    return Splice(element.start, element.inside, tag)
