"""As much of `xlwings.Book` as the macros use, on a workbook that LibreOffice has open."""

import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"
"""Where Debian keeps python3-uno, outside any virtual environment."""
_DATE_FORMAT = 2
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no time zone


def connected(pipe: str) -> Any:
    """Connect to the office that listens on `pipe`; give its desktop."""
    if SYSTEM_PACKAGES not in sys.path:
        sys.path.append(SYSTEM_PACKAGES)

    local = importlib.import_module("uno").getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


class UnoBook:
    def __init__(self, desktop: Any, url: str, told: Path) -> None:
        self.document = next(
            component for component in desktop.Components if getattr(component, "URL", "") == url
        )
        self.name = url.rpartition("/")[2]
        self.app = SimpleNamespace(
            engine=SimpleNamespace(type="desktop"),
            alert=lambda text, _title: told.write_text(text, encoding="utf-8"),
        )
        self.sheets = UnoSheets(self.document)

    @property
    def names(self) -> list[Any]:
        named = self.document.NamedRanges
        return [
            SimpleNamespace(name=name, refers_to="=" + as_excel(named.getByName(name).Content))
            for name in named.ElementNames
        ]


class UnoSheets:
    def __init__(self, document: Any) -> None:
        self.document = document

    def __len__(self) -> int:
        return int(self.document.Sheets.Count)

    def __iter__(self) -> Iterator["UnoSheet"]:
        return (UnoSheet(self.document, sheet) for sheet in self.document.Sheets)

    def __getitem__(self, key: str | int) -> "UnoSheet":
        found = self.document.Sheets
        sheet = found.getByName(key) if isinstance(key, str) else found.getByIndex(key)
        return UnoSheet(self.document, sheet)


class UnoSheet:
    def __init__(self, document: Any, sheet: Any) -> None:
        self.document, self.sheet, self.name = document, sheet, sheet.Name

    @property
    def visible(self) -> bool:
        return bool(self.sheet.IsVisible)

    @visible.setter
    def visible(self, shown: bool) -> None:
        self.sheet.IsVisible = shown

    @property
    def used_range(self) -> "UnoRange":
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        return self.range((1, 1), (end.EndRow + 1, end.EndColumn + 1))

    def range(self, first: str | tuple[int, int], last: tuple[int, int] | None = None) -> "UnoRange":
        if isinstance(first, str):
            return UnoRange(self, self.sheet.getCellRangeByName(first))
        (top, left), (bottom, right) = first, last or first
        cells = self.sheet.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)
        return UnoRange(self, cells)

    def clear_contents(self) -> None:
        self.sheet.clearContents(1 | 2 | 4 | 16)

    @property
    def notes(self) -> list["UnoNote"]:
        return [UnoNote(self, note) for note in self.sheet.Annotations]


class UnoRange:
    def __init__(self, sheet: UnoSheet, cells: Any) -> None:
        self.sheet, self.cells = sheet, cells
        where = self.cells.RangeAddress
        self.row, self.column = where.StartRow + 1, where.StartColumn + 1

    def options(self, **_: object) -> "UnoRange":
        return self

    @property
    def address(self) -> str:
        return str(self.cells.AbsoluteName.rpartition(".")[2])

    @property
    def value(self) -> list[list[object]]:
        return [
            [self._value(value, row, column) for column, value in enumerate(values)]
            for row, values in enumerate(self.cells.getDataArray())
        ]

    @value.setter
    def value(self, rows: Sequence[Sequence[object]]) -> None:
        self.cells.setDataArray(tuple(tuple(row) for row in rows))

    def _value(self, value: object, row: int, column: int) -> object:
        if value == "":
            return None
        cell = None if isinstance(value, str) else self.cells.getCellByPosition(column, row)
        if cell is not None and cell.getError():
            return cell.String
        if cell is not None and isinstance(value, float) and 30_000 < value < 60_000:
            kind = self.sheet.document.NumberFormats.getByKey(cell.NumberFormat).Type
            return _FIRST_DAY + timedelta(days=value) if kind & _DATE_FORMAT else value
        return value

    @property
    def formula(self) -> list[list[str]]:
        return [[as_excel(text) for text in row] for row in self.cells.getFormulaArray()]

    @formula.setter
    def formula(self, rows: Sequence[Sequence[object]]) -> None:
        self.cells.setFormulaArray(tuple(tuple(as_office(entry) for entry in row) for row in rows))

    @property
    def rows(self) -> Any:
        def autofit() -> None:
            self.cells.Rows.OptimalHeight = True

        return SimpleNamespace(autofit=autofit)

    @property
    def impl(self) -> "UnoRange":
        return self

    @property
    def note(self) -> "UnoNote | None":
        where = (self.column - 1, self.row - 1)
        return next((note for note in self.sheet.notes if note.place == where), None)

    def add_note(self, text: str) -> None:
        place = self.cells.getCellByPosition(0, 0).CellAddress
        self.sheet.sheet.Annotations.insertNew(place, text)


class UnoNote:
    def __init__(self, sheet: UnoSheet, note: Any) -> None:
        self.sheet, self.note = sheet, note
        self.place = (note.Position.Column, note.Position.Row)

    @property
    def text(self) -> str:
        return str(self.note.String)

    @text.setter
    def text(self, text: str) -> None:
        self.note.setString(text)

    def delete(self) -> None:
        notes = self.sheet.sheet.Annotations
        index = next(
            i for i, note in enumerate(notes) if (note.Position.Column, note.Position.Row) == self.place
        )
        notes.removeByIndex(index)


_TEXTS = re.compile(r'("(?:[^"]|"")*")')
_OFFICE_SHEET = re.compile(r"\$?((?:'(?:[^']|'')+'|\b[A-Za-z_]\w*))\.(?=\$?[A-Z]{1,3}\$?\d)")
_EXCEL_SHEET = re.compile(r"('(?:[^']|'')+'|\b[A-Za-z_]\w*)!(?=\$?[A-Z]{1,3}\$?\d)")


def as_excel(formula: str) -> str:
    """Write a formula of LibreOffice as Excel does: sheets with "!", arguments with ","."""
    if not formula.startswith(("=", "$")):
        return formula
    return _outside_texts(formula, lambda part: _OFFICE_SHEET.sub(r"\1!", part).replace(";", ","))


def as_office(entry: object) -> object:
    """Write what is assigned to a cell as LibreOffice reads it."""
    if isinstance(entry, str) and entry.startswith("="):
        return _outside_texts(entry, lambda part: _EXCEL_SHEET.sub(r"$\1.", part).replace(",", ";"))
    if isinstance(entry, bool):
        return "TRUE" if entry else "FALSE"
    return "" if entry is None else entry


def _outside_texts(formula: str, change: Any) -> str:
    return "".join(part if part.startswith('"') else change(part) for part in _TEXTS.split(formula))
