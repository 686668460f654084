"""What the macros keep in the workbook itself, on a hidden sheet: the notes that stand, and what to undo."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from hoka_excel.excel.live_book import Entry, block
from hoka_excel.excel.notes import Note
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from xlwings import Book, Sheet

MEMORY_SHEET = "Hoka geheugen"
_LONGEST_TEXT = 30_000
"""A cell holds 32,767 characters."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of cells and what is assigned to them.

    Attributes:
        sheet, first: where it begins.
        rows: the entries by row.
        fitted: whether its rows take the height that their text needs.
    """

    sheet: str
    first: Position
    rows: Sequence[Sequence[Entry]]
    fitted: bool = False


@dataclass(frozen=True, slots=True)
class Memory:
    """What the workbook remembers.

    Attributes:
        notes: those of ours that stand now.
        former: what the last macro wrote over.
        former_notes: those that stood before it.
        names: what our defined names referred to then; empty when there is nothing to undo.
    """

    notes: tuple[Note, ...] = ()
    former: tuple[Block, ...] = ()
    former_notes: tuple[Note, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """Write the memory as text."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Memory":
        """Read the memory from its text; an unreadable one is empty, as in a fresh workbook."""
        try:
            kept = json.loads(text)
            return cls(
                tuple(Note(**entry) for entry in kept["notes"]),
                tuple(Block(**{**entry, "first": Position(*entry["first"])}) for entry in kept["former"]),
                tuple(Note(**entry) for entry in kept["former_notes"]),
                dict(kept["names"]),
            )
        except (ValueError, KeyError, TypeError):
            return cls()


def recall(book: "Book") -> Memory:
    """Read what the workbook remembers."""
    sheet = _sheet(book)
    if sheet is None:
        return Memory()
    cells = sheet.used_range.options(ndim=2).value
    return Memory.read("".join(str(row[0]).removeprefix("hoka:") for row in cells if row[0] is not None))


def remember(book: "Book", memory: Memory) -> None:
    """Write what the workbook is to remember, over what it remembered."""
    text = "" if memory == Memory() else memory.text()
    sheet = _sheet(book)
    if sheet is None:
        sheet = book.sheets.add(MEMORY_SHEET, after=book.sheets[len(book.sheets) - 1])
        sheet.visible = False
    sheet.clear_contents()
    pieces = [text[start : start + _LONGEST_TEXT] for start in range(0, len(text), _LONGEST_TEXT)]
    if pieces:
        block(sheet, Position(1, 1), len(pieces), 1).value = [[f"hoka:{piece}"] for piece in pieces]


def _sheet(book: "Book") -> "Sheet | None":
    return next((sheet for sheet in book.sheets if sheet.name == MEMORY_SHEET), None)
