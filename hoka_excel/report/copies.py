"""What tells a copy with findings from other workbooks: the end of its name, and a mark on its sheet."""

from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from hoka_excel.tables.grid import Grid

NAME_END = " - bevindingen"
"""How the name of a copy ends, before its extension; folders that are searched pass such files over."""
SHEET = "Bevindingen"
"""How the name of the sheet begins."""
MARK = "hoka check: "
"""How the text under the title of the sheet begins."""
PLACE_OF_MARK = Position(2, 1)


def copy_beside(source: Path) -> Path:
    """Name the copy that lies beside a workbook."""
    return source.with_name(f"{source.stem}{NAME_END}{source.suffix}")


def refuse_own_source(source: Path, target: Path) -> None:
    """Refuse, before any work is done, a copy that would replace the workbook itself.

    Raises:
        UsageError: it would.
    """
    if target.resolve() == source.resolve():
        raise UsageError("copy.own_source", where=target)


def is_own_sheet(grid: "Grid") -> bool:
    """Say whether a sheet is one that an earlier check added, which is no table to check."""
    mark = grid.value(PLACE_OF_MARK.row - 1, PLACE_OF_MARK.column - 1)
    return grid.name.startswith(SHEET) and isinstance(mark, str) and mark.startswith(MARK)
