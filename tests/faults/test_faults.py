"""What goes wrong around a batch: killed, run twice at once, a clock that goes back."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from hoka_excel.agenda.own_workbook import regenerate
from hoka_excel.workbook.files import back_up
from tests.faults.kill_loop import COMMAND, KillLoop, stale_workbook

KILLS = 12
"""Here; `python -m tests.faults.kill_loop 200` goes on longer."""


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stale_workbook(tmp_path_factory.mktemp("stale") / "begroting.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups to kill here")
def test_a_killed_run_leaves_every_workbook_old_or_new_and_every_backup_whole(
    stale: Path, tmp_path: Path
) -> None:
    loop = KillLoop(stale, tmp_path / "map")
    assert loop.old != loop.new
    found = [loop.kill_once() for _ in range(KILLS)]
    assert [(one.damaged, one.bad_backups) for one in found] == [((), ())] * KILLS
    assert any(one.old for one in found), "no run was killed before its end"
    end = loop.finish()
    assert (end.new, end.damaged, end.leftovers) == (len(loop.names), (), ())


def test_two_runs_on_one_folder_at_once_give_what_one_gives(stale: Path, tmp_path: Path) -> None:
    names = [f"{number}.xlsx" for number in range(4)]
    (tmp_path / "in").mkdir()
    for name in names:
        shutil.copy(stale, tmp_path / "in" / name)
    runs = [
        subprocess.Popen(
            [*COMMAND, "regenerate", str(tmp_path / "in"), "--log", str(tmp_path / f"{number}.jsonl")],
            env={**os.environ, "HOKA_CACHE": str(tmp_path / f"kas {number}")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(2)
    ]
    told = [run.communicate(timeout=120)[1] for run in runs]
    regenerate(stale, tmp_path / "alleen.xlsx")
    expected = (tmp_path / "alleen.xlsx").read_bytes()
    assert all((tmp_path / "in" / name).read_bytes() == expected for name in names)
    assert all("Traceback" not in text for text in told)
    assert all(run.returncode in (0, 2) for run in runs), "a workbook that the other holds is told"


def test_a_clock_that_goes_back_costs_no_backup(stale: Path, tmp_path: Path) -> None:
    kept = tmp_path / "oud"
    for minute in range(3):
        back_up(stale, kept, datetime(2026, 11, 22, 9, minute), keep=3)  # noqa: DTZ001
    copy = back_up(stale, kept, datetime(2020, 1, 1, 0, 0), keep=3)  # noqa: DTZ001
    assert copy.read_bytes() == stale.read_bytes()
    assert len(list(kept.iterdir())) == 3


def test_two_backups_in_one_second_are_both_kept(stale: Path, tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001
    first = back_up(stale, tmp_path / "oud", now, keep=3)
    (changed := tmp_path / stale.name).write_bytes(b"anders")
    second = back_up(changed, tmp_path / "oud", now, keep=3)
    assert (first.read_bytes(), second.read_bytes()) == (stale.read_bytes(), b"anders")
