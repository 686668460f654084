"""A sheet as data: cells with a content, a style and a number format, and how the sheet looks and prints.

Rows and columns count from 1, as in Excel. Whatever writes a sheet (a fresh workbook, a controller's own)
writes these records; whatever lays one out makes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.workbook.styles import Look

Scalar = Decimal | int | str | bool | date | None
GENERAL = "General"


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula and the value it has now.

    Attributes:
        expression: in English function names with commas, without the leading "=".
        value: the stored result, shown before Excel has recalculated.
    """

    expression: str
    value: Scalar


@dataclass(frozen=True, slots=True)
class Link:
    """A text that jumps to a cell of the same workbook, such as "'Thema 2'!E8".

    A cell holds it as a formula: what jumps then moves with the content, not with the cell.

    >>> Link("naar E8", "Thema2!E8").formula.expression
    'HYPERLINK("#Thema2!E8","naar E8")'
    """

    text: str
    target: str

    @property
    def formula(self) -> Formula:
        """What the cell holds."""
        target, text = (part.replace('"', '""') for part in (self.target, self.text))
        return Formula(f'HYPERLINK("#{target}","{text}")', self.text)


Content = Scalar | Formula | Link


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it holds, the named style it has, and how its number is shown."""

    content: Content
    style: str
    number_format: str = GENERAL


class Position(NamedTuple):
    """A place on a sheet; row and column count from 1."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A look that cells take while a formula holds.

    Attributes:
        area: the cells, such as "B5:G8".
        formula: without "=", as seen from the first of them.
        look: how they look then.
    """

    area: str
    formula: str
    look: Look


@dataclass(frozen=True, slots=True)
class Button:
    """A button on a sheet, at the top left of a cell.

    Attributes:
        place: the cell.
        caption: what it says.
        macro: the subroutine it runs.
    """

    place: Position
    caption: str
    macro: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole sheet.

    Attributes:
        name: as on its tab.
        title: what it shows, as its first cell and its printed header say.
        cells: what stands where.
        widths: column widths in characters, by column.
        column_styles: the named style of the cells of a column that hold nothing yet, by column.
        heights: row heights in points, by row, where they differ from the default.
        frozen: the first cell that scrolls, if any.
        repeated_rows: first and last row printed on top of every page, if any.
        page_breaks: rows that begin a new page.
        one_page: whether all of it is printed on one page; else it is one page wide.
        verdicts: ranges such as "B5:G9" whose cells hold the words of a verdict, coloured by what they say.
        rules: other looks that depend on what cells hold; the first that holds counts.
        filtered: the range that carries an autofilter, if any.
        hidden: whether the tab is hidden.
        buttons: those of a workbook with macros.
    """

    name: str
    title: str
    cells: Mapping[Position, Cell]
    widths: Mapping[int, float] = field(default_factory=dict)
    column_styles: Mapping[int, str] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    frozen: Position | None = None
    repeated_rows: tuple[int, int] | None = None
    page_breaks: tuple[int, ...] = ()
    one_page: bool = False
    verdicts: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    filtered: str | None = None
    hidden: bool = False
    buttons: tuple[Button, ...] = ()
