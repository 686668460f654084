"""The sheet Uitgangspunten: the years, the sources and their agreement, the themes and the programmes."""

from collections.abc import Mapping

from hoka_excel.agenda.places.layout import AgendaLayout
from hoka_excel.agenda.places.names import (
    MEMBER_COLUMNS,
    SOURCE_COLUMNS,
    AgendaBlock,
    AgendaSheet,
    members_block,
)
from hoka_excel.agenda.sheets.page import NAME_WIDTH
from hoka_excel.begroting.places.names import HEAD_ROWS
from hoka_excel.begroting.sheets.draft import SheetDraft, wrapped_heights
from hoka_excel.begroting.words import NO, YES
from hoka_excel.core.agenda.checks import FINANCING
from hoka_excel.core.agenda.projects import Axis
from hoka_excel.core.agenda.totals import TABLES
from hoka_excel.core.head import head_of
from hoka_excel.workbook.sheets import GENERAL, Content, Sheet
from hoka_excel.workbook.styles import DAY, HEADER, INPUT, INPUT_TEXT, LABEL, SECTION, YEAR

_HEADINGS: Mapping[Axis, str] = {
    Axis.OWN_THEMES: f"{TABLES[Axis.OWN_THEMES]} van de faculteit",
    Axis.SECTOR_THEMES: f"{TABLES[Axis.SECTOR_THEMES]} (sectorakkoord)",
    Axis.PROGRAMMES: TABLES[Axis.PROGRAMMES],
}


def assumptions_sheet(layout: AgendaLayout) -> Sheet:
    """Lay out everything that the projects refer to."""
    draft = SheetDraft()
    _put_assumptions(draft, layout)
    return Sheet(
        AgendaSheet.ASSUMPTIONS,
        "Uitgangspunten",
        draft.cells,
        {1: NAME_WIDTH, 2: 58, 3: 40, **dict.fromkeys(range(4, 7), 12)},
        heights=wrapped_heights(draft, {1: 54, 2: 70, 3: 46}),
        one_page=True,
    )


def _put_assumptions(draft: SheetDraft, layout: AgendaLayout) -> None:
    """Set everything that the projects refer to."""
    agenda = layout.agenda
    block = layout[AgendaBlock.GENERAL]
    draft.put(block.at(-1, 0), "De kwaliteitsagenda", SECTION)
    draft.labels(block, HEAD_ROWS, LABEL)
    words: tuple[Content, ...] = head_of(agenda)
    for offset, value in enumerate(words):
        is_day = value is agenda.day
        draft.put(block.at(offset, 1), value, INPUT if is_day else INPUT_TEXT, DAY if is_day else "@")
    block = layout[AgendaBlock.YEARS]
    draft.put(block.at(-1, 0), "Jaren van de agenda", SECTION)
    for offset, year in enumerate(agenda.years):
        draft.put(block.at(offset, 0), f"Jaar {offset + 1}", LABEL)
        draft.put(block.at(offset, 1), year, INPUT, YEAR)
    _put_sources(draft, layout)
    for axis in Axis:
        block = layout[members_block(axis)]
        draft.put(block.at(-1, 0), _HEADINGS[axis], SECTION)
        draft.row(block.at(0, 0), MEMBER_COLUMNS, HEADER)
        for offset, member in enumerate(agenda.members(axis), 1):
            draft.row(block.at(offset, 0), (member.name, member.detail, member.place), INPUT_TEXT)
            draft.put(block.at(offset, 3), member.number, INPUT)


def _put_sources(draft: SheetDraft, layout: AgendaLayout) -> None:
    block = layout[AgendaBlock.SOURCES]
    draft.put(
        block.at(-1, 0),
        f"{FINANCING}sbronnen (getoetst: alleen voor projecten die toelaatbaar zijn)",
        SECTION,
    )
    draft.row(block.at(0, 0), SOURCE_COLUMNS, HEADER)
    for offset, source in enumerate(layout.agenda.sources, 1):
        draft.row(block.at(offset, 0), (source.name, source.description, source.place), INPUT_TEXT)
        rest = (YES if source.is_tested else NO, source.first, source.last)
        draft.row(block.at(offset, 3), rest, INPUT, GENERAL)
