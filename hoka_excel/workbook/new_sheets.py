"""Whole sheets put into a workbook from `Sheet` records: added last, or for the sheet of that name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from hoka_excel.core.errors import UsageError
from hoka_excel.workbook.addresses import address, area, covering
from hoka_excel.workbook.book import Book, Tab
from hoka_excel.workbook.cell_values import stored
from hoka_excel.workbook.guards import is_protected
from hoka_excel.workbook.markup import children, escaped, prefix_of
from hoka_excel.workbook.sheet_part import SheetPart
from hoka_excel.workbook.sheets import GENERAL, Formula, Link, Position, Sheet
from hoka_excel.workbook.styles import VERDICT_COLOURS, Look
from hoka_excel.workbook.stylesheet import Stylesheet

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_LONGEST_NAME = 31
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_KEPT_AFTER = frozenset(
    {
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "AlternateContent",
    }
)
"""What a sheet that is replaced keeps: its buttons, charts, pictures and notes."""
_A4 = 9


@dataclass(frozen=True, slots=True)
class Kept:
    """What a sheet keeps of the one whose place it takes, as markup.

    Attributes:
        prefix: of the elements, colon included.
        properties: the rest of the start tag of its properties, and what they hold.
        protection: against changes.
        drawings: its buttons, charts, pictures and notes.
        selected: whether its tab is the one in front.
    """

    prefix: str = ""
    properties: str = ">"
    protection: str = ""
    drawings: str = ""
    selected: bool = False


def put_sheets(book: Book, sheets: Sequence[Sheet], *, obey_protection: bool = True) -> bool:
    """Put each sheet in the place of the sheet of its name, or else last.

    A sheet that is replaced keeps its tab, its defined names, and its buttons, charts and notes.

    Returns:
        Whether formulas came or went.

    Raises:
        UsageError: the name is impossible, the sheet may not be replaced, or the workbook may not get sheets.
        WorkbookError: the workbook is not sound.
    """
    styles = Stylesheet(book)
    formulas = any(
        isinstance(cell.content, Formula | Link) for sheet in sheets for cell in sheet.cells.values()
    )
    for sheet in sheets:
        _check_name(sheet.name)
        there = {tab.name.casefold(): tab for tab in book.tabs()}
        if sheet.name.casefold() in there:
            tab = book.tab(sheet.name)
            old = SheetPart.of(tab.name, book.draft.pieces(tab.part))
            formulas = formulas or old.has_formulas
            _check_replaceable(book, tab, old, obey_protection=obey_protection)
            text = _replaced(old, sheet, styles, is_1904=book.is_1904)
        else:
            if obey_protection and book.has_locked_structure:
                raise UsageError("cells.locked_structure", sheet=sheet.name)
            tab = Tab(sheet.name, _free_part(book), "worksheet")
            root, close, _ = book.new_root("worksheet").partition(b"</worksheet>")
            text = root + _content(sheet, styles, Kept(), is_1904=book.is_1904) + close
            book.add_part(tab.part, "worksheet", _CONTENT_TYPE)
            book.add_tab(tab, hidden=sheet.hidden)
        book.draft.put(tab.part, [text])
        if sheet.repeated_rows is not None:
            book.repeat_rows(tab.name, sheet.repeated_rows)
    styles.save()
    return formulas


def _check_name(name: str) -> None:
    if not 0 < len(name) <= _LONGEST_NAME or _NOT_IN_NAME.search(name):
        raise UsageError("cells.bad_sheet_name", sheet=name, limit=_LONGEST_NAME)


def _free_part(book: Book) -> str:
    number = 1
    while f"xl/worksheets/sheet{number}.xml" in book.draft:
        number += 1
    return f"xl/worksheets/sheet{number}.xml"


def _check_replaceable(book: Book, tab: Tab, old: SheetPart, *, obey_protection: bool) -> None:
    """Refuse to replace a protected sheet or a pivot table; tables of the old sheet go with its cells."""
    if obey_protection and is_protected(old):
        raise UsageError("cells.locked", place=tab.name)
    for link in book.draft.relationships(tab.part):
        if link.kind == "pivotTable":
            raise UsageError("cells.pivot", place=tab.name, range=tab.name, name=link.target)
        if link.kind == "table":
            book.draft.drop(link.target, linked_from=tab.part)


def _replaced(old: SheetPart, sheet: Sheet, styles: Stylesheet, *, is_1904: bool) -> bytes:
    """Write a sheet anew between the parts of the old one that stay."""
    kept = "".join(
        old.tail_text(element).decode("latin-1")
        for element in old.tail
        if element.depth == 1 and element.name in _KEPT_AFTER
    )
    protection = "".join(
        old.tail_text(element).decode("latin-1") for element in old.tail_elements("sheetProtection")
    )
    selected = any(element.attributes.get("tabSelected") in {"1", "true"} for element in old.head)
    around = Kept(old.prefix, _properties(old), protection, kept, selected)
    content = _content(sheet, styles, around, is_1904=is_1904)
    end = f"</{prefix_of(old.before, old.head[0])}worksheet>".encode()
    return old.before[: old.head[0].inside] + content + end


def _properties(old: SheetPart) -> str:
    """Keep what a sheet's properties say, its code name for macros above all."""
    found = next((element for element in old.head if element.name == "sheetPr"), None)
    if found is None:
        return ">"
    code = found.attributes.get("codeName")
    colours = children(old.head, found, "tabColor")
    inside = "".join(old.before[colour.start : colour.stop].decode("latin-1") for colour in colours)
    return (f' codeName="{escaped(code)}"' if code else "") + ">" + inside


