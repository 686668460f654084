"""Which workbooks a batch takes, and where their results go."""

from pathlib import Path

import pytest

from hoka_excel.batch.jobs import Destination, Job, jobs_of, workbooks_at, workbooks_in
from hoka_excel.batch.request import Request
from hoka_excel.core.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "werk"
    for name in (
        "a/b.xlsx",
        "c/b.xlsm",
        "c/d.xlsx",
        "c/~$d.xlsx",
        "c/.e.xlsx",
        "c/hoka-backup/d.xlsx",
        "f.txt",
    ):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"")
    return root


def sources(paths: list[Path], root: Path, **asked: Path) -> list[str]:
    request = Request(tuple(paths), asked.get("manifest"), Destination(asked.get("out")))
    return [job.source.relative_to(root).as_posix() for job in request.jobs()]


def code(request: Request) -> str:
    with pytest.raises(UsageError) as caught:
        request.jobs()
    return caught.value.faults[0].code


def test_a_folder_is_searched_but_for_lock_files_hidden_files_and_backups(folder: Path) -> None:
    assert sources([folder], folder) == ["a/b.xlsx", "c/b.xlsm", "c/d.xlsx"]


def test_a_pattern_finds_what_matches_below_its_first_wildcard(folder: Path, tmp_path: Path) -> None:
    assert sources([folder / "*" / "b.*"], folder) == ["a/b.xlsx", "c/b.xlsm"]
    assert sources([folder / "**" / "d.xlsx"], folder) == ["c/d.xlsx"]
    (job,) = jobs_of(workbooks_at(folder / "c" / "d*"), Destination(tmp_path / "uit"))
    assert job.target == tmp_path / "uit" / "d.xlsx"


def test_a_name_with_brackets_is_a_name_when_such_a_file_exists(folder: Path) -> None:
    (folder / "b[1].xlsx").write_bytes(b"")
    assert sources([folder / "b[1].xlsx"], folder) == ["b[1].xlsx"]


def test_a_workbook_named_twice_is_done_once(folder: Path) -> None:
    jobs = Request((folder / "c" / "d.xlsx", folder / "a" / ".." / "c", folder)).jobs()
    assert [job.source.name for job in jobs] == ["d.xlsx", "b.xlsm", "b.xlsx"]


def test_results_keep_the_folders_below_the_path(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "uit"
    assert [job.target for job in Request((folder,), destination=Destination(out)).jobs()] == [
        out / "a/b.xlsx",
        out / "c/b.xlsm",
        out / "c/d.xlsx",
    ]


def test_a_folder_for_results_inside_the_folder_is_not_searched(folder: Path) -> None:
    (folder / "uit").mkdir()
    (folder / "uit" / "b.xlsx").write_bytes(b"")
    assert "uit/b.xlsx" not in sources([folder], folder, out=folder / "uit")


def test_in_place_a_workbook_is_backed_up_beside_itself_or_in_the_folder_asked_for(
    folder: Path, tmp_path: Path
) -> None:
    path = folder / "a" / "b.xlsx"
    assert Request((path,)).jobs() == [Job(path, path, folder / "a" / "hoka-backup")]
    kept = tmp_path / "kopie"
    jobs = Request((folder,), destination=Destination(backups=kept)).jobs()
    assert [job.backup for job in jobs] == [kept / "a", kept / "c", kept / "c"]


def test_results_in_the_folder_of_the_workbooks_are_in_place(folder: Path) -> None:
    jobs = Request((folder,), destination=Destination(folder)).jobs()
    assert all(job.backup is not None for job in jobs)


def test_a_dry_run_has_no_target_and_no_backup(folder: Path, tmp_path: Path) -> None:
    jobs = Request((folder,), destination=Destination(tmp_path, dry_run=True)).jobs()
    assert {(job.target, job.backup) for job in jobs} == {(None, None)}


def test_two_results_or_two_backups_on_one_file_are_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "c" / "b.xlsx").write_bytes(b"")
    twice = (folder / "a" / "b.xlsx", folder / "c" / "b.xlsx")
    assert code(Request(twice, destination=Destination(tmp_path / "uit"))) == "batch.collision"
    assert code(Request(twice, destination=Destination(backups=tmp_path / "uit"))) == "batch.collision"


def test_a_manifest_lists_a_path_per_line_from_its_own_folder(folder: Path, tmp_path: Path) -> None:
    manifest = folder / "lijst.txt"
    text = f"# faculteiten\n\na/b.xlsx\n  c  \n{folder / 'c' / 'd.xlsx'}\n"
    manifest.write_text(text, encoding="utf-8-sig")
    assert sources([], folder, manifest=manifest) == ["a/b.xlsx", "c/b.xlsm", "c/d.xlsx"]
    jobs = jobs_of(workbooks_in(manifest), Destination(tmp_path / "uit"))
    assert [job.target for job in jobs][:2] == [tmp_path / "uit/a/b.xlsx", tmp_path / "uit/c/b.xlsm"]


def test_every_bad_line_of_a_manifest_is_told_with_its_number(folder: Path) -> None:
    manifest = folder / "lijst.txt"
    manifest.write_text("a/b.xlsx\nweg.xlsx\nook-weg.xlsx\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        workbooks_in(manifest)
    assert [fault.values["line"] for fault in caught.value.faults] == [2, 3]
    assert str(caught.value).startswith(f"{manifest}, regel 2: {folder / 'weg.xlsx'}: dit bestand")


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"# niets\n", "batch.manifest_empty"), (b"\xff\xfe\x00", "batch.manifest_unreadable")],
)
def test_a_manifest_without_paths_is_told(folder: Path, content: bytes, expected: str) -> None:
    manifest = folder / "lijst.txt"
    manifest.write_bytes(content)
    assert code(Request((), manifest)) == expected
    assert code(Request((), folder / "geen.txt")) == "batch.manifest_unreadable"


def test_a_request_that_cannot_be_meant_is_told(folder: Path) -> None:
    assert code(Request(())) == "batch.nothing_asked"
    assert code(Request((folder / "weg.xlsx",))) == "batch.missing"
    assert code(Request((folder / "*.xlsx",))) == "batch.no_workbooks"
    assert code(Request((folder / ("x" * 300),))) == "batch.missing"
    assert code(Request((folder / "geen**.xlsx",))) == "batch.bad_pattern"
    assert code(Request((folder,), processes=2, cluster="tcp://host:8786")) == "batch.jobs_or_dask"


def test_every_path_that_is_missing_is_told_at_once(folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        Request((folder / "weg.xlsx", folder, folder / "ook-weg.xlsx")).jobs()
    assert len(caught.value.faults) == 2
