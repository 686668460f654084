"""Where everything of an agenda stands: named rectangles on its sheets.

Every table that has a row per project lists the projects in the same order. Formulas take every address from
here; the defined names bring a reader back to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hoka_excel.begroting.blocks import Block, stacked
from hoka_excel.begroting.layout import AGENDA_PREFIX, master_block
from hoka_excel.core.agenda.agenda_checks import (
    COSTS,
    ELIGIBILITY,
    FINANCING,
    SHARES,
    AgendaCheck,
    agenda_checks,
)
from hoka_excel.core.agenda.projects import ALL_YEARS, Agenda, AgendaRef, Axis
from hoka_excel.core.agenda.totals import SOURCES, TABLES, TOTAL, line_labels, total_ref
from hoka_excel.core.checks import Kind
from hoka_excel.core.findings import Place
from hoka_excel.core.verdicts import Verdict
from hoka_excel.workbook.addresses import address


class AgendaSheet(StrEnum):
    """The sheets, in the order of their tabs."""

    ABOUT = "Toelichting"
    ASSUMPTIONS = "Uitgangspunten"
    PROJECTS = "Projecten"
    SHARES = "Aandelen"
    AIMS = "Kwaliteitsdoelen"
    ELIGIBILITY = "Toelaatbaarheid"
    TOTALS = "Totalen"
    DIVISION = "Verdeling"
    CHECKS = "Aansluiting"
    FINDINGS = "Bevindingen"


class AgendaBlock(StrEnum):
    """The defined names of the rectangles that every agenda has."""

    GENERAL = "Hoka_agenda_algemeen"
    YEARS = "Hoka_agenda_jaren"
    SOURCES = "Hoka_agenda_bronnen"
    COSTS = "Hoka_agenda_kosten"
    FINANCING = "Hoka_agenda_financiering"
    UNCOVERED = "Hoka_agenda_nog_te_dekken"
    AIMS = "Hoka_agenda_kwaliteitsdoelen"
    ELIGIBILITY = "Hoka_agenda_toelaatbaarheid"
    OUTCOMES = "Hoka_agenda_uitkomsten"
    DIVISION = "Hoka_agenda_verdeling"
    NOTES = "Hoka_agenda_opmerkingen"
    CHECK_SHEET = "Hoka_agenda_aansluiting"
    FINDING_SHEET = "Hoka_agenda_bevindingen"
    COUNTS = "Hoka_agenda_oordelen"
    OVERVIEW = "Hoka_agenda_overzicht"
    CHECKS = "Hoka_agenda_controles"


WRITTEN_WHOLE = (AgendaBlock.COUNTS, AgendaBlock.OVERVIEW, AgendaBlock.CHECKS)
"""Rectangles of a sheet that is written anew every time; they carry no defined names."""

GENERAL_ROWS = ("Titel", "Instelling", "Faculteit", "Versie", "Datum", "Bron")
MEMBER_COLUMNS = ("Naam", "Ondertitel of graad", "Vindplaats", "Nummer")
SOURCE_COLUMNS = ("Naam", "Omschrijving", "Vindplaats", "Getoetst", "Eerste jaar", "Laatste jaar")
AMOUNT_COLUMNS = ("Project", "Bedragen", "Dekking")
COST_COLUMNS = ("Project", "Bedragen", "Nummer")
SHARE_COLUMNS = ("Project", "Bedragen", "Geheel")
DIVISION_COLUMNS = ("Project", "Verdeeld over", "Onderdeel")
ELIGIBILITY_COLUMNS = (
    "Project",
    "Bedragen",
    "Oordeel",
    "Reden",
    "Gevraagd",
    "Sectorthema",
    "Doel genoemd",
    "Aantoonbaar",
    "Boven 100 %",
    "Buiten looptijd",
)
AIM_COLUMNS = ("Project", "Bedragen", "Kwaliteitsdoel", "Onderbouwing", "Vindplaats")
OUTCOME_COLUMNS = ("Oordeel", "Projecten", "Gevraagd")
CHECK_COLUMNS = (
    "Soort",
    "Regel",
    "Tabel",
    "Jaar",
    "Gesteld",
    "Herrekend",
    "Verschil",
    "Oordeel",
    "Toelichting",
)
TO_DIVIDE = "te verdelen"
FOOT_ROWS = ("Volgens de bronnen", "Verschil", "Oordeel")
SOURCES_FOOT_ROWS = ("Som van de regels", "Verschil", "Oordeel")
OUTCOMES = 3
_NOTES_ROW = 27
"""The sheet Toelichting: the notes of the agenda stand below its own explanation."""


def members_block(axis: Axis) -> str:
    """Name the list of what an axis divides over."""
    return f"{AGENDA_PREFIX}lijst_{_word(axis)}"


def shares_block(axis: Axis) -> str:
    """Name the shares of the projects in an axis."""
    return f"{AGENDA_PREFIX}aandelen_{_word(axis)}"


def source_block(number: int) -> str:
    """Name what a source pays for each project; sources count from 1."""
    return f"{AGENDA_PREFIX}bron_{number}"


def totals_block(table: str) -> str:
    """Name a table of totals."""
    return f"{AGENDA_PREFIX}totalen_{_TOTALS[table]}"


def foot_block(table: str) -> str:
    """Name the live check below a table of totals."""
    return f"{AGENDA_PREFIX}controle_{_TOTALS[table]}"


def _word(axis: Axis) -> str:
    return axis.replace(" ", "_")


_TOTALS = {**{name: _word(axis) for axis, name in TABLES.items()}, SOURCES: "bron"}


@dataclass(frozen=True, slots=True)
class AgendaLayout:
    """The rectangles of one agenda, by defined name."""

    agenda: Agenda
    blocks: Mapping[str, Block]

    @property
    def names(self) -> dict[str, str]:
        """What every defined name refers to."""
        return {name: block.reference for name, block in self.blocks.items() if name not in WRITTEN_WHOLE}

    def __getitem__(self, name: str) -> Block:
        """Give the rectangle with a defined name."""
        return self.blocks[name]

    def amount_blocks(self) -> dict[str, Block]:
        """Give the tables that have an amount per project and year, by what they hold."""
        return {
            COSTS: self[AgendaBlock.COSTS],
            **{source.name: self[source_block(n)] for n, source in enumerate(self.agenda.sources, 1)},
            FINANCING: self[AgendaBlock.FINANCING],
        }

    def division_row(self, axis: Axis, project: int) -> int:
        """Give the offset of the row that says what of a project is divided over an axis.

        The rows of the members come below it, and last the row for what relates to none.
        """
        before = list(Axis)[: list(Axis).index(axis)]
        count = len(self.agenda.projects)
        earlier = sum(count * (1 + len(line_labels(self.agenda, other))) for other in before)
        return 1 + earlier + project * (1 + len(line_labels(self.agenda, axis)))

    def places(self) -> dict[AgendaRef, Place]:
        """Give the place of every figure that a check is about."""
        agenda = self.agenda
        found: dict[AgendaRef, Place] = {}
        for name, labels in total_lines(agenda).items():
            block = self[totals_block(name)]
            for row, label in enumerate(labels, 1):
                for column, period in enumerate(agenda.periods, 1):
                    found[total_ref(agenda, name, label, period)] = _place(block, row, column)
        for name, block in self.amount_blocks().items():
            for row, project in enumerate(agenda.projects, 1):
                for column, period in enumerate(agenda.periods, len(AMOUNT_COLUMNS)):
                    found[AgendaRef(name, project.label, period)] = _place(block, row, column)
        shares, aims = self[shares_block(Axis.SECTOR_THEMES)], self[AgendaBlock.AIMS]
        tests = self[AgendaBlock.ELIGIBILITY]
        for row, project in enumerate(agenda.projects, 1):
            for table, period, block, column in (
                (SHARES[Axis.SECTOR_THEMES], ALL_YEARS, shares, len(SHARE_COLUMNS)),
                (ELIGIBILITY, ALL_YEARS, tests, ELIGIBILITY_COLUMNS.index("Gevraagd")),
                (ELIGIBILITY, Kind.QUALITY_AIM, aims, AIM_COLUMNS.index("Kwaliteitsdoel")),
                (ELIGIBILITY, Kind.EVIDENCE, aims, AIM_COLUMNS.index("Onderbouwing")),
            ):
                found[AgendaRef(table, project.label, period)] = _place(block, row, column)
        return found


def _place(block: Block, row: int, column: int) -> Place:
    return Place(block.sheet, address(block.at(row, column)))


def total_lines(agenda: Agenda) -> dict[str, tuple[str, ...]]:
    """List the lines of every table of totals, its total last."""
    return {
        **{name: (*line_labels(agenda, axis), TOTAL) for axis, name in TABLES.items()},
        SOURCES: (*(source.name for source in agenda.sources), TOTAL),
    }


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
            (AgendaBlock.GENERAL, len(GENERAL_ROWS), 2),
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
            (AgendaBlock.OUTCOMES, 1 + OUTCOMES + 1, len(OUTCOME_COLUMNS)),
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
    """Lay out the sheet of checks; it is written whole every time, so its rectangles carry no names."""
    checks = agenda_checks(agenda, {})
    return stacked(
        sheet,
        [
            (AgendaBlock.COUNTS, len(Verdict) + 1, 2),
            (AgendaBlock.OVERVIEW, 1 + len(overview_rows(checks)), 3 + len(agenda.periods)),
            (AgendaBlock.CHECKS, 1 + len(checks), len(CHECK_COLUMNS)),
        ],
    )


def overview_rows(checks: Sequence[AgendaCheck]) -> dict[tuple[Kind, str, str], list[int]]:
    """Group the checks by kind, table and line; each group holds its check of every period, in order."""
    rows: dict[tuple[Kind, str, str], list[int]] = {}
    for index, check in enumerate(checks):
        rows.setdefault((check.kind, check.ref.table, check.ref.line), []).append(index)
    return rows
