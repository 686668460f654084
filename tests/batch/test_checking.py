"""Checking many files: what is checked, in which order, and what one bad file does to the others."""

import json
import shutil
from pathlib import Path

import pytest

from hoka_excel.batch.checking import Checking, CheckRequest
from hoka_excel.cli import hoka
from hoka_excel.core.errors import UsageError
from hoka_excel.core.findings import Status
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.outcomes import Outcome
from tests.workbook.forged_workbooks import parts, worksheet

GOOD = "Post;2023;2024\nLonen;1250;1310\nMateriaal;430;445\nHuur;700;715\nTotaal;2380;2470\n"
WRONG = GOOD.replace("2470", "2490")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "werk"
    for name, text in {
        "a/goed.csv": GOOD,
        "b/fout.csv": WRONG,
        "b/stuk.xlsx": "PK geen zip",
        "b/.verborgen.csv": WRONG,
        "b/~$open.csv": WRONG,
        "b/goed - bevindingen.csv": WRONG,
        "hoka-backup/oud.csv": WRONG,
        "lees mij.txt": "tekst",
        "plan.toml": "x = 1",
    }.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


def checked(request: CheckRequest) -> list[Outcome]:
    return [request.work.run(job) for job in request.jobs()]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = hoka.main([str(argument) for argument in arguments], standalone_mode=False)
    return code, *capsys.readouterr()


def test_a_folder_is_searched_for_tables_and_one_bad_file_stops_no_other(folder: Path) -> None:
    request = CheckRequest((folder,), processes=2)
    found = [(one.file.name, one.status) for one in request.outcomes(request.jobs())]
    assert found == [
        ("goed.csv", Status.EXACT),
        ("fout.csv", Status.MISMATCH),
        ("stuk.xlsx", Status.UNREADABLE),
    ]


def test_outcomes_come_in_the_order_asked_each_file_once_and_as_if_checked_right_here(folder: Path) -> None:
    paths = (
        folder / "b" / "fout.csv",
        folder / "weg.xlsx",
        folder / "**" / "*.csv",
        folder / "a" / "goed.csv",
    )
    request = CheckRequest(paths, processes=2)
    jobs = request.jobs()
    assert [job.source.name for job in jobs] == ["fout.csv", "weg.xlsx", "goed.csv"]
    assert list(request.outcomes(jobs)) == [Checking().run(job) for job in jobs]


@pytest.mark.parametrize("processes", [1, 2])
def test_exact_checks_come_back_when_they_are_asked_for(folder: Path, processes: int) -> None:
    paths = (folder / "a", folder / "b" / "fout.csv")
    for work, listed in ((Checking(), [0, 1]), (Checking(all_checks=True), [2, 2])):
        request = CheckRequest(paths, work, processes=processes)
        found = [one.reconciliation for one in request.outcomes(request.jobs())]
        assert [one and one.counts[Verdict.EXACT] for one in found] == [2, 1]
        assert [one and len(one.checks) for one in found] == listed


def test_a_named_file_is_checked_whatever_it_is_called(folder: Path) -> None:
    (outcome,) = checked(CheckRequest((folder / "b" / "goed - bevindingen.csv",)))
    assert outcome.status is Status.MISMATCH


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        CheckRequest((tmp_path, tmp_path / "*.ods")).jobs()
    assert [fault.code for fault in caught.value.faults] == ["batch.no_workbooks"] * 2


def workbook(path: Path) -> Path:
    from zipfile import ZipFile

    cells = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{value}</v></c></row>'
        for row, value in enumerate((1201, 2440, 5), 1)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as package:
        for name, text in parts(Blad=worksheet(cells, before="")).items():
            package.writestr(name, text)
    return path


def test_copies_lie_beside_each_workbook_and_the_next_search_passes_them_over(folder: Path) -> None:
    shutil.rmtree(folder / "b")
    source = workbook(folder / "c" / "eigen.xlsx")
    found = checked(CheckRequest((folder,), copies=True))
    assert [one.written for one in found] == [None, source.with_name("eigen - bevindingen.xlsx")]
    assert [fault.code for fault in found[0].faults] == ["copy.kind"]
    assert [one.file.name for one in checked(CheckRequest((folder,)))] == ["goed.csv", "eigen.xlsx"]


def test_copies_go_to_a_folder_that_keeps_the_folders_or_under_a_name(folder: Path, tmp_path: Path) -> None:
    source, out = workbook(folder / "c" / "eigen.xlsx"), tmp_path / "uit"
    (many,) = checked(CheckRequest((folder / "*" / "*.xlsx",), copies=True, out=out))[1:]
    assert many.written == out / "c" / "eigen.xlsx"
    (one,) = checked(CheckRequest((source,), copies=True, out=tmp_path / "kopie.xlsx"))
    assert one.written == tmp_path / "kopie.xlsx"
    with pytest.raises(UsageError) as caught:
        CheckRequest((folder / "c",), copies=True, out=folder / "c").jobs()
    assert caught.value.faults[0].code == "copy.own_source"


def test_the_command_tells_where_the_copy_is_in_text_and_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, copy = workbook(tmp_path / "eigen.xlsx"), tmp_path / "eigen - bevindingen.xlsx"
    code, out, _ = run(capsys, "check", source, "--write")
    assert code == 0
    assert f"Kopie met de bevindingen: {copy}." in out
    _, out, _ = run(capsys, "check", source, "--write", "--json")
    assert json.loads(out)["files"][0]["copy"] == str(copy)


def test_totals_without_a_sum_are_named_and_with_all_and_in_json_told_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(GOOD + "Totaal onbekend;77;88\n", encoding="utf-8")
    told = run(capsys, "check", path)[1]
    assert "Niet te toetsen: Totaal onbekend (lijst!B6, lijst!C6)." in told
    assert "Totaal onbekend: voor lijst!B6, lijst!C6" not in told
    assert "Totaal onbekend: voor lijst!B6, lijst!C6" in run(capsys, "check", path, "--all")[1]
    (file,) = json.loads(run(capsys, "check", path, "--json")[1])["files"]
    assert [remark[:15] for remark in file["remarks"]] == ["Totaal onbekend"]
