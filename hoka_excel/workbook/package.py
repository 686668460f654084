"""The zip package of a workbook: read safely, rewritten with untouched members copied as raw bytes.

Source: ECMA-376 part 2 (Open Packaging Conventions); PKWARE APPNOTE 6.3.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from struct import Struct
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hoka_excel import limits
from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.admission import (
    ENCRYPTED,
    check_directory,
    check_kind,
    check_size,
    damage_reported,
    opened_file,
    part_key,
)
from hoka_excel.workbook.deflate import PIECE, RAW_PIECE, Piece
from hoka_excel.workbook.zip_members import (
    LOCAL,
    UTF8,
    Written,
    copied_by_system,
    member_text,
    packed,
    without_zip64,
    write_directory,
)

_DESCRIPTOR = Struct("<4sI")
_SIZES_LATER = 8
_LARGEST_GAP = 24
"""The bytes that may follow a member: its sizes, when its header did not give them. More is a member that the
directory lost."""
_WIDE = 0xFFFFFFFF
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Member:
    """A member of the zip file: its directory entry, its raw name, and the bytes it takes up.

    Attributes:
        data: where its content begins, after its local header.
        stop: where the next member begins.
    """

    info: ZipInfo
    name: bytes
    start: int
    data: int
    stop: int


class Package:
    """A workbook file opened for reading, checked against the limits.

    Attributes:
        file: its name, for messages.
    """

    def __init__(self, stream: BinaryIO, file: str) -> None:
        """Read the directory of `stream`, which stays open as long as the package is used.

        Raises:
            WorkbookError: the file is damaged, hostile, encrypted, or no workbook.
        """
        self.file = file
        self._stream = stream
        stream.seek(0)
        check_kind(stream.read(8), file)
        with damage_reported(file):
            check_size(stream.seek(0, 2), file)
            self._zip = ZipFile(stream)
            check_directory(self._zip.infolist(), file)
            self._members = {part_key(member.info.filename): member for member in self._located()}

    def _located(self) -> Iterator[_Member]:
        """Find each member's bytes, checking that the local header agrees with the directory."""
        infos = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        stops = [info.header_offset for info in infos[1:]] + [self._zip.start_dir]
        if infos and infos[0].header_offset:
            raise WorkbookError("package.damaged", file=self.file, reason=infos[0].filename)
        for info, stop in zip(infos, stops, strict=True):
            self._stream.seek(info.header_offset)
            header = LOCAL.unpack(self._stream.read(LOCAL.size))
            signature, _, flags, method, _, _, *stated, name_length, extra_length = header
            name = self._stream.read(name_length)
            data = info.header_offset + LOCAL.size + name_length + extra_length
            end = data + info.compress_size
            agrees = (
                signature == b"PK\3\4"
                and method == info.compress_type
                and method in {ZIP_STORED, ZIP_DEFLATED}
                and (flags ^ info.flag_bits) & (_SIZES_LATER | ENCRYPTED) == 0
                and name.decode("utf-8" if flags & UTF8 else "cp437") == info.orig_filename
                and end <= stop <= end + _LARGEST_GAP
            )
            if agrees and flags & _SIZES_LATER:
                self._stream.seek(end)
                mark, checksum = _DESCRIPTOR.unpack(self._stream.read(_DESCRIPTOR.size))
                agrees = (
                    checksum == info.CRC if mark == b"PK\7\x08" else mark == info.CRC.to_bytes(4, "little")
                )
            elif agrees:
                exact = [info.CRC, info.compress_size, info.file_size]
                agrees = all(there in {here, _WIDE} for there, here in zip(stated, exact, strict=True))
            if not agrees:
                raise WorkbookError("package.damaged", file=self.file, reason=info.filename)
            yield _Member(info, name, info.header_offset, data, stop)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all members, in the order of the directory."""
        return tuple(info.filename for info in self._zip.infolist())

    def __contains__(self, part: str) -> bool:
        """Say whether there is such a part; case does not matter."""
        return part_key(part) in self._members

    def size(self, part: str) -> int:
        """Say how many bytes a part has, inflated."""
        return self._member(part).info.file_size

    def pieces(self, part: str) -> Iterator[bytes]:
        """Inflate a part piece by piece; its checksum is proven at the end.

        Raises:
            WorkbookError: there is no such part, or it is damaged.
        """
        member = self._member(part)
        info = member.info
        with damage_reported(self.file):
            raw = self._raw(member.data, info.compress_size)
            yield from member_text(info, raw)

    def read(self, part: str) -> bytes:
        """Inflate a whole part.

        Raises:
            WorkbookError: there is no such part, or it is damaged.
        """
        text = BytesIO()
        text.writelines(self.pieces(part))
        return text.getvalue()

    def _raw(self, start: int, length: int) -> Iterator[bytes]:
        """Read a range of the file."""
        for place in range(start, start + length, RAW_PIECE):
            self._stream.seek(place)
            yield self._stream.read(min(RAW_PIECE, start + length - place))

    def prove(self, parts: Iterable[str]) -> None:
        """Read `parts` to their end, to prove them sound.

        Raises:
            WorkbookError: one of them is damaged.
        """
        for part in parts:
            for _ in self.pieces(part):
                pass

    def small_parts(self) -> Iterator[str]:
        """List the parts, smallest first, that are together small enough to be proven sound."""
        budget = limits.PROVEN_MB.in_bytes
        for member in sorted(self._members.values(), key=lambda member: member.info.file_size):
            budget -= member.info.file_size
            if budget < 0:
                return
            yield member.info.filename

    def _member(self, part: str) -> _Member:
        try:
            return self._members[part_key(part)]
        except KeyError:
            raise WorkbookError("package.part_missing", file=self.file, part=part) from None

    def write(self, target: BinaryIO, changes: Mapping[str, Iterable[Piece] | None]) -> None:
        """Write the package with some parts changed; all others are copied as they are.

        Args:
            target: where to write, from its current position, which must be 0.
            changes: the new text of a part, in pieces; None takes the part away; a new name adds a part at
                the end, in the order given.

        Raises:
            WorkbookError: the result would be too large, or does not read back as it was written.
        """
        by_key = {part_key(part): text for part, text in changes.items()}
        places: dict[str, Written] = {}
        with damage_reported(self.file):
            for key, member in sorted(self._members.items(), key=lambda item: item[1].start):
                if key not in by_key:
                    places[key] = self._copied(member, target)
                elif (text := by_key[key]) is not None:
                    places[key] = packed(member.info, member.name, text, target)
            added = [
                packed(ZipInfo(part, _EPOCH), part.encode(), text, target)
                for part, text in changes.items()
                if text is not None and part not in self
            ]
        listed = [places[key] for key in map(part_key, self.parts) if key in places] + added
        check_size(target.tell(), self.file)
        write_directory(listed, self._zip.comment, target)

    def _copied(self, member: _Member, target: BinaryIO) -> Written:
        offset = target.tell()
        length = member.stop - member.start
        done = copied_by_system(self._stream, target, member.start, length)
        self._stream.seek(member.start + done)
        left = length - done
        while left:
            piece = self._stream.read(min(left, PIECE))
            if not piece:
                raise WorkbookError("package.damaged", file=self.file, reason=member.info.filename)
            target.write(piece)
            left -= len(piece)
        info = member.info
        return Written(
            info,
            member.name,
            offset,
            info.flag_bits,
            info.compress_type,
            info.CRC,
            info.compress_size,
            info.file_size,
            without_zip64(info.extra),
        )


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open the workbook at `path` for reading.

    Raises:
        WorkbookError: there is no such file, or it is no sound workbook.
    """
    with opened_file(path) as stream:
        yield Package(stream, path.name)
