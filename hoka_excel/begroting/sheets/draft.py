"""A sheet of the begroting while it is being laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from textwrap import wrap

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.sheets.master_check import rules_beside
from hoka_excel.core.plan import Unit
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import GENERAL, Cell, Content, Formula, Position, Sheet
from hoka_excel.workbook.styles import (
    EURO,
    EURO_DIFFERENCE,
    INPUT,
    INPUT_TEXT,
    LABEL,
    MASTER,
    STYLES,
    SUBTITLE,
    TITLE,
    fte_difference_format,
    fte_format,
)


class SheetDraft:
    """Collects the cells of one sheet."""

    def __init__(self) -> None:
        self.cells: dict[Position, Cell] = {}

    def put(self, place: Position, content: Content, style: str, number_format: str = GENERAL) -> None:
        """Set one cell."""
        self.cells[place] = Cell(content, style, number_format)

    def row(
        self, first: Position, contents: Sequence[Content], style: str, number_format: str = GENERAL
    ) -> None:
        """Set cells next to each other, from `first` to the right."""
        for offset, content in enumerate(contents):
            self.put(Position(first.row, first.column + offset), content, style, number_format)

    def input(self, place: Position, content: Content, number_format: str = GENERAL) -> None:
        """Set a cell to be filled in; a text wraps and keeps clear of an amount beside it."""
        self.put(place, content, INPUT_TEXT if isinstance(content, str) else INPUT, number_format)

    def inputs(self, first: Position, contents: Sequence[Content]) -> None:
        """Set cells to be filled in next to each other, from `first` to the right."""
        for offset, content in enumerate(contents):
            self.input(Position(first.row, first.column + offset), content)

    def labels(self, block: Block, labels: Sequence[str], style: str) -> None:
        """Set the first column of a rectangle, from its top down."""
        for offset, label in enumerate(labels):
            self.put(block.at(offset, 0), label, style)


def headed(sheet: Sheet, master: Block, verdict: Formula, subtitle: Content) -> Sheet:
    """Put the title, the master check and a subtitle on top of a sheet, and name it as its layout does.

    Args:
        sheet: without its first three rows.
        master: the label of the master check and the check itself.
        verdict: what the master check says.
        subtitle: whose figures these are, and which.
    """
    draft, check = SheetDraft(), master.at(0, 1)
    draft.put(Position(1, 1), sheet.title, TITLE)
    draft.put(master.at(0, 0), "Hoofdcontrole", LABEL)
    draft.put(check, verdict, MASTER)
    draft.put(Position(3, 1), subtitle, SUBTITLE)
    return replace(
        sheet,
        name=master.sheet,
        cells={**draft.cells, **sheet.cells},
        verdicts=(address(check), *sheet.verdicts),
        rules=(*rules_beside(check, sheet.widths), *sheet.rules),
    )


def amount_format(unit: Unit, resolution: Decimal) -> str:
    """Show amounts of a table: whole euros, or FTE with the decimals of the table."""
    return EURO if unit is Unit.EUR else fte_format(resolution)


def spent_format(unit: Unit, resolution: Decimal) -> str:
    """Show what was spent and what is left of it: whole euros, or FTE with two decimals at least."""
    return amount_format(unit, min(resolution, Decimal("0.01")))


def difference_format(unit: Unit, resolution: Decimal) -> str:
    """Show differences between amounts of a table, with their sign."""
    return EURO_DIFFERENCE if unit is Unit.EUR else fte_difference_format(resolution)


def wrapped_heights(draft: SheetDraft, widths: Mapping[int, int]) -> dict[int, float]:
    """Give rows the height that the longest of their wrapped texts needs, in points.

    Args:
        draft: the cells.
        widths: how many characters fit on a line, by column; other columns do not count.
    """
    lines: dict[int, int] = {}
    for place, cell in draft.cells.items():
        if place.column in widths:
            count = sum(_lines(line, widths[place.column]) for line in _wrapped(cell).split("\n"))
            lines[place.row] = max(count, lines.get(place.row, 0))
    return {row: _LINE_POINTS * count for row, count in lines.items() if count > 1}


_LINE_POINTS = 13.5


def _lines(text: str, width: int) -> int:
    return len(wrap(text, width)) if len(text) > width else 1


def _wrapped(cell: Cell) -> str:
    """Give the text of a cell that wraps; nothing for any other."""
    content = cell.content.value if isinstance(cell.content, Formula) else cell.content
    return content if isinstance(content, str) and STYLES[cell.style].wrap else ""


def linked(address: str, value: Decimal | None) -> Formula:
    """Repeat the figure of another cell; a blank stays blank instead of becoming 0."""
    return Formula(f'IF(ISNUMBER({address}),{address},"")', or_blank(value))


def or_blank(value: Decimal | None) -> Decimal | str:
    """Write what a formula gives where there may be nothing to give."""
    return "" if value is None else value
