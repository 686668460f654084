"""Notes at cells, which Excel once called comments, put on a sheet that may have notes and buttons already.

A note is a text in the comments part of its sheet and a shape in its VML drawing, which form controls share.

Source: ECMA-376 part 1, 18.7; part 4, 19 (VML).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import Area, address, area
from hoka_excel.workbook.book import Book, Tab
from hoka_excel.workbook.cell_values import text_of
from hoka_excel.workbook.excel_bounds import TEXT_LENGTH
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
_SHAPE = re.compile(rb"<((?:\w+:)?shape)\b.*?</\1\s*>", re.DOTALL)
_SHAPE_PLACE = re.compile(rb"<(?:\w+:)?(Row|Column)>\s*(\d{1,9})\s*<")
_IS_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
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
    """The texts of notes to be put on a sheet, by place; None takes a note away."""

    sheet: str
    texts: Mapping[Position, str | None]


def put_notes(book: Book, notes: Notes, *, obey_protection: bool = True) -> dict[Position, str | None]:
    """Put notes on a sheet; one that is there keeps its author and its size, and gets the new text.

    Returns:
        The text that each place had; None where there was no note.

    Raises:
        UsageError: there is no such sheet, its objects are protected, or a place has a conversation, lies
            inside a merged cell, or is to get a text that a note cannot hold.
        WorkbookError: the workbook is not sound.
    """
    tab = book.tab(notes.sheet)
    part = SheetPart.of(tab.name, book.draft.pieces(tab.part))
    locks = part.tail_elements("sheetProtection")
    if obey_protection and any(lock.attributes.get("objects") in {"1", "true"} for lock in locks):
        raise UsageError("notes.locked", sheet=tab.name)
    merged = [area(merge.attributes["ref"]) for merge in part.tail_elements("mergeCell")]
    threads = _threads(book, tab)
    for place, text in notes.texts.items():
        named = f"{tab.name}!{address(place)}"
        if address(place) in threads:
            raise UsageError("notes.thread", place=named)
        if text is not None:
            _check(named, place, text, merged)
    old = _put_texts(book, tab, notes.texts)
    new = [place for place, text in notes.texts.items() if text is not None and old[place] is None]
    gone = [place for place, text in notes.texts.items() if text is None and old[place] is not None]
    if new:
        _add_shapes(book, tab, part, new)
    if gone:
        _remove_shapes(book, _drawing(book, tab, part), gone)
    return old


def _check(named: str, place: Position, text: str, merged: list[Area]) -> None:
    if any(place in block and place != block.first for block in merged):
        raise UsageError("cells.merged", place=named, range="", name=named)
    if not text.strip() or len(text) > TEXT_LENGTH or _UNFIT.search(text):
        raise UsageError("notes.bad_text", place=named, limit=TEXT_LENGTH)


def _threads(book: Book, tab: Tab) -> set[str]:
    """List the cells with a conversation, whose note only says that there is one."""
    part = _linked(book, tab, "threadedComment")
    return {element.attributes.get("ref", "") for element in book.draft.elements(part)} if part else set()


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


def _put_texts(book: Book, tab: Tab, texts: Mapping[Position, str | None]) -> dict[Position, str | None]:
    """Write, replace and remove texts; what each place had comes back."""
    part = _linked(book, tab, "comments")
    if not part and not any(texts.values()):
        return dict.fromkeys(texts)
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
    there = {element.attributes.get("ref"): element for element in children(found, listed, "comment")}
    p, old, splices = prefix_of(data, listed), dict[Position, str | None](), []
    number, written = len(children(found, authors, "author")), ""
    for place, text in sorted(texts.items()):
        comment = there.get(address(place))
        old[place] = None if comment is None else text_of([e for e in found if comment.holds(e)])
        if comment is None and text is not None:
            written += f'<{p}comment ref="{address(place)}" authorId="{number}" shapeId="0">'
            written += _text(p, text) + f"</{p}comment>"
        elif comment is not None:
            whole = comment if text is None else children(found, comment, "text")[0]
            splices.append(Splice(whole.start, whole.stop, _text(p, text).encode()))
    if written:
        splices.append(_inside(data, authors, f"<{p}author>{AUTHOR}</{p}author>"))
        splices.append(_inside(data, listed, written))
    book.draft.put(part, [spliced(data, splices)])
    return old


def _text(prefix: str, text: str | None) -> str:
    if text is None:
        return ""
    run = f'<\0r><\0t xml:space="preserve">{escaped(text)}</\0t></\0r>'
    return f"<\0text>{run}</\0text>".replace("\0", prefix)


def _inside(data: bytes, element: Element, text: str) -> Splice:
    """Add text at the end of an element, which may be a single tag."""
    if element.inside < element.stop:
        return Splice(element.outside, element.outside, text.encode())
    opened = data[element.start : element.stop].removesuffix(b"/>").rstrip()
    name = f"{prefix_of(data, element)}{element.name}"
    return Splice(element.start, element.stop, opened + f">{text}</{name}>".encode())


def _add_shapes(book: Book, tab: Tab, part: SheetPart, places: Collection[Position]) -> None:
    drawing = _drawing(book, tab, part)
    data = book.draft.read(drawing)
    end = data.rfind(b"</")
    if end < 0:
        raise UsageError("notes.odd_drawing", sheet=tab.name)
    number = max([_FIRST_SHAPE - 1, *(int(found[1]) for found in _SHAPE_NUMBER.finditer(data))]) + 1
    kind = "" if f'id="{_KIND}"'.encode() in data else _NOTE_KIND
    shapes = "".join(_shape(place, number + index) for index, place in enumerate(sorted(places)))
    book.draft.put(drawing, [spliced(data, [Splice(end, end, (kind + shapes).encode())])])


def _remove_shapes(book: Book, drawing: str, places: Collection[Position]) -> None:
    data = book.draft.read(drawing)
    gone = {(place.row - 1, place.column - 1) for place in places}
    splices = [
        Splice(shape.start(), shape.end(), b"")
        for shape in _SHAPE.finditer(data)
        if _IS_NOTE.search(shape[0]) and _shape_place(shape[0]) in gone
    ]
    book.draft.put(drawing, [spliced(data, splices)])


def _shape_place(shape: bytes) -> tuple[int, int]:
    """Read the row and column that a shape belongs to, counted from 0; -1 where it does not say."""
    told = {name: int(number) for name, number in _SHAPE_PLACE.findall(shape)}
    return told.get(b"Row", -1), told.get(b"Column", -1)


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
    book.draft.splice(tab.part, [Splice(place, place, tag)])
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
