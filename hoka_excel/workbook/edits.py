"""What is asked of a rewrite of a workbook, what it may pass over, and what it changed."""

from dataclasses import dataclass, field
from typing import TypeVar

from hoka_excel.workbook.sheets import Content, Position

Value = Content | float
Where = tuple[str, str] | str
"""Sheet and cell, such as ("Thema 2", "E8"), or what the cell is called, such as "Totaal EUR|2024"."""
W = TypeVar("W", bound=Where)


@dataclass(frozen=True, slots=True)
class Added:
    """What goes into a cell that is added below others: it must be empty, and gets the look of another cell.

    Attributes:
        value: what it will hold.
        like: the cell of the same sheet whose style it gets.
    """

    value: Value
    like: Position


@dataclass(frozen=True, slots=True)
class Change:
    """A cell, or the note at it, that was written: what it held and what it holds.

    Attributes:
        sheet: its name as the workbook has it.
        cell: such as E8.
        old: None for an empty cell; a number as `int` or `Decimal`; a formula with its stored result.
        new: as it was given.
    """

    sheet: str
    cell: str
    old: Content
    new: Value


@dataclass(frozen=True, slots=True)
class Rules:
    """What a rewrite may pass over; the password shows in no message or log.

    Attributes:
        obey_protection: refuse locked cells of protected sheets and new sheets in a protected structure.
        break_signature: drop a digital signature, which no changed workbook can keep.
        password: of an encrypted workbook, which stays encrypted.
    """

    obey_protection: bool = True
    break_signature: bool = False
    password: str | None = field(default=None, repr=False)


STRICT = Rules()
