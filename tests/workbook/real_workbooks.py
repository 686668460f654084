"""The real workbooks of shared/data, and what must hold once one of their cells was written."""

from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hoka_excel.core.errors import HokaError
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.edits import Change
from hoka_excel.workbook.package import opened
from tests.workbook.forged_workbooks import members

FOLDER = Path(__file__).parents[3] / "shared/data/workbooks/formats"
needs_real_workbooks = pytest.mark.skipif(
    not FOLDER.exists(), reason="the workbooks of shared/data/workbooks/formats are not here"
)
FIGURE = 12345.25
_TRIED = ("B2", "A1", "C3", "D14", "Z99", "XA5000")
_REFUSED_CELL = "cells."
_GO_WITH_A_CELL = frozenset(
    {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/calcChain.xml"}
)
"""The parts that hold the recalculation flag and the order of calculation."""


def real_workbooks(every: int = 1) -> list[Path]:
    """List the workbooks, or one in so many."""
    return sorted(path for path in FOLDER.glob("*.xl*"))[::every]


def set_one_figure(source: Path, target: Path) -> Change:
    """Set the first cell that may be written on the first worksheet."""
    with opened(source) as package:
        tabs = Book.of(Draft(package)).tabs()
    refusal = HokaError("package.no_workbook", file=source.name)
    for tab in (tab for tab in tabs if tab.kind == "worksheet"):
        for cell in _TRIED:
            try:
                return write_cells(source, {(tab.name, cell): FIGURE}, target)[0]
            except HokaError as error:
                refusal = error
                if not error.faults[0].code.startswith(_REFUSED_CELL):
                    raise
    raise refusal


def losses(source: Path, target: Path, change: Change) -> list[str]:
    """Say what else differs between a workbook and the one with a cell set."""
    with opened(source) as package:
        touched = Book.of(Draft(package)).tab(change.sheet).part
    before, after = members(source), members(target)
    found = [name for name in before.keys() ^ after.keys() if name not in _GO_WITH_A_CELL]
    found += [
        name
        for name in before.keys() & after.keys()
        if before[name] != after[name] and name != touched and name not in _GO_WITH_A_CELL
    ]
    old, new = _taken_apart(before[touched]), _taken_apart(after[touched])
    differing = {place for place in old.keys() | new.keys() if old.get(place) != new.get(place)}
    return found + sorted(differing - {change.cell})


def _taken_apart(sheet: bytes) -> dict[str, object]:
    """Map every cell to what it holds, every row to its look, and the rest of the sheet to its elements."""
    root = ET.fromstring(sheet)  # noqa: S314 - it went through our own check
    found: dict[str, object] = {}
    for number, child in enumerate(root):
        name = _local(child.tag)
        if name == "sheetData":
            for row in child:
                look = {key: value for key, value in row.attrib.items() if key != "spans"}
                found[f"row {row.get('r')}"] = look if len(look) > 1 else None
                found |= {str(cell.get("r")): _all_of(cell) for cell in row}
        elif name != "dimension":
            found[f"{name} {number}"] = _all_of(child)
    return found


def _all_of(element: ET.Element) -> object:
    return (
        element.tag,
        tuple(sorted(element.attrib.items())),
        element.text,
        tuple(_all_of(child) for child in element),
    )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def outcomes(
    paths: list[Path], folder: Path, write: Callable[[Path, Path], list[str]]
) -> dict[str, list[str]]:
    """Write into a copy of each workbook; gather what was lost and what was refused, by file name."""
    found: dict[str, list[str]] = {"written": [], "lost": [], "refused": []}
    for path in paths:
        target = folder / path.name
        try:
            lost = write(path, target)
        except HokaError as error:
            found["refused"].append(f"{path.name}: {error}")
        else:
            found["lost" if lost else "written"].append(f"{path.name}: {lost}" if lost else path.name)
        target.unlink(missing_ok=True)
    return found


def openpyxl_reads(path: Path, change: Change | None) -> bool:
    """Say whether openpyxl opens a workbook and, if asked, finds the figure, or the date it stands for."""
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with path.open("rb") as stream:
            try:
                book = load_workbook(stream)
            except Exception:  # noqa: BLE001 - whatever it raises, it does not open
                return False
    if change is None or change.sheet not in book.sheetnames:
        return True
    value = book[change.sheet][change.cell].value
    return value == change.new or isinstance(value, date | time | timedelta)
