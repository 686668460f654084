"""Paths of any length and in any script."""

import ntpath
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.files import back_up
from hoka_excel.workbook.long_paths import LONGEST, extended, reachable
from tests.workbook.forged_workbooks import forged, members

NAME = "begroting.xlsx"
LONG = "map\\" * 70 + NAME
CELL = {("Blad", "A1"): 5}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"C:\\map\\{NAME}", f"C:\\map\\{NAME}"),
        (f"C:\\{LONG}", f"\\\\?\\C:\\{LONG}"),
        (f"\\\\server\\bak\\{LONG}", f"\\\\?\\UNC\\server\\bak\\{LONG}"),
        (f"\\\\?\\C:\\{LONG}", f"\\\\?\\C:\\{LONG}"),
        (f"C:/a/../{LONG}".replace("\\", "/"), f"\\\\?\\C:\\{LONG}"),
        ("C:\\" + "é" * 255, "C:\\" + "é" * 255),
        ("C:\\" + "é" * 257, "\\\\?\\C:\\" + "é" * 257),
    ],
    ids=["short", "long", "share", "extended already", "slashes", "258 characters", "260 characters"],
)
def test_a_path_that_windows_would_not_open_is_written_in_the_extended_form(path: str, expected: str) -> None:
    assert extended(path) == expected


def test_room_for_the_names_beside_a_file_counts() -> None:
    path = "C:\\" + "x" * 200
    assert extended(path) == path
    assert extended(path, room=80) == f"\\\\?\\{path}"


@given(names=st.lists(st.text("abcé. ", min_size=1, max_size=60), min_size=1, max_size=9))
def test_extending_twice_changes_nothing_and_the_name_stays(names: list[str]) -> None:
    path = ntpath.join("C:\\", *names)
    once = extended(path)
    assert extended(once) == once
    assert once.endswith(ntpath.normpath(path).removeprefix("C:\\"))
    assert len(once) <= LONGEST or once.startswith("\\\\?\\")


def test_elsewhere_a_path_stays_what_it_is() -> None:
    path = Path(PurePosixPath("/map/../b.xlsx"))
    assert reachable(path) is path


@pytest.mark.parametrize(
    "name", ["Łódź 预算 🎓.xlsx", "e\u0301e\u0301n.xlsx", "a'b & c [1] {2} %20 #.xlsx", "-o.xlsx"]
)
def test_a_name_in_any_script_is_written_and_backed_up(tmp_path: Path, name: str) -> None:
    book = forged(tmp_path / name)
    copy = back_up(book, tmp_path / "oud [1]", datetime(2026, 11, 22, 9, 0), keep=1)  # noqa: DTZ001
    write_cells(book, CELL)
    newer = back_up(book, tmp_path / "oud [1]", datetime(2026, 11, 22, 9, 1), keep=1)  # noqa: DTZ001
    assert b"<v>5</v>" in members(book)["xl/worksheets/sheet1.xml"]
    assert list((tmp_path / "oud [1]").iterdir()) == [newer]
    assert not copy.exists()


def test_a_deep_folder_is_written_in(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["een map met een lange naam"] * 20)
    folder.mkdir(parents=True)
    book = forged(folder / NAME)
    assert len(str(book)) > LONGEST
    write_cells(book, CELL)
    assert b"<v>5</v>" in members(book)["xl/worksheets/sheet1.xml"]
