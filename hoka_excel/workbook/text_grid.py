"""A .csv or .tsv as a grid of texts, with the way in which these write numbers."""

from pathlib import Path

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.tables.grid import Grid
from hoka_excel.workbook.text_file import text_rows
from hoka_excel.workbook.text_notation import notation_of


def text_grid(source: Path) -> Grid:
    """Read a text file whole.

    Raises:
        WorkbookError: it is too large, spans more cells than are let in, or is no text file of rows.
    """
    size = source.stat().st_size
    if size > limits.TEXT_MB.in_bytes:
        raise WorkbookError("read.too_large", file=source.name, size=size >> 20, **limits.TEXT_MB.told)
    most = limits.CELLS.current
    rows: list[tuple[str, ...]] = []
    width = 0
    for _, row in text_rows(source):
        rows.append(tuple(row))
        width = max(width, len(row))
        if len(rows) * width > most:
            values = {"file": source.name, "sheet": source.stem}
            raise WorkbookError("read.too_many_cells", **values, **limits.CELLS.told)
    return Grid(source.stem, rows, number_format=notation_of(rows))
