"""What surrounds a list of checks: how often each verdict was given, an overview per period, and the sheet.

A begroting and a quality agenda show it in the same way; only what their lists say of a check differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hoka_excel.begroting.places.blocks import Block
from hoka_excel.begroting.places.checks import CheckedFigure, overview_rows
from hoka_excel.begroting.places.named_blocks import NamedBlocks
from hoka_excel.begroting.sheets.draft import SheetDraft
from hoka_excel.begroting.words import kind_word, word
from hoka_excel.core.findings import Reconciliation
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Formula, Position, Sheet
from hoka_excel.workbook.styles import CHECK, HEADER, LABEL, SECTION, TOTAL, TOTAL_LABEL, VERDICT

_TITLE = "Aansluiting: alle controles"


@dataclass(frozen=True, slots=True)
class CheckSummary:
    """What a sheet of checks shows besides its list.

    Attributes:
        layout: whose rectangles these are.
        columns: of the list.
        periods: the columns of the overview: years, and perhaps all of them.
        period_format: how the overview shows them.
        checked: what every check is about.
        reconciliation: what the checks found.
    """

    layout: NamedBlocks
    columns: Sequence[str]
    periods: Sequence[int | str]
    period_format: str
    checked: Sequence[CheckedFigure]
    reconciliation: Reconciliation

    @property
    def counts(self) -> Block:
        """Where the verdicts are counted."""
        return self.layout[self.layout.check_blocks.counts]

    @property
    def overview(self) -> Block:
        """Where the verdicts stand per line and period."""
        return self.layout[self.layout.check_blocks.overview]

    @property
    def checks(self) -> Block:
        """Where the list stands."""
        return self.layout[self.layout.check_blocks.checks]

    @property
    def verdict_column(self) -> int:
        """The offset of the column of the list that holds the verdicts."""
        return self.columns.index("Oordeel")


def put_summary(draft: SheetDraft, summary: CheckSummary) -> None:
    """Set the counts, the overview, and the heading and header of the list."""
    _put_counts(draft, summary)
    _put_overview(draft, summary)
    draft.put(summary.checks.at(-1, 0), "Alle controles", SECTION)
    draft.row(summary.checks.at(0, 0), summary.columns, HEADER)


def _put_counts(draft: SheetDraft, summary: CheckSummary) -> None:
    """Count the verdicts of the list; a row per verdict and one for all."""
    block, found = summary.counts, summary.reconciliation
    last, column = summary.checks.height - 1, summary.verdict_column
    verdicts = summary.checks.span((1, column), (last, column))
    draft.put(block.at(-1, 0), "Oordelen", SECTION)
    for offset, (verdict, count) in enumerate(found.counts.items()):
        label = block.at(offset, 0)
        draft.put(label, word(verdict), LABEL)
        draft.put(block.at(offset, 1), Formula(f"COUNTIF({verdicts},{address(label)})", count), CHECK, "0")
    foot = len(found.counts)
    draft.put(block.at(foot, 0), "alle controles", TOTAL_LABEL)
    counted = Formula(f"SUM({block.area((0, 1), (foot - 1, 1))})", len(found.checks))
    draft.put(block.at(foot, 1), counted, TOTAL, "0")


def _put_overview(draft: SheetDraft, summary: CheckSummary) -> None:
    """Repeat the verdict of every check in the row of its line and the column of its period."""
    block, periods = summary.overview, list(summary.periods)
    draft.put(block.at(-1, 0), "Overzicht per jaar", SECTION)
    draft.row(block.at(0, 0), ("Soort", "Regel", "Tabel"), HEADER)
    draft.row(block.at(0, 3), [*map(period_cell, periods)], HEADER, summary.period_format)
    for row, ((kind, table, line), indices) in enumerate(overview_rows(summary.checked).items(), 1):
        draft.row(block.at(row, 0), (kind_word(kind), line, table), LABEL)
        for period, index in indices.items():
            source = address(summary.checks.at(1 + index, summary.verdict_column))
            said = word(summary.reconciliation.checks[index].verdict)
            draft.put(block.at(row, 3 + periods.index(period)), Formula(source, said), VERDICT)


def period_cell(period: int | str) -> int | str:
    """Write a period as a cell: a year as a number, all years as words."""
    return int(period) if str(period).isdecimal() else period


def sheet_of_checks(
    name: str, draft: SheetDraft, summary: CheckSummary, widths: Mapping[int, float]
) -> Sheet:
    """Make the sheet of what was drafted on it; `name` is what its tab says."""
    overview, checks, column = summary.overview, summary.checks, summary.verdict_column
    return Sheet(
        name,
        _TITLE,
        draft.cells,
        widths,
        frozen=Position(4, 1),
        repeated_rows=(1, 3),
        verdicts=(
            overview.area((1, 3), (overview.height - 1, overview.width - 1)),
            checks.area((1, column), (checks.height - 1, column)),
        ),
        filtered=checks.area((0, 0), (checks.height - 1, checks.width - 1)),
    )
