"""A sheet of the begroting while it is being laid out."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hoka_excel.begroting.layout import Block
from hoka_excel.core.figures import Figure, Printed
from hoka_excel.core.plan import Unit
from hoka_excel.workbook.sheets import GENERAL, Cell, Content, Formula, Position
from hoka_excel.workbook.styles import EURO, EURO_DIFFERENCE, fte_difference_format, fte_format


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


def amount(figure: Figure) -> Decimal | None:
    """Give the value of a figure for a cell; nothing where there is none."""
    return figure.value if isinstance(figure, Printed) else None


def amount_format(unit: Unit, resolution: Decimal) -> str:
    """Show amounts of a table: whole euros, or FTE with the decimals of the table."""
    return EURO if unit is Unit.EUR else fte_format(resolution)


def difference_format(unit: Unit, resolution: Decimal) -> str:
    """Show differences between amounts of a table, with their sign."""
    return EURO_DIFFERENCE if unit is Unit.EUR else fte_difference_format(resolution)


def text_heights(texts: Mapping[int, str], width: int) -> dict[int, float]:
    """Give rows the height that their wrapped text needs in a column of `width` characters."""
    return {row: _LINE_POINTS * -(-len(text) // width) for row, text in texts.items() if len(text) > width}


_LINE_POINTS = 13.5


def linked(address: str, value: Decimal | None) -> Formula:
    """Repeat the figure of another cell; a blank stays blank instead of becoming 0."""
    return Formula(f'IF(ISNUMBER({address}),{address},"")', "" if value is None else value)
