"""A real `xlwings.Book` on an engine of our own: a workbook file in memory that counts what it is asked.

Every property that is read or set counts, by sheet, as a round trip to Excel would.
"""

import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlwings
from openpyxl import load_workbook
from xlwings import base_classes
from xlwings.main import Engine

from hoka_excel.workbook.addresses import address, area
from hoka_excel.workbook.sheets import Position


@dataclass
class Calls:
    """How often each sheet was asked something: (sheet, what) -> times."""

    reads: Counter[tuple[str, str]] = field(default_factory=Counter)
    writes: Counter[tuple[str, str]] = field(default_factory=Counter)


def counted_book(workbook: bytes, name: str = "begroting.xlsm") -> tuple[xlwings.Book, Calls]:
    """Open a workbook file on the counting engine."""
    calls = Calls()
    return xlwings.Book(impl=_Book(workbook, name, calls)), calls


class _EngineImpl:
    name = "counted"
    type = "desktop"

    @staticmethod
    def clean_value_data(data: Any, *_: object) -> list[list[object]]:
        return [[None if value == "" else value for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: object, _: object) -> object:
        return "" if value is None else value


class _App(base_classes.App):
    pid = 1
    engine = _EngineImpl()

    def __init__(self) -> None:
        self.alerts: list[str] = []

    def alert(self, prompt: str, *_: object) -> None:
        self.alerts.append(prompt)


class _Book(base_classes.Book):
    app = _App()
    sheets: Any = None
    name = ""

    def __init__(self, workbook: bytes, name: str, calls: Calls) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            formulas = load_workbook(BytesIO(workbook))
            values = load_workbook(BytesIO(workbook), data_only=True)
        self.name, self.calls = name, calls
        self.sheets = _Sheets(self)
        for page in formulas:
            self.sheets.add(name=page.title)
            sheet = self.sheets(page.title)
            for row in page.iter_rows():
                for cell in row:
                    place = Position(int(cell.row or 0), int(cell.column or 0))
                    found = values[page.title].cell(*place).value
                    if cell.value not in (None, ""):
                        sheet.held[place] = (str(cell.value), found)
        self.defined = {key: str(name.value) for key, name in formulas.defined_names.items()}
        calls.reads.clear()
        calls.writes.clear()

    @property
    def names(self) -> Any:
        return _Names(self)


class _Names(base_classes.Names):
    def __init__(self, book: _Book) -> None:
        self.book = book

    def __len__(self) -> int:
        return len(self.book.defined)

    def __call__(self, index: int) -> "_Name":
        return _Name(*list(self.book.defined.items())[index - 1])


class _Name(base_classes.Name):
    def __init__(self, name: str, refers_to: str) -> None:
        self._name, self._refers_to = name, refers_to

    name = property(lambda self: self._name)
    refers_to = property(lambda self: f"={self._refers_to}")


class _Sheets(base_classes.Sheets):
    def __init__(self, book: _Book) -> None:
        self.book = book
        self.pages: list[_Sheet] = []

    def __len__(self) -> int:
        return len(self.pages)

    def __iter__(self) -> Iterator["_Sheet"]:
        return iter(self.pages)

    def __call__(self, key: str | int) -> "_Sheet":
        if isinstance(key, int):
            return self.pages[key - 1]
        return next(page for page in self.pages if page.name == key)

    def add(self, before: object = None, after: object = None, name: str = "") -> "_Sheet":
        del before, after
        self.pages.append(_Sheet(self.book, name))
        return self.pages[-1]


class ComError(Exception):
    """As pywin32 raises it: Excel's own words are in the middle."""


class _Sheet(base_classes.Sheet):
    def __init__(self, book: _Book, name: str) -> None:
        self._book, self._name = book, name
        self.held: dict[Position, tuple[str, object]] = {}
        self.texts: dict[Position, str] = {}
        self.is_visible = self.protected = False

    book = property(lambda self: self._book)
    name = property(lambda self: self._name)
    index = property(lambda self: self._book.sheets.pages.index(self) + 1)

    @property
    def visible(self) -> bool:
        return self.is_visible

    @visible.setter
    def visible(self, value: bool) -> None:
        self.is_visible = value

    def asked(self, what: str) -> None:
        self._book.calls.reads[self._name, what] += 1

    def told(self, what: str) -> None:
        if self.protected:
            raise ComError(-2147352567, "Exception", (0, "Excel", "Het blad is beveiligd.", None, 0, -1))
        self._book.calls.writes[self._name, what] += 1

    @property
    def used_range(self) -> "_Range":
        self.asked("used range")
        rows = [place.row for place in self.held] or [1]
        columns = [place.column for place in self.held] or [1]
        return _Range(self, Position(1, 1), Position(max(rows), max(columns)))

    def range(self, first: Any, last: Any = None) -> "_Range":
        if isinstance(first, str):
            found = area(first)
            return _Range(self, found.first, found.last)
        if isinstance(first, _Range):
            return _Range(self, first.first, (last or first).last)
        return _Range(self, Position(*first), Position(*(last or first)))

    def clear_contents(self) -> None:
        self.told("clear")
        self.held.clear()


class _Range(base_classes.Range):
    def __init__(self, sheet: _Sheet, first: Position, last: Position) -> None:
        self._sheet, self.first, self.last = sheet, first, last

    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self.first.row)
    column = property(lambda self: self.first.column)
    coords = property(lambda self: (self._sheet.name, *self.first, *self.shape))
    api = property(lambda self: self)
    address = property(lambda self: address(self.first))

    @property
    def shape(self) -> tuple[int, int]:
        return self.last.row - self.first.row + 1, self.last.column - self.first.column + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, *arguments: Any) -> "_Range":
        row, column = arguments if len(arguments) == 2 else (1, arguments[0])
        place = Position(self.first.row + row - 1, self.first.column + column - 1)
        return _Range(self._sheet, place, place)

    def _rows(self, part: int) -> list[list[object]]:
        return [
            [
                self._sheet.held.get(Position(row, column), ("", None))[part]
                for column in range(self.first.column, self.last.column + 1)
            ]
            for row in range(self.first.row, self.last.row + 1)
        ]

    @property
    def raw_value(self) -> list[list[object]]:
        self._sheet.asked("value")
        return [[_as_excel(value) for value in row] for row in self._rows(1)]

    @raw_value.setter
    def raw_value(self, rows: list[list[object]]) -> None:
        self.formula = rows

    @property
    def formula(self) -> list[list[object]]:
        self._sheet.asked("formula")
        return self._rows(0)

    @formula.setter
    def formula(self, rows: list[list[object]]) -> None:
        self._sheet.told("formula")
        for row, values in enumerate(rows, self.first.row):
            for column, value in enumerate(values, self.first.column):
                self._set(Position(row, column), value)

    def _set(self, place: Position, value: object) -> None:
        old = self._sheet.held.pop(place, ("", None))
        if isinstance(value, str) and value.startswith("="):
            linked = value.startswith("=HYPERLINK(")
            self._sheet.held[place] = (value, value.split('"')[3] if linked else old[1])
        elif isinstance(value, str) and value:
            text = value.removeprefix("'")
            self._sheet.held[place] = (text, text)
        elif value not in ("", None):
            self._sheet.held[place] = (str(value), value)

    def autofit(self, axis: str | None = None) -> None:
        self._sheet.told(f"autofit {axis}")

    @property
    def note(self) -> "_Note | None":
        self._sheet.asked("note")
        return _Note(self._sheet, self.first) if self.first in self._sheet.texts else None

    def add_note(self, text: str) -> "_Note":
        self._sheet.told("note")
        self._sheet.texts[self.first] = text
        return _Note(self._sheet, self.first)


class _Note(base_classes.Note):
    def __init__(self, sheet: _Sheet, place: Position) -> None:
        self._sheet, self._place = sheet, place

    @property
    def text(self) -> str:
        self._sheet.asked("note text")
        return self._sheet.texts[self._place]

    @text.setter
    def text(self, text: str) -> None:
        self._sheet.told("note")
        self._sheet.texts[self._place] = text

    def delete(self) -> None:
        self._sheet.told("note")
        del self._sheet.texts[self._place]


def _as_excel(value: object) -> object:
    """Give a value as Excel does: every number a float."""
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


@contextmanager
def counted_engine() -> Iterator[str]:
    """Register the counting engine with xlwings for a while; give its name."""
    xlwings.engines.add(Engine(impl=_EngineImpl()))
    try:
        yield _EngineImpl.name
    finally:
        del xlwings.engines.engines_by_name[_EngineImpl.name], xlwings.engines.engines[-1]
