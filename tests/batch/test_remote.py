"""Workbooks in a store: the same results as here, and nothing lost when someone else interferes."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

import pytest

from hoka_excel.batch import local_copies
from hoka_excel.batch.jobs import Destination, Job, jobs_of, workbooks_at, workbooks_in
from hoka_excel.batch.ledger import Ledger, resumed
from hoka_excel.batch.regeneration import Regeneration
from hoka_excel.core.errors import HokaError
from hoka_excel.report.addresses import address, is_remote
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


def test_backups_in_a_store_are_named_and_pruned_as_those_here(store: Any) -> None:
    (job,) = jobs_of(workbooks_at(Path("memory://emmer/in/a.xlsx")), Destination())
    others = ["a.bak.xlsx", "ab.2020-01-01T000000.bak.xlsx", "b.2020-01-01T000000.bak.xlsx"]
    for name in (*others[1:], "a.2020-01-01T000000.bak.xlsx"):
        store.pipe_file(f"/emmer/in/hoka-backup/{name}", b"old")
    for _ in range(3):
        assert Regeneration(NOW, backups_kept=2).run(job).outcome.faults == ()
    found = [name.rpartition("/")[2] for name in store.find("/emmer/in/hoka-backup")]
    moment = "a.2026-11-22T093000"
    assert found == sorted([f"{moment}-2.bak.xlsx", f"{moment}-3.bak.xlsx", *others])


def test_what_did_not_change_in_a_store_is_skipped_and_what_did_is_done_again(
    store: Any, recomputed: Path, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path / "kas")
    (in_place,) = jobs_of(workbooks_at(Path("memory://emmer/in/a.xlsx")), Destination())
    elsewhere = Job(Path("memory://emmer/in/onder/b.xlsx"), Path("memory://emmer/uit/b.xlsx"))

    def skipped() -> list[bool]:
        runs = resumed([in_place, elsewhere], ledger, lambda left: map(WORK.run, left))
        return [run.skipped for run in sorted(runs, key=lambda run: run.job.source)]

    assert skipped() == [False, False]
    assert skipped() == [True, True]
    store.pipe_file("/emmer/in/a.xlsx", recomputed.read_bytes())
    assert skipped() == [False, True]
    store.pipe_file("/emmer/uit/b.xlsx", b"something else")
    assert skipped() == [True, False]
    store.rm_file("/emmer/uit/b.xlsx")
    assert skipped() == [True, False]


def test_a_ledger_knows_a_store_from_any_folder(
    store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, job = (
        Ledger(tmp_path / "kas"),
        Job(Path("memory://emmer/in/a.xlsx"), Path("memory://emmer/uit/a.xlsx")),
    )
    ledger.note(WORK.run(job))
    monkeypatch.chdir(tmp_path)
    assert ledger.recall(job) is not None


def test_a_manifest_may_list_what_is_in_a_store(store: Any, tmp_path: Path) -> None:
    manifest = tmp_path / "lijst.txt"
    manifest.write_text("memory://emmer/in/a.xlsx\nmemory://emmer/in/onder\n", encoding="utf-8")
    found = [address(entry.source) for entry in workbooks_in(manifest)]
    assert found == ["memory://emmer/in/a.xlsx", "memory://emmer/in/onder/b.xlsx"]


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


HOKA = (sys.executable, "-c", "from hoka_excel.cli import main; main()")


class S3(NamedTuple):
    """The server: a client of it, and the environment in which the command finds it."""

    client: Any
    environment: dict[str, str]

    def fill(self, bucket: str, source: Path, *keys: str) -> None:
        self.client.create_bucket(Bucket=bucket)
        for key in keys:
            self.client.put_object(Bucket=bucket, Key=key, Body=source.read_bytes())

    def held(self, bucket: str, folder: str) -> dict[str, bytes]:
        """Give what a folder of a bucket holds, by name."""
        listed = self.client.list_objects_v2(Bucket=bucket, Prefix=f"{folder}/").get("Contents", [])
        return {
            entry["Key"].removeprefix(f"{folder}/"): self.client.get_object(Bucket=bucket, Key=entry["Key"])[
                "Body"
            ].read()
            for entry in listed
        }

    def hoka(self, *arguments: object) -> str:
        command = [*HOKA, *map(str, arguments)]
        answer = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )
        assert (answer.returncode in {0, 1}, answer.stderr) == (True, "")
        return answer.stdout


@pytest.fixture
def s3(s3_server: dict[str, str], tmp_path: Path) -> S3:
    client = import_module("boto3").client(
        "s3",
        endpoint_url=s3_server["AWS_ENDPOINT_URL"],
        region_name=s3_server["AWS_DEFAULT_REGION"],
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - of a server of our own
    )
    return S3(client, {**os.environ, **s3_server, "HOKA_CACHE": str(tmp_path / "kas"), "COLUMNS": "300"})


def test_the_command_gives_the_same_in_an_s3_store_as_here(s3: S3, stale: Path, expected: bytes) -> None:
    s3.fill("emmer", stale, "in/a.xlsx", "in/onder/b.xlsx")
    told = s3.hoka("regenerate", "s3://emmer/in", "-o", "s3://emmer/uit", "--jobs", 2).splitlines()
    assert told[0].startswith("s3://emmer/in/a.xlsx: sluit")
    assert told[0].endswith(" → s3://emmer/uit/a.xlsx")
    assert s3.held("emmer", "uit") == {"a.xlsx": expected, "onder/b.xlsx": expected}


def test_a_bucket_that_is_not_there_is_told(s3: S3) -> None:
    command = [*HOKA, "regenerate", "s3://geen-emmer/b.xlsx"]
    answer = subprocess.run(command, env=s3.environment, capture_output=True, text=True, check=False)
    assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 1)


def test_what_did_not_change_in_an_s3_store_is_skipped_by_its_content(
    s3: S3, stale: Path, recomputed: Path
) -> None:
    s3.fill("stil", stale, "in/a.xlsx", "in/b.xlsx")
    again = ("regenerate", "s3://stil/in", "-o", "s3://stil/uit")
    assert "overgeslagen" not in s3.hoka(*again)
    place = {"Bucket": "stil", "Key": "in/a.xlsx"}
    before = s3.client.head_object(**place)["ETag"]
    send_in_parts(s3.client, place, stale.read_bytes())
    assert s3.client.head_object(**place)["ETag"] != before
    s3.client.put_object(Bucket="stil", Key="in/b.xlsx", Body=recomputed.read_bytes())
    assert "overgeslagen: 1 van 2" in s3.hoka(*again), "another ETag is no other content"
    assert "overgeslagen" not in s3.hoka(*again, "--force")


def send_in_parts(client: Any, place: dict[str, str], content: bytes) -> None:
    upload = {**place, "UploadId": client.create_multipart_upload(**place)["UploadId"]}
    sent = client.upload_part(**upload, PartNumber=1, Body=content)["ETag"]
    client.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": sent}]})


def test_a_batch_in_an_s3_store_that_was_killed_goes_on_where_it_was(
    s3: S3, stale: Path, expected: bytes, tmp_path: Path
) -> None:
    names = [f"{number}.xlsx" for number in range(6)]
    s3.fill("gestopt", stale, *(f"in/{name}" for name in names))
    log, here = tmp_path / "log.jsonl", tmp_path / "tijdelijk"
    here.mkdir()
    s3.environment.update(dict.fromkeys(("TMPDIR", "TEMP"), str(here)))
    arguments = ("regenerate", "s3://gestopt/in", "-o", "s3://gestopt/uit", "--log", str(log))
    process = subprocess.Popen([*HOKA, *arguments], env=s3.environment, stdout=subprocess.DEVNULL)
    until = monotonic() + 60
    while not (log.exists() and log.read_text(encoding="utf-8")) and monotonic() < until:
        sleep(0.02)
    process.kill()
    process.wait()
    count = len(log.read_text(encoding="utf-8").splitlines())
    assert 0 < count < len(names)
    assert f"overgeslagen: {count} van 6" in s3.hoka(*arguments)
    assert s3.held("gestopt", "uit") == dict.fromkeys(names, expected)
    if sys.platform != "win32":
        assert list(here.iterdir()) == [], "the copies of the killed process are gone"


def test_as_many_backups_stay_in_an_s3_store_as_asked(s3: S3, stale: Path, expected: bytes) -> None:
    s3.fill("kopie", stale, "in/a.xlsx", "in/hoka-backup/b.2020-01-01T000000.bak.xlsx")
    for _ in range(2):
        s3.hoka("regenerate", "s3://kopie/in/a.xlsx", "--force", "--keep", 1)
    held = s3.held("kopie", "in/hoka-backup")
    assert [name[:2] for name in sorted(held)] == ["a.", "b."]
    assert held[min(held)] == s3.held("kopie", "in")["a.xlsx"] == expected
