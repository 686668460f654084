"""Inflating proves what it gives, with either library."""

import sys
import zlib
from collections.abc import Iterator
from types import ModuleType
from zipfile import BadZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.workbook import deflate
from hoka_excel.workbook.deflate import PIECE, Tally, cut, deflated, inflated, proven

TEXT = b"<c r='A1'><v>1</v></c>" * 5_000


@pytest.fixture(params=["isal", "zlib"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    deflate.engine.cache_clear()
    if request.param == "zlib":
        monkeypatch.setitem(sys.modules, "isal.isal_zlib", None)
    else:
        pytest.importorskip("isal", reason="isal is not installed")
    yield deflate.engine()
    deflate.engine.cache_clear()


def packed(text: bytes) -> bytes:
    return b"".join(deflated([text[:5], b"", memoryview(text)[5:]]))


def unpacked(raw: bytes, size: int = len(TEXT), checksum: int = zlib.crc32(TEXT), step: int = 100) -> bytes:
    pieces = (raw[place : place + step] for place in range(0, len(raw), step))
    return b"".join(proven(inflated(pieces), Tally(size, checksum)))


def test_what_was_deflated_inflates_to_the_same(engine: ModuleType) -> None:
    assert engine is not zlib or "isal.isal_zlib" in sys.modules
    assert unpacked(packed(TEXT)) == TEXT
    assert zlib.decompress(packed(TEXT), -zlib.MAX_WBITS) == TEXT


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff" * 100,
        pytest.param(None, id="cut off"),
        pytest.param(b"...", id="more after its end"),
    ],
)
def test_damaged_data_is_refused(raw: bytes | None) -> None:
    whole = packed(TEXT)
    data = whole[:-3] if raw is None else whole + raw if raw == b"..." else raw
    with pytest.raises(BadZipFile):
        unpacked(data)


@pytest.mark.parametrize(
    ("size", "checksum"), [(len(TEXT), 1), (len(TEXT) + 1, zlib.crc32(TEXT)), (5, zlib.crc32(TEXT))]
)
def test_another_size_or_checksum_is_refused(size: int, checksum: int) -> None:
    with pytest.raises(BadZipFile, match="CRC-32"):
        unpacked(packed(TEXT), size, checksum)


def test_data_that_grows_beyond_its_size_is_not_read_on() -> None:
    given_out = []

    def bomb() -> Iterator[bytes]:
        while True:
            given_out.append(1)
            yield b"x" * 1000

    with pytest.raises(BadZipFile):
        list(proven(bomb(), Tally(2500)))
    assert len(given_out) == 3


@given(texts=st.lists(st.binary(max_size=40)))
def test_a_tally_of_pieces_is_that_of_the_whole(texts: list[bytes]) -> None:
    found, whole = Tally(), b"".join(texts)
    assert b"".join(found.of(texts)) == whole
    assert found == Tally(len(whole), zlib.crc32(whole))


def test_long_pieces_are_cut_and_empty_ones_left_out() -> None:
    text = bytes(range(256)) * (PIECE // 128)
    cuts = list(cut([text, b"", b"kort", memoryview(text)]))
    assert b"".join(cuts) == text + b"kort" + text
    assert max(map(len, cuts)) == PIECE
    assert min(map(len, cuts)) == 4
