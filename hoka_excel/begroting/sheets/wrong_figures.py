"""How the figures of a table are coloured for as long as the list of checks says that they do not tie."""

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.layout import Layout
from hoka_excel.begroting.places.names import CHECK_COLUMNS, NAME_PREFIX, BlockName, table_block
from hoka_excel.begroting.words import word
from hoka_excel.core.plan import Table
from hoka_excel.core.verdicts import Verdict
from hoka_excel.tables.grid import column_letters
from hoka_excel.workbook.sheets import Rule
from hoka_excel.workbook.styles import WRONG

CHECK_LIST = f"{NAME_PREFIX}controlelijst"
"""The defined name under which other sheets look a check up."""


def check_list(layout: Layout) -> str:
    """Give the rows where the list of checks stands, with room for it to grow and to move down."""
    checks = layout[BlockName.CHECKS]
    return Block(checks.sheet, 1, checks.left, 2 * (checks.top + checks.height), checks.width).reference


def wrong_figures(table: Table, layout: Layout) -> Rule:
    """Colour the figures of a table that do not tie, for as long as the list of checks says so.

    A figure is looked up by the label of its line and the year above it, wherever the table stands.
    """
    block = layout[table_block(table.name)]
    first = block.at(1, 1)
    line = f"${column_letters(block.left)}{first.row}"
    year = f"{column_letters(first.column)}${block.top}"
    listed = {column: f"INDEX({CHECK_LIST},0,{number})" for number, column in enumerate(CHECK_COLUMNS, 1)}
    name = table.name.replace('"', '""')
    wrong = "+".join(
        f'({listed["Oordeel"]}="{word(verdict)}")' for verdict in (Verdict.MISMATCH, Verdict.UNTESTABLE)
    )
    formula = (
        f'SUMPRODUCT(({listed["Regel"]}={line})*({listed["Tabel"]}="{name}")'
        f"*({listed['Jaar']}={year})*({wrong}))>0"
    )
    return Rule(block.area((1, 1), (block.height - 1, block.width - 1)), formula, WRONG)
