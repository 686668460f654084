"""What our task pane sends along that xlwings' own client leaves out: formulas and the texts of notes.

A macro needs them: without formulas it could not put back what it writes over, without its texts it would not
know its own notes again.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def read_what_is_sent_along() -> None:
    """Have xlwings read what is sent along; where nothing is, all stays as it was."""
    engine = import_module("xlwings.pro._xlremote")  # late: it asks for the key, which only the server has
    _extend(engine.Range, "formula", _formula)
    _extend(engine.Note, "text", lambda note: (note.api or {}).get("text"))
    _extend(engine.Note, "location", lambda note: note.range if "text" in (note.api or {}) else None)


def _extend(kind: Any, name: str, sent: Callable[[Any], object]) -> None:
    """Let a property answer with what is sent along, if anything."""
    former: property = vars(kind)[name]
    ask = former.fget
    assert ask is not None

    def answer(of: Any) -> object:
        found = sent(of)
        return ask(of) if found is None else found

    setattr(kind, name, former.getter(answer))


def _formula(cells: Any) -> object:
    """Cut the formulas of some cells out of those of their sheet, which begin at A1."""
    sent = cells.sheet.api.get("formulas")
    if sent is None:
        return None
    height, width = cells.shape
    rows = tuple(
        tuple(_at(sent, row, column) for column in range(cells.column - 1, cells.column - 1 + width))
        for row in range(cells.row - 1, cells.row - 1 + height)
    )
    return rows if cells.shape != (1, 1) else rows[0][0]


def _at(rows: list[list[object]], row: int, column: int) -> object:
    """Take a cell; beyond the rows that were sent it is blank."""
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
