"""Workbooks that someone has open are left alone, and what a dead process left behind is cleared away."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from hoka_excel.core.errors import WorkbookError
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.locks import locked, owner, remove_leftovers
from hoka_excel.workbook.temporaries import Maker, is_running, temporary_beside, temporary_folder
from tests.workbook.forged_workbooks import forged

CELL = {("Blad", "A1"): 5}
TWO_DAYS = 2 * 86_400


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return forged(tmp_path / "begroting 2022 é.xlsx")


def refusal(book: Path) -> str:
    """The code with which writing is refused."""
    before = book.read_bytes()
    with pytest.raises(WorkbookError) as caught:
        write_cells(book, CELL)
    assert book.read_bytes() == before
    return caught.value.faults[0].code


def nobody(_: int) -> bool:
    """Say that no process of this machine is alive."""
    return False


def aged(path: Path) -> Path:
    then = path.stat().st_mtime - TWO_DAYS
    os.utime(path, (then, then))
    return path


def excel_owner_file(name: str) -> bytes:
    narrow = name.encode("cp1252", "replace")
    wide = name.encode("utf-16-le")
    data = bytes([len(narrow)]) + narrow.ljust(54) + (len(wide) // 2).to_bytes(2, "little") + wide
    return data.ljust(165, b"\0")


@pytest.mark.parametrize("name", ["J. Jansen", "Łukasz Żółć"])
def test_a_workbook_open_in_excel_is_refused_with_the_name_of_who_has_it(book: Path, name: str) -> None:
    mark = book.with_name(f"~${book.name}")
    mark.write_bytes(excel_owner_file(name))
    assert owner(book) == name
    assert refusal(book) == "file.open_in_excel"
    mark.unlink()
    write_cells(book, CELL)


@pytest.mark.parametrize("content", [b"", b"\xff", b"\x05abc", b"\0" * 165, os.urandom(165)])
def test_an_owner_file_of_any_content_means_that_someone_has_it(book: Path, content: bytes) -> None:
    book.with_name(f"~${book.name}").write_bytes(content)
    assert refusal(book) == "file.open_in_excel"


def test_a_workbook_that_another_hoka_process_holds_is_refused(book: Path) -> None:
    with locked(book):
        assert refusal(book) == "file.locked"
    write_cells(book, CELL)


def test_the_lock_of_a_process_that_died_is_taken_over(book: Path) -> None:
    subprocess.run([sys.executable, "-c", DYING, str(book)], check=True)
    assert len(list(book.parent.iterdir())) == 2
    write_cells(book, CELL)
    assert list(book.parent.iterdir()) == [book]


def test_the_lock_of_another_machine_is_respected(book: Path) -> None:
    book.with_name(f".{book.name}.hoka-lock.tmp").write_text("1 elders x", encoding="utf-8")
    assert refusal(book) == "file.locked"


@pytest.mark.parametrize("text", ["", "x", "elders", "\N{SUPERSCRIPT TWO} elders x"])
def test_a_lock_that_names_nobody_is_respected(book: Path, text: str) -> None:
    book.with_name(f".{book.name}.hoka-lock.tmp").write_text(text, encoding="utf-8")
    assert refusal(book) == "file.locked"


def test_the_lock_of_another_machine_is_taken_over_after_a_day(book: Path) -> None:
    lock = book.with_name(f".{book.name}.hoka-lock.tmp")
    lock.write_text("1 elders x", encoding="utf-8")
    aged(lock)
    write_cells(book, CELL)
    assert list(book.parent.iterdir()) == [book]


def test_a_lock_is_only_given_back_by_who_took_it(book: Path) -> None:
    lock = book.with_name(f".{book.name}.hoka-lock.tmp")
    with locked(book):
        lock.write_text("1 elders x", encoding="utf-8")
    assert lock.exists()


def test_only_what_a_dead_process_left_is_removed(book: Path) -> None:
    own = temporary_beside(book)
    elsewhere = own.with_name(own.name.replace(Maker.here().machine, "elders"))
    lock = book.with_name(f".{book.name}.hoka-lock.tmp")
    others = [
        book.with_name(name) for name in (".tmp", "klad.tmp", ".x.hoka.tmp", ".1-a-b.hoka.tmp", "~$b.xlsx")
    ]
    for path in (own, elsewhere, *others):
        path.write_bytes(b"x")
    maker = Maker.here()
    lock.write_text(f"{maker.process} {maker.machine} x", encoding="utf-8")
    everything = sorted(book.parent.iterdir())
    remove_leftovers(book.parent)
    assert sorted(book.parent.iterdir()) == everything, "this process is alive"
    remove_leftovers(book.parent, alive=nobody)
    assert sorted(book.parent.iterdir()) == sorted([book, elsewhere, *others])


def test_what_another_machine_left_is_removed_after_a_day(book: Path) -> None:
    own = temporary_beside(book)
    elsewhere = own.with_name(own.name.replace(Maker.here().machine, "elders"))
    elsewhere.write_bytes(b"x")
    remove_leftovers(book.parent, alive=nobody)
    assert elsewhere.exists()
    aged(elsewhere)
    aged(book)
    remove_leftovers(book.parent)
    assert list(book.parent.iterdir()) == [book]


def test_a_temporary_folder_goes_afterwards_and_else_when_its_process_has_died(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_folder() as folder:
        (folder / "b.xlsx").write_bytes(b"x")
        assert list(tmp_path.iterdir()) == [folder]
        remove_leftovers(tmp_path)
        assert folder.exists(), "this process is alive"
    assert list(tmp_path.iterdir()) == []
    (folder / "onder").mkdir(parents=True)
    remove_leftovers(tmp_path, alive=nobody)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    remove_leftovers(tmp_path / "weg")


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not asked whether it lives there")
def test_a_process_killed_while_it_writes_leaves_what_is_removed_next(book: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(book)], check=False)
    assert len(list(book.parent.iterdir())) == 3
    remove_leftovers(book.parent)
    assert list(book.parent.iterdir()) == [book]


DYING = """
import os, sys
from pathlib import Path
from hoka_excel.workbook.locks import locked
with locked(Path(sys.argv[1])):
    os._exit(0)
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from hoka_excel.workbook.files import replacing
from hoka_excel.workbook.locks import locked
book = Path(sys.argv[1])
with locked(book), replacing(book) as stream:
    stream.write(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of processes that have ended")
def test_a_killed_process_that_nobody_took_note_of_yet_runs_no_more() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        assert is_running(child.pid)
        child.kill()
        until = time.monotonic() + 30
        while is_running(child.pid) and time.monotonic() < until:
            time.sleep(0.01)
        assert not is_running(child.pid)
