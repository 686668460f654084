"""Read a begroting back from its workbook: the plan it holds, and where everything stands.

Places are found by defined names, then by the labels inside them, so that a workbook still reads after a
controller has inserted rows, moved a table or renamed a sheet. Every fault is listed at once.
"""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard
from zipfile import ZipFile

from hoka_excel.begroting.assumption_sheet import YES
from hoka_excel.begroting.layout import (
    ACTUALS_PARTS,
    CHECK_COLUMNS,
    GENERAL_ROWS,
    KEY_COLUMNS,
    LOCKED_COLUMNS,
    NAME_PREFIX,
    PRINTED_GRANT_LABEL,
    RATE_ROWS,
    TABLE_COLUMNS,
    THEME_COLUMNS,
    Block,
    BlockName,
    Layout,
    SheetName,
    actuals_block,
    check_blocks,
    foot_block,
    key_block,
    master_block,
    table_block,
)
from hoka_excel.begroting.source_book import SourceBook, cell_number, source_of
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.figures import MISSING, Figure, Printed, Reason, Unreadable
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import (
    AllocationKey,
    BalancingLine,
    Division,
    Explanation,
    FteRate,
    GivenLines,
    KeyShare,
    Line,
    Plan,
    Ref,
    State,
    Table,
    Theme,
    Unit,
)
from hoka_excel.core.plan_faults import Subject, faults_of
from hoka_excel.workbook.addresses import Area, address, area
from hoka_excel.workbook.limits import check_package
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class ReadBegroting:
    """A begroting as its workbook holds it.

    Attributes:
        plan: what it says.
        layout: where it says so.
        misfits: cells that hold text or an error where a figure belongs; their figures are `Unreadable`.
    """

    plan: Plan
    layout: Layout
    misfits: tuple[Message, ...]


def is_begroting(path: Path) -> bool:
    """Say whether a workbook is a begroting of ours: whether it has any of our defined names.

    Raises:
        WorkbookError: the file is missing or no sound workbook.
    """
    if not path.exists():
        raise WorkbookError("begroting.missing_file", where=path)
    check_package(path)
    with ZipFile(path) as package:
        return _WORKBOOK_PART in package.namelist() and NAME_PREFIX.encode() in package.read(_WORKBOOK_PART)


_WORKBOOK_PART = "xl/workbook.xml"


def read_begroting(path: str | Path) -> ReadBegroting:
    """Read a begroting workbook.

    Raises:
        WorkbookError: the file cannot be read, or is no sound begroting; all faults are listed.
    """
    path = Path(path)
    return begroting_in(source_of(_load(path), path.name))


def begroting_in(book: SourceBook) -> ReadBegroting:
    """Read a begroting from the values of its workbook.

    Raises:
        WorkbookError: it is no sound begroting; all faults are listed.
    """
    return _Reader(book).read()


