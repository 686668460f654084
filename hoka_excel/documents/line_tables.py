"""Find tables in running lines: a line of headings, then labels and figures until the text goes on.

A label may be wrapped over lines, an empty line may stand inside a row, and the figures of a row may run on
to the next line. A row is full when it has a figure for every column; where lines carry positions, a figure
belongs to the column it stands under.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from hoka_excel.documents.columns import Columns, figure_extents
from hoka_excel.documents.document import Measure, SourceCell, SourceRow, SourceTable, Spot, TextLine
from hoka_excel.documents.marks import is_total, split_figures, unit_columns, year_columns
from hoka_excel.documents.measures import first_measure, measure_of

_MOST_LABEL_LINES = 4
_MOST_LABEL_LENGTH = 90
_MOST_TITLE_LENGTH = 160
_MOST_LINE_LENGTH = 1_000
"""A longer line is running text."""
_CONTINUED = re.compile(r"\b(?:vervolg|continued|cont\.)", re.IGNORECASE)


def find_line_tables(lines: Iterable[TextLine], first: int = 1) -> tuple[list[SourceTable], list[TextLine]]:
    """Find the tables in `lines`.

    Args:
        lines: in order, empty ones too.
        first: the number of the first table.

    Returns:
        The tables in order, and the lines that belong to none, in order.
    """
    finder = _Finder(first)
    for line in lines:
        finder.take(line)
    finder.close()
    return finder.tables, sorted(finder.prose, key=lambda line: line.spot)


@dataclass
class _Block:
    """A table, or a block of it, that is being read."""

    title: str
    number: int
    columns: Columns
    measure: Measure
    spot: Spot
    height: int
    """How many rows were printed under this title so far, headings included."""
    rows: list[SourceRow] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether the last row is a total: what follows may be text."""
        return bool(self.rows) and is_total(self.rows[-1].label)


