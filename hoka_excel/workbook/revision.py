"""The changes of one rewrite made in a draft: cells set, sheets put in, tables resized, notes put."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from hoka_excel import limits
from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.workbook.addresses import address
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.cell_values import content_of, stored
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.edits import STRICT, Added, Change, Rules, Value
from hoka_excel.workbook.guards import guards, is_protected, open_ranges
from hoka_excel.workbook.list_objects import Resized, resize
from hoka_excel.workbook.new_sheets import put_sheets
from hoka_excel.workbook.notes import Notes, put_notes
from hoka_excel.workbook.patching import PatchedSheet, patched, styles_of, without_strays
from hoka_excel.workbook.shared_strings import SharedStrings
from hoka_excel.workbook.sheet_part import SheetPart
from hoka_excel.workbook.sheets import Formula, Position, Sheet
from hoka_excel.workbook.stylesheet import Stylesheet


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
    noted: list[Change] = []
    for notes in (other for other in others if isinstance(other, Notes)):
        old = put_notes(book, notes, obey_protection=rules.obey_protection)
        sheet = book.tab(notes.sheet).name
        noted += [Change(sheet, address(at), old[at], text) for at, text in notes.texts.items()]
    if chain_breaks:
        book.forget_calculation_order()
    if (changes or sheets) and (chain_breaks or calculates or _calculates_elsewhere(book)):
        book.recalculate_on_load()
    return changes + noted


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
    likes = {value.like for value in given.values() if isinstance(value, Added)}
    part = SheetPart.of(tab.name, book.draft.pieces(tab.part), {place.row for place in (*given, *likes)})
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
    looks = styles_of(part, likes)
    result = patched(part, edits, lambda at, own: looks[added[at].like] if at in added else own)
    if rules.obey_protection and is_protected(part):
        _refuse_locked(book, part, result)
    new = edits.keys() - result.old.keys()
    book.draft.splice(tab.part, result.splices, partial(without_strays, part, new) if new else iter)
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
    return _Patch(changes, formulas or result.formula_replaced, part.has_formulas)


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
    budget = limits.PROVEN_MB.in_bytes
    for tab in book.tabs():
        if tab.kind == "worksheet" and tab.part not in book.draft.changes:
            budget -= book.draft.package.size(tab.part)
            if budget < 0 or SheetPart.of(tab.name, book.draft.pieces(tab.part)).has_formulas:
                return True
    return False
