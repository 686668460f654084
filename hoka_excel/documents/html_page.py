"""Read an HTML page: its running text and its tables, spans spread out."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from hoka_excel import limits
from hoka_excel.documents.assembly import document_of
from hoka_excel.documents.document import Block, Document, Spot, TextGrid, TextLine
from hoka_excel.documents.errors import DocumentError

_BREAKS = frozenset(
    {"address", "article", "aside", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "footer"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"}
    | {"section", "ul"}
)
_SILENT = frozenset({"script", "style", "template", "noscript", "head"})


def read_html(text: str, name: str) -> Document:
    """Read an HTML page.

    Raises:
        DocumentError: tables nested too deeply to mean anything.
    """
    reader = _Reader(name)
    reader.feed(text)
    reader.close()
    reader.end_line()
    return document_of(name, 1, reader.blocks)


@dataclass
class _OpenTable:
    """A table that is being read; spans that reach into rows to come wait in `below`."""

    widest: int
    rows: list[list[str]] = field(default_factory=list)
    below: dict[int, int] = field(default_factory=dict)
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)

    def start_row(self) -> None:
        self.end_cell()
        self.rows.append([])

    def start_cell(self, columns: int, rows: int) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self.cell, self.span = [], (columns, rows)

    def end_cell(self) -> None:
        if self.cell is None:
            return
        row = self.rows[-1]
        while self.below.get(len(row), 0):
            self.below[len(row)] -= 1
            row.append("")
        columns, rows = self.span
        for column in range(len(row), min(len(row) + columns, self.widest)):
            if rows > 1:
                self.below[column] = rows - 1
        row += [" ".join("".join(self.cell).split()), *[""] * (columns - 1)][: self.widest - len(row)]
        self.cell = None


class _Reader(HTMLParser):
    """Takes the tags one by one; knows the open tables, the innermost last."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._name = name
        self._line: list[str] = []
        self._count = 0
        self._tables: list[_OpenTable] = []
        self._silent = 0
        self._widest = limits.TABLE_COLUMNS.current

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, row or cell, or end a line."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            if len(self._tables) >= limits.TABLE_DEPTH.current:
                raise DocumentError("document.too_deep", file=self._name, **limits.TABLE_DEPTH.told)
            self.end_line()
            self._tables.append(_OpenTable(self._widest))
        elif self._tables and tag == "tr":
            self._tables[-1].start_row()
        elif self._tables and tag in {"td", "th"}:
            spans = dict(attrs)
            self._tables[-1].start_cell(*(self._span(spans.get(way)) for way in ("colspan", "rowspan")))
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        """Close a table or cell, or end a line."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._tables:
            self._end_table()
        elif tag in {"td", "th"} and self._tables:
            self._tables[-1].end_cell()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Take text into the open cell or line."""
        if self._silent:
            return
        if self._tables and self._tables[-1].cell is not None:
            self._tables[-1].cell.append(data)
        elif not self._tables:
            self._line.append(data)

    def end_line(self) -> None:
        """End the open line of running text, if it says anything."""
        text = " ".join("".join(self._line).split())
        self._line = []
        if text:
            self._count += 1
            self.blocks.append(TextLine(text, Spot(1, self._count)))

    def _break(self) -> None:
        if self._tables:
            self.handle_data(" ")
        else:
            self.end_line()

    def _end_table(self) -> None:
        table = self._tables.pop()
        table.end_cell()
        rows = tuple(tuple(row) for row in table.rows if row)
        if rows:
            spots = (Spot(1, self._count + number) for number in range(1, len(rows) + 1))
            self.blocks.append(TextGrid.of_rows(rows, spots))
            self._count += len(rows)

    def _span(self, text: str | None) -> int:
        """Read a span: a whole number from 1 to the widest table there is."""
        return min(max(int(text), 1), self._widest) if text and text.strip().isdecimal() else 1
