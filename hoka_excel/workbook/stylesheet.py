"""The styles of a workbook: what a style number stands for, and our named styles added to those there are.

A named style that the workbook has already is used as it is there: a controller may have restyled it.
"""

import re
from functools import cached_property
from typing import Literal

from hoka_excel.workbook.book import Book
from hoka_excel.workbook.markup import (
    Element,
    Splice,
    children,
    elements,
    escaped,
    prefix_of,
    spliced,
    with_attributes,
)
from hoka_excel.workbook.sheets import GENERAL
from hoka_excel.workbook.styles import FONT, STYLES, Look, Style

Block = Literal["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"]
_PLAIN = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
_SEEDS: dict[Block, tuple[str, ...]] = {
    "numFmts": (),
    "fonts": ("<\0font/>",),
    "fills": (
        '<\0fill><\0patternFill patternType="none"/></\0fill>',
        '<\0fill><\0patternFill patternType="gray125"/></\0fill>',
    ),
    "borders": ("<\0border/>",),
    "cellStyleXfs": (f"<\0xf {_PLAIN}/>",),
    "cellXfs": (f'<\0xf {_PLAIN} xfId="0"/>',),
    "cellStyles": ('<\0cellStyle name="Normal" xfId="0" builtinId="0"/>',),
    "dxfs": (),
}
"""The blocks of a styles part in the order of the schema, and what each must hold before anything of ours."""
_BUILT_IN = {GENERAL: 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "@": 49}
_FORMAT = re.compile("<\0xf[^>]*?>(.*)</\0xf>", re.DOTALL)
_FIRST_OWN_FORMAT = 164
_FALSE = {"0", "false", "off"}
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Stylesheet:
    """The styles part of a workbook, and what is added to it until it is saved."""

    def __init__(self, book: Book) -> None:
        """Read the styles of `book`; a workbook without any gets its own once something is added."""
        self._book = book
        self._part = book.linked("styles")
        self._data = book.draft.read(self._part) if self._part else book.new_root("styleSheet")
        self._elements = elements(self._data, self._part)
        self._prefix = prefix_of(self._data, self._elements[0])
        self._added: dict[Block, list[str]] = {block: [] for block in _SEEDS}
        self._numbers: dict[tuple[str, str], int] = {}
        self._there: dict[Block, list[str]] = {}

    def is_locked(self, style: str | None) -> bool:
        """Say whether sheet protection locks a cell of this style number; it does unless told otherwise."""
        number = int(style or 0)
        formats = self._children("cellXfs")
        if number >= len(formats):
            return True
        inside = children(self._elements, formats[number], "protection")
        return not any(element.attributes.get("locked") in _FALSE for element in inside)

    def number(self, name: str, number_format: str) -> int:
        """Find the style number of a named style with a number format, adding what is missing."""
        key = name, number_format
        if key not in self._numbers:
            self._numbers[key] = self._cell_format(self._named(name), self._format_id(number_format))
        return self._numbers[key]

    def rule_look(self, look: Look) -> int:
        """Find the number of the look that a rule gives, adding what is missing."""
        font = number = fill = ""
        if look.colours is not None:
            text, ground = look.colours
            font = f'<\0font><\0color rgb="FF{text}"/></\0font>'
            pattern = f'<\0patternFill patternType="solid"><\0bgColor rgb="FF{ground}"/></\0patternFill>'
            fill = f"<\0fill>{pattern}</\0fill>"
        if look.number_format is not None:
            code, own = escaped(look.number_format), self._format_id(look.number_format)
            number = f'<\0numFmt numFmtId="{own}" formatCode="{code}"/>'
        return self._place("dxfs", f"<\0dxf>{font}{number}{fill}</\0dxf>")

    def save(self) -> None:
        """Put what was added into the draft."""
        if not any(self._added.values()):
            return
        if not self._part:
            self._part = self._book.add_part("xl/styles.xml", "styles", _CONTENT_TYPE)
        splices = [splice for block in _SEEDS for splice in self._grown(block)]
        self._book.draft.put(self._part, [spliced(self._data, splices)])

    @cached_property
    def _blocks(self) -> dict[str, Element]:
        return {element.name: element for element in self._elements if element.depth == 1}

    def _children(self, block: Block) -> list[Element]:
        found = self._blocks.get(block)
        if found is None:
            return []
        return [other for other in self._elements if other.depth == found.depth + 1 and found.holds(other)]

    def _markup(self, block: Block) -> list[str]:
        """List the elements of a block, there and added, as text with a NUL for the prefix."""
        if block not in self._there:
            tag = re.compile(rf"<(/?){re.escape(self._prefix)}(?=\w)")
            self._there[block] = [
                tag.sub("<\\1\0", self._data[element.start : element.stop].decode("latin-1"))
                for element in self._children(block)
            ]
        return [*(self._there[block] or _SEEDS[block]), *self._added[block]]

    def _read(self, block: Block) -> list[Element]:
        """Read the elements of a block, there and added."""
        markup = "".join(self._markup(block)).replace("\0", "")
        return elements(b"<a>" + markup.encode("latin-1") + b"</a>")[1:]

    def _place(self, block: Block, markup: str) -> int:
        """Find an element in its block, adding it when it is not there."""
        known = self._markup(block)
        if markup in known:
            return known.index(markup)
        self._added[block].append(markup)
        return len(known)

    def _format_id(self, code: str) -> int:
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        own = self._read("numFmts")
        for element in own:
            if element.attributes.get("formatCode") == code:
                return int(element.attributes["numFmtId"])
        taken = [int(element.attributes.get("numFmtId", 0)) for element in own]
        number = max([_FIRST_OWN_FORMAT - 1, *taken]) + 1
        self._added["numFmts"].append(f'<\0numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>')
        return number

    def _named(self, name: str) -> int:
        """Find the number of a named style, adding it when the workbook does not know it."""
        for element in self._read("cellStyles"):
            if element.attributes.get("name") == name:
                return int(element.attributes.get("xfId", 0))
        look = STYLES[name]
        parts = " ".join(
            (
                'numFmtId="0"',
                f'fontId="{self._place("fonts", _font(look))}"',
                f'fillId="{self._place("fills", _fill(look))}"',
                f'borderId="{self._place("borders", _border(look))}"',
            )
        )
        number = len(self._markup("cellStyleXfs"))
        self._added["cellStyleXfs"].append(f"<\0xf {parts}{_alignment(look)}</\0xf>")
        self._added["cellStyles"].append(f'<\0cellStyle name="{escaped(name)}" xfId="{number}"/>')
        return number

    def _cell_format(self, named: int, number_format: int) -> int:
        """Find the cell format that follows a named style and differs in its number format alone."""
        look = [element for element in self._read("cellStyleXfs") if element.depth == 1][named].attributes
        ids = " ".join(f'{key}="{look.get(key, "0")}"' for key in ("fontId", "fillId", "borderId"))
        found = _FORMAT.fullmatch(self._markup("cellStyleXfs")[named])
        inside = (found and found[1]) or ""
        applied = "".join(
            f' apply{what}="1"'
            for what in ("NumberFormat", "Font", "Fill", "Border", "Alignment", "Protection")
        )
        tag = f'xf numFmtId="{number_format}" {ids} xfId="{named}"{applied}'
        return self._place("cellXfs", f"<\0{tag}>{inside}</\0xf>" if inside else f"<\0{tag}/>")

    def _grown(self, block: Block) -> list[Splice]:
        """Write a block with what was added to it."""
        if not self._added[block]:
            return []
        there = self._children(block)
        new = "".join((*(() if there else _SEEDS[block]), *self._added[block]))
        text = new.replace("\0", self._prefix).encode("latin-1")
        count = str(len(self._markup(block)))
        element, name = self._blocks.get(block), f"{self._prefix}{block}"
        if element is not None and there:
            tag = with_attributes(self._data, element, count=count)
            return [tag, Splice(element.outside, element.outside, text)]
        whole = f'<{name} count="{count}">'.encode() + text + f"</{name}>".encode()
        if element is not None:
            return [Splice(element.start, element.stop, whole)]
        place = self._place_of_new_block(block)
        return [Splice(place, place, whole)]

    def _place_of_new_block(self, block: Block) -> int:
        """Find where the schema wants a block: after those that precede it."""
        order = list(_SEEDS)
        before = [self._blocks[name].stop for name in order[: order.index(block)] if name in self._blocks]
        return max([self._elements[0].inside, *before])


