"""Read the arguments of a worksheet function as Excel's own functions do, and shape its answer.

In a range, blanks, texts and truth values do not count, as in SUM. In a single cell a blank is 0, a truth
value 0 or 1, and a text is #VALUE!. An error value anywhere is the answer.

>>> numbers([[1, None], ["n.v.t.", 2.5]])
[Decimal('1'), Decimal('0'), Decimal('0'), Decimal('2.5')]
>>> shaped([1, 2, 3], [["a"], ["b"], ["c"]])
[[1], [2], [3]]
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import cast

from hoka_excel.begroting.reading.source_book import cell_number
from hoka_excel.excel.cell_errors import CellError, CellFailure, error_of

Grid = list[list[object]]
Argument = object
"""What Excel hands over: the values of a range by row, or one value."""


def grid(argument: Argument) -> Grid:
    """Take an argument as rows of cells.

    Raises:
        CellFailure: a cell holds an error value, which goes first.
    """
    rows = argument if isinstance(argument, list | tuple) else [argument]
    made = [list(row) if isinstance(row, list | tuple) else [row] for row in rows]
    error = error_of(made)
    if error is not None:
        raise CellFailure(error)
    return made


def numbers(argument: Argument) -> list[Decimal]:
    """Read a range row by row; what is no number counts as 0."""
    return [value if value is not None else Decimal(0) for value in _counted(grid(argument))]


def counted(argument: Argument) -> list[Decimal]:
    """Read a range row by row; what is no number is left out."""
    return [value for value in _counted(grid(argument)) if value is not None]


def optional_numbers(argument: Argument) -> list[Decimal | None]:
    """Read a range row by row; what is no number is None."""
    return list(_counted(grid(argument)))


def number(argument: Argument) -> Decimal:
    """Read a single cell.

    Raises:
        CellFailure: it is a text, a date, or more than one cell.
    """
    value = single(argument)
    if value is None or value == "":
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    if not _is_number(value):
        raise CellFailure(CellError.VALUE)
    return cell_number(cast("float | Decimal", value))


def single(argument: Argument) -> object:
    """Take the value of a single cell.

    Raises:
        CellFailure: there are more cells, or none.
    """
    rows = grid(argument)
    if len(rows) != 1 or len(rows[0]) != 1:
        raise CellFailure(CellError.VALUE)
    return rows[0][0]


def is_left_out(argument: Argument) -> bool:
    """Say whether an optional argument was not given, or points at a blank cell."""
    return all(value is None or value == "" for row in grid(argument) for value in row)


def paired(argument: Argument, other: Argument) -> tuple[Grid, Grid]:
    """Bring two arguments to one shape: a single cell serves every cell of the other.

    Raises:
        CellFailure: both are ranges, of different shapes.
    """
    first, second = grid(argument), grid(other)
    if _shape(second) == (1, 1):
        second = [[second[0][0]] * len(row) for row in first]
    elif _shape(first) == (1, 1):
        first = [[first[0][0]] * len(row) for row in second]
    if _shape(first) != _shape(second):
        raise CellFailure(CellError.VALUE)
    return first, second


def shaped(values: Sequence[object], like: Argument) -> Grid:
    """Lay values out row by row in the shape of an argument."""
    rows = iter(values)
    return [[next(rows) for _ in row] for row in grid(like)]


def _shape(cells: Grid) -> tuple[int, int]:
    return len(cells), len(cells[0])


def _counted(cells: Grid) -> Iterator[Decimal | None]:
    for row in cells:
        for value in row:
            yield cell_number(cast("float | Decimal", value)) if _is_number(value) else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
