"""Replacing files: the old or the new, never neither; backups; one clear message per obstacle."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NoReturn

import pytest

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook import files
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.files import back_up, replacing
from hoka_excel.workbook.package import Package
from tests.workbook.forged_workbooks import forged, members

CELL = {("Blad", "A1"): 5}
as_root = pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX files only")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return forged(tmp_path / "begroting 2022 é.xlsx")


def refusal(book: Path) -> str:
    """The code with which writing is refused; the old file and its folder must be as they were."""
    before, there = book.read_bytes(), sorted(book.parent.iterdir())
    with pytest.raises(WorkbookError) as caught:
        write_cells(book, CELL)
    assert book.read_bytes() == before
    assert sorted(book.parent.iterdir()) == there
    assert book.name in str(caught.value)
    return caught.value.faults[0].code


def replace_with(path: Path, content: bytes) -> None:
    with replacing(path) as stream:
        stream.write(content)


def failing(error: OSError) -> object:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


@posix
def test_the_file_behind_a_link_is_replaced_and_the_link_stays(tmp_path: Path, book: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(book)
    write_cells(link, CELL)
    assert link.is_symlink()
    assert b"<v>5</v>" in members(book)["xl/worksheets/sheet1.xml"]


@posix
def test_permissions_are_kept(book: Path) -> None:
    book.chmod(0o640)
    write_cells(book, CELL)
    assert stat.S_IMODE(book.stat().st_mode) == 0o640


def test_extended_attributes_are_kept(book: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("no extended attributes here")
    try:
        os.setxattr(book, "user.bron", b"controller")
    except OSError:
        pytest.skip("this file system keeps no extended attributes")
    write_cells(book, CELL)
    assert os.getxattr(book, "user.bron") == b"controller"


def test_the_new_file_is_whole_and_on_the_disk_beside_the_old_before_it_takes_its_place(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, Path]] = []
    sync, replace = os.fsync, Path.replace

    def synced(handle: int) -> None:
        seen.extend(("fsync", path) for path in book.parent.iterdir() if path != book and handle >= 0)
        sync(handle)

    def put(self: Path, target: Path) -> Path:
        seen.append(("replace", self))
        assert members(self).keys() == members(book).keys()
        assert Path(target) == book
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", put)
    write_cells(book, CELL)
    drafts = [(step, path) for step, path in seen if path.name.endswith(".hoka.tmp")]
    assert [step for step, _ in drafts] == ["fsync", "replace"]
    assert len({path for _, path in drafts}) == 1, "a name that OneDrive does not sync"


def test_what_was_written_is_read_back_before_it_takes_the_place_of_the_old(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Package.write

    def half(self: Package, stream: BinaryIO, changes: Mapping[str, Iterable[bytes] | None]) -> None:
        write(self, stream, {**changes, "xl/styles.xml": None})

    monkeypatch.setattr(Package, "write", half)
    assert refusal(book) == "package.damaged"


def test_an_exception_while_writing_leaves_the_old_file_and_nothing_else(book: Path) -> None:
    before = book.read_bytes()
    with pytest.raises(ValueError, match="closed"), replacing(book) as stream:
        stream.close()
    assert book.read_bytes() == before
    assert list(book.parent.iterdir()) == [book]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "file.disk_full"),
        (errno.EDQUOT, "file.disk_full"),
        (errno.EROFS, "file.not_written"),
        (errno.EIO, "file.not_written"),
    ],
)
def test_a_disk_that_fails_is_told_in_one_line(
    book: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    monkeypatch.setattr(os, "fsync", failing(OSError(number, os.strerror(number))))
    assert refusal(book) == code


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk"
)
def test_a_disk_that_is_really_full_keeps_the_old_file(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        book = forged(disk / "b.xlsx")
        (disk / "vol").write_bytes(b"x" * 8192)
        assert refusal(book) == "file.disk_full"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_file_held_for_a_moment_is_tried_again(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, tries = Path.replace, []

    def held(self: Path, target: Path) -> Path:
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError
        return replace(self, target)

    monkeypatch.setattr(files, "_FIRST_WAIT_SECONDS", 0)
    monkeypatch.setattr(Path, "replace", held)
    write_cells(book, CELL)
    assert len(tries) == 3
    assert b"<v>5</v>" in members(book)["xl/worksheets/sheet1.xml"]


def test_a_file_held_for_good_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_FIRST_WAIT_SECONDS", 0)
    monkeypatch.setattr(Path, "replace", failing(PermissionError()))
    assert refusal(book) == "file.read_only"


def test_a_read_only_file_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refusal(book) == "file.read_only"


@as_root
@posix
def test_a_read_only_folder_is_refused(book: Path) -> None:
    book.parent.chmod(0o555)
    try:
        assert refusal(book) == "file.read_only"
    finally:
        book.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("target", "code"),
    [("x" * 300 + ".xlsx", "file.name_too_long"), ("weg/b.xlsx", "file.no_folder")],
)
def test_a_place_that_cannot_be_written_is_refused(
    tmp_path: Path, book: Path, target: str, code: str
) -> None:
    with pytest.raises(WorkbookError) as caught:
        write_cells(book, CELL, tmp_path / target)
    assert caught.value.faults[0].code == code


def test_a_workbook_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError, match=r"weg\.xlsx"):
        write_cells(tmp_path / "weg.xlsx", CELL)


def test_a_folder_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(WorkbookError):
        write_cells(tmp_path, CELL, dry_run=True)


def test_backups_are_dated_and_the_newest_are_kept(tmp_path: Path, book: Path) -> None:
    kept = tmp_path / "oud"
    copies = [back_up(book, kept, datetime(2026, 11, 22, 9, minute), keep=3) for minute in range(5)]  # noqa: DTZ001
    other = forged(tmp_path / "begroting 2022.xlsx")
    back_up(other, kept, datetime(2026, 11, 22, 9, 0), keep=1)  # noqa: DTZ001
    assert copies[0].name == "begroting 2022 é.2026-11-22T090000.bak.xlsx"
    assert sorted(path for path in kept.iterdir() if "é" in path.name) == copies[2:]
    assert copies[4].read_bytes() == book.read_bytes()


def test_of_the_backups_of_one_second_the_first_go_first(tmp_path: Path, book: Path) -> None:
    moment = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001
    copies = [back_up(book, tmp_path / "oud", moment, keep=3) for _ in range(12)]
    assert [copy.name for copy in copies[:2]] == [
        "begroting 2022 é.2026-11-22T093000.bak.xlsx",
        "begroting 2022 é.2026-11-22T093000-2.bak.xlsx",
    ]
    assert set((tmp_path / "oud").iterdir()) == set(copies[-3:])


WRITER = """
import sys
from pathlib import Path
from hoka_excel.workbook.cells import write_cells
number = 0
while True:
    number += 1
    write_cells(Path(sys.argv[1]), {("Blad", "B1"): number})
    print(number, flush=True)
"""


def test_killed_at_any_instant_the_old_or_the_new_file_is_there(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx")
    if sys.platform == "win32":
        pytest.skip("no such signal here")
    seen = set()
    for attempt in range(20):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(book)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(attempt * 0.0017)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        seen.add(members(book)["xl/worksheets/sheet1.xml"])
        write_cells(book, {("Blad", "A1"): attempt})
    assert len(seen) > 1
