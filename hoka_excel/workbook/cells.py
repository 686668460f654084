"""Write cells into anyone's workbook and change nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, TypeVar

from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.workbook.addresses import address, is_address, position
from hoka_excel.workbook.assembly import check, write
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.cell_values import content_of, stored
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.encryption import encipher, has_password, unlocked
from hoka_excel.workbook.files import replacing
from hoka_excel.workbook.guards import guards, is_protected, open_ranges
from hoka_excel.workbook.limits import PROVEN_BYTES, damage_reported, part_key
from hoka_excel.workbook.list_objects import Resized, resize
from hoka_excel.workbook.locks import locked, refuse_if_open
from hoka_excel.workbook.new_sheets import put_sheets
from hoka_excel.workbook.notes import Notes, add_notes
from hoka_excel.workbook.patching import PatchedSheet, patched, styles_of
from hoka_excel.workbook.places import find_place, one_cell
from hoka_excel.workbook.shared_strings import SharedStrings
from hoka_excel.workbook.sheet_part import SheetPart
from hoka_excel.workbook.sheets import Content, Formula, Position, Sheet
from hoka_excel.workbook.stylesheet import Stylesheet

Value = Content | float
Where = tuple[str, str] | str
"""Sheet and cell, such as ("Thema 2", "E8"), or what the cell is called, such as "Totaal EUR|2024"."""
W = TypeVar("W", bound=Where)


@dataclass(frozen=True, slots=True)
class Added:
    """What goes into a cell that is added below others: it must be empty, and gets the look of another cell.

    Attributes:
        value: what it will hold.
        like: the cell of the same sheet whose style it gets.
    """

    value: Value
    like: Position


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that was written: what it held and what it holds.

    Attributes:
        sheet: its name as the workbook has it.
        cell: such as E8.
        old: None for an empty cell; a number as `int` or `Decimal`; a formula with its stored result.
        new: as it was given.
    """

    sheet: str
    cell: str
    old: Content
    new: Value


@dataclass(frozen=True, slots=True)
class Rules:
    """What a rewrite may pass over; the password shows in no message or log.

    Attributes:
        obey_protection: refuse locked cells of protected sheets and new sheets in a protected structure.
        break_signature: drop a digital signature, which no changed workbook can keep.
        password: of an encrypted workbook, which stays encrypted.
    """

    obey_protection: bool = True
    break_signature: bool = False
    password: str | None = field(default=None, repr=False)


STRICT = Rules()


def write_cells(
    path: Path | str,
    cells: Mapping[W, Value],
    out: Path | str | None = None,
    *,
    dry_run: bool = False,
    rules: Rules = STRICT,
) -> list[Change]:
    """Set cells of a workbook and change nothing else.

    A text stays a text, also when it begins with "="; a formula is a `Formula` with its value. The cell keeps
    its style; a new cell takes that of its row or column. Every part that is not touched is copied as raw
    bytes.

    Args:
        path: an .xlsx or .xlsm.
        cells: the new content by sheet and cell, such as ("Thema 2", "E8"), or by what a cell is called: a
            defined name, a column of a table with one row, the label left of it (`places` tells all).
        out: where to write; by default the workbook itself is replaced in one instant.
        dry_run: only tell what would change.
        rules: what may be passed over, such as a digital signature.

    Returns:
        Every cell with its old and new content, in the order of `cells`.

    Raises:
        UsageError: a cell cannot be written: no such sheet or place, more than one place, inside a merged or
            filled block, locked.
        WorkbookError: the file is no sound workbook, is held by someone, or cannot be replaced.
    """
    source = Path(path)
    target = None if dry_run else Path(out) if out is not None else source
    places = _found(source, cells, rules)
    by_sheet: dict[str, dict[Position, Value]] = {}
    for (sheet, place), value in zip(places, cells.values(), strict=True):
        by_sheet.setdefault(sheet, {})[place] = value
    made = rewrite(source, target, by_sheet, rules=rules)
    changes = {(change.sheet.casefold(), change.cell): change for change in made}
    return [changes[sheet.casefold(), address(place)] for sheet, place in places]


def _found(source: Path, wanted: Iterable[Where], rules: Rules) -> list[tuple[str, Position]]:
    """Find sheet and cell of what is wanted; the workbook is only opened for what has a name."""
    asked = [("", where) if isinstance(where, str) else where for where in wanted]
    if all(sheet and is_address(text) for sheet, text in asked):
        return [(sheet, position(text)) for sheet, text in asked]
    with unlocked(source, rules.password) as package, damage_reported(package.file):
        book = Book.of(Draft(package))
        return [
            (sheet, position(text)) if sheet and is_address(text) else one_cell(find_place(book, text, sheet))
            for sheet, text in asked
        ]


