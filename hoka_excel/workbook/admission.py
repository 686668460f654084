"""Which files are let in: the checks that any reader of workbooks runs before it opens one.

An .xlsx is a zip file that anyone can forge: two megabytes can claim to be two gigabytes, a member can be
named "../../x", and one cell at XFD1048576 makes a reader that allocates the whole block abort the process.
The limits leave room for every workbook that Excel itself can hold open comfortably.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.core.messages import Message
from hoka_excel.workbook.excel_bounds import COLUMNS, ROWS
from hoka_excel.workbook.long_paths import reachable

_SIGNATURE_OF_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = 1
"""The flag of an encrypted member."""
_PIECE = 1 << 20
_PROLOG_BYTES = 4_096
"""How far into a part a DOCTYPE is looked for; the parser that reads a part rejects it anywhere."""
_REFERENCE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,9})"')
_FAR_COLUMN = re.compile(rb'\sr="([A-Z]{3})\d')
_WITHOUT_FAR_COLUMNS = 26 + 26**2
"""The columns of one and two letters."""
_ROW = re.compile(rb"<(?:[\w.-]+:)?row\s[^>]*?\br=\"(\d{1,9})\"")


def part_key(name: str) -> str:
    """Name a part the way parts are compared: without regard to case, slashes forward."""
    return name.replace("\\", "/").lower()


@contextmanager
def opened_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises:
        WorkbookError: there is no such file, or it cannot be read.
    """
    try:
        stream = reachable(path).open("rb")
    except FileNotFoundError:
        raise WorkbookError("file.missing", file=path) from None
    except OSError as error:
        raise WorkbookError("file.unreadable", file=path, reason=error.strerror) from error
    with stream:
        yield stream


@contextmanager
def damage_reported(file: str) -> Iterator[None]:
    """Turn whatever the readers of zip and XML raise at damage into a `WorkbookError` that names the file."""
    try:
        yield
    except WorkbookError as error:
        raise WorkbookError.of([_in_file(fault, file) for fault in error.faults]) from error
    except (
        BadZipFile,
        EOFError,
        LookupError,
        NotImplementedError,
        OverflowError,
        RuntimeError,
        StopIteration,
        struct.error,
        ValueError,
        zlib.error,
    ) as error:
        raise WorkbookError("package.damaged", file=file, reason=error) from error


def _in_file(fault: Message, file: str) -> Message:
    """Name the file where a reader, which knows only its part, could not."""
    part = str(fault.values.get("part", ""))
    if fault.code != "package.malformed" or part.startswith(file):
        return fault
    return Message(fault.code, {**fault.values, "part": f"{file}, {part}"})


def is_encrypted(first_bytes: bytes) -> bool:
    """Say whether a file starts as encrypted workbooks do, and those from before Excel 2007."""
    return first_bytes.startswith(_SIGNATURE_OF_OLE)


def check_kind(first_bytes: bytes, file: str) -> None:
    """Refuse what is no zip file, telling encrypted and pre-2007 workbooks apart from the rest.

    Raises:
        WorkbookError: the file is encrypted, of the old format, or no workbook at all.
    """
    if is_encrypted(first_bytes):
        raise WorkbookError("package.encrypted", file=file)
    if not first_bytes.startswith(b"PK"):
        raise WorkbookError("package.no_workbook", file=file)


def check_directory(members: Sequence[ZipInfo], file: str) -> None:
    """Refuse a directory that is hostile or that no workbook program writes.

    Raises:
        WorkbookError: a name is double, absolute or climbs out; a member is encrypted; a size is over its
            limit.
    """
    if len(members) > limits.PARTS.current:
        raise WorkbookError("package.too_many_members", file=file, count=len(members), **limits.PARTS.told)
    largest, growing = limits.PART_MB.in_bytes, limits.GROWTH_FROM_MB.in_bytes
    seen: set[str] = set()
    for member in members:
        key = part_key(member.filename)
        if key in seen:
            raise WorkbookError("package.duplicate_member", file=file, part=member.filename)
        seen.add(key)
        if key.startswith("/") or ":" in key.split("/", 1)[0] or ".." in key.split("/") or "\0" in key:
            raise WorkbookError("package.unsafe_name", file=file, part=member.filename)
        if member.flag_bits & ENCRYPTED:
            raise WorkbookError("package.encrypted", file=file)
        size, name = member.file_size, member.filename
        if size > largest:
            raise WorkbookError("package.too_large", file=file, part=name, **limits.PART_MB.told)
        if size > growing and size > limits.GROWTH.current * max(1, member.compress_size):
            raise WorkbookError("package.too_large", file=file, part=name, **limits.GROWTH.told)
    check_size(sum(member.file_size for member in members), file)


def check_size(size: int, file: str) -> None:
    """Refuse a workbook of so many bytes, packed or unpacked, if it is too large.

    Raises:
        WorkbookError: it is.
    """
    if size >= limits.PACKAGE_MB.in_bytes:
        raise WorkbookError("package.too_large_together", file=file, **limits.PACKAGE_MB.told)


def check_package(path: Path | str) -> None:
    """Refuse a file that could hang or kill the program that reads it.

    Cheap enough to run before every reader: it inflates only the sheets, one piece at a time.

    Raises:
        WorkbookError: the file is no sound .xlsx or .xlsm within the limits.
    """
    source = Path(path)
    with opened_file(source) as stream:
        check_stream(stream, source.name)


def check_stream(stream: BinaryIO, file: str) -> None:
    """Refuse a file that is open already, as `check_package` does; it is left at its beginning.

    Raises:
        WorkbookError: the file is no sound .xlsx or .xlsm within the limits.
    """
    with damage_reported(file):
        stream.seek(0)
        check_kind(stream.read(8), file)
        with ZipFile(stream) as archive:
            check_directory(archive.infolist(), file)
            for member in archive.infolist():
                key = part_key(member.filename)
                if key.endswith((".xml", ".rels", ".vml")):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(_PROLOG_BYTES):
                            raise WorkbookError("package.doctype", file=file, part=member.filename)
                if key.startswith("xl/worksheets/") and key.endswith(".xml"):
                    _check_extent(archive, member, file)
        stream.seek(0)


def _check_extent(archive: ZipFile, member: ZipInfo, file: str) -> None:
    """Refuse a sheet whose cells, however few, span a block that a reader could not allocate."""
    most = limits.BLOCK_CELLS.current
    last_row, far_column = 0, 0
    for text in _pieces(archive, member):
        rows = [int(row[1]) for row in _ROW.finditer(text)]
        last_row = max(last_row, *rows, 0)
        far_column = max([far_column, *(_column(found[1]) for found in _FAR_COLUMN.finditer(text))])
    if is_wide := last_row * (far_column or _WITHOUT_FAR_COLUMNS) > most:
        far_column = max(
            (_column(found[1]) for text in _pieces(archive, member) for found in _REFERENCE.finditer(text)),
            default=0,
        )
    if last_row > ROWS or far_column > COLUMNS:
        raise WorkbookError("package.outside_sheet", file=file, part=member.filename)
    if is_wide and last_row * far_column > most:
        raise WorkbookError("package.far_cells", file=file, part=member.filename, **limits.BLOCK_CELLS.told)


def _pieces(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """Inflate a part in pieces, each with the last tag of the one before, so that no tag is cut in two."""
    kept = b""
    with archive.open(member) as part:
        while piece := part.read(_PIECE):
            text = kept + piece
            cut = text.rfind(b"<")
            kept = text[cut:][:_PIECE] if cut >= 0 else b""
            yield text


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