def _load(path: Path) -> "Workbook":
    from openpyxl import load_workbook  # noqa: PLC0415 - only a reader of workbooks needs it

    if not path.exists():
        raise WorkbookError("begroting.missing_file", where=path)
    check_package(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(path, data_only=True)
        except Exception as error:
            raise WorkbookError("begroting.unreadable", where=path.name, detail=error) from error


class _Reader:
    def __init__(self, book: SourceBook) -> None:
        self.book = book
        self.file = book.file
        self.faults: list[Message] = []
        self.misfits: list[Message] = []
        self.blocks: dict[str, Block] = {}

    def read(self) -> ReadBegroting:
        if not any(name.startswith(NAME_PREFIX) for name in self.book.names):
            raise WorkbookError("begroting.not_ours", where=self.file)
        self._find(
            [
                name
                for name in BlockName
                if name not in (BlockName.COUNTS, BlockName.OVERVIEW, BlockName.CHECKS)
            ]
        )
        tables = self._table_rows()
        names = [name for name, *_ in tables]
        themes = self._theme_rows()
        keyed = [number for number, row in themes if row[THEME_COLUMNS.index("Verdeling")] == "sleutel"]
        own = [str(row[THEME_COLUMNS.index("Tabel")]) for _, row in themes]
        self._find(
            [
                *(block(name) for name in names for block in (table_block, foot_block)),
                *(actuals_block(name) for name in own if name in names),
                *(key_block(number) for number in keyed),
                *(master_block(sheet) for sheet in (*own, *SheetName)),
            ]
        )
        years = self._years(names)
        plan = self._plan(tables, themes, years)
        layout = Layout(plan, {**self.blocks, **check_blocks(plan, self.blocks[BlockName.CHECK_SHEET].sheet)})
        self._check_shapes(layout)
        self.faults += faults_of(plan, lambda subject: _whereabouts(subject, layout))
        self._stop_at_faults()
        return ReadBegroting(plan, layout, tuple(self.misfits))

    # Finding the places

    def _find(self, names: Sequence[str]) -> None:
        """Find the rectangles with these defined names."""
        for name in names:
            reference = self.book.names.get(name)
            if reference is None:
                self._note("begroting.missing_name", name=name)
                continue
            destination = _DESTINATION.fullmatch(reference)
            if destination is None:
                self._note("begroting.broken_name", name=name, reference=reference)
                continue
            sheet = (destination["quoted"] or destination["plain"]).replace("''", "'")
            if sheet not in self.book.sheets:
                self._note("begroting.missing_sheet", name=name, sheet=sheet)
                continue
            found = area(destination["area"])
            self.blocks[name] = Block(
                sheet,
                *found.first,
                found.last.row - found.first.row + 1,
                found.last.column - found.first.column + 1,
            )
            for merged in self.book.sheets[sheet].merged:
                if _overlap(area(merged), found):
                    self._note("begroting.merged", where=f"{sheet}!{merged}", name=name)
        self._stop_at_faults()

    def _stop_at_faults(self) -> None:
        if self.faults:
            raise WorkbookError.of(self.faults)

    def _note(self, code: str, **values: object) -> None:
        self.faults.append(Message(code, {"file": self.file, **values}))

    # Reading cells

    def _value(self, block: Block, row: int, column: int) -> object:
        value: object = self.book.sheets[block.sheet].value(block.at(row, column))
        return value.strip() if isinstance(value, str) else value

    def _where(self, block: Block, row: int, column: int) -> str:
        return f"{block.sheet}!{address(block.at(row, column))}"

    def _text(self, block: Block, row: int, column: int) -> str:
        value = self._value(block, row, column)
        return "" if value is None else str(value)

    def _number(self, block: Block, row: int, column: int) -> Decimal:
        """Read a number that the plan cannot do without."""
        value = self._value(block, row, column)
        if not _is_number(value):
            self._note("begroting.not_a_number", where=self._where(block, row, column), text=_shown(value))
            return Decimal(1)
        return cell_number(value)

    def _figure(self, block: Block, row: int, column: int, unit: Decimal) -> Figure:
        """Read a printed figure; what is none is noted, and kept as unreadable."""
        value = self._value(block, row, column)
        if value is None or value == "":
            return MISSING
        if _is_number(value):
            return Printed(cell_number(value), unit)
        text = str(value)
        reason = Reason.ERROR if text.startswith("#") else Reason.TEXT
        where = self._where(block, row, column)
        self.misfits.append(
            Message(f"begroting.figure_is_{reason}", {"file": self.file, "where": where, "text": text})
        )
        return Unreadable(text, reason)

    def _expect(self, block: Block, row: int, wanted: Sequence[str]) -> None:
        """Note where the first row of a rectangle is not the header that belongs there."""
        for column, label in enumerate(wanted):
            found = self._text(block, row, column)
            if found != label:
                where = self._where(block, row, column)
                self._note("begroting.shifted", where=where, wanted=label, found=found)

    # Making the plan

    def _table_rows(self) -> list[tuple[str, str, Unit, Decimal]]:
        block = self.blocks[BlockName.TABLES]
        self._expect(block, 0, TABLE_COLUMNS)
        rows = []
        for row in range(1, block.height):
            name, unit, title = (self._text(block, row, column) for column in (0, 1, 3))
            if unit not in set(Unit):
                where, choices = self._where(block, row, 1), ", ".join(Unit)
                self._note("begroting.no_choice", where=where, text=unit, choices=choices)
                continue
            rows.append((name, title, Unit(unit), self._number(block, row, 2)))
        self._stop_at_faults()
        return rows

    def _theme_rows(self) -> list[tuple[int, list[object]]]:
        block = self.blocks[BlockName.THEMES]
        self._expect(block, 0, THEME_COLUMNS)
        number = THEME_COLUMNS.index("Nummer")
        rows = [
            (
                int(self._number(block, row, number)),
                [self._value(block, row, column) for column in range(block.width)],
            )
            for row in range(1, block.height - 1)
        ]
        self._stop_at_faults()
        return rows

    def _years(self, tables: Sequence[str]) -> tuple[int, ...]:
        """Read the years above every table; they are the same everywhere."""
        block = self.blocks[table_block(tables[0])]
        years = []
        for column in range(1, block.width):
            year = self._value(block, 0, column)
            if isinstance(year, bool) or not isinstance(year, int):
                self._note("begroting.no_year", where=self._where(block, 0, column), text=_shown(year))
            else:
                years.append(year)
        for name in tables[1:]:
            other = self.blocks[table_block(name)]
            for column, year in enumerate(years, 1):
                found = self._value(other, 0, column) if column < other.width else None
                if found != year:
                    where = self._where(other, 0, column)
                    self._note("begroting.other_year", where=where, found=_shown(found), wanted=year)
        self._stop_at_faults()
        return tuple(years)

    def _table(self, row: tuple[str, str, Unit, Decimal], years: Sequence[int]) -> Table:
        name, title, unit, resolution = row
        block = self.blocks[table_block(name)]
        lines = []
        for offset in range(1, block.height):
            label = self._text(block, offset, 0)
            if not label:
                self._note("begroting.no_label", where=self._where(block, offset, 0))
            figures = tuple(
                self._figure(block, offset, column, resolution) for column in range(1, 1 + len(years))
            )
            lines.append(Line(label, figures))
        return Table(name, title, unit, resolution, tuple(lines[:-1]), lines[-1])

    def _plan(
        self,
        rows: Sequence[tuple[str, str, Unit, Decimal]],
        themes: Sequence[tuple[int, list[object]]],
        years: tuple[int, ...],
    ) -> Plan:
        tables = {row[0]: self._table(row, years) for row in rows}
        general = self.blocks[BlockName.GENERAL]
        if [self._text(general, row, 0) for row in range(general.height)] != list(GENERAL_ROWS):
            self._note(
                "begroting.shifted", where=self._where(general, 0, 0), wanted=GENERAL_ROWS[0], found=""
            )
        read = [self._theme(number, row, tables) for number, row in themes]
        self._stop_at_faults()
        own = [theme.table.name for theme in read if theme is not None]
        integral = [table for name, table in tables.items() if name not in own]
        if len(integral) != 2:
            self._note("begroting.integral_tables", found=len(integral))
            self._stop_at_faults()
        title, institution, faculty, version, day, source, state = (
            self._value(general, row, 1) for row in range(len(GENERAL_ROWS))
        )
        if state not in set(State):
            where = self._where(general, len(GENERAL_ROWS) - 1, 1)
            self._note("begroting.no_choice", where=where, text=_shown(state), choices=", ".join(State))
            self._stop_at_faults()
        plan = Plan(
            title=_shown(title),
            institution=_shown(institution),
            faculty=_shown(faculty),
            version=_shown(version),
            source=_shown(source),
            day=day.date() if isinstance(day, datetime) else date.min,
            state=State(str(state)),
            years=years,
            grant=self._grant(years, integral[0].resolution),
            rate=self._rate(),
            themes=tuple(theme for theme in read if theme is not None),
            euros=integral[0],
            ftes=integral[1],
            actuals=self._actuals([theme.table for theme in read if theme is not None], years),
            locked=self._locked(),
            explanations=self._explanations(),
            notes=self._notes(),
        )
        self._stop_at_faults()
        return plan

    def _grant(self, years: Sequence[int], unit: Decimal) -> tuple[Figure, ...] | None:
        block = self.blocks[BlockName.GRANT]
        if self._text(block, 1, 0) == PRINTED_GRANT_LABEL:
            return None
        return tuple(self._figure(block, 1, column, unit) for column in range(1, 1 + len(years)))

    def _rate(self) -> FteRate:
        block = self.blocks[BlockName.RATE]
        for row, label in enumerate(RATE_ROWS):
            self._expect_label(block, row, label)
        printed = Printed(self._number(block, 0, 1), max(self._number(block, 1, 1), Decimal(0)))
        return FteRate(printed, self._number(block, 2, 1), inferred=self._text(block, 3, 1) == YES)

    def _expect_label(self, block: Block, row: int, label: str) -> None:
        found = self._text(block, row, 0)
        if found != label:
            self._note("begroting.shifted", where=self._where(block, row, 0), wanted=label, found=found)

    def _theme(self, number: int, row: Sequence[object], tables: dict[str, Table]) -> Theme | None:
        name, _, weight, table, word, subject, inferred = row[: len(THEME_COLUMNS)]
        block = self.blocks[BlockName.THEMES]
        if table not in tables:
            self._note(
                "begroting.no_choice", where=f"{block.sheet}", text=_shown(table), choices=", ".join(tables)
            )
            return None
        if not _is_number(weight):
            self._note("begroting.not_a_number", where=f"{block.sheet}", text=_shown(weight))
            return None
        division: Division
        match word:
            case "sleutel":
                division = AllocationKey(_shown(subject), inferred == YES, self._shares(number))
            case "sluitpost":
                division = BalancingLine(_shown(subject))
            case "gegeven":
                division = GivenLines()
            case _:
                choices = "sleutel, sluitpost, gegeven"
                self._note("begroting.no_choice", where=block.sheet, text=_shown(word), choices=choices)
                return None
        return Theme(number, _shown(name), cell_number(weight), tables[str(table)], division)

    def _shares(self, number: int) -> tuple[KeyShare, ...]:
        block = self.blocks[key_block(number)]
        self._expect(block, 0, KEY_COLUMNS)
        shares = []
        for row in range(1, block.height - 1):
            share = Printed(self._number(block, row, 1), max(self._number(block, row, 2), Decimal(0)))
            fixed = Decimal(0) if self._value(block, row, 3) is None else self._number(block, row, 3)
            shares.append(KeyShare(self._text(block, row, 0), share, fixed))
        return tuple(shares)

    def _actuals(self, tables: Sequence[Table], years: Sequence[int]) -> dict[Ref, Figure]:
        spent = {}
        for table in tables:
            block = self.blocks[actuals_block(table.name)]
            first = 1 + len(table.rows)
            for row, line in enumerate(table.lines, first + 1):
                for column, year in enumerate(years, 1):
                    figure = self._figure(block, row, column, table.resolution)
                    if figure is not MISSING:
                        spent[Ref(table.name, line.label, year)] = figure
        return spent

    def _locked(self) -> tuple[Ref, ...]:
        block = self.blocks[BlockName.LOCKED]
        self._expect(block, 0, LOCKED_COLUMNS)
        return tuple(
            Ref(self._text(block, row, 1), self._text(block, row, 0), int(self._number(block, row, 2)))
            for row in range(1, block.height)
            if any(self._text(block, row, column) for column in range(len(LOCKED_COLUMNS)))
        )

    def _explanations(self) -> tuple[Explanation, ...]:
        """Read the controller's reasons from the list of checks, wherever it stands on its sheet."""
        sheet = self.book.sheets[self.blocks[BlockName.CHECK_SHEET].sheet]
        reasons: dict[Ref, str] = {}
        reading = False
        for row_number in range(sheet.first.row, sheet.first.row + len(sheet.rows)):
            cells = tuple(
                sheet.value(Position(row_number, column)) for column in range(1, 1 + len(CHECK_COLUMNS))
            )
            if cells == CHECK_COLUMNS:
                reading = True
            elif reading:
                row = dict(zip(CHECK_COLUMNS, cells, strict=True))
                text, year = row["Toelichting"], row["Jaar"]
                if text and isinstance(year, int):
                    reasons.setdefault(Ref(str(row["Tabel"]), str(row["Regel"]), year), str(text).strip())
        return tuple(Explanation(ref, text) for ref, text in reasons.items())

    def _notes(self) -> tuple[str, ...]:
        block = self.blocks[BlockName.NOTES]
        return tuple(text for row in range(block.height) if (text := self._text(block, row, 0)))

    def _check_shapes(self, layout: Layout) -> None:
        """Note rectangles that do not have the rows their table asks for."""
        for theme in layout.plan.themes:
            block = layout[actuals_block(theme.table.name)]
            wanted = len(ACTUALS_PARTS) * (1 + len(theme.table.rows))
            if block.height != wanted:
                where = self._where(block, 0, 0)
                self._note("begroting.block_height", where=where, found=block.height, wanted=wanted)


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


def _is_number(value: object) -> TypeGuard[float | Decimal]:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _whereabouts(subject: Subject, layout: Layout) -> str:
    """Say on which cell a subject of the plan stands."""
    match subject:
        case ("thema", int(index), "aandeel"):
            block, row, column = layout[BlockName.THEMES], 1 + index, THEME_COLUMNS.index("Aandeel")
        case ("thema", int(index), "verdeling", ("aandelen" | "vast") as part, str(line)):
            theme = layout.plan.themes[index]
            assert isinstance(theme.division, AllocationKey)
            row = 1 + [share.line for share in theme.division.shares].index(line)
            block, column = layout[key_block(theme.number)], 1 if part == "aandelen" else 3
        case ("thema", int(index), "verdeling", *_):
            theme = layout.plan.themes[index]
            name = key_block(theme.number) if isinstance(theme.division, AllocationKey) else BlockName.THEMES
            block, row, column = layout[name], 0, 0
        case ("thema", int(index), "tabel", *rest):
            block, row, column = _line(layout, layout.plan.themes[index].table, rest)
        case ("integraal", str(unit), *rest):
            block, row, column = _line(layout, layout.plan.euros if unit == "eur" else layout.plan.ftes, rest)
        case ("tarief", str(part)):
            block, row, column = layout[BlockName.RATE], 0 if part == "gedrukt" else 2, 1
        case ("toegekend", *_):
            block, row, column = layout[BlockName.GRANT], 1, 0
        case ("vast", int(index)):
            block, row, column = layout[BlockName.LOCKED], 1 + index, 0
        case ("toelichting", *_):
            block, row, column = layout[BlockName.CHECK_SHEET], 0, 0
        case _:
            block, row, column = layout[BlockName.THEMES], 0, 0
    return f"{block.sheet}!{address(block.at(row, column))}"


def _line(layout: Layout, table: Table, rest: Sequence[str | int]) -> tuple[Block, int, int]:
    match rest:
        case ["regels", str(label)]:
            return layout[table_block(table.name)], 1 + [line.label for line in table.rows].index(label), 0
        case ["stap"]:
            names = [entry.name for entry in layout.plan.tables]
            return (
                layout[BlockName.TABLES],
                1 + names.index(table.name),
                TABLE_COLUMNS.index("Gedrukt tot op"),
            )
        case _:
            return layout[table_block(table.name)], 0, 0
