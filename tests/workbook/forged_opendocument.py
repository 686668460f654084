"""OpenDocument spreadsheets written by hand, for what no program would write."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)
_CONTENT = """<?xml version="1.0"?><office:document-content {spaces}>
<office:automatic-styles>{styles}</office:automatic-styles>
<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""


def opendocument(path: Path, rows: str, *, styles: str = "", tables: str = "", **more: str) -> Path:
    """Write an .ods with the rows of a sheet Blad.

    Args:
        path: where.
        rows: the columns and rows.
        styles: the automatic styles.
        tables: other tables, behind the sheet.
        more: other parts, or others in place of these, by name.
    """
    sheet = f'<table:table table:name="Blad">{rows}</table:table>{tables}'
    texts = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": _CONTENT.format(spaces=_SPACES, styles=styles, tables=sheet),
        **more,
    }
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, text in texts.items():
            package.writestr(name, text)
    return path


def row(*cells: str, more: str = "") -> str:
    """Write a row."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def number(value: float = 1, more: str = "") -> str:
    """Write a cell with a number."""
    return f'<table:table-cell office:value-type="float" office:value="{value}" {more}/>'


def formula(text: str, value: str = 'office:value-type="float" office:value="1"', shown: str = "") -> str:
    """Write a cell with a formula."""
    paragraph = f"<text:p>{shown}</text:p>" if shown else ""
    return f'<table:table-cell table:formula="{text}" {value}>{paragraph}</table:table-cell>'


def text(shown: str) -> str:
    """Write a cell with a text."""
    return f'<table:table-cell office:value-type="string"><text:p>{shown}</text:p></table:table-cell>'
