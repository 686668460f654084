"""The parts of a package as they will become: changed ones kept apart until all is written in one go."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.admission import part_key
from hoka_excel.workbook.deflate import Piece
from hoka_excel.workbook.markup import (
    UTF_8,
    Element,
    Splice,
    elements,
    encoding_of,
    escaped,
    in_utf_8,
    prefix_of,
    spliced,
    splicing,
)
from hoka_excel.workbook.package import Package

CONTENT_TYPES = "[Content_Types].xml"
Checked = Callable[[Iterator[Piece]], Iterator[Piece]]
_DECLARED_WITHIN = 200
_NO_LINKS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another.

    Attributes:
        id: by which the part itself refers to it.
        type: the whole type, an address.
        target: the part it leads to; "" when it leads out of the package.
    """

    id: str
    type: str
    target: str

    @property
    def kind(self) -> str:
        """The last word of the type: worksheet, table; the same in transitional and strict files."""
        return self.type.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Spliced:
    """What a large part becomes: the text that the package has, changed here and there as it goes by.

    Attributes:
        splices: what changes.
        checked: passes the old text on, or refuses it.
    """

    splices: Sequence[Splice]
    checked: Checked

    def of(self, text: Iterator[Piece]) -> Iterator[Piece]:
        """Make the new text of the old."""
        return splicing(self.checked(text), self.splices)


@dataclass(slots=True)
class Draft:
    """A package and the changes to it.

    Attributes:
        package: what is being changed.
        changes: what each changed part becomes: another text, the same text with splices, or None where the
            part goes.
    """

    package: Package
    changes: dict[str, Sequence[Piece] | Spliced | None] = field(default_factory=dict)
    _parsed: dict[str, tuple[bytes, list[Element]]] = field(default_factory=dict)

    def __contains__(self, part: str) -> bool:
        """Say whether the part is there, or will be."""
        key = part_key(part)
        changed = {part_key(name): text for name, text in self.changes.items()}
        return changed[key] is not None if key in changed else part in self.package

    def read(self, part: str) -> bytes:
        """Read a small part as it stands now, in UTF-8.

        Raises:
            WorkbookError: there is no such part, or it is damaged.
        """
        return b"".join(self.pieces(part))

    def pieces(self, part: str) -> Iterator[Piece]:
        """Read a part piece by piece as it stands now, in UTF-8.

        Raises:
            WorkbookError: there is no such part, or it is damaged.
        """
        changed = self.changes.get(self._name(part))
        if isinstance(changed, Spliced):
            return changed.of(_in_utf_8(self.package.pieces(part), part))
        return _in_utf_8(self.package.pieces(part) if changed is None else changed, part)

    def size(self, part: str) -> int:
        """Say how many bytes a part has as it stands now; before it was brought to UTF-8, if it had to be."""
        changed = self.changes.get(self._name(part))
        if isinstance(changed, Spliced):
            more = sum(len(splice.text) - splice.stop + splice.start for splice in changed.splices)
            return self.package.size(part) + more
        return self.package.size(part) if changed is None else sum(map(len, changed))

    def elements(self, part: str) -> list[Element]:
        """Read the elements of a small part as it stands now; parsed once for as long as it stays so.

        Raises:
            WorkbookError: there is no such part, or it is damaged.
        """
        text = self.read(part)
        known, found = self._parsed.get(part, (b"", []))
        if known != text:
            found = elements(text, part)
            self._parsed[part] = text, found
        return found

    def put(self, part: str, text: Sequence[Piece]) -> None:
        """Change or add a part."""
        self.changes[self._name(part)] = text

    def splice(self, part: str, splices: Sequence[Splice], checked: Checked = iter) -> None:
        """Change a part here and there; it is not held in memory unless it changes once more.

        Args:
            part: its name.
            splices: what changes in it.
            checked: passes its text on, or refuses it.
        """
        name, change = self._name(part), Spliced(splices, checked)
        self.changes[name] = [*change.of(iter([self.read(part)]))] if name in self.changes else change

    def _name(self, part: str) -> str:
        """Keep one name for a part, however its letters are cased."""
        return next((name for name in self.changes if part_key(name) == part_key(part)), part)

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """List the links that start at `part`; "" is the package itself."""
        source = relationships_part(part)
        return links_of(part, self.read(source)) if source in self else ()

    def relate(self, part: str, kind_like: str, target: str) -> str:
        """Add a link from `part` to `target`.

        Args:
            part: where it starts.
            kind_like: the whole type of the link.
            target: the part it leads to.

        Returns:
            The id of the link.
        """
        source = relationships_part(part)
        data = self.read(source) if source in self else _NO_LINKS
        taken = {link.id for link in self.relationships(part)}
        new = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
        near = posixpath.relpath(target, posixpath.dirname(part) or ".")
        written = f'Id="{new}" Type="{escaped(kind_like)}" Target="{escaped(near)}"'
        self.put(source, [_with_child(data, source, f"Relationship {written}")])
        return new

    def drop(self, part: str, *, linked_from: str) -> None:
        """Take a part away, with the links to it from one part and its entry in the content types."""
        self.changes[self._name(part)] = None
        own_links = relationships_part(part)
        if own_links in self:
            self.changes[self._name(own_links)] = None
        source = relationships_part(linked_from)
        data = self.read(source)
        gone = [
            Splice(element.start, element.stop, b"")
            for element in _links(data, source)
            if part_key(_relationship(element, linked_from).target) == part_key(part)
        ]
        self.put(source, [spliced(data, gone)])
        types = self.read(CONTENT_TYPES)
        entries = [
            Splice(element.start, element.stop, b"")
            for element in elements(types, CONTENT_TYPES)
            if part_key(element.attributes.get("PartName", "")) == "/" + part_key(part)
        ]
        self.put(CONTENT_TYPES, [spliced(types, entries)])

    def declare(self, part: str, content_type: str) -> None:
        """Say in the content types what a new part is."""
        types = self.read(CONTENT_TYPES)
        entry = f'Override PartName="/{escaped(part)}" ContentType="{escaped(content_type)}"'
        self.put(CONTENT_TYPES, [_with_child(types, CONTENT_TYPES, entry)])


