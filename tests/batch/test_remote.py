"""Workbooks in a store: the same results as here, and nothing lost when someone else interferes."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from hoka_excel.batch import local_copies
from hoka_excel.batch.jobs import Destination, Job, jobs_of, workbooks_at
from hoka_excel.batch.regeneration import Regeneration
from hoka_excel.batch.remote import address, is_remote
from hoka_excel.core.errors import HokaError
from hoka_excel.workbook.cells import write_cells

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
NOW = datetime.fromisoformat("2026-11-22T09:30:00+01:00")
WORK = Regeneration(NOW)


@pytest.fixture
def stale(recomputed: Path, tmp_path: Path) -> Path:
    """A begroting that needs recomputing."""
    write_cells(recomputed, {("Uitgangspunten", "B15"): 900_000}, tmp_path / "b.xlsx")
    return tmp_path / "b.xlsx"


@pytest.fixture
def store(stale: Path) -> Iterator[Any]:
    """A store in this process's memory with begrotingen and what is none."""
    memory = fsspec.filesystem("memory")
    for name in ("in/a.xlsx", "in/onder/b.xlsx", "in/~$a.xlsx", "in/hoka-backup/a.bak.xlsx", "in/x.txt"):
        memory.pipe_file(f"/emmer/{name}", stale.read_bytes())
    yield memory
    memory.rm("/emmer", recursive=True)


@pytest.fixture
def expected(stale: Path, tmp_path: Path) -> bytes:
    assert WORK.run(Job(stale, tmp_path / "hier.xlsx")).written
    return (tmp_path / "hier.xlsx").read_bytes()


def test_folders_patterns_and_files_of_a_store_are_found(store: Any) -> None:
    def found(place: str) -> list[str]:
        return [address(entry.source) for entry in workbooks_at(Path(place))]

    assert found("memory://emmer/in") == ["memory://emmer/in/a.xlsx", "memory://emmer/in/onder/b.xlsx"]
    assert found("memory://emmer/in/*.xlsx") == ["memory://emmer/in/a.xlsx"]
    assert found("memory://emmer/in/onder/b.xlsx") == ["memory://emmer/in/onder/b.xlsx"]


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("memory://leeg", "batch.no_workbooks"),
        ("memory://emmer/*.ods", "batch.no_workbooks"),
        ("geensoort://emmer/x.xlsx", "remote.no_store"),
    ],
)
def test_what_is_not_there_is_told(store: Any, place: str, code: str) -> None:
    with pytest.raises(HokaError) as caught:
        workbooks_at(Path(place))
    assert caught.value.faults[0].code == code


def test_without_fsspec_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(HokaError, match=r"hoka-excel\[remote\]"):
        workbooks_at(Path("s3://emmer/b.xlsx"))


def test_results_go_to_another_folder_of_the_store(store: Any, expected: bytes) -> None:
    jobs = jobs_of(workbooks_at(Path("memory://emmer/in")), Destination(Path("memory://emmer/uit")))
    runs = [WORK.run(job) for job in jobs]
    assert [run.outcome.faults for run in runs] == [(), ()]
    assert store.cat_file("/emmer/uit/a.xlsx") == store.cat_file("/emmer/uit/onder/b.xlsx") == expected
    assert store.cat_file("/emmer/in/a.xlsx") != expected


def test_results_may_go_from_a_store_to_here_and_back(
    store: Any, stale: Path, expected: bytes, tmp_path: Path
) -> None:
    WORK.run(Job(Path("memory://emmer/in/a.xlsx"), tmp_path / "uit" / "a.xlsx"))
    WORK.run(Job(stale, Path("memory://emmer/terug/c.xlsx")))
    assert (tmp_path / "uit" / "a.xlsx").read_bytes() == store.cat_file("/emmer/terug/c.xlsx") == expected


def test_in_place_a_dated_copy_is_put_beside_the_workbook_first(
    store: Any, stale: Path, expected: bytes
) -> None:
    (job,) = jobs_of(workbooks_at(Path("memory://emmer/in/a.xlsx")), Destination())
    run = WORK.run(job)
    assert (run.outcome.faults, run.job) == ((), job)
    assert store.cat_file("/emmer/in/a.xlsx") == expected
    copy = "/emmer/in/hoka-backup/a.2026-11-22T093000.bak.xlsx"
    assert store.cat_file(copy) == stale.read_bytes()


def test_a_dry_run_puts_nothing_in_the_store(store: Any) -> None:
    before = sorted(store.find("/emmer"))
    run = WORK.run(Job(Path("memory://emmer/in/a.xlsx"), None))
    assert run.changes
    assert sorted(store.find("/emmer")) == before


def test_a_workbook_that_someone_changed_meanwhile_is_left_alone(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = iter("ab")
    monkeypatch.setattr(local_copies, "mark", lambda _: next(marks))
    (job,) = jobs_of(workbooks_at(Path("memory://emmer/in/a.xlsx")), Destination())
    before = {name: store.cat_file(name) for name in store.find("/emmer")}
    run = WORK.run(job)
    assert [fault.code for fault in run.outcome.faults] == ["remote.changed"]
    assert {name: store.cat_file(name) for name in store.find("/emmer")} == before


def test_a_workbook_that_is_not_in_the_store_is_told(store: Any) -> None:
    run = WORK.run(Job(Path("memory://emmer/weg.xlsx"), None))
    assert [fault.code for fault in run.outcome.faults] == ["batch.missing"]
    assert "memory://emmer/weg.xlsx" in str(run.outcome.faults[0])


@pytest.mark.parametrize("path", ["C:/map/b.xlsx", "C:\\map\\b.xlsx", "/map/b.xlsx", "b.xlsx", "a b:/c"])
def test_a_path_of_this_machine_is_not_taken_for_an_address(path: str) -> None:
    assert not is_remote(Path(path))


@pytest.fixture(scope="module")
def s3_server() -> Iterator[dict[str, str]]:
    """A server on loopback that speaks S3, and the environment in which it is found."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    pytest.importorskip("moto.server", reason="moto is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = monotonic() + 60
    while monotonic() < until:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                break
        sleep(0.1)
    yield {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.kill()
    server.wait()


FILL = """
import sys, fsspec
store = fsspec.filesystem("s3")
store.mkdir("emmer")
for name in ("a.xlsx", "onder/b.xlsx"):
    store.put_file(sys.argv[1], f"emmer/in/{name}")
"""
FETCH = """
import sys, fsspec
fsspec.filesystem("s3").get("emmer/uit", sys.argv[1], recursive=True)
"""


def test_the_command_gives_the_same_in_an_s3_store_as_here(
    s3_server: dict[str, str], stale: Path, expected: bytes, tmp_path: Path
) -> None:
    environment = {**os.environ, **s3_server, "HOKA_CACHE": str(tmp_path / "kas")}

    def python(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *map(str, arguments)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    filled = python(FILL, stale)
    assert filled.returncode == 0, filled.stderr
    hoka = "from hoka_excel.cli import main; main()"
    answer = python(hoka, "regenerate", "s3://emmer/in", "-o", "s3://emmer/uit", "--jobs", 2)
    assert (answer.returncode, answer.stderr) in [(0, ""), (1, "")]
    assert python(FETCH, tmp_path / "uit").returncode == 0
    files = sorted((tmp_path / "uit").rglob("*.xlsx"))
    assert [file.name for file in files] == ["a.xlsx", "b.xlsx"]
    assert all(file.read_bytes() == expected for file in files)
    answer = python(hoka, "regenerate", "s3://geen-emmer/b.xlsx")
    assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 1)
