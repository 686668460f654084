"""Write a pandas frame into a named place of a workbook: its styles stay, and its tables grow and shrink."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.admission import damage_reported
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.cells import rewrite
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.edits import STRICT, Added, Change, Rules, Value
from hoka_excel.workbook.encryption import unlocked
from hoka_excel.workbook.list_objects import ListObject, Resized
from hoka_excel.workbook.places import Place, find_place
from hoka_excel.workbook.sheets import Formula, Position

if TYPE_CHECKING:
    from pandas import DataFrame

Cells = Mapping[Position, Value | Added]


def write_frame(
    path: Path | str,
    place: str,
    frame: "DataFrame",
    out: Path | str | None = None,
    rules: Rules = STRICT,
) -> list[Change]:
    """Write the values of a frame into a named place of a workbook and change nothing else.

    In a table, each column goes under the header of its name. Columns that the frame does not have keep what
    they hold; new rows look like the first, and get the formula of a column that Excel fills. The table grows
    or shrinks with the frame, unless it has a totals row: then the frame must fit, and rows left over are
    emptied. In the cells of a defined name, columns go from left to right; they must be as many, and the rows
    must fit. A name of one cell is the top left of where the frame goes.

    Neither the index nor, outside a table, the names of the columns are written.

    Args:
        path: an .xlsx or .xlsm.
        place: the name of a table, or a defined name (`places` tells what else).
        frame: its missing values empty a cell.
        out: where to write; by default the workbook itself is replaced in one instant.
        rules: what may be passed over.

    Returns:
        Every cell with its old and new content, row by row.

    Raises:
        UsageError: there is no such place, the frame does not fit it, or a cell may not be written.
        WorkbookError: the file is no sound workbook, is held by someone, or cannot be replaced.
    """
    source = Path(path)
    target = source if out is None else Path(out)
    with unlocked(source, rules.password) as package, damage_reported(package.file):
        found = find_place(Book.of(Draft(package)), place)
    columns = _columns(frame)
    if found.table is None or found.area != found.table.body:
        cells = _into_cells(found, list(columns.values()))
        return rewrite(source, target, {found.sheet: cells}, rules=rules)
    cells = _into_table(found.table, columns, len(frame))
    resized = [] if found.table.totals_rows else [Resized(found.table.name, max(1, len(frame)))]
    return rewrite(source, target, {found.sheet: cells}, resized, rules)


def _columns(frame: "DataFrame") -> dict[str, list[Value]]:
    """Take the values out of a frame, by column; missing ones become None.

    Raises:
        UsageError: two columns have the same name.
    """
    names = [str(name) for name in frame.columns]
    if len({name.casefold() for name in names}) < len(names):
        raise UsageError("frame.double_column", columns=", ".join(names))
    return {
        name: [
            None if is_missing else value
            for value, is_missing in zip(frame.iloc[:, at].tolist(), frame.iloc[:, at].isna(), strict=True)
        ]
        for at, name in enumerate(names)
    }


def _into_cells(place: Place, columns: Sequence[Sequence[Value]]) -> Cells:
    """Fill the cells of a name from its top left; those below the frame are emptied."""
    first, last = place.area.first, place.area.last
    rows = max(map(len, columns), default=0)
    if first == last and columns:
        height, width = rows, len(columns)
    else:
        height, width = last.row - first.row + 1, last.column - first.column + 1
    if rows > height or len(columns) != width:
        raise UsageError("frame.no_fit", place=str(place), rows=rows, columns=len(columns))
    cells: dict[Position, Value | Added] = {}
    for down in range(height):
        for right, column in enumerate(columns):
            here = Position(first.row + down, first.column + right)
            value = column[down] if down < len(column) else None
            cells[here] = value if here in place.area else Added(value, first)
    return cells


def _into_table(table: ListObject, columns: Mapping[str, Sequence[Value]], rows: int) -> Cells:
    """Fill the columns of a table under their headers, with new rows below or rows emptied."""
    body = table.body
    height = body.last.row - body.first.row + 1
    if table.totals_rows and rows > height:
        raise UsageError("frame.totals_row", table=table.name, rows=rows, room=height)
    given = {table.column(name): values for name, values in columns.items()}
    cells: dict[Position, Value | Added] = {}
    for down in range(max(rows, height)):
        for number, content in _row(table, given, down, rows):
            here = Position(body.first.row + down, number)
            like = Position(body.first.row, number)
            cells[here] = content if here in body else Added(content, like)
    return cells


def _row(
    table: ListObject, given: Mapping[int, Sequence[Value]], down: int, rows: int
) -> Iterator[tuple[int, Value]]:
    """Give what goes into a row of the table, column by column; what stays is left out."""
    is_new = down > table.body.last.row - table.body.first.row
    for number, column in enumerate(table.columns, table.whole.first.column):
        if number in given:
            yield number, given[number][down] if down < rows else None
        elif down >= max(1, rows) and not table.totals_rows:
            yield number, None
        elif is_new:
            yield number, None if column.formula is None else Formula(column.formula, None)
