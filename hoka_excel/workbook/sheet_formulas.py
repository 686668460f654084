"""What calamine does not tell of the sheets of an .xlsx: formulas, number formats, errors, what is hidden.

One pass of expat over a sheet, piece by piece, and of a sheet written the way workbook programs do only over
what tells something. Of blank cells nothing is kept, so that millions of them cost no memory.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from xml.parsers import expat
from zipfile import ZIP_STORED, ZipFile

from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.grid import Spot, cell_spot
from hoka_excel.tables.names import Names
from hoka_excel.workbook.admission import damage_reported
from hoka_excel.workbook.array_cells import ArrayCells
from hoka_excel.workbook.deflate import RAW_PIECE
from hoka_excel.workbook.excel_bounds import COLUMNS
from hoka_excel.workbook.markup import Element, checked_parser, elements, in_utf_8, well_formed
from hoka_excel.workbook.telling_rows import TellingRows, UnusualError
from hoka_excel.workbook.zip_members import member_text

_LARGE = 8 << 20
"""Up to so many bytes of all sheets together it is proven that these are well-formed."""
_GENERAL = "General"
_TRUE = {"1", "true", "on"}
_EXTENSION = "http://schemas.microsoft.com/"
"""The namespaces in which `f` is what a sparkline or a validation list reads, and no formula of a cell."""


@dataclass(frozen=True, slots=True)
class SheetNotes:
    """What a sheet says beside its values; see `Grid` for the attributes.

    Attributes:
        errors: the error values, by spot, that calamine does not tell.
        names: what its formulas call cells by.
    """

    formulas: Mapping[Spot, str] = field(default_factory=dict)
    formats: Mapping[Spot, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[Spot, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)


def sheet_notes(path: Path) -> Iterator[tuple[str, SheetNotes]]:
    """Read the notes of the sheets one by one, each when it is asked for, with their names.

    Raises:
        WorkbookError: a part is missing or malformed.
    """
    with damage_reported(path.name), ZipFile(path) as archive:
        names = set(archive.namelist())
        formats = _formats(archive) if "xl/styles.xml" in names else []
        parts = {name: part for name, part in sheet_parts(archive).items() if part in names}
        is_large = sum(archive.getinfo(part).file_size for part in parts.values()) > _LARGE
        for name, part in parts.items():
            pieces = _pieces(archive, part)
            yield name, _read(archive, part, pieces if is_large else well_formed(pieces, part), formats)


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Give the part of each sheet."""
    book = part_elements(archive, "xl/workbook.xml")
    links = {
        link.attributes.get("Id"): link.attributes.get("Target", "")
        for link in part_elements(archive, "xl/_rels/workbook.xml.rels")
        if link.name == "Relationship"
    }
    parts = {}
    for sheet in book:
        if sheet.name == "sheet" and (target := links.get(sheet.attributes.get("id"))):
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            parts[sheet.attributes.get("name", "")] = part
    return parts


def _formats(archive: ZipFile) -> list[str]:
    """Give the number format by style number; General for formats built in without a code of their own."""
    found = part_elements(archive, "xl/styles.xml")
    own = {
        element.attributes.get("numFmtId"): element.attributes.get("formatCode", _GENERAL)
        for element in found
        if element.name == "numFmt"
    }
    inside = next((element for element in found if element.name == "cellXfs"), None)
    if inside is None:
        return []
    return [
        own.get(number) or _built_in(int(number))
        for element in found
        if element.name == "xf" and inside.holds(element)
        for number in [element.attributes.get("numFmtId", "0")]
    ]


def _built_in(number: int) -> str:
    if not number:
        return _GENERAL
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415 - heavy

    return str(BUILTIN_FORMATS.get(number, _GENERAL))


def part_elements(archive: ZipFile, part: str) -> list[Element]:
    """Read the elements of a small part.

    Raises:
        WorkbookError: there is no such part, or it is malformed.
    """
    try:
        data = archive.read(part)
    except KeyError as error:
        raise WorkbookError("package.part_missing", file=archive.filename, part=part) from error
    return elements(in_utf_8(data, part), part)


def _read(archive: ZipFile, part: str, pieces: Iterator[bytes], formats: list[str]) -> SheetNotes:
    rows = TellingRows({style: shown for style, shown in enumerate(formats) if shown != _GENERAL})
    with suppress(UnusualError):
        return replace(_parsed(rows.shortened(pieces), part, []), formats=rows.formats)
    return _parsed(_pieces(archive, part), part, formats)


