"""Where everything stands in a rectangle in which lines are followed over the years."""

from dataclasses import dataclass

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.monitoring import (
    CARRY_OVER_ENDS,
    CARRY_OVER_STEPS,
    MonitoringBlock,
    carry_over_block,
)
from hoka_excel.core.plan import Table
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Position


@dataclass(frozen=True, slots=True)
class CarryOverRows:
    """A header; a row per step for every line and then the total; and what checks them below.

    Lines and years count from 0; the column after the last year is that of all years so far, and the one
    after that holds the verdict on it.

    Attributes:
        block: the rectangle.
        count: how many lines there are above the total.
        years: how many years there are.
    """

    block: Block
    count: int
    years: int

    @classmethod
    def of_table(cls, table: Table, layout: Layout) -> "CarryOverRows":
        """Find the lines of a theme's table."""
        return cls(layout[carry_over_block(table.name)], len(table.lines), len(layout.plan.years))

    @classmethod
    def of_themes(cls, layout: Layout) -> "CarryOverRows":
        """Find the themes in EUR."""
        return cls(layout[MonitoringBlock.CARRY_OVER], len(layout.plan.themes), len(layout.plan.years))

    def row(self, step: str, line: int) -> int:
        """Give the offset of a step of a line in the rectangle."""
        return 1 + line * len(CARRY_OVER_STEPS) + CARRY_OVER_STEPS.index(step)

    def foot(self, number: int) -> int:
        """Give the offset of a row below the total."""
        return 1 + (1 + self.count) * len(CARRY_OVER_STEPS) + number

    def at(self, step: str, line: int, year: int) -> Position:
        """Give the position of a cell."""
        return self.block.at(self.row(step, line), 2 + year)

    def cell(self, step: str, line: int, year: int) -> str:
        """Give the address of a cell for a formula on the same sheet."""
        return address(self.at(step, line, year))

    def far_cell(self, step: str, line: int, year: int) -> str:
        """Give the address of a cell for a formula on another sheet."""
        return self.block.address(self.row(step, line), 2 + year)

    def over_years(self, step: str, line: int) -> str:
        """Give a step of a line in all years."""
        return self.block.area((self.row(step, line), 2), (self.row(step, line), 1 + self.years))

    def until(self, year: int) -> str:
        """Give the header from the first year to another."""
        return self.block.area((0, 2), (0, 2 + year))

    @property
    def verdict_column(self) -> int:
        """The offset of the column with the verdict on each line over all years."""
        return 2 + self.years + CARRY_OVER_ENDS.index("Oordeel")

    def sum_of(self, step: str, year: int) -> str:
        """Write the sum of a step of all lines, without the total."""
        words, word, amounts = self._lines(step, year)
        return f"SUMIF({words},{word},{amounts})"

    def all_known(self, step: str, year: int) -> str:
        """Write whether a step of every line, without the total, is known."""
        words, word, amounts = self._lines(step, year)
        return f"SUMPRODUCT(({words}={word})*ISNUMBER({amounts}))=COUNTIF({words},{word})"

    def number_of_lines(self) -> str:
        """Write how many lines there are, without the total."""
        words, word, _ = self._lines(CARRY_OVER_STEPS[0], 0)
        return f"COUNTIF({words},{word})"

    def _lines(self, step: str, year: int) -> tuple[str, str, str]:
        """Give the words of all steps of the lines, that of one step, and the amounts of a year."""
        first, last = 1, self.row(CARRY_OVER_STEPS[-1], self.count - 1)
        amounts = self.block.area((first, 2 + year), (last, 2 + year))
        return self.block.span((first, 1), (last, 1)), self.block.address(self.row(step, 0), 1), amounts
