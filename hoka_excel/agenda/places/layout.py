"""Where everything of an agenda stands: named rectangles on its sheets.

Every table that has a row per project lists the projects in the same order. Formulas take every address from
here; the defined names bring a reader back to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hoka_excel.agenda.places.names import (
    AIM_COLUMNS,
    AMOUNT_COLUMNS,
    CHECK_BLOCKS,
    ELIGIBILITY_COLUMNS,
    SHARE_COLUMNS,
    AgendaBlock,
    shares_block,
    source_block,
    totals_block,
)
from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.checks import CheckedFigure
from hoka_excel.begroting.places.named_blocks import NamedBlocks
from hoka_excel.core.agenda.checks import COSTS, ELIGIBILITY, FINANCING, SHARES, agenda_checks
from hoka_excel.core.agenda.projects import ALL_YEARS, Agenda, AgendaRef, Axis
from hoka_excel.core.agenda.totals import SOURCES, TABLES, TOTAL, line_labels, total_ref
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.findings import Place
from hoka_excel.workbook.addresses import address


@dataclass(frozen=True, slots=True)
class AgendaLayout(NamedBlocks):
    """The rectangles of one agenda, by defined name."""

    agenda: Agenda
    blocks: Mapping[str, Block]
    check_blocks = CHECK_BLOCKS

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


def checked_figures(agenda: Agenda) -> list[CheckedFigure]:
    """List what every check of an agenda is about."""
    return [CheckedFigure(check.kind, *check.ref) for check in agenda_checks(agenda, {})]
