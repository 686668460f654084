"""Make the file of a fresh workbook of its sheets: styles, live formulas with their values, print set-up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from hoka_excel.begroting.named_styles import with_named_styles
from hoka_excel.workbook.sheets import Button, Cell, Formula, Link, Position, Scalar, Sheet
from hoka_excel.workbook.styles import FONT, STYLES, VERDICT_COLOURS, Look, Style

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_BUTTON_PIXELS = (108, 20)
"""Width and height: as wide as the narrowest column with a button, as high as a row."""
_LETTER_PIXELS = 9


@dataclass(frozen=True, slots=True)
class Properties:
    """What a workbook file says of itself.

    Attributes:
        title: of the document.
        company: whose it is.
        day: what it says it was made on, so that the same content gives the same bytes.
    """

    title: str
    company: str
    day: date


def bytes_of(
    sheets: Sequence[Sheet],
    names: Mapping[str, str],
    properties: Properties,
    finish: "Callable[[Workbook, Mapping[str, Worksheet]], None] | None" = None,
) -> bytes:
    """Make the .xlsx file that holds these sheets.

    Args:
        sheets: in the order of the tabs.
        names: what each defined name refers to.
        properties: what the file says of itself.
        finish: adds what a `Sheet` cannot hold, such as a chart; gets the pages by their name.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - only a build needs it

    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = datetime.combine(properties.day, time())
    workbook.set_properties({"title": properties.title, "company": properties.company, "created": made})
    workbook.set_calc_mode("auto")
    formats = _Formats(workbook)
    pages = {sheet.name: _add_sheet(workbook, sheet, formats) for sheet in sheets}
    for name, reference in sorted(names.items()):
        workbook.define_name(name, f"={reference}")
    if finish is not None:
        finish(workbook, pages)
    workbook.close()
    return with_named_styles(buffer.getvalue(), formats.names())


class _Formats:
    """The formats of a workbook, one per style and number format."""

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._known: dict[tuple[str, str], Format] = {}

    def of(self, cell: Cell) -> "Format":
        key = cell.style, cell.number_format
        if key not in self._known:
            properties = _properties(STYLES[cell.style]) | {"num_format": cell.number_format}
            self._known[key] = self._workbook.add_format(properties)
        return self._known[key]

    def look(self, look: Look) -> "Format":
        properties = {} if look.number_format is None else {"num_format": look.number_format}
        if look.colours is not None:
            text, fill = look.colours
            properties |= {"font_color": f"#{text}", "bg_color": f"#{fill}"}
        return self._workbook.add_format(properties)

    def names(self) -> dict[int, str]:
        """Give the named style of every format that the workbook uses, by its index in the style sheet."""
        return {made.xf_index: style for (style, _), made in self._known.items() if made.xf_index is not None}


def _properties(style: Style) -> dict[str, object]:
    properties: dict[str, object] = {
        "font_name": FONT,
        "font_size": style.size,
        "font_color": f"#{style.colour}",
        "bold": style.bold,
        "italic": style.italic,
        "underline": int(style.underline),
        "text_wrap": style.wrap,
        "indent": style.indent,
        "locked": style.locked,
        "valign": "vcenter",
    }
    if style.fill:
        properties["bg_color"] = f"#{style.fill}"
    if style.align:
        properties["align"] = style.align
    match style.rules:
        case "top":
            properties["top"] = 1
        case "bottom":
            properties["bottom"] = 1
        case "double":
            properties |= {"top": 1, "bottom": 6}
        case "box":
            properties |= {"border": 1, "border_color": "#CBD2D9"}
        case _:
            pass
    return properties


def _add_sheet(workbook: "Workbook", sheet: Sheet, formats: _Formats) -> "Worksheet":
    page = workbook.add_worksheet(sheet.name)
    for position, cell in sorted(sheet.cells.items()):
        _write(page, position, cell, formats.of(cell))
    for column, width in sheet.widths.items():
        style = sheet.column_styles.get(column)
        look = None if style is None else formats.of(Cell(None, style))
        page.set_column(column - 1, column - 1, width, look)
    for row, height in sheet.heights.items():
        page.set_row(row - 1, height)
    for area in sheet.verdicts:
        for words, colours in VERDICT_COLOURS.items():
            rule = {"type": "text", "criteria": "begins with", "value": words}
            page.conditional_format(area, {**rule, "format": formats.look(Look(colours))})
    for own in sheet.rules:
        rule = {"type": "formula", "criteria": f"={own.formula}"}
        page.conditional_format(own.area, {**rule, "format": formats.look(own.look)})
    if sheet.filtered:
        page.autofilter(sheet.filtered)
    if sheet.hidden:
        page.hide()
    for button in sheet.buttons:
        _add_button(page, button)
    _set_up(page, sheet)
    return page


def _set_up(page: "Worksheet", sheet: Sheet) -> None:
    """Print on A4 landscape, one page wide, titles repeated, pages numbered."""
    if sheet.frozen:
        page.freeze_panes(sheet.frozen.row - 1, sheet.frozen.column - 1)
    if sheet.repeated_rows:
        first, last = sheet.repeated_rows
        page.repeat_rows(first - 1, last - 1)
    page.hide_gridlines(2)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, int(sheet.one_page))
    page.set_h_pagebreaks([row - 1 for row in sheet.page_breaks])
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    page.set_footer("&L&F&C&A&RPagina &P van &N")


def _add_button(page: "Worksheet", button: Button) -> None:
    width, height = _BUTTON_PIXELS
    look = {"width": max(width, _LETTER_PIXELS * len(button.caption)), "height": height}
    said = {"caption": button.caption, "macro": button.macro, "description": button.caption}
    page.insert_button(button.place.row - 1, button.place.column - 1, {**look, **said})


def _write(page: "Worksheet", position: Position, cell: Cell, made: "Format") -> None:
    row, column = position.row - 1, position.column - 1
    match cell.content:
        case Formula(expression, value):
            page.write_formula(row, column, f"={expression}", made, _stored(value))
        case Link():
            _write(page, position, replace(cell, content=cell.content.formula), made)
        case None:
            page.write_blank(row, column, None, made)
        case bool() as truth:
            page.write_boolean(row, column, truth, made)
        case int() | Decimal() as number:
            page.write_number(row, column, float(number), made)
        case date() as day:
            page.write_datetime(row, column, datetime.combine(day, time()), made)
        case text:
            page.write_string(row, column, text, made)


def _stored(value: Scalar) -> str | float | bool:
    if isinstance(value, Decimal):
        return float(value)
    assert isinstance(value, str | int | bool)
    return value
