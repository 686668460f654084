"""The themes of the plan, and how each is divided over its lines."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from hoka_excel.begroting.places.names import KEY_COLUMNS, THEME_COLUMNS, BlockName, key_block
from hoka_excel.begroting.reading.cells import Cells, is_number, shown
from hoka_excel.begroting.reading.source_book import cell_number
from hoka_excel.begroting.words import YES
from hoka_excel.core.figures import Printed
from hoka_excel.core.plan import AllocationKey, BalancingLine, Division, GivenLines, KeyShare, Table, Theme


class ThemeRow(NamedTuple):
    """A theme as the list on Uitgangspunten describes it, cell by cell."""

    number: int
    name: str
    weight: object
    table: str
    division: str
    subject: str
    inferred: bool

    @property
    def has_key(self) -> bool:
        """Whether the theme is divided by an allocation key, which has a rectangle of its own."""
        return self.division == "sleutel"


def theme_rows(cells: Cells) -> list[ThemeRow]:
    """List the themes of the plan.

    Raises:
        WorkbookError: the list cannot be read.
    """
    block = cells.blocks[BlockName.THEMES]
    cells.expect_row(block, 0, THEME_COLUMNS)
    rows = []
    for row in range(1, block.height - 1):
        number = int(cells.number(block, row, THEME_COLUMNS.index("Nummer")))
        name, _, weight, table, division, subject, inferred = (
            cells.value(block, row, column) for column in range(len(THEME_COLUMNS))
        )
        words = (shown(table), shown(division), shown(subject))
        rows.append(ThemeRow(number, shown(name), weight, *words, inferred=inferred == YES))
    cells.stop_at_faults()
    return rows


def theme_of(cells: Cells, row: ThemeRow, tables: Mapping[str, Table]) -> Theme | None:
    """Read a theme; None when what is amiss in it was noted."""
    sheet = cells.blocks[BlockName.THEMES].sheet
    if row.table not in tables:
        cells.note("begroting.no_choice", where=sheet, text=row.table, choices=", ".join(tables))
        return None
    if not is_number(row.weight):
        cells.note("begroting.not_a_number", where=sheet, text=shown(row.weight))
        return None
    division: Division
    match row.division:
        case "sleutel":
            division = AllocationKey(row.subject, row.inferred, _shares(cells, row.number))
        case "sluitpost":
            division = BalancingLine(row.subject)
        case "gegeven":
            division = GivenLines()
        case _:
            choices = "sleutel, sluitpost, gegeven"
            cells.note("begroting.no_choice", where=sheet, text=row.division, choices=choices)
            return None
    return Theme(row.number, row.name, cell_number(row.weight), tables[row.table], division)


def _shares(cells: Cells, number: int) -> tuple[KeyShare, ...]:
    block = cells.blocks[key_block(number)]
    cells.expect_row(block, 0, KEY_COLUMNS)
    shares = []
    for row in range(1, block.height - 1):
        share = Printed(cells.number(block, row, 1), max(cells.number(block, row, 2), Decimal(0)))
        fixed = Decimal(0) if cells.value(block, row, 3) is None else cells.number(block, row, 3)
        shares.append(KeyShare(cells.text(block, row, 0), share, fixed))
    return tuple(shares)
