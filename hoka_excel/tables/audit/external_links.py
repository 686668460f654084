"""Audit formulas that read other workbooks: what they show is as old as the last update."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hoka_excel.core.findings import Finding
from hoka_excel.tables.audit.audited_sheet import AuditedSheet

if TYPE_CHECKING:
    from hoka_excel.tables.grid import Spot

_MOST_SHOWN = 5


def external_links(sheets: Sequence[AuditedSheet]) -> Iterator[Finding]:
    """Give one finding per workbook that is linked to: at the first formula that reads it, with the count."""
    readers: dict[str, list[tuple[AuditedSheet, Spot]]] = {}
    for sheet in sheets:
        for spot, parsed in sheet.parsed.items():
            for number in parsed.books:
                readers.setdefault(sheet.grid.linked.get(number, number), []).append((sheet, spot))
    for book, found in readers.items():
        sheet, spot = found[0]
        places = [reader.grid.place(place) for reader, place in found]
        shown = ", ".join(map(str, places[:_MOST_SHOWN]))
        rest = " …" if len(places) > _MOST_SHOWN else ""
        yield sheet.finding("external", spot, places, book=book, count=len(places), first=shown + rest)
