"""Audit error values: where each begins, and which formulas only pass one on."""

from collections.abc import Iterator, Mapping, Sequence

from hoka_excel.core.findings import Finding, Place
from hoka_excel.tables.audit.audited_sheet import WRONG, AuditedSheet
from hoka_excel.tables.audit.spot_index import SpotIndex
from hoka_excel.tables.grid import Spot


def errors(sheets: Sequence[AuditedSheet]) -> Iterator[Finding]:
    """Find the error values, typed or calculated: first those that begin somewhere, then those passed on."""
    alike: dict[tuple[str, str], list[Spot]] = {}
    for sheet in sheets:
        for spot, text in sheet.errors.items():
            alike.setdefault((sheet.grid.name, text), []).append(spot)
    found = {key: SpotIndex.of(spots) for key, spots in alike.items()}
    passed_on: list[Finding] = []
    for sheet in sheets:
        for spot, text in sorted(sheet.errors.items()):
            source = _source(sheet, spot, text, found)
            if source is None:
                yield sheet.finding("error", spot, (), WRONG, error=text)
            else:
                passed_on.append(sheet.finding("error_passed_on", spot, [source], WRONG, error=text))
    yield from passed_on


def _source(
    sheet: AuditedSheet, spot: Spot, text: str, found: Mapping[tuple[str, str], SpotIndex]
) -> Place | None:
    """Give the first other cell with the same error that the formula of a cell reads."""
    parsed = sheet.parsed.get(spot)
    for reference in parsed.references if parsed is not None else ():
        other = sheet.other(reference)
        if other is not None and (other.name, text) in found:
            for place in found[other.name, text].within(reference.area):
                if (other.name, place) != (sheet.grid.name, spot):
                    return other.place(place)
    return None