def rewrite(
    source: Path,
    target: Path | None,
    cells: Mapping[str, Mapping[Position, Value | Added]],
    others: Sequence[Sheet | Resized | Notes] = (),
    rules: Rules = STRICT,
) -> list[Change]:
    """Set cells, put whole sheets in, resize tables and add notes, all in one rewrite of the file.

    Args:
        source: the workbook.
        target: where to write, the source itself included; None to write nothing.
        cells: the new content by sheet and place.
        others: sheets put in whole, each in the place of the sheet of that name or else last, tables that get
            another size, and notes.
        rules: what to pass over.

    Returns:
        The cells set, by sheet and place in the order given; the sheets put in are not listed.

    Raises:
        UsageError: a cell or sheet cannot be written.
        WorkbookError: the file is no sound workbook, is held by someone, or cannot be replaced.
    """
    with ExitStack() as stack:
        if target is not None:
            refuse_if_open(target)
            stack.enter_context(locked(target))
        package = stack.enter_context(unlocked(source, rules.password))
        draft = Draft(package)
        with damage_reported(package.file):
            changes = revise(draft, cells, others, rules)
        touched = {part_key(part) for part in draft.changes}
        package.prove(part for part in package.small_parts() if part_key(part) not in touched)
        if target is None:
            check(draft)
        else:
            with replacing(target) as stream:
                if rules.password is not None and has_password(source):
                    plain = BytesIO()
                    write(draft, plain)
                    encipher(plain, rules.password, stream, target.name)
                else:
                    write(draft, stream)
    return changes


def revise(
    draft: Draft,
    cells: Mapping[str, Mapping[Position, Value | Added]],
    others: Sequence[Sheet | Resized | Notes] = (),
    rules: Rules = STRICT,
) -> list[Change]:
    """Make the changes of a rewrite in a draft.

    Raises:
        UsageError: a cell or sheet cannot be written.
        WorkbookError: the workbook is not sound.
    """
    book = Book.of(draft)
    _refuse_signed(draft, rules)
    changes: list[Change] = []
    chain_breaks = calculates = False
    for name, contents in cells.items():
        if contents:
            patch = _patch(book, name, contents, rules)
            changes += patch.changes
            chain_breaks, calculates = chain_breaks or patch.chain_breaks, calculates or patch.calculates
    for table in (other for other in others if isinstance(other, Resized)):
        resize(book, table)
    sheets = [other for other in others if isinstance(other, Sheet)]
    if sheets:
        chain_breaks |= put_sheets(book, sheets, obey_protection=rules.obey_protection)
    for notes in (other for other in others if isinstance(other, Notes)):
        add_notes(book, notes, obey_protection=rules.obey_protection)
    if chain_breaks:
        book.forget_calculation_order()
    if (changes or sheets) and (chain_breaks or calculates or _calculates_elsewhere(book)):
        book.recalculate_on_load()
    return changes


class _Patch(NamedTuple):
    """What became of one sheet.

    Attributes:
        changes: the cells set.
        chain_breaks: whether formulas came or went.
        calculates: whether the sheet holds formulas.
    """

    changes: list[Change]
    chain_breaks: bool
    calculates: bool


def _patch(book: Book, name: str, given: Mapping[Position, Value | Added], rules: Rules) -> _Patch:
    tab = book.tab(name)
    part = SheetPart.of(tab.name, book.draft.read(tab.part))
    from_1904 = book.is_1904
    added = {place: value for place, value in given.items() if isinstance(value, Added)}
    contents = {place: value.value if isinstance(value, Added) else value for place, value in given.items()}
    edits = {
        place: stored(value, f"{tab.name}!{address(place)}", from_1904=from_1904)
        for place, value in contents.items()
    }
    for guard in guards(book.draft, part, tab.part):
        for place in edits:
            guard.refuse(tab.name, place)
    looks = styles_of(part, {value.like for value in added.values()})
    result = patched(part, edits, lambda at, own: looks[added[at].like] if at in added else own)
    if rules.obey_protection and is_protected(part):
        _refuse_locked(book, part, result)
    book.draft.put(tab.part, result.pieces)
    strings = SharedStrings(book.draft, book.linked("sharedStrings"))
    for place in added:
        if place in result.old and content_of(result.old[place], strings.text) not in {None, ""}:
            raise UsageError("cells.occupied", place=f"{tab.name}!{address(place)}")
    changes = [
        Change(
            tab.name,
            address(place),
            content_of(result.old[place], strings.text) if place in result.old else None,
            value,
        )
        for place, value in contents.items()
    ]
    formulas = any(isinstance(value, Formula) for value in contents.values())
    return _Patch(changes, formulas or result.formula_replaced, part.has_formulas())


def _refuse_locked(book: Book, part: SheetPart, result: PatchedSheet) -> None:
    styles = Stylesheet(book)
    ranges = open_ranges(part)
    for place, style in result.styles.items():
        if styles.is_locked(style) and not any(place in block for block in ranges):
            raise UsageError("cells.locked", place=f"{part.name}!{address(place)}")


def _refuse_signed(draft: Draft, rules: Rules) -> None:
    """Refuse a signed workbook, or take the signature away when told to.

    Raises:
        WorkbookError: the workbook is signed and must stay so.
    """
    for link in draft.relationships():
        if link.kind == "origin":
            if not rules.break_signature:
                raise WorkbookError("package.signed", file=draft.package.file)
            for signature in draft.relationships(link.target):
                draft.drop(signature.target, linked_from=link.target)
            draft.drop(link.target, linked_from="")


def _calculates_elsewhere(book: Book) -> bool:
    """Say whether sheets that were not touched hold formulas; beyond a budget, take it that they do."""
    if book.linked("calcChain"):
        return True
    budget = PROVEN_BYTES
    for tab in book.tabs():
        if tab.kind == "worksheet" and tab.part not in book.draft.changes:
            budget -= book.draft.package.size(tab.part)
            if budget < 0 or SheetPart.of(tab.name, book.draft.read(tab.part)).has_formulas():
                return True
    return False