def _font(look: Style) -> str:
    marks = "".join(f"<\0{mark}/>" for mark, wanted in _font_marks(look) if wanted)
    shape = (
        f'<\0sz val="{look.size}"/><\0color rgb="FF{look.colour}"/><\0name val="{FONT}"/><\0family val="2"/>'
    )
    return f"<\0font>{marks}{shape}</\0font>"


def _font_marks(look: Style) -> tuple[tuple[str, bool], ...]:
    return ("b", look.bold), ("i", look.italic), ("u", look.underline)


def _fill(look: Style) -> str:
    if look.fill is None:
        return _SEEDS["fills"][0]
    colours = f'<\0fgColor rgb="FF{look.fill}"/><\0bgColor indexed="64"/>'
    return f'<\0fill><\0patternFill patternType="solid">{colours}</\0patternFill></\0fill>'


def _border(look: Style) -> str:
    drawn = {
        "": {},
        "top": {"top": "thin"},
        "bottom": {"bottom": "thin"},
        "box": dict.fromkeys(("left", "right", "top", "bottom"), "thin"),
        "double": {"top": "thin", "bottom": "double"},
    }[look.rules]
    edges = "".join(
        f'<\0{edge} style="{drawn[edge]}"><\0color auto="1"/></\0{edge}>' if edge in drawn else f"<\0{edge}/>"
        for edge in ("left", "right", "top", "bottom", "diagonal")
    )
    return f"<\0border>{edges}</\0border>"


def _alignment(look: Style) -> str:
    """Close the start tag of a format and write how its text is placed and whether it is locked."""
    horizontal = f' horizontal="{look.align or "left"}"' if look.align or look.indent else ""
    wrap = ' wrapText="1"' if look.wrap else ""
    indent = f' indent="{look.indent}"' if look.indent else ""
    lock = "1" if look.locked else "0"
    return f'><\0alignment{horizontal} vertical="center"{wrap}{indent}/><\0protection locked="{lock}"/>'