def _parsed(pieces: Iterable[bytes], part: str, formats: list[str]) -> SheetNotes:
    parser = checked_parser(part)
    parser.ordered_attributes = False
    reading = _Reading(parser, formats)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookError("package.malformed", part=part, reason=error) from error
    return SheetNotes(
        reading.formulas,
        reading.formats,
        frozenset(reading.hidden_rows),
        frozenset(reading.hidden_columns),
        reading.errors,
    )


def _pieces(archive: ZipFile, part: str) -> Iterator[bytes]:
    """Inflate a part with the faster engine, since it may be large; its checksum is proven at the end."""
    info = archive.getinfo(part)
    raw = copy(info)
    raw.compress_type, raw.file_size = ZIP_STORED, info.compress_size
    del raw.CRC  # of the text, not of what is stored
    with archive.open(raw) as stream:
        stored = iter(partial(stream.read, RAW_PIECE), b"")
        yield from member_text(info, stored)


class _Reading:
    """The state of one pass over a sheet; ends and texts are listened to inside a formula only."""

    def __init__(self, parser: expat.XMLParserType, formats: list[str]) -> None:
        self._parser = parser
        self._known_formats = formats
        self._row = -1
        self._reference = ""
        self._cells_on = 0
        self._style = "0"
        self._is_error = False
        self._cell: Spot = (0, 0)
        self._text: list[str] = []
        self._shared: str | None = None
        self._filled = ""
        self._arrays = ArrayCells()
        self._masters: dict[str, tuple[str, Spot]] = {}
        self.formulas: dict[Spot, str] = {}
        self.formats: dict[Spot, str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.errors: dict[Spot, str] = {}
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition("\n")[2]:
            case "c":
                if "r" in attributes:
                    self._reference, self._cells_on = attributes["r"], 0
                else:
                    self._cells_on += 1
                self._style = attributes.get("s", "0")
                self._is_error = attributes.get("t") == "e"
            case "v" | "is":
                self._start_value()
            case "f" if not name.startswith(_EXTENSION):
                self._start_formula(attributes)
            case "row":
                self._row = int(attributes.get("r", self._row + 2)) - 1
                self._reference, self._cells_on = "", -1
                if attributes.get("hidden") in _TRUE:
                    self.hidden_rows.add(self._row)
            case "col":
                if attributes.get("hidden") in _TRUE:
                    first, last = int(attributes["min"]), min(int(attributes["max"]), COLUMNS)
                    self.hidden_columns.update(range(first - 1, last))

    def _place(self) -> Spot:
        """Give the place of the cell: where its reference says, or so many cells on."""
        column = 0
        for sign in self._reference:
            if not sign.isalpha():
                break
            column = column * 26 + ord(sign.upper()) - ord("A") + 1
        return self._row, max(0, column - 1) + self._cells_on

    def _listen(self, end: Callable[[str], None]) -> None:
        """Take in the text of an element of the cell at hand."""
        self._text, self._cell = [], self._place()
        self._parser.CharacterDataHandler, self._parser.EndElementHandler = self._text.append, end

    def _heard(self) -> str:
        self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
        return "".join(self._text).strip()

    def _start_value(self) -> None:
        style = int(self._style)
        if style < len(self._known_formats) and self._known_formats[style] != _GENERAL:
            self.formats[self._place()] = self._known_formats[style]
        if self._is_error:
            self._listen(self._end_error)

    def _end_error(self, _name: str) -> None:
        self.errors[self._cell] = self._heard()

    def _start_formula(self, attributes: dict[str, str]) -> None:
        self._listen(self._end_formula)
        kind = attributes.get("t")
        self._shared = attributes.get("si") if kind == "shared" else None
        self._filled = attributes.get("ref", "").rpartition(":")[2] if kind == "array" else ""

    def _end_formula(self, _name: str) -> None:
        formula = self._heard()
        if self._shared is not None:
            if formula:
                self._masters[self._shared] = (formula, self._cell)
            elif self._shared in self._masters:
                formula = _moved(*self._masters[self._shared], self._cell)
        if formula and self._filled:
            filled = self._arrays.of(self._cell, cell_spot(self._filled))
            self.formulas |= dict.fromkeys(filled, formula)
        elif formula:
            self.formulas[self._cell] = formula


def _moved(formula: str, master: Spot, cell: Spot) -> str:
    """Shift a shared formula from its first cell to another."""
    from openpyxl.formula.translate import Translator  # noqa: PLC0415 - heavy

    shifted: str = Translator(f"={formula}", origin="A1").translate_formula(
        row_delta=cell[0] - master[0], col_delta=cell[1] - master[1]
    )
    return shifted[1:]
