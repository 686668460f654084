"""A rectangle in parts: the same lines over the years, one part below the other, each with its header."""

from collections.abc import Sequence
from dataclasses import dataclass

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import FOLLOW_UP_PARTS, follow_up_block
from hoka_excel.begroting.places.names import ACTUALS_PARTS, actuals_block
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.core.plan import Table
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Position
from hoka_excel.workbook.styles import HEADER, LABEL, TOTAL_LABEL, YEAR


@dataclass(frozen=True, slots=True)
class Parts:
    """Where the cells of such a rectangle stand; lines and years count from 0.

    Attributes:
        block: the rectangle.
        titles: of the parts.
        labels: of the lines in every part, the total last where there is one.
    """

    block: Block
    titles: Sequence[str]
    labels: Sequence[str]

    def row(self, title: str, line: int) -> int:
        """Give the offset of a line of a part in the rectangle."""
        return self.titles.index(title) * (1 + len(self.labels)) + 1 + line

    def at(self, title: str, line: int, year: int) -> Position:
        """Give the position of a cell on its sheet."""
        return self.block.at(self.row(title, line), 1 + year)

    def cell(self, title: str, line: int, year: int) -> str:
        """Give the address of a cell for a formula on the same sheet."""
        return address(self.at(title, line, year))

    def far_cell(self, title: str, line: int, year: int) -> str:
        """Give the address of a cell for a formula on another sheet."""
        return self.block.address(self.row(title, line), 1 + year)

    def column(self, title: str, lines: int, year: int) -> str:
        """Give the first `lines` cells of a year for a formula on the same sheet."""
        return self.block.area((self.row(title, 0), 1 + year), (self.row(title, lines - 1), 1 + year))

    def far_column(self, title: str, lines: int, year: int) -> str:
        """Give the first `lines` cells of a year for a formula on another sheet."""
        return self.block.span((self.row(title, 0), 1 + year), (self.row(title, lines - 1), 1 + year))

    def area(self, title: str) -> str:
        """Give all cells of a part."""
        last = self.row(title, len(self.labels) - 1)
        return self.block.area((self.row(title, 0), 1), (last, self.block.width - 1))

    def put_labels(self, draft: SheetDraft, years: Sequence[int], *, totals: int = 0) -> None:
        """Set the headers with the years, and the labels; the last `totals` of them are totals."""
        for title in self.titles:
            header = self.row(title, -1)
            draft.put(self.block.at(header, 0), title, HEADER)
            draft.row(self.block.at(header, 1), years, HEADER, YEAR)
            for line, label in enumerate(self.labels):
                is_total = line >= len(self.labels) - totals
                draft.put(self.block.at(header + 1 + line, 0), label, TOTAL_LABEL if is_total else LABEL)


def actuals_parts(table: Table, layout: Layout) -> Parts:
    """Find plan against actuals of a theme's table."""
    return Parts(layout[actuals_block(table.name)], ACTUALS_PARTS, [line.label for line in table.rows])


def follow_up_parts(table: Table, layout: Layout) -> Parts:
    """Find what follows from the actuals of a theme's table."""
    return Parts(layout[follow_up_block(table.name)], FOLLOW_UP_PARTS, [line.label for line in table.rows])
