"""The sheet Kwaliteitsdoelen: what each project improves."""

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import AIM_COLUMNS, AgendaBlock, AgendaSheet
from hoka_excel.agenda.sheets.live_looks import missing_aims
from hoka_excel.agenda.sheets.page import NAME_WIDTH, STATUS_WIDTH
from hoka_excel.agenda.sheets.projects import put_names
from hoka_excel.begroting.sheets.draft import SheetDraft, wrapped_heights
from hoka_excel.workbook.sheets import Position, Sheet
from hoka_excel.workbook.styles import HEADER, INPUT_TEXT, SECTION


def aims_sheet(layout: AgendaLayout) -> Sheet:
    """Lay out what every project improves."""
    draft = SheetDraft()
    _put_aims(draft, layout)
    return Sheet(
        AgendaSheet.AIMS,
        "Kwaliteitsdoelen en onderbouwing",
        draft.cells,
        {1: NAME_WIDTH, 2: STATUS_WIDTH, 3: 56, 4: 56, 5: 40},
        heights=wrapped_heights(draft, {3: 58, 4: 58, 5: 42}),
        rules=missing_aims(layout),
        frozen=Position(layout[AgendaBlock.AIMS].top + 1, 2),
        repeated_rows=(1, layout[AgendaBlock.AIMS].top),
    )


def _put_aims(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set what every project improves, what will show it, and where the source speaks of it."""
    block = layout[AgendaBlock.AIMS]
    draft.put(block.at(-1, 0), "Wat verbetert er, en waaruit blijkt dat?", SECTION)
    draft.row(block.at(0, 0), AIM_COLUMNS, HEADER)
    put_names(draft, layout, block)
    for row, project in enumerate(layout.agenda.projects, 1):
        texts = (project.aim or None, project.evidence or None, project.place or None)
        draft.row(block.at(row, 2), texts, INPUT_TEXT)