class _Finder:
    """Takes lines one by one; knows the open table, the label so far and the row that is not full yet."""

    def __init__(self, first: int) -> None:
        self.tables: list[SourceTable] = []
        self.prose: list[TextLine] = []
        self._number = first
        self._block: _Block | None = None
        self._opening: list[TextLine] = []
        self._label: list[TextLine] = []
        self._is_below_row = False
        self._cells: list[SourceCell] = []

    def take(self, line: TextLine) -> None:
        """Take the next line."""
        text = line.text.strip()
        if not text:
            self._end_wrapped_label()
            self.prose.append(line)
        elif len(text) > _MOST_LINE_LENGTH:
            self.close()
            self.prose.append(line)
        elif headings := year_columns(text):
            self._take_headings(line, *headings)
        elif self._block is None:
            self.prose.append(line)
        elif (units := unit_columns(text)) and len(units) == len(self._block.columns):
            self._take_units(line, units[0], self._block)
        else:
            self._take_row(line, self._block)

    def close(self) -> None:
        """End the open table; what looked like a label turns out to be text."""
        if self._block:
            self._end_row(self._block)
            self._store(self._block)
        if self.tables and self.tables[-1].number == self._number:
            self._number += 1
        else:
            self.prose += self._opening
        self._block = None
        self.prose += self._label
        self._opening, self._label = [], []
        self._is_below_row = False

    def _take_headings(self, line: TextLine, label: str, names: Sequence[str]) -> None:
        corner = [replace(line, text=label)] if label else []
        if self._block and self._continues(self._block, names):
            self.prose += corner
            self._end_row(self._block)
            self._block.height += 1
            self._label = []
            return
        self.close()
        above = self._title_above(line)
        self._opening = [line] if above is None else [above, line]
        self.prose += corner if above else []
        title = above.text.strip() if above else label
        columns = Columns(tuple(names))
        columns.learn(figure_extents(line.fragments, names))
        measure = first_measure(label, title)
        self._block = _Block(title, self._number, columns, measure, line.spot, height=1)

    def _continues(self, block: _Block, names: Sequence[str]) -> bool:
        """Say whether the same headings, printed again, go on with the open table."""
        if block.columns.names != tuple(names):
            return False
        said = " ".join(line.text for line in self._label)
        return bool(_CONTINUED.search(said)) or not (said or block.is_complete)

    def _title_above(self, line: TextLine) -> TextLine | None:
        """Take the last line of the text before the headings as their title, unless it is a sentence."""
        for index in range(len(self.prose) - 1, -1, -1):
            above = self.prose[index]
            text = above.text.strip()
            if not text:
                continue
            is_near = line.spot.page == above.spot.page and line.spot.line - above.spot.line < 10
            if not is_near or text.endswith(".") or len(text) > _MOST_TITLE_LENGTH:
                return None
            del self.prose[index]
            return above
        return None

    def _take_units(self, line: TextLine, unit: str, block: _Block) -> None:
        """Start the next block of the table: the same columns in another unit."""
        self._end_row(block)
        self._store(block)
        measure = measure_of(unit)
        self._is_below_row = False
        self._block = replace(block, measure=measure, spot=line.spot, height=block.height + 1, rows=[])

    def _take_row(self, line: TextLine, block: _Block) -> None:
        width = len(block.columns)
        label, figures = split_figures(line.text)
        if label and (surplus := len(figures) - width) > 0:
            label, figures = " ".join([label, *figures[:surplus]]), figures[surplus:]
        extents = figure_extents(line.fragments, figures)
        block.columns.learn(extents)
        placed = block.columns.place(extents)
        if not figures or (block.is_complete and label and len(figures) < width and placed is None):
            self._take_label(line, block)
            return
        if self._cells and (label or len(self._cells) + len(figures) > width):
            self._end_row(block)
        if label:
            self._label.append(replace(line, text=label))
        if placed is not None and not self._cells and len(figures) < width:
            self._cells = _under_columns(figures, placed, width, line.spot)
        else:
            self._cells += [SourceCell(text, line.spot) for text in figures]
        if len(self._cells) >= width:
            self._end_row(block)

    def _take_label(self, line: TextLine, block: _Block) -> None:
        """Keep text as the start of the next label, until it proves to be running text."""
        self._end_row(block)
        if not self._label:
            above = block.rows[-1].cells[-1].spot if block.rows and not block.is_complete else None
            self._is_below_row = above == (line.spot.page, line.spot.line - 1)
        self._label.append(line)
        length = sum(len(part.text) for part in self._label)
        is_sentence = line.text.rstrip().endswith(".") or length > _MOST_LABEL_LENGTH
        if len(self._label) > _MOST_LABEL_LINES or (is_sentence and block.is_complete):
            self.close()

    def _end_wrapped_label(self) -> None:
        """Give text right below the figures of a row, with nothing below itself, to the label of that row."""
        if self._block and self._label and self._is_below_row and not self._cells:
            row = self._block.rows[-1]
            label = " ".join([row.label, *(part.text.strip() for part in self._label)])
            self._block.rows[-1] = replace(row, label=label)
            self._label, self._is_below_row = [], False

    def _end_row(self, block: _Block) -> None:
        if not self._cells:
            return
        label = " ".join(part.text.strip() for part in self._label)
        missing = len(block.columns) - len(self._cells)
        cells = (*self._cells, *[SourceCell("", self._cells[-1].spot)] * missing)
        block.height += 1
        block.rows.append(SourceRow(block.height, label, cells, is_certain=missing <= 0))
        self._label, self._cells = [], []

    def _store(self, block: _Block) -> None:
        if not block.rows:
            return
        measure = block.measure
        if measure.unit is None:
            measure = first_measure(*(cell.text for row in block.rows for cell in row.cells))
        table = SourceTable(
            block.number, block.title, block.columns.names, tuple(block.rows), measure, block.spot
        )
        self.tables.append(table)


def _under_columns(figures: Sequence[str], placed: Sequence[int], width: int, spot: Spot) -> list[SourceCell]:
    texts = dict(zip(placed, figures, strict=True))
    return [SourceCell(texts.get(column, ""), spot) for column in range(width)]
