"""A published document as one neutral record: its tables, its running text, and where each stands.

Every reader (text, Word, PDF, HTML) ends here, and everything that is made of a document starts here. Texts
stay as printed; what a text means is decided later.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Self

from hoka_excel.core.figure_readings import DecimalMark
from hoka_excel.core.figures import Figure, Printed, parse_figures
from hoka_excel.core.plan import Unit


class Spot(NamedTuple):
    """A place in the running order of a document: page and line, both from 1."""

    page: int
    line: int


class Fragment(NamedTuple):
    """A piece of a line and its left and right edge on the page, in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as printed.

    Attributes:
        text: the words, without the line end.
        spot: where it stands.
        fragments: its words with their edges, where the document fixes them; else empty.
    """

    text: str
    spot: Spot
    fragments: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A table whose cells the document itself tells apart.

    Attributes:
        rows: the texts by row, each as long as it is printed.
        spots: where each text stands, row by row.
    """

    rows: tuple[tuple[str, ...], ...]
    spots: tuple[tuple[Spot, ...], ...]

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[str, ...]], spots: Iterable[Spot]) -> Self:
        """Make a grid of rows that each stand on one line; `spots` has one per row."""
        rows = tuple(rows)
        places = tuple((spot,) * len(row) for row, spot in zip(rows, spots, strict=True))
        return cls(rows, places)

    @property
    def first_spot(self) -> Spot:
        """Where its first text stands."""
        return self.spots[0][0]

    @property
    def last_spot(self) -> Spot:
        """Where its last text stands."""
        return self.spots[-1][-1]


Block = TextLine | TextGrid


class Measure(NamedTuple):
    """What the figures of a table count: EUR, FTE or unknown (None), and how many of it each stands for.

    `scale` is 1000 for "x 1.000 euro" and 1000000 for "M€".
    """

    unit: Unit | None = None
    scale: Decimal = Decimal(1)


class SourceCell(NamedTuple):
    """A cell as printed, and where its text stands."""

    text: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row as printed.

    Attributes:
        number: of the row in its table, from 1; headings count.
        label: what stands before the figures; may be empty.
        cells: one per column; empty for a heading inside the table.
        is_certain: whether the cells are known to stand under their own columns.
    """

    number: int
    label: str
    cells: tuple[SourceCell, ...]
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table as printed. Two blocks under one title (EUR and FTE) are two tables with the same number.

    Attributes:
        number: of the table in the document, from 1.
        title: the line above it, or what its corner says.
        columns: the heading of each column of figures, in order.
        rows: in order.
        measure: what its figures count.
        spot: where it starts.
    """

    number: int
    title: str
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]
    measure: Measure
    spot: Spot

    @property
    def shape(self) -> tuple[int, int]:
        """Count the rows with figures and the columns."""
        return sum(bool(row.cells) for row in self.rows), len(self.columns)

    @property
    def grid(self) -> list[tuple[str, ...]]:
        """Write the table as rows of texts, each at its own number; the headings stand above the first."""
        rows = {row.number: (row.label, *(cell.text for cell in row.cells)) for row in self.rows}
        rows[self.rows[0].number - 1] = ("", *self.columns)
        return [rows.get(number, ()) for number in range(1, self.rows[-1].number + 1)]

    def figures(self) -> list[tuple[Figure, ...]]:
        """Read the cells row by row; all of a table share one number format."""
        texts = [cell.text for row in self.rows for cell in row.cells]
        read = iter(parse_figures(texts))
        return [tuple(next(read) for _ in row.cells) for row in self.rows]

    @property
    def decimal_mark(self) -> DecimalMark | None:
        """Name the mark before the decimals, as far as the figures tell."""
        for figure in (figure for row in self.figures() for figure in row):
            if isinstance(figure, Printed) and figure.text and (mark := _mark_of(figure)):
                return mark
        return None


def _mark_of(figure: Printed) -> DecimalMark | None:
    text = figure.text or ""
    last = max(text.rfind("."), text.rfind(","))
    if last < 0 or "%" in text:
        return None
    is_decimal = figure.unit < 1
    return "," if (text[last] == ",") is is_decimal else "."


@dataclass(frozen=True, slots=True)
class Document:
    """A published document.

    Attributes:
        name: what to call it: the name of its file.
        pages: how many it has; 1 where it has none of its own.
        tables: in order.
        prose: the lines outside the tables, in order; empty lines too, for they end a paragraph.
    """

    name: str
    pages: int
    tables: tuple[SourceTable, ...]
    prose: tuple[TextLine, ...]


def numbered_lines(pages: Sequence[Sequence[str]]) -> Iterator[TextLine]:
    """Number the lines of each page from 1."""
    for page, lines in enumerate(pages, start=1):
        for line, text in enumerate(lines, start=1):
            yield TextLine(text, Spot(page, line))
