"""Workbooks in Excel's binary form (.xlsb), which nothing at hand writes: a sheet of texts and numbers.

Source: [MS-XLSB], Excel (.xlsb) Binary File Format.
"""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZipFile

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BINARY = "application/vnd.ms-excel"
_ROW, _REAL, _TEXT = 0, 5, 6
_BOOK, _BOOK_END, _SHEETS, _SHEETS_END, _SHEET_IN_BOOK = 131, 132, 143, 144, 156
_SHEET, _SHEET_END, _DATA, _DATA_END, _EXTENT = 129, 130, 145, 146, 148


def binary_workbook(path: Path, rows: Sequence[Sequence[str | float]]) -> Path:
    """Write one sheet, "Blad"."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{_BINARY}.sheet.binary.macroEnabled.main"/>'
        f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{_BINARY}.worksheet"/></Types>',
        "_rels/.rels": _relation("officeDocument", "xl/workbook.bin"),
        "xl/_rels/workbook.bin.rels": _relation("worksheet", "worksheets/sheet1.bin"),
        "xl/workbook.bin": b"".join(
            (
                _record(_BOOK),
                _record(_SHEETS),
                _record(_SHEET_IN_BOOK, struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Blad")),
                _record(_SHEETS_END),
                _record(_BOOK_END),
            )
        ),
        "xl/worksheets/sheet1.bin": b"".join(_sheet(rows)),
    }
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def _relation(kind: str, target: str) -> str:
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{link}</Relationships>'


def _sheet(rows: Sequence[Sequence[str | float]]) -> Iterable[bytes]:
    width = max(map(len, rows))
    yield _record(_SHEET)
    yield _record(_EXTENT, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1))
    yield _record(_DATA)
    for number, row in enumerate(rows):
        yield _record(_ROW, struct.pack("<IIHHBI2I", number, 0, 300, 0, 0, 1, 0, width - 1))
        for column, content in enumerate(row):
            cell = struct.pack("<II", column, 0)
            if isinstance(content, str):
                yield _record(_TEXT, cell + _wide(content))
            else:
                yield _record(_REAL, cell + struct.pack("<d", content))
    yield _record(_DATA_END)
    yield _record(_SHEET_END)


def _record(kind: int, content: bytes = b"") -> bytes:
    """Write a record: its kind and its length in seven bits a byte, and what it holds."""
    return _in_sevens(kind) + _in_sevens(len(content)) + content


def _in_sevens(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _in_sevens(rest) if rest else bytes([low])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
