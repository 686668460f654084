"""Large workbooks of several shapes, the same at every run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

_SEED = 20221122
_COLUMNS = 10
_LINES = 50
_MOST_CENTS = 10_000_000


def _cents(random: Random, count: int, least: int = 100) -> list[int]:
    return [random.randrange(least, _MOST_CENTS) for _ in range(count)]


def _headed(sheet: Worksheet, columns: int) -> None:
    sheet.write_row(0, 0, ["Regel", *(str(2001 + column) for column in range(columns))])


def _with_subtotals(
    sheet: Worksheet,
    size: tuple[int, int, int],
    *,
    least: int = 100,
    decimals: int = 2,
    live: bool = False,
) -> None:
    """Fill a sheet with labelled amounts of at least so many cents; after every block of lines a subtotal.

    Args:
        sheet: what is filled.
        size: how many rows and columns, and how many rows a block has with its subtotal.
        least: the least an amount may be, in cents.
        decimals: to how many subtotals are rounded.
        live: whether they are formulas.
    """
    rows, columns, lines = size
    random = Random(_SEED)  # noqa: S311 - repeatable
    _headed(sheet, columns)
    block: list[list[int]] = []
    for row in range(1, rows + 1):
        if row % lines:
            sheet.write_string(row, 0, f"Kostenplaats {random.randrange(1_000_000)}")
            block.append(_cents(random, columns, least))
            for column, amount in enumerate(block[-1], 1):
                sheet.write_number(row, column, amount / 100)
            continue
        sheet.write_string(row, 0, f"Subtotaal afdeling {row // lines}")
        for column, amounts in enumerate(zip(*block, strict=True), 1):
            total = round(sum(amounts) / 100, decimals)
            if live:
                ends = (xl_rowcol_to_cell(row - len(block), column), xl_rowcol_to_cell(row - 1, column))
                sheet.write_formula(row, column, f"=SUM({':'.join(ends)})", None, total)
            else:
                sheet.write_number(row, column, total)
        block = []


def _with_amounts(sheet: Worksheet, rows: int, columns: int) -> None:
    random = Random(_SEED)  # noqa: S311 - repeatable
    for row in range(rows):
        for column, amount in enumerate(_cents(random, columns)):
            sheet.write_number(row, column, amount / 100)


def _subtotals(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), (cells // _COLUMNS, _COLUMNS, _LINES))


def _formulas(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), (cells // _COLUMNS, _COLUMNS, _LINES), live=True)


def _rounded(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), (cells // _COLUMNS, _COLUMNS, _LINES), decimals=0)


def _signed(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), (cells // _COLUMNS, _COLUMNS, _LINES), least=-_MOST_CENTS)


def _nested(book: xlsxwriter.Workbook, cells: int) -> None:
    """Fill a sheet with departments, sectors of ten of these, and the whole; each row with its total."""
    sheet, random = book.add_worksheet(), Random(_SEED)  # noqa: S311 - repeatable
    _headed(sheet, _COLUMNS)
    sheet.write_string(0, _COLUMNS + 1, "Totaal")
    row = 1

    def write(label: str, cents: Sequence[int]) -> Sequence[int]:
        nonlocal row
        sheet.write_string(row, 0, label)
        for column, amount in enumerate((*cents, sum(cents)), 1):
            sheet.write_number(row, column, amount / 100)
        row += 1
        return cents

    def added(label: str, below: Iterable[Sequence[int]]) -> Sequence[int]:
        return write(label, [sum(amounts) for amounts in zip(*below, strict=True)])

    def department(number: int) -> Sequence[int]:
        lines = (
            write(f"Kostenplaats {number}.{line}", _cents(random, _COLUMNS)) for line in range(1, _LINES)
        )
        return added(f"Subtotaal afdeling {number}", lines)

    def sector(number: int) -> Sequence[int]:
        return added(f"Totaal sector {number}", map(department, range(10 * number, 10 * number + 10)))

    added("Totaal", map(sector, range(1, 1 + cells // (10 * _LINES * (_COLUMNS + 1)))))


def _one_total(book: xlsxwriter.Workbook, cells: int) -> None:
    rows = cells // _COLUMNS
    _with_subtotals(book.add_worksheet(), (rows, _COLUMNS, rows))


def _total_column(book: xlsxwriter.Workbook, cells: int) -> None:
    sheet, random = book.add_worksheet(), Random(_SEED)  # noqa: S311 - repeatable
    sheet.write_row(0, 0, ["Regel", *(f"Maand {month}" for month in range(1, 13)), "Totaal"])
    for row in range(1, cells // 13 + 1):
        amounts = _cents(random, 12)
        sheet.write_string(row, 0, f"Kostenplaats {random.randrange(1_000_000)}")
        for column, amount in enumerate((*amounts, sum(amounts)), 1):
            sheet.write_number(row, column, amount / 100)


def _plain(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_amounts(book.add_worksheet(), cells // 20, 20)


def _square(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_amounts(book.add_worksheet(), int(cells**0.5), int(cells**0.5))


def _digits(book: xlsxwriter.Workbook, cells: int) -> None:
    sheet, random = book.add_worksheet(), Random(_SEED)  # noqa: S311 - repeatable
    for row in range(int(cells**0.5)):
        sheet.write_row(row, 0, [random.randrange(10) for _ in range(int(cells**0.5))])


def _sheets(book: xlsxwriter.Workbook, cells: int) -> None:
    for _ in range(cells // 10_000):
        _with_subtotals(book.add_worksheet(), (500, 20, 25))


SHAPES: Mapping[str, Callable[[xlsxwriter.Workbook, int], None]] = {
    "10 columns, a labelled subtotal per 50 rows": _subtotals,
    "10 columns, the subtotals as formulas": _formulas,
    "10 columns, the subtotals rounded to whole amounts": _rounded,
    "10 columns, figures above and below nil": _signed,
    "10 columns, departments within sectors, each row with its total": _nested,
    "10 columns, one total": _one_total,
    "12 columns and their total in every row": _total_column,
    "20 columns, no totals": _plain,
    "as many columns as rows, no totals": _square,
    "as many columns as rows, digits that tie by chance": _digits,
    "sheets of 500 rows with subtotals": _sheets,
}
"""What fills a new workbook with about so many figures, by what it looks like."""


def make(path: Path, shape: str, cells: int) -> None:
    """Write a workbook of one shape."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        SHAPES[shape](book, cells)
