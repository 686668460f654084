"""The sheets Aandelen and Kwaliteitsdoelen: what each project relates to and improves."""

from hoka_excel.agenda.labels import member_label
from hoka_excel.agenda.layout import AIM_COLUMNS, SHARE_COLUMNS, AgendaBlock, AgendaLayout, shares_block
from hoka_excel.agenda.project_sheet import put_names
from hoka_excel.begroting.sheet_draft import SheetDraft
from hoka_excel.core.agenda.agenda_checks import SHARES
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.agenda.totals import TOTAL
from hoka_excel.workbook.addresses import Area
from hoka_excel.workbook.sheets import Formula
from hoka_excel.workbook.styles import CHECK, HEADER, INPUT, INPUT_TEXT, SECTION


def put_shares(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set the shares of every project in each axis."""
    for axis in Axis:
        _put_shares(draft, layout, axis)


def _put_shares(draft: SheetDraft, layout: AgendaLayout, axis: Axis) -> None:
    agenda, block = layout.agenda, layout[shares_block(axis)]
    draft.put(block.at(-1, 0), f"{SHARES[axis]} (hele delen van het geheel)", SECTION)
    labels = [member_label(layout, axis, index) for index in range(len(agenda.members(axis)))]
    draft.row(block.at(0, 0), (*SHARE_COLUMNS, *labels, TOTAL), HEADER)
    put_names(draft, layout, block)
    for row, project in enumerate(agenda.projects, 1):
        shares, last = project.shares_of(axis), block.width - 1
        draft.put(block.at(row, 2), shares.whole, INPUT)
        for column, part in enumerate(shares.parts, len(SHARE_COLUMNS)):
            draft.put(block.at(row, column), part or None, INPUT, "0")
        parts = Area(block.at(row, len(SHARE_COLUMNS)), block.at(row, last - 1))
        draft.put(block.at(row, last), Formula(f"SUM({parts})", sum(shares.parts)), CHECK, "0")


def put_aims(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set what every project improves, what will show it, and where the source speaks of it."""
    block = layout[AgendaBlock.AIMS]
    draft.put(block.at(-1, 0), "Wat verbetert er, en waaruit blijkt dat?", SECTION)
    draft.row(block.at(0, 0), AIM_COLUMNS, HEADER)
    put_names(draft, layout, block)
    for row, project in enumerate(layout.agenda.projects, 1):
        texts = (project.aim or None, project.evidence or None, project.place or None)
        draft.row(block.at(row, 2), texts, INPUT_TEXT)
