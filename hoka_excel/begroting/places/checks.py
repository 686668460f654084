"""The rectangles of a sheet of checks: how often each verdict was given, an overview, and the list itself.

The sheet is written whole every time, so its rectangles carry no defined names in the workbook. A begroting
and a quality agenda have the same three.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hoka_excel.begroting.places.blocks import Block, stacked
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.findings import Finding, Reconciliation
from hoka_excel.core.verdicts import Verdict


class CheckBlocks(NamedTuple):
    """What the rectangles are called: the counts, the overview, the list."""

    counts: str
    overview: str
    checks: str


class CheckedFigure(NamedTuple):
    """The figure that a check is about, and of which kind the check is; a period is a year or all of them."""

    kind: Kind
    table: str
    line: str
    period: int | str


CheckedLine = tuple[Kind, str, str]
"""The checks of one kind on one line of a table."""


def overview_rows(checked: Sequence[CheckedFigure]) -> dict[CheckedLine, dict[int | str, int]]:
    """Group checks by line, in the order of the list; each group holds the index of its check per period."""
    rows: dict[CheckedLine, dict[int | str, int]] = {}
    for index, figure in enumerate(checked):
        rows.setdefault(figure[:-1], {})[figure.period] = index
    return rows


CheckRows = Mapping[CheckedFigure, tuple[int, Finding]]
"""The row of each check in the list, counted from 0, and what it found."""


def check_rows(checked: Sequence[CheckedFigure], reconciliation: Reconciliation) -> CheckRows:
    """Say on which row of the list each check stands, and what it found."""
    return {
        figure: (index, finding)
        for index, (figure, finding) in enumerate(zip(checked, reconciliation.checks, strict=True))
    }


def check_sheet_blocks(
    sheet: str, names: CheckBlocks, checked: Sequence[CheckedFigure], periods: int, columns: int
) -> dict[str, Block]:
    """Stack the rectangles on their sheet.

    Args:
        sheet: what its tab says.
        names: of the rectangles.
        checked: what every check is about.
        periods: how many periods the overview shows.
        columns: how many columns the list has.
    """
    shapes = [
        (names.counts, len(Verdict) + 1, 2),
        (names.overview, 1 + len(overview_rows(checked)), 3 + periods),
        (names.checks, 1 + len(checked), columns),
    ]
    return stacked(sheet, shapes)
