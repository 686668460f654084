"""Write cells into anyone's workbook and change nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import address, is_address, position
from hoka_excel.workbook.admission import damage_reported, part_key
from hoka_excel.workbook.assembly import check, write
from hoka_excel.workbook.book import Book
from hoka_excel.workbook.draft import Draft
from hoka_excel.workbook.edits import STRICT, Added, Change, Rules, Value, W, Where
from hoka_excel.workbook.encryption import encipher, has_password, unlocked
from hoka_excel.workbook.files import replacing
from hoka_excel.workbook.kinds import OPEN_XML
from hoka_excel.workbook.list_objects import Resized
from hoka_excel.workbook.locks import locked, refuse_if_open
from hoka_excel.workbook.notes import Notes
from hoka_excel.workbook.places import find_place, one_cell
from hoka_excel.workbook.revision import revise
from hoka_excel.workbook.sheets import Position, Sheet


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
    places = places_of(source, cells, rules)
    by_sheet: dict[str, dict[Position, Value]] = {}
    for (sheet, place), value in zip(places, cells.values(), strict=True):
        by_sheet.setdefault(sheet, {})[place] = value
    made = rewrite(source, target, by_sheet, rules=rules)
    changes = {(change.sheet.casefold(), change.cell): change for change in made}
    return [changes[sheet.casefold(), address(place)] for sheet, place in places]


def places_of(source: Path, wanted: Iterable[Where], rules: Rules) -> list[tuple[str, Position]]:
    """Find sheet and cell of what is wanted; the workbook is only opened for what has a name.

    Raises:
        UsageError: there is no such place, or more than one.
        WorkbookError: the file is no sound workbook.
    """
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
    """Set cells, put whole sheets in, resize tables and put notes, all in one rewrite of the file.

    Args:
        source: the workbook.
        target: where to write, the source itself included; None to write nothing.
        cells: the new content by sheet and place.
        others: sheets put in whole, each in the place of the sheet of that name or else last, tables that get
            another size, and notes.
        rules: what to pass over.

    Returns:
        The cells set, then the notes, by sheet and place in the order given; sheets put in are not listed.

    Raises:
        UsageError: a cell or sheet cannot be written, or the target is named as another kind of workbook.
        WorkbookError: the file is no sound workbook, is held by someone, or cannot be replaced.
    """
    with ExitStack() as stack:
        if target is not None:
            _refuse_other_kind(source, target)
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


def _refuse_other_kind(source: Path, target: Path) -> None:
    """Refuse a name that Excel would not open: what is inside stays of the kind it was."""
    kinds = source.suffix.lower(), target.suffix.lower()
    if kinds[0] != kinds[1] and set(kinds) <= set(OPEN_XML):
        raise UsageError("cells.other_kind", file=target.name, source=source.name, kind=kinds[0])
