"""The cells that an agenda colours while it is being filled in: those that keep a project from its money.

Other sheets are reached through defined names: a conditional format may not refer to them directly.
"""

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import (
    AIM_COLUMNS,
    AMOUNT_COLUMNS,
    ELIGIBILITY_COLUMNS,
    SHARE_COLUMNS,
    SOURCE_COLUMNS,
    AgendaBlock,
    shares_block,
    source_block,
)
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.words import YES
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.tables.grid import column_letters
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Rule
from hoka_excel.workbook.styles import WRONG


def wrong_amounts(layout: AgendaLayout) -> tuple[Rule, ...]:
    """Colour what is paid above the costs, and what a tested source pays outside its years."""
    paid, costs, first = layout[AgendaBlock.FINANCING], layout[AgendaBlock.COSTS], len(AMOUNT_COLUMNS)
    above = f"ROUND({address(paid.at(1, first))}-{address(costs.at(1, first))},2)>0"
    rules = [Rule(_projects(layout, paid, first, paid.width - 2), above, WRONG)]
    for number in range(1, 1 + len(layout.agenda.sources)):
        block = layout[source_block(number)]
        amount, header = address(block.at(1, first)), block.at(0, first)
        year = f"{column_letters(header.column)}${header.row}"
        tested, start, end = (
            f"INDEX({AgendaBlock.SOURCES},{number + 1},{SOURCE_COLUMNS.index(column) + 1})"
            for column in ("Getoetst", "Eerste jaar", "Laatste jaar")
        )
        outside = f'OR(AND({start}<>"",{year}<{start}),AND({end}<>"",{year}>{end}))'
        formula = f'AND({amount}<>0,{tested}="{YES}",{outside})'
        rules.append(Rule(_projects(layout, block, first, block.width - 2), formula, WRONG))
    return tuple(rules)


def missing_shares(layout: AgendaLayout) -> tuple[Rule, ...]:
    """Colour the shares per sector theme of a project that asks for money and has none."""
    block, first = layout[shares_block(Axis.SECTOR_THEMES)], len(SHARE_COLUMNS)
    left, right = block.at(1, first), block.at(1, block.width - 2)
    row = f"${column_letters(left.column)}{left.row}:${column_letters(right.column)}{right.row}"
    formula = f"AND(SUM({row})=0,{_asked(block)}>0)"
    return (Rule(_projects(layout, block, first, block.width - 2), formula, WRONG),)


def missing_aims(layout: AgendaLayout) -> tuple[Rule, ...]:
    """Colour the aim or evidence that a project that asks for money does not have."""
    block = layout[AgendaBlock.AIMS]
    first, last = (AIM_COLUMNS.index(name) for name in ("Kwaliteitsdoel", "Onderbouwing"))
    formula = f"AND(LEN(TRIM({address(block.at(1, first))}))=0,{_asked(block)}>0)"
    return (Rule(_projects(layout, block, first, last), formula, WRONG),)


def _asked(block: Block) -> str:
    """Write what the project of a row asks for, as seen from the first row of a rectangle."""
    header = block.at(0, 0)
    letters = column_letters(header.column)
    row = f"ROW(${letters}{header.row + 1})-ROW(${letters}${header.row})+1"
    return f"INDEX({AgendaBlock.ELIGIBILITY},{row},{ELIGIBILITY_COLUMNS.index('Gevraagd') + 1})"


def _projects(layout: AgendaLayout, block: Block, first: int, last: int) -> str:
    return block.area((1, first), (len(layout.agenda.projects), last))