def _in_utf_8(text: Iterable[Piece], part: str) -> Iterator[Piece]:
    """Pass on a text in UTF-8 as it comes, and bring any other to UTF-8 whole."""
    pieces = iter(text)
    first = next(pieces, b"")
    if encoding_of(bytes(first[:_DECLARED_WITHIN])) == UTF_8:
        yield first
        yield from pieces
    else:
        yield in_utf_8(b"".join([first, *pieces]), part)


def relationships_part(part: str) -> str:
    """Name the part that holds the links of `part`."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def links_of(part: str, data: bytes) -> tuple[Relationship, ...]:
    """Read the links of `part` from the part that holds them."""
    return tuple(_relationship(element, part) for element in _links(data, relationships_part(part)))


def _links(data: bytes, part: str) -> list[Element]:
    return [element for element in elements(data, part) if element.name == "Relationship"]


def _relationship(element: Element, part: str) -> Relationship:
    values: Mapping[str, str] = element.attributes
    outside = values.get("TargetMode") == "External"
    target = "" if outside else resolved(part, values.get("Target", ""))
    return Relationship(values.get("Id", ""), values.get("Type", ""), target)


def resolved(part: str, target: str) -> str:
    """Find the part that a link of `part` leads to.

    Raises:
        WorkbookError: the link climbs out of the package.
    """
    path = unquote(target.replace("\\", "/").partition("#")[0])
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")
    climbs = posixpath.normpath(posixpath.join(posixpath.dirname(part), path)).startswith("../")
    if climbs and not path.startswith("/"):
        raise WorkbookError("package.unsafe_name", file=part, part=target)
    return joined


def _with_child(data: bytes, part: str, child: str) -> bytes:
    """Add an element without content as the last child of the root."""
    root = elements(data, part)[0]
    tag = f"<{prefix_of(data, root)}{child}/>".encode()
    if root.inside == root.stop:
        opened = data[root.start : root.inside].removesuffix(b"/>").rstrip() + b">"
        closed = f"</{prefix_of(data, root)}{root.name}>".encode()
        return spliced(data, [Splice(root.start, root.stop, opened + tag + closed)])
    return spliced(data, [Splice(root.outside, root.outside, tag)])
