"""What formulas may call cells by: defined names, and tables (ListObjects) with their columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoka_excel.tables.references import Area


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a sheet.

    Attributes:
        sheet: its name.
        area: its cells, header and totals included.
        columns: the headers, from left to right.
        header_rows: 0 or 1.
        totals_rows: 0 or 1.
    """

    sheet: str
    area: "Area"
    columns: tuple[str, ...]
    header_rows: int = 1
    totals_rows: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """What is called by name on one sheet.

    Attributes:
        defined: what each defined name stands for, as a formula without "=", by the name in lower case; one
            of the sheet itself goes before one of the workbook.
        tables: the tables of the workbook, by name in lower case.
    """

    defined: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)


def names_by_sheet(
    sheets: list[str], defined: Mapping[str, Mapping[str, str]], tables: Mapping[str, Table]
) -> dict[str, Names]:
    """Gather what each sheet calls by name.

    Args:
        sheets: the names of the sheets.
        defined: the defined names of each sheet, by the name of the sheet; those of the workbook under "".
        tables: by name.
    """
    known = {name.casefold(): table for name, table in tables.items()}
    return {sheet: Names(_folded(defined, "") | _folded(defined, sheet), known) for sheet in sheets}


def _folded(defined: Mapping[str, Mapping[str, str]], sheet: str) -> dict[str, str]:
    return {name.casefold(): text for name, text in defined.get(sheet, {}).items()}
