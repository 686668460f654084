"""The sheet Verdeling: every amount divided over the members of each axis, to the cent, as live formulas.

The formulas follow the largest remainder, as the core does: everyone gets the whole cents due, the cents left
over go one each to the largest remainders, the earlier first. Cents and parts are whole numbers, so Excel's
arithmetic is exact.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import (
    DIVISION_COLUMNS,
    SHARE_COLUMNS,
    TO_DIVIDE,
    AgendaBlock,
    AgendaSheet,
    shares_block,
)
from hoka_excel.agenda.sheets.labels import example_marked, member_label, project_name
from hoka_excel.agenda.sheets.page import NAME_WIDTH, amount_widths
from hoka_excel.agenda.sheets.projects import AMOUNT
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.agenda.totals import TOTAL, divided, with_sum
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Content, Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, HEADER, LABEL, RESULT, YEAR

_FIRST = len(DIVISION_COLUMNS)
"""The column of the first year, here and among what is paid."""


def division_sheet(layout: AgendaLayout) -> Sheet:
    """Lay out every amount divided over the shares."""
    draft = SheetDraft()
    _put_division(draft, layout)
    block = layout[AgendaBlock.DIVISION]
    return Sheet(
        AgendaSheet.DIVISION,
        "Verdeling: elk bedrag op de cent over de aandelen",
        draft.cells,
        {1: NAME_WIDTH, 2: 14, 3: 44, **amount_widths(layout, 4)},
        frozen=Position(block.top + 1, 4),
        repeated_rows=(1, block.top),
        filtered=block.area((0, 0), (block.height - 1, block.width - 1)),
    )


def _put_division(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set the whole list: per axis and project what is divided, and what every member gets."""
    agenda, block = layout.agenda, layout[AgendaBlock.DIVISION]
    draft.row(block.at(0, 0), DIVISION_COLUMNS, HEADER)
    draft.row(block.at(0, _FIRST), agenda.years, HEADER, YEAR)
    draft.put(block.at(0, block.width - 1), example_marked(layout, TOTAL), HEADER)
    for axis in Axis:
        for index in range(len(agenda.projects)):
            _put_project(draft, layout, axis, index)


def _put_project(draft: SheetDraft, layout: AgendaLayout, axis: Axis, index: int) -> None:
    """Set what of a project is divided, and below it what every member gets."""
    block, paid = layout[AgendaBlock.DIVISION], layout[AgendaBlock.FINANCING]
    project, top = layout.agenda.projects[index], layout.division_row(axis, index)
    whole = [address(block.at(top, column)) for column in range(_FIRST, block.width - 1)]
    links = [paid.address(1 + index, column) for column in range(_FIRST, block.width - 1)]
    labels: tuple[Content, ...] = (project_name(layout, 1 + index), axis.value)
    draft.row(block.at(top, 0), (*labels, TO_DIVIDE), CHECK)
    _put_amounts(draft, block, top, _Amounts(links, with_sum(project.financed), CHECK))
    for member, amounts in enumerate(divided(project, axis)):
        row = top + 1 + member
        draft.row(block.at(row, 0), (*labels, member_label(layout, axis, member)), LABEL)
        parts = [_part(layout, axis, index, member, amount) for amount in whole]
        _put_amounts(draft, block, row, _Amounts(parts, amounts, RESULT))


class _Amounts(NamedTuple):
    """A row of amounts: the formula of every year, what they come to with their sum last, and their style."""

    expressions: Sequence[str]
    values: Sequence[Decimal]
    style: str


def _put_amounts(draft: SheetDraft, block: Block, row: int, amounts: _Amounts) -> None:
    years = block.area((row, _FIRST), (row, block.width - 2))
    formulas = map(Formula, (*amounts.expressions, f"SUM({years})"), amounts.values)
    draft.row(block.at(row, _FIRST), [*formulas], amounts.style, AMOUNT)


def _part(layout: AgendaLayout, axis: Axis, index: int, member: int, amount: str) -> str:
    """Write what a member gets of an amount; the last member takes what relates to none."""
    shares, row = layout[shares_block(axis)], 1 + index
    whole = shares.address(row, shares.width - 1)
    if member == len(layout.agenda.members(axis)):
        return f"IF({whole}=0,{amount},0)"
    first, own, last = len(SHARE_COLUMNS), len(SHARE_COLUMNS) + member, shares.width - 2
    cents = f"ROUND(ABS({amount})*100,0)"
    remainder = f"MOD({cents}*{shares.address(row, own)},{whole})"
    remainders = f"MOD({cents}*{shares.span((row, first), (row, last))},{whole})"
    ahead = f"SUMPRODUCT(--({remainders}>{remainder}))"
    if own > first:
        earlier = f"MOD({cents}*{shares.span((row, first), (row, own - 1))},{whole})"
        ahead += f"+SUMPRODUCT(--({earlier}={remainder}))"
    due = f"({cents}*{shares.address(row, own)}-{remainder})/{whole}"
    left_over = f"SUMPRODUCT({remainders})/{whole}"
    return f"IF({whole}=0,0,SIGN({amount})*({due}+IF({ahead}<{left_over},1,0))/100)"
