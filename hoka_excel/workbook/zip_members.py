"""Members of a zip file written: compressed or carried over, and listed in its directory."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedRandom, BufferedReader
from struct import Struct
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipInfo

from hoka_excel.workbook.deflate import PIECE, Piece, Tally, cut, deflated, inflated, proven
from hoka_excel.workbook.pipeline import ahead

UTF8 = 0x800
LOCAL = Struct("<4s5H3I2H")
_ZIP64_FIELD = 1
_DEFLATE_VERSION = 20
_END = Struct("<4s4H2IH")
_CENTRAL = Struct("<4s6H3I5H2I")


@dataclass(frozen=True, slots=True)
class Written:
    """What the directory says of a member in its new place."""

    member: ZipInfo
    name: bytes
    offset: int
    flags: int
    method: int
    checksum: int
    compressed: int
    size: int
    extra: bytes


def copied_by_system(source: BinaryIO, target: BinaryIO, start: int, length: int) -> int:
    """Have the system copy a large range to the end of `target` without passing it through this process.

    Returns:
        How many bytes were copied; 0 where the system or the file system cannot.
    """
    on_disk = isinstance(source, BufferedReader) and isinstance(target, BufferedRandom)
    if sys.platform != "linux" or length < PIECE or not on_disk:
        return 0
    target.flush()
    offset, done = target.tell(), 0
    with suppress(OSError):
        while done < length and (
            more := os.copy_file_range(
                source.fileno(), target.fileno(), length - done, start + done, offset + done
            )
        ):
            done += more
    target.seek(offset + done)
    return done


def member_text(info: ZipInfo, raw: Iterable[bytes]) -> Iterator[bytes]:
    """Make the text of a member of what is stored, and prove its checksum at the end.

    Raises:
        BadZipFile: it is damaged.
    """
    text = raw if info.compress_type == ZIP_STORED else inflated(raw)
    yield from proven(text, Tally(info.file_size, info.CRC))


def packed(info: ZipInfo, name: bytes, text: Iterable[Piece], target: BinaryIO) -> Written:
    """Compress a part and prove that it inflates to the same; the local header is filled in last.

    What makes the text, the compressor and the proof run side by side.

    Raises:
        BadZipFile: what was written does not inflate to `text`.
    """
    flags = (info.flag_bits & UTF8) or (0 if name.isascii() else UTF8)
    offset = target.tell()
    target.write(b"\0" * LOCAL.size + name)
    start, given, found = target.tell(), Tally(), Tally()
    with ahead(cut(text)) as pieces, ahead(deflated(given.of(pieces))) as compressed:
        for _ in found.of(inflated(_put(compressed, target))):
            pass
    if found != given:
        raise BadZipFile(f"CRC-32 {given.checksum:08x}")
    length = target.tell() - start
    written = Written(info, name, offset, flags, ZIP_DEFLATED, given.checksum, length, given.size, b"")
    target.seek(offset)
    target.write(
        LOCAL.pack(
            b"PK\3\4",
            _DEFLATE_VERSION,
            flags,
            ZIP_DEFLATED,
            *_stamp(info),
            given.checksum,
            length,
            given.size,
            len(name),
            0,
        )
    )
    target.seek(0, 2)
    return written


def _put(compressed: Iterable[bytes], target: BinaryIO) -> Iterator[bytes]:
    """Write each piece and pass it on."""
    for piece in compressed:
        target.write(piece)
        yield piece


def write_directory(entries: Iterable[Written], comment: bytes, target: BinaryIO) -> None:
    """Close the zip file with the list of its members, in the order given, and its comment."""
    start, count = target.tell(), 0
    for entry in entries:
        info = entry.member
        count += 1
        target.write(
            _CENTRAL.pack(
                b"PK\1\2",
                info.create_system << 8 | info.create_version,
                info.extract_version,
                entry.flags,
                entry.method,
                *_stamp(info),
                entry.checksum,
                entry.compressed,
                entry.size,
                len(entry.name),
                len(entry.extra),
                len(info.comment),
                0,
                info.internal_attr,
                info.external_attr,
                entry.offset,
            )
            + entry.name
            + entry.extra
            + info.comment
        )
    target.write(
        _END.pack(b"PK\5\6", 0, 0, count, count, target.tell() - start, start, len(comment)) + comment
    )


def _stamp(info: ZipInfo) -> tuple[int, int]:
    """Write the time and date of a member as MS-DOS does."""
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def without_zip64(extra: bytes) -> bytes:
    """Leave out the 64-bit sizes: within the limits every size fits in 32 bits."""
    kept, place = b"", 0
    while place + 4 <= len(extra):
        kind = int.from_bytes(extra[place : place + 2], "little")
        stop = place + 4 + int.from_bytes(extra[place + 2 : place + 4], "little")
        if kind != _ZIP64_FIELD:
            kept += extra[place:stop]
        place = stop
    return kept + extra[place:]
