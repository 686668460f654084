"""Stages side by side give the same pieces in the same order, and leave no thread behind."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoka_excel import limits
from hoka_excel.core.errors import HokaError, WorkbookError
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.locks import remove_leftovers
from hoka_excel.workbook.pipeline import DEPTH, WORTH_A_THREAD, ahead
from tests.workbook.forged_workbooks import forged, parts, worksheet

SHEET = "xl/worksheets/sheet1.xml"
ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>{row * 7919}</v></c></row>' for row in range(1, 40_001))
MANY = DEPTH * 3


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before


@given(pieces=st.lists(st.integers()))
def test_every_piece_arrives_in_order(pieces: list[int]) -> None:
    with ahead(pieces) as taken, ahead(-piece for piece in taken) as negated:
        assert list(negated) == [-piece for piece in pieces]


def test_a_long_stage_runs_in_another_thread_and_a_short_one_does_not() -> None:
    for count, others in ((WORTH_A_THREAD - 1, set()), (MANY, {"stage_0"})):
        with ahead(threading.current_thread().name for _ in range(count)) as names:
            assert set(names) - {threading.current_thread().name} == others


def test_a_stage_never_gets_further_ahead_than_its_depth() -> None:
    made: list[int] = []

    def stage() -> Iterator[int]:
        for number in range(MANY * 10):
            made.append(number)
            yield number

    with ahead(stage()) as pieces:
        for number in pieces:
            assert len(made) - number <= 2 * DEPTH + 1


@pytest.mark.parametrize("after", [0, DEPTH - 1, MANY])
def test_what_a_stage_raises_is_raised_where_its_pieces_are_taken(after: int) -> None:
    def stage() -> Iterator[int]:
        yield from range(after)
        raise WorkbookError("package.damaged", file="b.xlsx", reason="stuk")

    with (
        pytest.raises(WorkbookError, match=r"b\.xlsx"),
        ahead(stage()) as first,
        ahead(piece + 1 for piece in first) as second,
    ):
        list(second)


def test_an_interrupt_beside_the_stages_ends_them() -> None:
    def interrupted() -> None:
        with ahead(range(MANY * 100)) as first, ahead(piece for piece in first) as second:
            for piece in second:
                if piece > DEPTH:
                    raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()


def test_a_limit_that_was_handed_over_holds_in_the_other_thread() -> None:
    with (
        limits.handed_over({limits.CELLS.variable: "7"}),
        ahead(limits.CELLS.current for _ in range(MANY)) as found,
    ):
        assert set(found) == {7}


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        (worksheet(ROWS).replace('r="39999"', 'r="5"', 1), "cells.rows_out_of_order"),
        (worksheet(ROWS).replace("</v>", "", 20_000).replace("<v>", "", 3), "package.malformed"),
        (worksheet(ROWS)[:-200], "cells.no_rows"),
        (worksheet(ROWS + '<row r="50000"><c r="A40001"/></row>'), "cells.cell_out_of_row"),
    ],
    ids=["while scanning", "while parsing", "at the end", "while passing by"],
)
def test_a_large_sheet_refused_midway_leaves_no_thread_and_no_file(
    tmp_path: Path, sheet: str, code: str
) -> None:
    book = forged(tmp_path / "b.xlsx", parts(Blad=sheet))
    before = book.read_bytes()
    with pytest.raises(HokaError) as caught:
        write_cells(book, {("Blad", "A40001"): 1})
    assert caught.value.faults[0].code == code
    assert book.read_bytes() == before
    assert list(tmp_path.iterdir()) == [book]


@pytest.mark.parametrize("where", [0.01, 0.3, 0.5, 0.7, 0.99])
@pytest.mark.parametrize("method", [ZIP_STORED, None], ids=["stored", "deflated"])
def test_damage_to_a_large_sheet_is_one_line_and_leaves_no_thread(
    tmp_path: Path, where: float, method: int | None
) -> None:
    book = tmp_path / "b.xlsx"
    with ZipFile(forged(book, parts(Blad=worksheet(ROWS)))) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    if method is not None:
        with ZipFile(book, "w", method) as archive:
            for name, text in contents.items():
                archive.writestr(name, text)
    with ZipFile(book) as archive:
        info = archive.getinfo(SHEET)
    data = bytearray(book.read_bytes())
    data[info.header_offset + 30 + len(SHEET) + int(info.compress_size * where)] ^= 0xFF
    book.write_bytes(data)
    with pytest.raises(WorkbookError) as caught:
        write_cells(book, {("Blad", "A7"): 1})
    assert caught.value.faults[0].code == "package.damaged"
    assert "\n" not in str(caught.value)
    assert book.read_bytes() == data


def _interrupted(run: subprocess.Popen[str]) -> str:
    """Interrupt a process until it has ended, and give what it told.

    Once is nearly always enough. Python passes over an interrupt that reaches it in the callback of a weak
    reference, and whoever waits presses the keys again.
    """
    for _ in range(6):
        run.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return run.communicate(timeout=5)[1]
    run.kill()
    return run.communicate()[1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_an_interrupt_ends_the_writing_and_leaves_the_workbook(tmp_path: Path) -> None:
    book = forged(tmp_path / "b.xlsx", parts(Blad=worksheet(ROWS)))
    before = book.read_bytes()
    script = (  # a run in the background hands down that interrupts are passed over
        "import signal, sys\nfrom hoka_excel.workbook.cells import write_cells\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "print('begonnen', flush=True)\n"
        "while True:\n    write_cells(sys.argv[1], {('Blad', 'A7'): 1}, sys.argv[2])\n"
    )
    command = [sys.executable, "-c", script, str(book), str(tmp_path / "uit.xlsx")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "begonnen\n"
        with pytest.raises(subprocess.TimeoutExpired):
            run.wait(1)
        told = _interrupted(run)
    assert run.returncode == -signal.SIGINT
    assert told.splitlines()[-1].startswith("KeyboardInterrupt")
    assert book.read_bytes() == before
    remove_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} <= {"b.xlsx", "uit.xlsx"}
