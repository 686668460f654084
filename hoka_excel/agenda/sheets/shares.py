"""The sheet Aandelen: what each project relates to."""

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import SHARE_COLUMNS, AgendaSheet, shares_block
from hoka_excel.agenda.sheets.labels import member_label
from hoka_excel.agenda.sheets.live_looks import missing_shares
from hoka_excel.agenda.sheets.page import HEAD, NAME_WIDTH, STATUS_WIDTH
from hoka_excel.agenda.sheets.projects import put_names
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.core.agenda.checks import SHARES
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.agenda.totals import TOTAL
from hoka_excel.workbook.sheets import Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, HEADER, INPUT, SECTION


def shares_sheet(layout: AgendaLayout) -> Sheet:
    """Lay out the shares of every project in each axis."""
    draft = SheetDraft()
    for axis in Axis:
        _put_shares(draft, layout, axis)
    blocks = [layout[shares_block(axis)] for axis in Axis]
    widths = {4 + column: width for column, width in enumerate(_word_widths(layout))}
    return Sheet(
        AgendaSheet.SHARES,
        "Aandelen: bij welke thema's en opleidingen hoort een project?",
        draft.cells,
        {1: NAME_WIDTH, 2: STATUS_WIDTH, 3: 9, **widths},
        heights=dict.fromkeys((block.top for block in blocks), 41),
        rules=missing_shares(layout),
        frozen=Position(4, 2),
        repeated_rows=HEAD,
    )


def _word_widths(layout: AgendaLayout) -> list[float]:
    """Give every column of shares room for the longest word above it."""
    widths: list[float] = []
    for axis in Axis:
        for column, member in enumerate((*layout.agenda.members(axis), None)):
            longest = 0 if member is None else max(map(len, member.label.split()))
            wanted = max(12.0, longest + 3.0)
            if column == len(widths):
                widths.append(wanted)
            widths[column] = max(widths[column], wanted)
    return widths


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
        parts = block.area((row, len(SHARE_COLUMNS)), (row, last - 1))
        draft.put(block.at(row, last), Formula(f"SUM({parts})", sum(shares.parts)), CHECK, "0")
