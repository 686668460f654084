"""Say that a cell does not show: who looks for what a finding or a conflict names must unhide it first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from hoka_excel.core.finding_sequence import FindingSequence, verdicts_of
from hoka_excel.core.findings import Conflict, Finding, Place
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
    hiding = _hiding(grids)
    if not hiding:
        return findings
    return FindingSequence(verdicts_of(findings), lambda index: _with_told(findings[index], hiding))


def with_hidden_hinted(conflicts: Iterable[Conflict], grids: Sequence[Grid]) -> tuple[Conflict, ...]:
    """Add to each conflict which of the cells that would mend it are on a hidden sheet, row or column.

    Args:
        conflicts: about cells of the sheets.
        grids: the sheets.
    """
    hiding = _hiding(grids)
    return tuple(_with_hinted(conflict, hiding) for conflict in conflicts)


def _hiding(grids: Iterable[Grid]) -> dict[str, Grid]:
    return {grid.name: grid for grid in grids if grid.hidden or grid.hidden_rows or grid.hidden_columns}


def _with_hinted(conflict: Conflict, hiding: Mapping[str, Grid]) -> Conflict:
    places = dict.fromkeys(mend.place for repair in conflict.repairs for mend in repair)
    hidden = [place for place in places if _is_hidden(place, hiding)]
    if not hidden:
        return conflict
    hint = Message("hidden.hint", {"places": _listed(hidden, hiding)})
    return replace(conflict, hints=(*conflict.hints, hint))


def _with_told(finding: Finding, hiding: Mapping[str, Grid]) -> Finding:
    hidden = _hidden(finding, hiding)
    if not hidden:
        return finding
    values = {"finding": finding.message, "places": _listed(hidden, hiding)}
    return replace(finding, message=Message("hidden.finding", values))


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


def _listed(hidden: Sequence[Place], hiding: Mapping[str, Grid]) -> tuple[Message, ...]:
    """Name hidden sheets, and the first of the hidden cells of others."""
    sheets = dict.fromkeys(place.sheet for place in hidden if hiding[place.sheet].hidden)
    cells = [place for place in hidden if place.sheet not in sheets]
    told = [Message("hidden.sheet", {"sheet": sheet}) for sheet in sheets]
    told += [Message("hidden.cell", {"place": place}) for place in cells[:_MOST_LISTED]]
    rest = len(cells) - _MOST_LISTED
    if rest > 0:
        told.append(Message("listed.more", {"count": rest}))
    return tuple(told)