def _content(sheet: Sheet, styles: Stylesheet, kept: Kept, *, is_1904: bool) -> bytes:
    """Write all that a worksheet element holds, in the order of the schema."""
    places = list(sheet.cells) or [Position(1, 1)]
    parts = [
        f'<\0sheetPr{kept.properties}<\0pageSetUpPr fitToPage="1"/></\0sheetPr>',
        f'<\0dimension ref="{covering(places)}"/>',
        _view(sheet, selected=kept.selected),
        '<\0sheetFormatPr defaultRowHeight="15"/>',
        _columns(sheet, styles),
        "<\0sheetData>",
        *_rows(sheet, styles, is_1904=is_1904),
        "</\0sheetData>",
    ]
    header = escaped(sheet.title.replace("&", "&&"))
    after = [
        f'<\0autoFilter ref="{sheet.filtered}"/>' if sheet.filtered else "",
        _conditional_looks(sheet, styles),
        '<\0pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
        f'<\0pageSetup paperSize="{_A4}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
        f"<\0headerFooter><\0oddHeader>&amp;L{header}</\0oddHeader></\0headerFooter>",
    ]
    own, rest = "".join(parts).replace("\0", kept.prefix), "".join(after).replace("\0", kept.prefix)
    return (own + kept.protection + rest + kept.drawings).encode("latin-1")


def _view(sheet: Sheet, *, selected: bool) -> str:
    view = "<\0sheetView" + (' tabSelected="1"' if selected else "") + ' workbookViewId="0"'
    if sheet.frozen is None or sheet.frozen == (1, 1):
        return f"<\0sheetViews>{view}/></\0sheetViews>"
    right, down = sheet.frozen.column - 1, sheet.frozen.row - 1
    pane = {(True, True): "bottomRight", (True, False): "topRight", (False, True): "bottomLeft"}[
        right > 0, down > 0
    ]
    splits = (f' xSplit="{right}"' if right else "") + (f' ySplit="{down}"' if down else "")
    frozen = f'<\0pane{splits} topLeftCell="{address(sheet.frozen)}" activePane="{pane}" state="frozen"/>'
    return f'<\0sheetViews>{view}>{frozen}<\0selection pane="{pane}"/></\0sheetView></\0sheetViews>'


def _columns(sheet: Sheet, styles: Stylesheet) -> str:
    looks = {column: styles.number(style, GENERAL) for column, style in sheet.column_styles.items()}
    columns = "".join(
        f'<\0col min="{column}" max="{column}" width="{width:g}" customWidth="1"'
        + (f' style="{looks[column]}"/>' if column in looks else "/>")
        for column, width in sorted(sheet.widths.items())
    )
    return f"<\0cols>{columns}</\0cols>" if columns else ""


def _rows(sheet: Sheet, styles: Stylesheet, *, is_1904: bool) -> Iterator[str]:
    by_row: dict[int, list[int]] = {row: [] for row in sheet.heights}
    for place in sorted(sheet.cells):
        by_row.setdefault(place.row, []).append(place.column)
    for row, columns in sorted(by_row.items()):
        height = f' ht="{sheet.heights[row]:g}" customHeight="1"' if row in sheet.heights else ""
        yield f'<\0row r="{row}"{height}>'
        for column in columns:
            place = Position(row, column)
            cell = sheet.cells[place]
            content = stored(cell.content, f"{sheet.name}!{address(place)}", from_1904=is_1904)
            number = str(styles.number(cell.style, cell.number_format))
            yield content.element("\0", address(place), number).decode()
        yield "</\0row>"


def _conditional_looks(sheet: Sheet, styles: Stylesheet) -> str:
    """Colour each cell of the verdict ranges by the words it begins with, and apply the other rules."""
    written, priorities = "", count(1)
    for reference in sheet.verdicts:
        first = address(area(reference).first)
        rules = ""
        for words in VERDICT_COLOURS:
            formula = escaped(f'LEFT({first},{len(words)})="{words}"')
            look = f'dxfId="{styles.rule_look(Look(VERDICT_COLOURS[words]))}" priority="{next(priorities)}"'
            rules += (
                f'<\0cfRule type="beginsWith" {look} operator="beginsWith" text="{escaped(words)}">'
                f"<\0formula>{formula}</\0formula></\0cfRule>"
            )
        written += f'<\0conditionalFormatting sqref="{reference}">{rules}</\0conditionalFormatting>'
    for rule in sheet.rules:
        look = f'dxfId="{styles.rule_look(rule.look)}" priority="{next(priorities)}"'
        formula = f"<\0formula>{escaped(rule.formula)}</\0formula>"
        rules = f'<\0cfRule type="expression" {look}>{formula}</\0cfRule>'
        written += f'<\0conditionalFormatting sqref="{rule.area}">{rules}</\0conditionalFormatting>'
    return written
