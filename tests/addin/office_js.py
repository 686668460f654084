"""Excel's side of the add-in, for want of Excel: a workbook file as the task pane sends it, and the changes
that come back carried out on it.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Json = dict[str, Any]
_APPEARANCE = {
    f"set{aspect}" for aspect in ("Autofit", "WrapText", "ColumnWidth", "RowHeight", "VerticalAlignment")
}
"""What no test here looks at."""


class OfficeBook:
    """A workbook with the values its formulas had when it was opened."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.formulas: Workbook = load_workbook(path)
        self.values: Workbook = load_workbook(path, data_only=True)
        self.told: list[tuple[str, ...]] = []

    def sent(self) -> Json:
        """Write the workbook as the task pane sends it."""
        return {
            "client": "Office.js",
            "version": "0",
            "book": {
                "name": self.name,
                "active_sheet_index": 0,
                "selection": "A1",
                "calculation": "Automatic",
            },
            "names": [
                {
                    "name": name,
                    "refers_to": f"={defined.value}",
                    "type": "Range",
                    "sheet_index": None,
                    "address": None,
                    "scope_sheet_name": None,
                    "scope_sheet_index": None,
                    "book_scope": True,
                }
                for name, defined in self.formulas.defined_names.items()
            ],
            "sheets": [self._sheet(sheet) for sheet in self.formulas.worksheets],
        }

    def _sheet(self, sheet: Worksheet) -> Json:
        height, width = sheet.max_row, sheet.max_column
        last = f"{get_column_letter(width)}{height}"
        return {
            "name": sheet.title,
            "visibility": "Visible" if sheet.sheet_state == "visible" else "Hidden",
            "show_gridlines": True,
            "print_area": None,
            "notes": [
                {"address": cell.coordinate} for row in sheet.iter_rows() for cell in row if cell.comment
            ],
            "notes_supported": True,
            "used_range_address": f"A1:{last}",
            "used_range_row_count": height,
            "used_range_column_count": width,
            "values": _rows(self.values[sheet.title], height, width),
            "formulas": _rows(sheet, height, width),
            **{kind: [] for kind in ("pictures", "shapes", "charts", "tables", "pivot_tables")},
        }

    def apply(self, answer: Json) -> None:
        """Carry out what a script answered; an action unknown here is an error."""
        for action in answer["actions"]:
            if action["func"] not in _APPEARANCE:
                method = re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", action["func"])
                getattr(self, f"_{method}")(action)

    def cells(self) -> Mapping[str, object]:
        """Give what every cell holds that is not blank, formulas as such."""
        return {
            f"{sheet.title}!{cell.coordinate}": cell.value
            for sheet in self.formulas.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }

    def notes(self) -> dict[str, str]:
        """Give the text of every note by its cell."""
        return {
            f"{sheet.title}!{cell.coordinate}": cell.comment.text
            for sheet in self.formulas.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.comment
        }

    def _at(self, action: Json) -> Worksheet:
        return self.formulas.worksheets[action["sheet_position"]]

    def _range(self, action: Json) -> list[list[Any]]:
        top, left = action["start_row"] + 1, action["start_column"] + 1
        return [
            [self._at(action).cell(row, column) for column in range(left, left + action["column_count"])]
            for row in range(top, top + action["row_count"])
        ]

    def _set_formula(self, action: Json) -> None:
        values = self.values.worksheets[action["sheet_position"]]
        for cells, entries in zip(self._range(action), action["values"], strict=True):
            for cell, entry in zip(cells, entries, strict=True):
                content, text = _content(entry)
                cell.value = content
                if text:
                    cell.data_type = "s"
                if cell.data_type != "f":
                    values.cell(cell.row, cell.column).value = content

    _set_values = _set_formula

    def _add_note(self, action: Json) -> None:
        address, text = action["args"]
        cell = self._at(action)[address.replace("$", "")]
        assert cell.comment is None, f"{address} has a note already"
        cell.comment = Comment(text, "HoKa")

    def _set_note_text(self, action: Json) -> None:
        address, text = action["args"]
        cell = self._at(action)[address.replace("$", "")]
        assert cell.comment is not None, "there is no note to change"
        cell.comment = Comment(text, "HoKa")

    def _delete_note(self, action: Json) -> None:
        cell = self._at(action)[action["args"][0].replace("$", "")]
        assert cell.comment is not None, "there is no note to delete"
        cell.comment = None

    def _add_sheet(self, action: Json) -> None:
        for book in (self.formulas, self.values):
            book.create_sheet(action["args"][1], action["args"][0])

    def _set_sheet_visibility(self, action: Json) -> None:
        self._at(action).sheet_state = "visible" if action["args"][0] == "Visible" else "hidden"

    def _sheet_clear_contents(self, action: Json) -> None:
        title = self._at(action).title
        for book in (self.formulas, self.values):
            for row in book[title].iter_rows():
                for cell in row:
                    cell.value = None

    def _run_macro(self, action: Json) -> None:
        self.told.append(tuple(action["args"]))


def _content(entry: Any) -> tuple[Any, bool]:
    """Read what is assigned to a cell as Excel does; say whether it is a text for sure."""
    if isinstance(entry, str) and entry.startswith("'"):
        return entry[1:], True
    return (None if entry == "" else entry), False


def _rows(sheet: Worksheet, height: int, width: int) -> list[list[object]]:
    return [
        [_sent_value(sheet.cell(row, column).value) for column in range(1, width + 1)]
        for row in range(1, height + 1)
    ]


def _sent_value(value: object) -> object:
    if value is None:
        return ""
    return value.isoformat(timespec="milliseconds") + "Z" if isinstance(value, datetime) else value
