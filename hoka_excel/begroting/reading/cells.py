"""The cells of a begroting's named rectangles as text, numbers and figures; what is amiss is noted."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeGuard, TypeVar

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.reading.source_book import SourceBook, cell_number
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.figures import MISSING, Figure, Printed, Reason, Unreadable
from hoka_excel.core.messages import Message
from hoka_excel.workbook.addresses import Area, address, area
from hoka_excel.workbook.sheets import Position

Choice = TypeVar("Choice", bound=str)


class Cells:
    """The rectangles found so far, and what is amiss in them.

    Attributes:
        book: the values of the workbook.
        blocks: the rectangles, by defined name.
        faults: why the workbook cannot be read.
        misfits: cells that hold text or an error where a figure belongs.
    """

    def __init__(self, book: SourceBook) -> None:
        self.book = book
        self.blocks: dict[str, Block] = {}
        self.faults: list[Message] = []
        self.misfits: list[Message] = []

    def find(self, names: Iterable[str]) -> None:
        """Find the rectangles with these defined names.

        Raises:
            WorkbookError: some are missing, broken or merged; all of them are listed.
        """
        for name in names:
            reference = self.book.names.get(name)
            if reference is None:
                self.note("begroting.missing_name", name=name)
                continue
            destination = _DESTINATION.fullmatch(reference)
            if destination is None:
                self.note("begroting.broken_name", name=name, reference=reference)
                continue
            sheet = (destination["quoted"] or destination["plain"]).replace("''", "'")
            if sheet not in self.book.sheets:
                self.note("begroting.missing_sheet", name=name, sheet=sheet)
                continue
            found = area(destination["area"])
            height, width = found.last.row - found.first.row + 1, found.last.column - found.first.column + 1
            self.blocks[name] = Block(sheet, *found.first, height, width)
            for merged in self.book.sheets[sheet].merged:
                if _overlap(area(merged), found):
                    self.note("begroting.merged", where=f"{sheet}!{merged}", name=name)
        self.stop_at_faults()

    def find_present(self, names: Iterable[str]) -> None:
        """Find those of these rectangles that the workbook names at all.

        Raises:
            WorkbookError: some are broken or merged; all of them are listed.
        """
        self.find(name for name in names if name in self.book.names)

    def find_groups(self, groups: Iterable[Collection[str]]) -> None:
        """Find those groups of rectangles of which the workbook names any; each of them is there in full.

        Raises:
            WorkbookError: some are missing, broken or merged; all of them are listed.
        """
        self.find(name for group in groups if self.book.names.keys() & {*group} for name in group)

    def stop_at_faults(self) -> None:
        """Raise what was noted so far, if anything."""
        if self.faults:
            raise WorkbookError.of(self.faults)

    def note(self, code: str, **values: object) -> None:
        """Note a fault of the workbook."""
        self.faults.append(Message(code, {"file": self.book.file, **values}))

    def value(self, block: Block, row: int, column: int) -> object:
        """Give what a cell holds, text without spaces around it."""
        value = self.book.sheets[block.sheet].value(block.at(row, column))
        return value.strip() if isinstance(value, str) else value

    def where(self, block: Block, row: int, column: int) -> str:
        """Name a cell as messages do."""
        return f"{block.sheet}!{address(block.at(row, column))}"

    def text(self, block: Block, row: int, column: int) -> str:
        """Give what a cell says."""
        return shown(self.value(block, row, column))

    def number(self, block: Block, row: int, column: int) -> Decimal:
        """Read a number that the plan cannot do without; 1 stands for what is none, once that is noted."""
        value = self.value(block, row, column)
        if not is_number(value):
            self.note("begroting.not_a_number", where=self.where(block, row, column), text=shown(value))
            return Decimal(1)
        return cell_number(value)

    def number_if_any(self, block: Block, row: int, column: int) -> Decimal | None:
        """Read a number that may be left out."""
        return self.number(block, row, column) if self.text(block, row, column) else None

    def year(self, block: Block, row: int, column: int) -> int:
        """Read a year; 0 stands for what is none, once that is noted."""
        value = self.value(block, row, column)
        if not is_number(value) or cell_number(value) % 1:
            self.note("begroting.no_year", where=self.where(block, row, column), text=shown(value))
            return 0
        return int(value)

    def year_if_any(self, block: Block, row: int, column: int) -> int | None:
        """Read a year that may be left out."""
        return self.year(block, row, column) if self.text(block, row, column) else None

    def day(self, block: Block, row: int, column: int) -> date:
        """Read a day; the first of all days stands for what is none, once that is noted."""
        value = self.value(block, row, column)
        if not isinstance(value, datetime | date):
            self.note("begroting.no_day", where=self.where(block, row, column), text=shown(value))
            return date.min
        return value.date() if isinstance(value, datetime) else value

    def choice(self, block: Block, row: int, column: int, choices: Iterable[Choice]) -> Choice | None:
        """Read a word that is one of several; None for any other, once that is noted."""
        text = self.text(block, row, column)
        for choice in choices:
            if text == choice:
                return choice
        where = self.where(block, row, column)
        self.note("begroting.no_choice", where=where, text=text, choices=", ".join(choices))
        return None

    def figure(self, block: Block, row: int, column: int, unit: Decimal) -> Figure:
        """Read a printed figure; what is none is noted as a misfit, and kept as unreadable."""
        value = self.value(block, row, column)
        if value is None or value == "":
            return MISSING
        if is_number(value):
            return Printed(cell_number(value), unit)
        text = str(value)
        reason = Reason.ERROR if text.startswith("#") else Reason.TEXT
        values = {"file": self.book.file, "where": self.where(block, row, column), "text": text}
        self.misfits.append(Message(f"begroting.figure_is_{reason}", values))
        return Unreadable(text, reason)

    def expect_height(self, block: Block, wanted: int) -> None:
        """Note where a rectangle does not have the rows that belong in it."""
        if block.height != wanted:
            where = self.where(block, 0, 0)
            self.note("begroting.block_height", where=where, found=block.height, wanted=wanted)

    def texts(self, block: Block) -> tuple[str, ...]:
        """Give what the first column of a rectangle says, blanks left out."""
        return tuple(text for row in range(block.height) if (text := self.text(block, row, 0)))

    def below_header(self, sheet_name: str, header: Sequence[str]) -> Iterator[Mapping[str, object]]:
        """Give the rows below a header by its words, wherever on its sheet the header stands."""
        sheet = self.book.sheets[sheet_name]
        is_below = False
        for number in range(sheet.first.row, sheet.first.row + len(sheet.rows)):
            row = tuple(sheet.value(Position(number, column)) for column in range(1, 1 + len(header)))
            if row == tuple(header):
                is_below = True
            elif is_below:
                yield dict(zip(header, row, strict=True))

    def expect_row(self, block: Block, row: int, wanted: Sequence[str]) -> None:
        """Note where a row of a rectangle does not hold the words that belong there."""
        for column, label in enumerate(wanted):
            self._expect(block, row, column, label)

    def expect_column(self, block: Block, wanted: Sequence[str]) -> None:
        """Note where the first column of a rectangle does not hold the words that belong there."""
        for row, label in enumerate(wanted):
            self._expect(block, row, 0, label)

    def _expect(self, block: Block, row: int, column: int, label: str) -> None:
        found = self.text(block, row, column)
        if found != label:
            where = self.where(block, row, column)
            self.note("begroting.shifted", where=where, wanted=label, found=found)


_DESTINATION = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|(?P<plain>[^'!]+))!(?P<area>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)"
)


def _overlap(one: Area, other: Area) -> bool:
    return (
        one.first.row <= other.last.row
        and other.first.row <= one.last.row
        and one.first.column <= other.last.column
        and other.first.column <= one.last.column
    )


def is_number(value: object) -> TypeGuard[float | Decimal]:
    """Say whether a cell holds a number rather than text, a truth value or nothing."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def shown(value: object) -> str:
    """Write what a cell holds; nothing for a blank one."""
    return "" if value is None else str(value)


def in_percent(fraction: Decimal) -> Decimal:
    """Write a fraction as a percentage, without zeros at its end."""
    return (fraction * 100).normalize() + Decimal(0)
