"""Large workbooks of several shapes, the same at every run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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


def _put_number(sheet: Worksheet, row: int, column: int, amount: float) -> None:
    sheet.write_number(row, column, amount)


def _put_text(sheet: Worksheet, row: int, column: int, amount: float) -> None:
    sheet.write_string(row, column, f"{amount:.2f}".replace(".", ","))


def _headed(sheet: Worksheet, columns: int) -> None:
    sheet.write_row(0, 0, ["Regel", *(str(2001 + column) for column in range(columns))])


@dataclass(frozen=True)
class _Blocks:
    """Labelled amounts, with a subtotal under every block of lines.

    Attributes:
        rows: how many there are.
        columns: how many hold figures.
        lines: how many a block has with its subtotal.
        least: the least an amount may be, in cents.
        blank: the share of amounts that is left out.
        decimals: to how many subtotals are rounded.
        live: whether they are formulas.
        put: what writes a figure.
    """

    rows: int
    columns: int = _COLUMNS
    lines: int = _LINES
    least: int = 100
    blank: float = 0
    decimals: int = 2
    live: bool = False
    put: Callable[[Worksheet, int, int, float], None] = _put_number


def _with_subtotals(sheet: Worksheet, blocks: _Blocks) -> None:
    random = Random(_SEED)  # noqa: S311 - repeatable
    _headed(sheet, blocks.columns)
    block: list[list[int]] = []
    for row in range(1, blocks.rows + 1):
        if row % blocks.lines:
            sheet.write_string(row, 0, f"Kostenplaats {random.randrange(1_000_000)}")
            cents = _cents(random, blocks.columns, blocks.least)
            block.append(
                [0 if blocks.blank and random.random() < blocks.blank else amount for amount in cents]
            )
            for column, amount in enumerate(block[-1], 1):
                if amount:
                    blocks.put(sheet, row, column, amount / 100)
            continue
        sheet.write_string(row, 0, f"Subtotaal afdeling {row // blocks.lines}")
        for column, amounts in enumerate(zip(*block, strict=True), 1):
            total = round(sum(amounts) / 100, blocks.decimals)
            if blocks.live:
                ends = (xl_rowcol_to_cell(row - len(block), column), xl_rowcol_to_cell(row - 1, column))
                sheet.write_formula(row, column, f"=SUM({':'.join(ends)})", None, total)
            else:
                blocks.put(sheet, row, column, total)
        block = []


def _with_amounts(sheet: Worksheet, rows: int, columns: int) -> None:
    random = Random(_SEED)  # noqa: S311 - repeatable
    for row in range(rows):
        for column, amount in enumerate(_cents(random, columns)):
            sheet.write_number(row, column, amount / 100)


def _subtotals(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), _Blocks(cells // _COLUMNS))


def _formulas(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), _Blocks(cells // _COLUMNS, live=True))


def _rounded(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), _Blocks(cells // _COLUMNS, decimals=0))


def _signed(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), _Blocks(cells // _COLUMNS, least=-_MOST_CENTS))


def _half_blank(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), _Blocks(2 * cells // _COLUMNS, blank=0.5))


def _texts(book: xlsxwriter.Workbook, cells: int) -> None:
    _with_subtotals(book.add_worksheet(), _Blocks(cells // _COLUMNS, put=_put_text))


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
    _with_subtotals(book.add_worksheet(), _Blocks(rows, lines=rows))


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
        _with_subtotals(book.add_worksheet(), _Blocks(500, columns=20, lines=25))


SHAPES: Mapping[str, Callable[[xlsxwriter.Workbook, int], None]] = {
    "10 columns, a labelled subtotal per 50 rows": _subtotals,
    "10 columns, the subtotals as formulas": _formulas,
    "10 columns, the subtotals rounded to whole amounts": _rounded,
    "10 columns, figures above and below nil": _signed,
    "10 columns, half of the amounts left blank": _half_blank,
    "10 columns, the figures written as texts": _texts,
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
