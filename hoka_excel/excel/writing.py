"""Write into a running workbook: all of it or nothing, and so that it can be taken back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hoka_excel.core.errors import WorkbookError
from hoka_excel.excel.live_book import LiveBook, block, read_live
from hoka_excel.excel.memory import MEMORY_SHEET, Block, Memory, recall, remember
from hoka_excel.excel.notes import Note, exchange_notes, texts
from hoka_excel.excel.revision import Revision
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.sheets import Position

if TYPE_CHECKING:
    from xlwings import Book


def carry_out(book: "Book", live: LiveBook, revision: Revision) -> None:
    """Write a revision, and remember what stood there; not where the host shows no formulas to remember.

    Raises:
        WorkbookError: Excel refuses, because a sheet is protected for instance; nothing has changed.
    """
    before = recall(book)
    held = _held(live, revision.blocks)
    after = Memory(former=held, former_notes=before.notes, names=live.source.names)
    if live.entries is None:
        after = Memory()
    elif not held and texts(before.notes) == texts(revision.notes):
        after = before
    _write(book, before, after, _Exchange(revision.blocks, held, revision.notes))


def take_back(book: "Book") -> bool:
    """Put back what the last macro wrote over, and the notes that stood before it.

    Returns:
        Whether there was anything to take back.

    Raises:
        WorkbookError: sheets or rows have moved since, or Excel refuses; nothing has changed.
    """
    before = recall(book)
    if not before.names:
        return False
    live = read_live(book)
    if live.source.names != before.names:
        raise WorkbookError("macro.moved", file=book.name)
    _write(book, before, Memory(), _Exchange(before.former, _held(live, before.former), before.former_notes))
    return True


@dataclass(frozen=True, slots=True)
class _Exchange:
    """What is written, what it replaces, and the notes that are to stand."""

    blocks: Sequence[Block]
    held: Sequence[Block]
    notes: Sequence[Note]


def _held(live: LiveBook, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Take what blocks hold before they are written over."""
    return tuple(
        Block(
            block.sheet,
            block.first,
            [
                [
                    live.entry(block.sheet, Position(row, column))
                    for column in range(block.first.column, block.first.column + len(entries))
                ]
                for row, entries in enumerate(block.rows, block.first.row)
            ],
            block.fitted,
        )
        for block in blocks
    )


def _write(book: "Book", before: Memory, after: Memory, exchange: _Exchange) -> None:
    """Write blocks, exchange the notes, and remember; put everything back when Excel refuses.

    Raises:
        WorkbookError: Excel refused.
    """
    standing = list(before.notes)
    where = book.name
    written: list[Block] = []
    try:
        for made, held in zip(exchange.blocks, exchange.held, strict=True):
            where = f"{made.sheet}!{address(made.first)}"
            written.append(held)
            assign(book, made)
        where = ", ".join(dict.fromkeys((*texts(before.notes), *texts(exchange.notes))))
        exchange_notes(book, standing, exchange.notes)
        where = MEMORY_SHEET
        kept = replace(after, notes=tuple(standing))
        if kept != before:
            remember(book, kept)
    except Exception as refusal:
        _put_back(book, before, written, standing)
        raise WorkbookError("macro.refused", where=where, detail=_reason(refusal)) from refusal


def _put_back(book: "Book", before: Memory, written: Sequence[Block], standing: list[Note]) -> None:
    """Undo what was written so far, as far as Excel lets us."""
    for held in written:
        with suppress(Exception):
            assign(book, held)
    with suppress(Exception):
        exchange_notes(book, standing, before.notes)
    with suppress(Exception):
        remember(book, before)


def assign(book: "Book", wanted: Block) -> None:
    """Set the cells of a rectangle in one call, and the heights of its rows in another where they follow."""
    cells = block(book.sheets[wanted.sheet], wanted.first, len(wanted.rows), len(wanted.rows[0]))
    cells.formula = [list(row) for row in wanted.rows]
    if wanted.fitted:
        cells.rows.autofit()


def _reason(refusal: Exception) -> str:
    """Say in the words of Excel why it refused; COM puts them in the middle of its error."""
    told = [part for part in _flat(refusal.args) if isinstance(part, str) and part.strip()]
    return max(told, key=len, default=type(refusal).__name__).rstrip(".")


def _flat(parts: Sequence[object]) -> list[object]:
    return [inner for part in parts for inner in (_flat(part) if isinstance(part, tuple) else [part])]
