"""Say where things stand in a document, the way findings do: a table as a sheet, its cells as in Excel.

>>> print(*place_of_cell(9, 2, row=5, column=3))
bladzijde 9, tabel 2 C5
"""

from hoka_excel.core.findings import Place
from hoka_excel.documents.document import Spot
from hoka_excel.tables.grid import cell_name


def table_name(page: int, table: int) -> str:
    """Name a table by its page and number."""
    return f"bladzijde {page}, tabel {table}"


def place_of_cell(page: int, table: int, *, row: int, column: int) -> Place:
    """Say where a cell of a table stands; rows and columns count from 1, headings and labels included."""
    return Place(table_name(page, table), cell_name(row - 1, column - 1))


def place_of_sentence(spot: Spot) -> Place:
    """Say where a sentence starts."""
    return Place(f"bladzijde {spot.page}", f"regel {spot.line}")
