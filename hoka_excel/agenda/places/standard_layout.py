"""How a fresh workbook of an agenda is laid out: which rectangle stands where, given its lists."""

from dataclasses import replace

from hoka_excel.agenda.places.layout import AgendaLayout, checked_figures, total_lines
from hoka_excel.agenda.places.names import (
    AIM_COLUMNS,
    AMOUNT_COLUMNS,
    CHECK_BLOCKS,
    CHECK_COLUMNS,
    DIVISION_COLUMNS,
    ELIGIBILITY_COLUMNS,
    FOOT_ROWS,
    MEMBER_COLUMNS,
    OUTCOME_COLUMNS,
    SHARE_COLUMNS,
    SOURCE_COLUMNS,
    AgendaBlock,
    AgendaSheet,
    foot_block,
    members_block,
    shares_block,
    source_block,
    totals_block,
)
from hoka_excel.begroting.places.blocks import Block, stacked
from hoka_excel.begroting.places.checks import check_sheet_blocks
from hoka_excel.begroting.places.names import HEAD_ROWS, master_block
from hoka_excel.core.agenda.eligibility import Outcome
from hoka_excel.core.agenda.projects import Agenda, Axis
from hoka_excel.core.agenda.totals import line_labels

_NOTES_ROW = 27
"""The sheet Toelichting: the notes of the agenda stand below its own explanation."""


def standard_layout(agenda: Agenda) -> AgendaLayout:
    """Lay out a fresh workbook."""
    return AgendaLayout(agenda, {**table_blocks(agenda), **check_blocks(agenda, AgendaSheet.CHECKS)})


def table_blocks(agenda: Agenda) -> dict[str, Block]:
    """Lay out everything but the sheet of checks: what the lists of an agenda ask for."""
    return {
        **_assumptions(agenda),
        **_projects(agenda),
        **_eligibility(agenda),
        **_totals(agenda),
        AgendaBlock.DIVISION: _division(agenda),
        AgendaBlock.NOTES: Block(AgendaSheet.ABOUT, _NOTES_ROW, 2, max(1, len(agenda.notes)), 1),
        AgendaBlock.CHECK_SHEET: Block(AgendaSheet.CHECKS, 1, 1, 1, 1),
        AgendaBlock.FINDING_SHEET: Block(AgendaSheet.FINDINGS, 1, 1, 1, 1),
        **{master_block(sheet): Block(sheet, 2, 1, 1, 2) for sheet in AgendaSheet},
    }


def _assumptions(agenda: Agenda) -> dict[str, Block]:
    lists = [(members_block(axis), 1 + len(agenda.members(axis)), len(MEMBER_COLUMNS)) for axis in Axis]
    return stacked(
        AgendaSheet.ASSUMPTIONS,
        [
            (AgendaBlock.GENERAL, len(HEAD_ROWS), 2),
            (AgendaBlock.YEARS, len(agenda.years), 2),
            (AgendaBlock.SOURCES, 1 + len(agenda.sources), len(SOURCE_COLUMNS)),
            *lists,
        ],
    )


def _projects(agenda: Agenda) -> dict[str, Block]:
    """Stack costs, what each source pays, what all pay and what is left; then the shares, then the aims."""
    count, width = len(agenda.projects), len(AMOUNT_COLUMNS) + len(agenda.periods)
    amounts = (
        AgendaBlock.COSTS,
        *(source_block(number) for number in range(1, 1 + len(agenda.sources))),
        AgendaBlock.FINANCING,
        AgendaBlock.UNCOVERED,
    )
    shares = [
        (shares_block(axis), 1 + count, len(SHARE_COLUMNS) + len(agenda.members(axis)) + 1) for axis in Axis
    ]
    return {
        **stacked(AgendaSheet.PROJECTS, [(name, 2 + count, width) for name in amounts]),
        **stacked(AgendaSheet.SHARES, shares),
        **stacked(AgendaSheet.AIMS, [(AgendaBlock.AIMS, 1 + count, len(AIM_COLUMNS))]),
    }


def _eligibility(agenda: Agenda) -> dict[str, Block]:
    return stacked(
        AgendaSheet.ELIGIBILITY,
        [
            (AgendaBlock.OUTCOMES, 1 + len(Outcome) + 1, len(OUTCOME_COLUMNS)),
            (AgendaBlock.ELIGIBILITY, 1 + len(agenda.projects), len(ELIGIBILITY_COLUMNS)),
        ],
    )


def _totals(agenda: Agenda) -> dict[str, Block]:
    """Stack the tables, the live check of each one row below it."""
    gap, width = 1, 1 + len(agenda.periods)
    lines = total_lines(agenda)
    shapes = [(name, 1 + len(labels) + gap + len(FOOT_ROWS), width) for name, labels in lines.items()]
    blocks: dict[str, Block] = {}
    for name, whole in stacked(AgendaSheet.TOTALS, shapes).items():
        table = replace(whole, height=whole.height - gap - len(FOOT_ROWS))
        foot = replace(whole, top=table.top + table.height + gap, height=len(FOOT_ROWS))
        blocks |= {totals_block(name): table, foot_block(name): foot}
    return blocks


def _division(agenda: Agenda) -> Block:
    rows = sum(1 + len(line_labels(agenda, axis)) for axis in Axis) * len(agenda.projects)
    return Block(AgendaSheet.DIVISION, 4, 1, 1 + rows, len(DIVISION_COLUMNS) + len(agenda.periods))


def check_blocks(agenda: Agenda, sheet: str) -> dict[str, Block]:
    """Lay out the sheet of checks."""
    return check_sheet_blocks(
        sheet, CHECK_BLOCKS, checked_figures(agenda), len(agenda.periods), len(CHECK_COLUMNS)
    )
