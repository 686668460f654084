"""Deflate and inflate at the speed of what is installed: isal where it is, else zlib."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol, TypeVar
from zipfile import BadZipFile

Piece = bytes | memoryview
"""Part of the text of a part."""
PIECE = 1 << 20
"""How much is compressed or copied at a time."""
RAW_PIECE = 1 << 18
"""How much is inflated at a time."""
_MOST_INFLATED = 1 << 23
"""How much comes of it at the most, whatever it claims to hold."""
P = TypeVar("P", bound=Piece)


class Compressor(Protocol):
    """What zlib and isal have in common."""

    def compress(self, data: Piece, /) -> bytes:
        """Take in `data` and give what is ready."""

    def flush(self) -> bytes:
        """Give the rest."""


@cache
def engine() -> Any:
    """Load the faster of the two, which have the same names."""
    try:
        return import_module("isal.isal_zlib")
    except ImportError:
        return zlib


def compressor() -> Compressor:
    """Make a raw-deflate compressor."""
    made: Compressor = engine().compressobj(wbits=-zlib.MAX_WBITS)
    return made


@dataclass(slots=True)
class Tally:
    """How many bytes went by, and their CRC-32."""

    size: int = 0
    checksum: int = 0

    def of(self, text: Iterable[P]) -> Iterator[P]:
        """Pass text on and count it in."""
        carried_on = engine().crc32
        for piece in text:
            self.size += len(piece)
            self.checksum = carried_on(piece, self.checksum)
            yield piece


def cut(text: Iterable[Piece]) -> Iterator[Piece]:
    """Cut pieces longer than `PIECE` bytes."""
    for piece in text:
        for start in range(0, len(piece), PIECE):
            yield piece[start : start + PIECE]


def deflated(text: Iterable[Piece]) -> Iterator[bytes]:
    """Deflate text; a piece that comes out may be empty."""
    packer = compressor()
    for piece in text:
        yield packer.compress(piece)
    yield packer.flush()


def inflated(raw: Iterable[bytes]) -> Iterator[bytes]:
    """Inflate raw deflate data, at most 8 MB at a time.

    Raises:
        BadZipFile: the data is damaged, breaks off, or goes on after its end.
    """
    unpacker = engine().decompressobj(wbits=-zlib.MAX_WBITS)
    try:
        for piece in raw:
            rest = piece
            while rest:
                yield unpacker.decompress(rest, _MOST_INFLATED)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except engine().error as error:
        raise BadZipFile(str(error)) from error
    if unpacker.unused_data or not unpacker.eof:
        raise BadZipFile("deflate")


def proven(text: Iterable[bytes], expected: Tally) -> Iterator[bytes]:
    """Pass text on and prove at its end that it is the text expected, reading no more than that.

    Raises:
        BadZipFile: it is another text.
    """
    found = Tally()
    for piece in found.of(text):
        if found.size > expected.size:
            break
        yield piece
    if found != expected:
        raise BadZipFile(f"CRC-32 {expected.checksum:08x}")
