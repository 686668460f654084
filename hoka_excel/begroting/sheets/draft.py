"""A sheet of the begroting while it is being laid out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.core.plan import Unit
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import GENERAL, Cell, Content, Formula, Position, Sheet
from hoka_excel.workbook.styles import (
    EURO,
    EURO_DIFFERENCE,
    LABEL,
    MASTER,
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
    draft = SheetDraft()
    draft.put(Position(1, 1), sheet.title, TITLE)
    draft.put(master.at(0, 0), "Hoofdcontrole", LABEL)
    draft.put(master.at(0, 1), verdict, MASTER)
    draft.put(Position(3, 1), subtitle, SUBTITLE)
    verdicts = (address(master.at(0, 1)), *sheet.verdicts)
    return replace(sheet, name=master.sheet, cells={**draft.cells, **sheet.cells}, verdicts=verdicts)


def amount_format(unit: Unit, resolution: Decimal) -> str:
    """Show amounts of a table: whole euros, or FTE with the decimals of the table."""
    return EURO if unit is Unit.EUR else fte_format(resolution)


def spent_format(unit: Unit, resolution: Decimal) -> str:
    """Show what was spent and what is left of it: whole euros, or FTE with two decimals at least."""
    return amount_format(unit, min(resolution, Decimal("0.01")))


def difference_format(unit: Unit, resolution: Decimal) -> str:
    """Show differences between amounts of a table, with their sign."""
    return EURO_DIFFERENCE if unit is Unit.EUR else fte_difference_format(resolution)


def text_heights(texts: Mapping[int, str], width: int) -> dict[int, float]:
    """Give rows the height that their wrapped text needs in a column of `width` characters.

    >>> text_heights({1: "kort", 2: "langer dan acht"}, width=8)
    {2: 27.0}
    """
    lines = {row: sum(-(-len(line) // width) for line in text.split("\n")) for row, text in texts.items()}
    return {row: _LINE_POINTS * count for row, count in lines.items() if count > 1}


_LINE_POINTS = 13.5


def linked(address: str, value: Decimal | None) -> Formula:
    """Repeat the figure of another cell; a blank stays blank instead of becoming 0."""
    return Formula(f'IF(ISNUMBER({address}),{address},"")', or_blank(value))


def or_blank(value: Decimal | None) -> Decimal | str:
    """Write what a formula gives where there may be nothing to give."""
    return "" if value is None else value
