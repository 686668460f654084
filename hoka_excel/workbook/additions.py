"""Notes and whole sheets written into anyone's workbook; nothing else in it changes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.cells import places_of, rewrite
from hoka_excel.workbook.edits import STRICT, Change, Rules, Value, W
from hoka_excel.workbook.notes import Notes
from hoka_excel.workbook.sheets import GENERAL, Cell, Formula, Position, Sheet
from hoka_excel.workbook.styles import HEADER, NUMBER, TEXT

_DAY, _MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
_WIDTH, _WIDEST = 12.0, 60.0
"""Of a column, in characters."""


def write_notes(
    path: Path | str,
    notes: Mapping[W, str | None],
    out: Path | str | None = None,
    *,
    dry_run: bool = False,
    rules: Rules = STRICT,
) -> list[Change]:
    """Put notes (which Excel once called comments) at cells of a workbook and change nothing else.

    A note that is there keeps its author, place and size, and gets the new text. A conversation is left
    alone: it is refused.

    Args:
        path: an .xlsx or .xlsm.
        notes: the text by sheet and cell, such as ("Thema 2", "E8"), or by what a cell is called, as
            `write_cells` has it; None takes a note away.
        out: where to write; by default the workbook itself is replaced in one instant.
        dry_run: only tell what would change.
        rules: what may be passed over, such as protection.

    Returns:
        Every cell with the old and the new text of its note, in the order of `notes`.

    Raises:
        UsageError: a note cannot be put: no such place, more than one, inside a merged block, a conversation,
            protected, or a text that a note cannot hold.
        WorkbookError: the file is no sound workbook, is held by someone, or cannot be replaced.
    """
    source = Path(path)
    places = places_of(source, notes, rules)
    by_sheet: dict[str, dict[Position, str | None]] = {}
    for (sheet, place), text in zip(places, notes.values(), strict=True):
        by_sheet.setdefault(sheet, {})[place] = text
    put = [Notes(sheet, texts) for sheet, texts in by_sheet.items()]
    made = rewrite(source, _target(source, out, dry_run=dry_run), {}, put, rules)
    changes = {(change.sheet.casefold(), change.cell): change for change in made}
    return [changes[sheet.casefold(), address(place)] for sheet, place in places]


def write_sheet(  # noqa: PLR0913 - as `write_cells`; all but three are named
    path: Path | str,
    name: str,
    rows: Sequence[Sequence[Value]],
    out: Path | str | None = None,
    *,
    dry_run: bool = False,
    rules: Rules = STRICT,
) -> None:
    """Put a sheet in a workbook, last or in the place of the sheet of that name; nothing else changes.

    A sheet that is replaced keeps its tab, its defined names, and its buttons, charts and notes; its tables
    go. Formulas elsewhere that read it are recalculated when Excel opens the workbook.

    Args:
        path: an .xlsx or .xlsm.
        name: of the sheet.
        rows: the content from A1 on; the first row is the heading, and stays in sight.
        out: where to write; by default the workbook itself is replaced in one instant.
        dry_run: only find out whether it can be.
        rules: what may be passed over, such as protection.

    Raises:
        UsageError: the name is impossible, Excel cannot hold a value, or the sheet or the workbook is
            protected.
        WorkbookError: the file is no sound workbook, is held by someone, or cannot be replaced.
    """
    cells = {
        Position(row, column): _cell(value, HEADER if row == 1 else None)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
    }
    widths = dict.fromkeys((place.column for place in cells), _WIDTH)
    for place, cell in cells.items():
        if isinstance(cell.content, str):
            widths[place.column] = min(_WIDEST, max(widths[place.column], len(cell.content) + 2.0))
    sheet = Sheet(name, name, cells, widths, frozen=Position(2, 1))
    source = Path(path)
    rewrite(source, _target(source, out, dry_run=dry_run), {}, [sheet], rules)


def _target(source: Path, out: Path | str | None, *, dry_run: bool) -> Path | None:
    if dry_run:
        return None
    return source if out is None else Path(out)


def _cell(value: Value, style: str | None) -> Cell:
    """Give a value the look of its kind; a formula that of its result."""
    content = Decimal(repr(value)) if isinstance(value, float) else value
    shown = content.value if isinstance(content, Formula) else content
    number_format = _MOMENT if isinstance(shown, datetime) else _DAY if isinstance(shown, date) else GENERAL
    return Cell(content, style or (TEXT if isinstance(shown, str) else NUMBER), number_format)
