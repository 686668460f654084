"""Notes at cells, which Excel once called comments, added to a sheet that may have notes and buttons already.

A note is a text in the comments part of its sheet and a shape in its VML drawing, which form controls share.

Source: ECMA-376 part 1, 18.7; part 4, 19 (VML).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import Area, address, area
from hoka_excel.workbook.book import Book, Tab
from hoka_excel.workbook.limits import TEXT_LENGTH
from hoka_excel.workbook.markup import Element, Splice, children, elements, escaped, prefix_of, spliced
from hoka_excel.workbook.sheet_part import SheetPart
from hoka_excel.workbook.sheets import Position

AUTHOR = "HoKa"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_LEGACY_DRAWING = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
        "webPublishItems",
        "tableParts",
        "extLst",
    }
)
"""What the schema wants after the reference to the VML drawing."""
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_FIRST_SHAPE = 1025
_KIND = "_x0000_t202"
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_NEW_DRAWING = (
    f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_NOTE_KIND = (
    f'<v:shapetype {_SPACES} id="{_KIND}" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDTH, _LINES = 3, 5
"""How many columns and rows a note lies over when it shows."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The texts of notes to be added to a sheet, by place; none may have a note already."""

    sheet: str
    texts: Mapping[Position, str]


def add_notes(book: Book, notes: Notes, *, obey_protection: bool = True) -> None:
    """Add notes to a sheet.

    Raises:
        UsageError: there is no such sheet, its objects are protected, or a place has a note, lies inside a
            merged cell, or is to get a text that a note cannot hold.
        WorkbookError: the workbook is not sound.
    """
    tab = book.tab(notes.sheet)
    part = SheetPart.of(tab.name, book.draft.read(tab.part))
    locks = part.tail_elements("sheetProtection")
    if obey_protection and any(lock.attributes.get("objects") in {"1", "true"} for lock in locks):
        raise UsageError("notes.locked", sheet=tab.name)
    merged = [area(merge.attributes["ref"]) for merge in part.tail_elements("mergeCell")]
    for place, text in notes.texts.items():
        _check(f"{tab.name}!{address(place)}", place, text, merged)
    _add_texts(book, tab, notes.texts)
    _add_shapes(book, tab, part, notes.texts)


def _check(named: str, place: Position, text: str, merged: list[Area]) -> None:
    if any(place in block and place != block.first for block in merged):
        raise UsageError("cells.merged", place=named, range="", name=named)
    if not text.strip() or len(text) > TEXT_LENGTH or _UNFIT.search(text):
        raise UsageError("notes.bad_text", place=named, limit=TEXT_LENGTH)


def _linked(book: Book, tab: Tab, kind: str) -> str:
    links = book.draft.relationships(tab.part)
    return next((link.target for link in links if link.kind == kind), "")


def _add_part(book: Book, tab: Tab, kind: str, name: str, content_type: str) -> str:
    """Link a sheet to a new part whose name has the first free number."""
    number = 1
    while name.format(number) in book.draft:
        number += 1
    part = name.format(number)
    book.draft.relate(tab.part, book.link_type(kind), part)
    book.draft.declare(part, content_type)
    return part


def _add_texts(book: Book, tab: Tab, texts: Mapping[Position, str]) -> None:
    part = _linked(book, tab, "comments")
    if not part:
        part = _add_part(book, tab, "comments", "xl/comments{}.xml", _COMMENTS_TYPE)
        empty = book.new_root("comments").replace(
            b"></comments>", b"><authors></authors><commentList></commentList></comments>"
        )
        book.draft.put(part, [empty])
    data = book.draft.read(part)
    found = elements(data, part)
    authors = next(element for element in found if element.name == "authors")
    listed = next(element for element in found if element.name == "commentList")
    there = {element.attributes.get("ref") for element in children(found, listed, "comment")}
    double = [address(place) for place in texts if address(place) in there]
    if double:
        raise UsageError("notes.there", place=f"{tab.name}!{double[0]}")
    p = prefix_of(data, listed)
    number = len(children(found, authors, "author"))
    written = "".join(
        f'<{p}comment ref="{address(place)}" authorId="{number}" shapeId="0"><{p}text><{p}r>'
        f'<{p}t xml:space="preserve">{escaped(text)}</{p}t></{p}r></{p}text></{p}comment>'
        for place, text in sorted(texts.items())
    )
    author = f"<{p}author>{AUTHOR}</{p}author>"
    splices = [_inside(data, authors, author), _inside(data, listed, written)]
    book.draft.put(part, [spliced(data, splices)])


def _inside(data: bytes, element: Element, text: str) -> Splice:
    """Add text at the end of an element, which may be a single tag."""
    if element.inside < element.stop:
        return Splice(element.outside, element.outside, text.encode())
    opened = data[element.start : element.stop].removesuffix(b"/>").rstrip()
    name = f"{prefix_of(data, element)}{element.name}"
    return Splice(element.start, element.stop, opened + f">{text}</{name}>".encode())


def _add_shapes(book: Book, tab: Tab, part: SheetPart, texts: Mapping[Position, str]) -> None:
    drawing = _drawing(book, tab, part)
    data = book.draft.read(drawing)
    end = data.rfind(b"</")
    if end < 0:
        raise UsageError("notes.odd_drawing", sheet=tab.name)
    number = max([_FIRST_SHAPE - 1, *(int(found[1]) for found in _SHAPE_NUMBER.finditer(data))]) + 1
    kind = "" if f'id="{_KIND}"'.encode() in data else _NOTE_KIND
    shapes = "".join(_shape(place, number + index) for index, place in enumerate(sorted(texts)))
    book.draft.put(drawing, [spliced(data, [Splice(end, end, (kind + shapes).encode())])])


def _drawing(book: Book, tab: Tab, part: SheetPart) -> str:
    """Find the VML drawing of a sheet, or give it one and refer to it."""
    links = {link.id: link.target for link in book.draft.relationships(tab.part)}
    for element in part.tail_elements("legacyDrawing"):
        return links[element.attributes["id"]]
    drawing = _add_part(book, tab, "vmlDrawing", "xl/drawings/vmlDrawing{}.vml", _VML_TYPE)
    book.draft.put(drawing, [_NEW_DRAWING.encode()])
    link = next(link.id for link in book.draft.relationships(tab.part) if link.target == drawing)
    tag = f'<{part.prefix}legacyDrawing xmlns:r="{book.link_space}" r:id="{link}"/>'.encode()
    place = part.place_before(_AFTER_LEGACY_DRAWING)
    book.draft.put(tab.part, [spliced(book.draft.read(tab.part), [Splice(place, place, tag)])])
    return drawing


def _shape(place: Position, number: int) -> str:
    row, column = place.row - 1, place.column - 1
    top = max(0, row - 1)
    anchor = f"{column + 1},15,{top},10,{column + 1 + _WIDTH},15,{top + _LINES},4"
    return (
        f'<v:shape {_SPACES} id="_x0000_s{number}" type="#{_KIND}" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
