"""Say in a finding that a cell it is about does not show: nobody can look at it without unhiding it first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hoka_excel.core.finding_sequence import FindingSequence, verdicts_of
from hoka_excel.core.findings import Finding, Place
from hoka_excel.core.messages import Message
from hoka_excel.tables.grid import Grid, cell_spot
from hoka_excel.tables.search.cell_lines import NamedCells

_MOST_LISTED = 5


def with_hidden_told(findings: Sequence[Finding], grids: Sequence[Grid]) -> Sequence[Finding]:
    """Add to each finding which of its cells are on a hidden sheet, row or column.

    Args:
        findings: about cells of the sheets.
        grids: the sheets.
    """
    hiding = {grid.name: grid for grid in grids if grid.hidden or grid.hidden_rows or grid.hidden_columns}
    if not hiding:
        return findings
    return FindingSequence(verdicts_of(findings), lambda index: _with_told(findings[index], hiding))


def _with_told(finding: Finding, hiding: Mapping[str, Grid]) -> Finding:
    hidden = _hidden(finding, hiding)
    return replace(finding, message=_told(finding.message, hidden, hiding)) if hidden else finding


def _hidden(finding: Finding, hiding: Mapping[str, Grid]) -> list[Place]:
    """List the cells of a finding that do not show."""
    parts = finding.parts
    if isinstance(parts, NamedCells):
        grid = hiding.get(parts.sheet)
        unseen = [] if grid is None else parts.those(grid.is_hidden)
    else:
        unseen = [place for place in parts if _is_hidden(place, hiding)]
    return [finding.place, *unseen] if _is_hidden(finding.place, hiding) else unseen


def _is_hidden(place: Place, hiding: Mapping[str, Grid]) -> bool:
    grid = hiding.get(place.sheet)
    return grid is not None and grid.is_hidden(cell_spot(place.cell))


def _told(message: Message, hidden: Sequence[Place], hiding: Mapping[str, Grid]) -> Message:
    sheets = dict.fromkeys(place.sheet for place in hidden if hiding[place.sheet].hidden)
    cells = [place for place in hidden if place.sheet not in sheets]
    told = [Message("hidden.sheet", {"sheet": sheet}) for sheet in sheets]
    told += [Message("hidden.cell", {"place": place}) for place in cells[:_MOST_LISTED]]
    rest = len(cells) - _MOST_LISTED
    if rest > 0:
        told.append(Message("listed.more", {"count": rest}))
    return Message("hidden.finding", {"finding": message, "places": tuple(told)})
