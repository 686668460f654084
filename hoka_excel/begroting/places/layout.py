"""Where everything of a begroting stands: named rectangles on sheets.

Each rectangle has a defined name in the workbook, so that it is found again after a controller has inserted
rows, moved a table or renamed a sheet. Formulas take every address from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.checks import CheckedFigure
from hoka_excel.begroting.places.grant import AVAILABLE_ROWS, GrantBlock
from hoka_excel.begroting.places.monitoring import keyed_themes, monitoring_blocks
from hoka_excel.begroting.places.named_blocks import NamedBlocks
from hoka_excel.begroting.places.names import CHECK_BLOCKS, BlockName, SheetName, master_block, table_block
from hoka_excel.begroting.places.scenarios import ScenarioBlock
from hoka_excel.core.checks import available_figures, available_ref, checks_of
from hoka_excel.core.findings import Place
from hoka_excel.core.plan import Plan, Ref
from hoka_excel.workbook.addresses import address


@dataclass(frozen=True, slots=True)
class Layout(NamedBlocks):
    """The rectangles of one begroting, by defined name."""

    plan: Plan
    blocks: Mapping[str, Block]
    check_blocks = CHECK_BLOCKS

    @property
    def whole_sheets(self) -> tuple[str, ...]:
        """The sheets that are written whole every time, as their tabs call them."""
        names = (BlockName.CHECK_SHEET, BlockName.FINDING_SHEET, ScenarioBlock.SHEET)
        return tuple(self.blocks[name].sheet for name in names if name in self.blocks)

    @property
    def has_scenarios(self) -> bool:
        """Whether the list of scenarios and the sheet of what they give are there."""
        return ScenarioBlock.SHEET in self.blocks

    @property
    def is_monitored(self) -> bool:
        """Whether the rectangles for following the plan are there; an older begroting has none of them."""
        names = monitoring_blocks([theme.table.name for theme in self.plan.themes], keyed_themes(self.plan))
        return all(name in self.blocks for name in (*names, master_block(SheetName.CARRY_OVER)))

    def figure(self, ref: Ref) -> tuple[Block, int, int]:
        """Give the rectangle of a figure and its offsets in it."""
        column = 1 + self.plan.years.index(ref.year)
        if self.plan.changes and ref == available_ref(self.plan, ref.year):
            return self[GrantBlock.AVAILABLE], AVAILABLE_ROWS.index(ref.line), column
        table = next(table for table in self.plan.tables if table.name == ref.table)
        row = 1 + [line.label for line in table.rows].index(ref.line)
        return self[table_block(table.name)], row, column

    def address(self, ref: Ref) -> str:
        """Give the address of a figure."""
        block, row, column = self.figure(ref)
        return block.address(row, column)

    def places(self) -> dict[Ref, Place]:
        """Give the place of every figure of the plan, and of what is available per year."""
        found = {}
        for ref in available_figures(self.plan):
            block, row, column = self.figure(ref)
            found[ref] = Place(block.sheet, address(block.at(row, column)))
        for table in self.plan.tables:
            block = self[table_block(table.name)]
            for row, line in enumerate(table.rows, 1):
                for column, year in enumerate(self.plan.years, 1):
                    cell = address(block.at(row, column))
                    found[Ref(table.name, line.label, year)] = Place(block.sheet, cell)
        return found


def checked_figures(plan: Plan) -> list[CheckedFigure]:
    """List what every check of a plan is about."""
    return [CheckedFigure(check.kind, *check.stated) for check in checks_of(plan)]
