"""What the formulas of an .xlsx call cells by: its defined names and tables."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

from hoka_excel.core.errors import HokaError
from hoka_excel.tables.names import Names, Table, names_by_sheet
from hoka_excel.workbook.admission import damage_reported
from hoka_excel.workbook.draft import links_of, relationships_part
from hoka_excel.workbook.list_objects import ListObject, list_object
from hoka_excel.workbook.sheet_formulas import part_elements, sheet_parts

_BOOK = "xl/workbook.xml"


def book_names(path: Path) -> dict[str, Names]:
    """Give what each sheet calls by name, by the name of the sheet.

    Raises:
        WorkbookError: a part is missing or malformed.
    """
    with damage_reported(path.name), ZipFile(path) as archive:
        tables = {table.name: _neutral(table) for table in _tables(archive)}
        return names_by_sheet(list(sheet_parts(archive)), _defined(archive), tables)


def _defined(archive: ZipFile) -> dict[str, dict[str, str]]:
    """Give what each defined name stands for, by sheet; those of the workbook under ""."""
    found = part_elements(archive, _BOOK)
    sheets = {"": ""} | {
        str(number): element.attributes.get("name", "")
        for number, element in enumerate(element for element in found if element.name == "sheet")
    }
    defined: dict[str, dict[str, str]] = {}
    for element in found:
        scope = element.attributes.get("localSheetId", "")
        if element.name == "definedName" and scope in sheets:
            names = defined.setdefault(sheets[scope], {})
            names[element.attributes.get("name", "")] = element.text.strip()
    return defined


def _tables(archive: ZipFile) -> Iterator[ListObject]:
    """Find the tables of every sheet, as far as their parts make sense: no other check depends on them."""
    parts = set(archive.namelist())
    for sheet, part in sheet_parts(archive).items():
        source = relationships_part(part)
        with suppress(HokaError, LookupError, ValueError):
            links = links_of(part, archive.read(source)) if source in parts else ()
            for link in links:
                if link.kind == "table":
                    yield list_object(part_elements(archive, link.target), link.target, sheet)


def _neutral(table: ListObject) -> Table:
    first, last = table.whole.first, table.whole.last
    return Table(
        table.sheet,
        (first.row - 1, first.column - 1, last.row - 1, last.column - 1),
        tuple(column.name.replace("_x000a_", "\n") for column in table.columns),
        table.header_rows,
        table.totals_rows,
    )
