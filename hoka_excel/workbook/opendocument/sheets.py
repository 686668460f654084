"""What calamine does not tell of the sheets of an .ods: formulas, number formats, errors, what is hidden.

One pass of expat over the content, piece by piece. What a file repeats (the last row of a sheet, a million
times over) is kept once and never written out, so that a count costs nothing, however large.

Source: OASIS Open Document Format 1.3, part 3, section 9 (tables).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from xml.parsers import expat
from zipfile import ZipFile

from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.grid import ERRORS, Spot
from hoka_excel.tables.names import names_by_sheet
from hoka_excel.workbook.admission import damage_reported
from hoka_excel.workbook.array_cells import ArrayCells
from hoka_excel.workbook.excel_bounds import COLUMNS, ROWS
from hoka_excel.workbook.kinds import OPEN_DOCUMENT_CONTENT
from hoka_excel.workbook.markup import checked_parser
from hoka_excel.workbook.opendocument.format_bands import FormatBands, Run
from hoka_excel.workbook.opendocument.formulas import excel_formula
from hoka_excel.workbook.opendocument.number_formats import NumberFormats
from hoka_excel.workbook.sheet_formulas import SheetNotes

_MANIFEST, _ENCRYPTED = "META-INF/manifest.xml", b"encryption-data"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0\n"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0\n"
_PARAGRAPH = "urn:oasis:names:tc:opendocument:xmlns:text:1.0\np"
_PIECE = 1 << 20
_UNSEEN = {"collapse", "filter"}
_OTHER_ERRORS = {
    "#DEEL/0!": "#DIV/0!",
    "#N/B": "#N/A",
    "#NAAM?": "#NAME?",
    "#VERW!": "#REF!",
    "#WAARDE!": "#VALUE!",
    "#GETAL!": "#NUM!",
    "Err:503": "#NUM!",
}
"""The names of Excel for errors that a Dutch LibreOffice wrote, or that only LibreOffice has."""


_DEFINITIONS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    f"{_TABLE}named-range": lambda about: f"[{about.get(f'{_TABLE}cell-range-address', '')}]",
    f"{_TABLE}named-expression": lambda about: about.get(f"{_TABLE}expression", ""),
}
"""What a defined name stands for, by the element that defines it."""


def opendocument_notes(path: Path) -> dict[str, SheetNotes]:
    """Read the notes of every sheet, by its name.

    Raises:
        WorkbookError: the file is encrypted, or a part is malformed.
    """
    with damage_reported(path.name), ZipFile(path) as archive:
        names = set(archive.namelist())
        if _MANIFEST in names and _ENCRYPTED in archive.read(_MANIFEST):
            raise WorkbookError("package.encrypted", file=path.name)
        reading = _Reading()
        for part in ("styles.xml", OPEN_DOCUMENT_CONTENT):
            if part in names:
                _read(archive, part, reading)
        return reading.notes()


def is_cached(sheet: str) -> bool:
    """Say whether a table only keeps what a linked workbook held: no sheet has a name with such a start."""
    return sheet.startswith("'")


def _read(archive: ZipFile, part: str, reading: "_Reading") -> None:
    parser = checked_parser(part)
    parser.ordered_attributes = False
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.characters
    try:
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookError("package.malformed", part=part, reason=error) from error


class _Reading:
    """The state of the pass: the styles, the sheet at hand, and the cell whose text is being read."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetNotes] = {}
        self._formats = NumberFormats()
        self._codes: dict[str, str] = {}
        self._sheet = _Sheet()
        self._depth = 0
        self._in_formula: Spot | None = None
        self._in_paragraph = False
        self._text: list[str] = []
        self._defined: dict[str, dict[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._sheet = _Sheet(attributes.get(f"{_TABLE}name", ""))
        elif self._depth < 2 and name in _DEFINITIONS:
            sheet = self._sheet.name if self._depth else ""
            stands_for = excel_formula(_DEFINITIONS[name](attributes))
            self._defined.setdefault(sheet, {})[attributes.get(f"{_TABLE}name", "")] = stands_for
        elif self._depth == 0:
            self._formats.start(name, attributes)
        elif self._depth == 1:
            self._take(name.removeprefix(_TABLE), attributes)

    def notes(self) -> dict[str, SheetNotes]:
        """Give the notes of every sheet, by its name."""
        names = names_by_sheet(list(self.sheets), self._defined, {})
        return {sheet: replace(notes, names=names[sheet]) for sheet, notes in self.sheets.items()}

    def _take(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "table-cell" | "covered-table-cell":
                spot = self._sheet.add_cell(attributes, self._code)
                is_text = attributes.get(f"{_OFFICE}value-type", "string") == "string"
                self._in_formula = spot if is_text and f"{_TABLE}formula" in attributes else None
                self._text = []
            case "table-row":
                self._sheet.start_row(attributes)
            case "table-column":
                self._sheet.add_columns(attributes)
            case _ if name == _PARAGRAPH:  # the last one counts: those of a comment come before it
                self._in_paragraph, self._text = True, []

    def _code(self, style: str) -> str:
        if style not in self._codes:
            self._codes[style] = self._formats.code(style)
        return self._codes[style]

    def characters(self, text: str) -> None:
        if self._in_formula is not None and self._in_paragraph:
            self._text.append(text)

    def end(self, name: str) -> None:
        if name == f"{_TABLE}table":
            self._depth -= 1
            if self._depth == 0:
                self.sheets.setdefault(self._sheet.name, self._sheet.notes())
        elif name == _PARAGRAPH:
            self._in_paragraph = False
        elif self._depth == 1 and name == f"{_TABLE}table-row":
            self._sheet.end_row()
        elif self._in_formula is not None and name == f"{_TABLE}table-cell":
            self._sheet.add_error(self._in_formula, "".join(self._text))
            self._in_formula = None


class _Sheet:
    """The notes of one sheet, as they come in."""

    def __init__(self, name: str = "") -> None:
        self.name = name
        self._formulas: dict[Spot, str] = {}
        self._arrays = ArrayCells()
        self._formats = FormatBands()
        self._errors: dict[Spot, str] = {}
        self._hidden_rows: list[range] = []
        self._hidden_columns: set[int] = set()
        self._defaults: list[Run] = []
        self._rows, self._column, self._row_style = range(0), 0, ""
        self._runs: list[Run] = []
        self._used = 0

    def add_columns(self, attributes: Mapping[str, str]) -> None:
        first = self._defaults[-1][0].stop if self._defaults else 0
        columns = range(first, first + _times(attributes, "number-columns-repeated"))
        self._defaults.append((columns, attributes.get(f"{_TABLE}default-cell-style-name", "")))
        if attributes.get(f"{_TABLE}visibility") in _UNSEEN:
            self._hidden_columns.update(range(first, min(columns.stop, COLUMNS)))

    def start_row(self, attributes: Mapping[str, str]) -> None:
        first = self._rows.stop
        self._rows = range(first, first + _times(attributes, "number-rows-repeated"))
        self._column, self._runs = 0, []
        self._row_style = attributes.get(f"{_TABLE}default-cell-style-name", "")
        if attributes.get(f"{_TABLE}visibility") in _UNSEEN:
            self._hidden_rows.append(self._rows)

    def add_cell(self, attributes: Mapping[str, str], code: Callable[[str], str]) -> Spot:
        """Take in a cell, repeated or not; a formula stands in the first one only, as programs read it.

        Args:
            attributes: of the cell.
            code: gives the number format of a cell style.
        """
        spot = self._rows.start, self._column
        columns = range(self._column, self._column + _times(attributes, "number-columns-repeated"))
        self._column = columns.stop
        kind, formula = attributes.get(f"{_OFFICE}value-type"), attributes.get(f"{_TABLE}formula")
        if formula is not None:
            down, right = (
                _times(attributes, f"number-matrix-{axis}-spanned") for axis in ("rows", "columns")
            )
            filled = self._arrays.of(spot, (spot[0] + down - 1, spot[1] + right - 1))
            self._formulas |= dict.fromkeys(filled, excel_formula(formula))
        if kind is not None or formula is not None:
            self._used = self._rows.stop
        if kind not in (None, "string"):
            for same, style in self._styles(columns, attributes.get(f"{_TABLE}style-name")):
                if shown := code(style):
                    self._runs.append((same, shown))
        return spot

    def _styles(self, columns: range, own: str | None) -> Iterator[tuple[range, str]]:
        """Give the style of cells next to each other: their own, else that of the row or of each column."""
        if own or self._row_style:
            yield columns, own or self._row_style
            return
        first = bisect_right(self._defaults, columns.start, key=lambda run: run[0].start) - 1
        for same, style in islice(self._defaults, max(first, 0), None):
            if same.start >= columns.stop:
                return
            yield range(max(same.start, columns.start), min(same.stop, columns.stop)), style

    def add_error(self, spot: Spot, text: str) -> None:
        """Keep the text of a formula if it is an error, under the name that Excel has for it."""
        if spot[0] >= ROWS or spot[1] >= COLUMNS:
            return
        if text in ERRORS:
            self._errors[spot] = text
        elif text in _OTHER_ERRORS or text.startswith("Err:"):
            self._errors[spot] = _OTHER_ERRORS.get(text, "#VALUE!")

    def end_row(self) -> None:
        self._formats.add(self._rows, self._runs)

    def notes(self) -> SheetNotes:
        """Give what was noted; of rows that are hidden only those down to the last that holds something."""
        last = min(self._used, ROWS)
        hidden = (row for rows in self._hidden_rows for row in range(rows.start, min(rows.stop, last)))
        return SheetNotes(
            self._formulas,
            self._formats,
            frozenset(hidden),
            frozenset(self._hidden_columns),
            self._errors,
        )


def _times(attributes: Mapping[str, str], name: str) -> int:
    """Read how often something is repeated; once where the file does not say."""
    return max(1, int(attributes.get(f"{_TABLE}{name}", "1")))
