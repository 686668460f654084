"""Read a grid of texts as a table: which rows head the columns, which cells are labels, what is counted.

The same reading serves Word, HTML, ruled PDF tables and tab-separated text.
"""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from hoka_excel.documents.document import Block, SourceCell, SourceRow, SourceTable, Spot, TextGrid, TextLine
from hoka_excel.documents.marks import is_figure, is_heading, is_year, unit_columns
from hoka_excel.documents.measures import first_measure, measure_of


def tables_of(grid: TextGrid, title: str, number: int) -> list[SourceTable]:
    """Read the table in `grid`, one `SourceTable` per block of another unit; none where it has no figures.

    Args:
        grid: rows of texts, of any length.
        title: the line above it; may be empty.
        number: of the table in the document.
    """
    width = max((len(row) for row in grid.rows), default=0)
    rows = [(*row, *[""] * (width - len(row))) for row in grid.rows]
    spots = [(*row, *row[-1:] * (width - len(row))) for row in grid.spots]
    first = next((index for index, row in enumerate(rows) if _has_figures(row)), None)
    if first is None or width < 2:
        return []
    return _Reader(rows, spots, first).tables(title, number)


def parts_of(grid: TextGrid) -> list[Block]:
    """Split a grid that holds several tables: headings after figures start the next one.

    Rows without figures below the last figures of a part are notes, and become lines.
    """
    parts: list[Block] = []
    start = 0
    has_figures = False
    for index, row in enumerate(grid.rows):
        if has_figures and _is_headings(row):
            parts += _with_notes(grid, start, index)
            start, has_figures = index, False
        has_figures = has_figures or _has_figures(row)
    return [*parts, *_with_notes(grid, start, len(grid.rows))]


def _with_notes(grid: TextGrid, start: int, end: int) -> list[Block]:
    last = max((index for index in range(start, end) if _has_figures(grid.rows[index])), default=end - 1) + 1
    notes = [
        TextLine(" ".join(filter(None, grid.rows[index])), grid.spots[index][0]) for index in range(last, end)
    ]
    return [TextGrid(grid.rows[start:last], grid.spots[start:last]), *notes]


def _is_headings(row: Sequence[str]) -> bool:
    cells = [cell for cell in row[1:] if cell.strip()]
    return bool(cells) and all(is_heading(cell) or is_year(cell) for cell in cells)


def joined(grids: Sequence[TextGrid]) -> TextGrid:
    """Join the parts of a table that runs over pages; headings printed again are dropped."""
    rows, spots = list(grids[0].rows), list(grids[0].spots)
    for part in grids[1:]:
        again = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(rows, part.rows, strict=False)))
        rows += part.rows[again:]
        spots += part.spots[again:]
    return TextGrid(tuple(rows), tuple(spots))


def _has_figures(row: Sequence[str]) -> bool:
    """Say whether a row holds figures that are no column headings."""
    cells = [cell for cell in row[1:] if cell.strip()]
    return any(_has_digits(cell) and not is_year(cell) for cell in cells) and not unit_columns(
        " ".join(cells)
    )


class _Reader:
    """Reads the rows of a grid; `first` is the first row with figures."""

    def __init__(
        self, rows: Sequence[tuple[str, ...]], spots: Sequence[tuple[Spot, ...]], first: int
    ) -> None:
        self.rows = rows
        self.spots = spots
        self.first = _first_label(rows, first)
        self.heads = rows[: self.first]
        self.columns = _figure_columns(rows[self.first :])

    def tables(self, title: str, number: int) -> list[SourceTable]:
        names = tuple(self._name(column) for column in self.columns)
        corner = [head[0] for head in self.heads if head[0].strip()]
        lone = [head[0] for head in self.heads if not any(map(str.strip, head[1:])) and head[0].strip()]
        title = title or (lone or corner or [""])[0]
        measure = first_measure(*corner, title, *names)
        found = []
        for unit, rows in self._blocks():
            inside = measure_of(unit) if unit else measure
            cells = [cell for row in rows for cell in row.cells]
            if inside.unit is None:
                inside = first_measure(*(cell.text for cell in cells))
            found.append(SourceTable(number, title, names, tuple(rows), inside, cells[0].spot))
        return found

    def _name(self, column: int) -> str:
        """Join the headings over a column, top down, each said once."""
        said = dict.fromkeys(" ".join(head[column].split()) for head in self.heads)
        return " ".join(text for text in said if text)

    def _blocks(self) -> Iterable[tuple[str, list[SourceRow]]]:
        """Go through the rows by block: a row that names a unit for every column starts the next one."""
        unit, rows = "", list[SourceRow]()
        for index in range(self.first, len(self.rows)):
            texts = [self.rows[index][column] for column in self.columns]
            if units := unit_columns(" ".join(texts)):
                if any(row.cells for row in rows):
                    yield unit, rows
                unit, rows = units[0], []
                continue
            if any(text.strip() for text in self.rows[index]):
                rows.append(self._row(index, texts))
        if any(row.cells for row in rows):
            yield unit, rows

    def _row(self, index: int, texts: Sequence[str]) -> SourceRow:
        label = " ".join(" ".join(self.rows[index][: self.columns[0]]).split())
        has_cells = any(text.strip() for text in texts)
        spots = [self.spots[index][column] for column in self.columns]
        cells = [SourceCell(" ".join(text.split()), spot) for text, spot in zip(texts, spots, strict=True)]
        return SourceRow(index + 1, label, tuple(cells) if has_cells else ())


def _first_label(rows: Sequence[tuple[str, ...]], first: int) -> int:
    """Step back over the headings inside the table that stand right before its first figures."""
    while (
        first > 1
        and rows[first - 1][0].strip()
        and not any(map(str.strip, rows[first - 1][1:]))
        and any(_heads_columns(row) for row in rows[: first - 1])
    ):
        first -= 1
    return first


def _heads_columns(row: Sequence[str]) -> bool:
    return any(is_heading(cell) or is_year(cell) or measure_of(cell).unit for cell in row[1:])


def _figure_columns(rows: Sequence[tuple[str, ...]]) -> list[int]:
    """List the columns that hold figures; the first column never does."""
    return [column for column in range(1, len(rows[0])) if any(_has_digits(row[column]) for row in rows)]


def _has_digits(cell: str) -> bool:
    """Say whether a cell holds a figure other than a dash for nil."""
    return is_figure(cell) and any(map(str.isdigit, cell))
