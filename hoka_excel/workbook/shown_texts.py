"""Where a sheet shows a text: the cells that hold it, found in one pass over the sheet's part."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.addresses import position
from hoka_excel.workbook.book import Book, Tab
from hoka_excel.workbook.markup import checked_parser
from hoka_excel.workbook.shared_strings import SharedStrings
from hoka_excel.workbook.sheets import Position

_TEXT = frozenset({"v", "t"})
_GUIDE = "rPh"
_NOWHERE = Position(0, 0)


def plain(text: str) -> str:
    """Reduce a label to what makes it the same as another: no capitals, no extra space, no colon at its end.

    >>> plain("  Totaal   EUR: ")
    'totaal eur'
    """
    return " ".join(text.split()).removesuffix(":").rstrip().casefold()


def cells_showing(book: Book, tab: Tab, texts: Iterable[str]) -> dict[str, list[Position]]:
    """Find the cells of a sheet that show one of `texts`, as `plain` reduces them.

    Returns:
        For each text, reduced, its cells in the order of the rows; a number shows as it is stored.

    Raises:
        WorkbookError: the part is malformed.
    """
    strings = SharedStrings(book.draft, book.linked("sharedStrings"))
    search = _Search(strings, {plain(text): [] for text in texts})
    parser = checked_parser(tab.part, namespaces=False)
    parser.StartElementHandler = search.start
    parser.EndElementHandler = search.end
    parser.CharacterDataHandler = search.text
    try:
        parser.Parse(book.draft.read(tab.part), True)
    except expat.ExpatError as error:
        raise WorkbookError("package.malformed", part=tab.part, reason=error) from error
    return search.found


@dataclass(slots=True)
class _Search:
    """The state of a pass: where it is, and what it has found."""

    strings: SharedStrings
    found: dict[str, list[Position]]
    place: Position = _NOWHERE
    kind: str = "n"
    parts: list[str] = field(default_factory=list)
    reading: bool = False
    in_guide: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self.place = Position(int(attributes.get("r", self.place.row + 1)), 0)
            case "c":
                here = Position(self.place.row, self.place.column + 1)
                self.place = position(attributes["r"]) if "r" in attributes else here
                self.kind, self.parts = attributes.get("t", "n"), []
            case name if name == _GUIDE:
                self.in_guide = True
            case name:
                self.reading = name in _TEXT and not self.in_guide

    def text(self, text: str) -> None:
        if self.reading:
            self.parts.append(text)

    def end(self, tag: str) -> None:
        self.reading = False
        name = tag.rpartition(":")[2]
        if name == _GUIDE:
            self.in_guide = False
        if name == "c" and self.parts:
            shown = "".join(self.parts)
            cells = self.found.get(plain(self.strings.text(int(shown)) if self.kind == "s" else shown))
            if cells is not None:
                cells.append(self.place)
