"""One workbook of a batch."""

import json
import pickle
import re
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from pathlib import Path
from time import sleep

import pytest
from rich.console import Console

from hoka_excel.batch import regeneration
from hoka_excel.batch.digests import digest
from hoka_excel.batch.jobs import Job
from hoka_excel.batch.log import logged
from hoka_excel.batch.progress import shown
from hoka_excel.batch.progress_bar import drawn
from hoka_excel.batch.regeneration import Regeneration, Run
from hoka_excel.core.errors import UsageError, WorkbookError
from hoka_excel.workbook.cells import write_cells

_MORE_THAN_A_REFRESH = 0.3
NOW = datetime.fromisoformat("2026-11-22T09:30:00+01:00")


class _TwoPartError(Exception):
    """An error that cannot be pickled: it needs more to be made than it tells."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def test_a_dry_run_tells_what_would_change_and_writes_nothing(recomputed: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    write_cells(recomputed, {("Uitgangspunten", "B15"): 1_000_000}, path)
    before = path.read_bytes()
    run = Regeneration(NOW).run(Job(path, None))
    changed = {(change.sheet, change.cell): change for change in run.changes}
    assert changed["Thema 2", "B8"].old != changed["Thema 2", "B8"].new
    assert ("Thema 2", "C8") not in changed, "the other years stay as they are"
    assert (run.outcome.written, run.written) == (None, "")
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["b.xlsx"]


def test_a_begroting_that_is_up_to_date_has_no_changes(published: Path, recomputed: Path) -> None:
    assert [Regeneration(NOW).run(Job(path, None)).changes for path in (published, recomputed)] == [(), ()]


def test_in_place_the_old_workbook_is_backed_up_first(recomputed: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    write_cells(recomputed, {("Uitgangspunten", "B15"): 900_000}, path)
    before = digest(path)
    run = Regeneration(NOW).run(Job(path, path, tmp_path / "kopie"))
    (backup,) = (tmp_path / "kopie").iterdir()
    assert (run.read, digest(backup), run.written) == (before, before, digest(path))
    assert backup.name == "b.2026-11-22T093000.bak.xlsx"


def test_an_unforeseen_fault_is_told_and_not_raised(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(regeneration, "own_workbook", fail)
    run = Regeneration(NOW).run(Job(published, tmp_path / "uit.xlsx"))
    (fault,) = run.outcome.faults
    assert fault.code == "batch.failed"
    assert str(fault).startswith(f"{published}: onvoorziene fout (RecursionError: too deep).")


def test_what_is_told_can_travel_between_processes(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise WorkbookError("begroting.unreadable", where="b.xlsx", detail=_TwoPartError("half", "way"))

    run = Regeneration(NOW).run(Job(published, tmp_path / "a.xlsx"))
    assert pickle.loads(pickle.dumps(run)) == run  # noqa: S301 - our own bytes
    monkeypatch.setattr(regeneration, "own_workbook", fail)
    run = Regeneration(NOW).run(Job(published, tmp_path / "b.xlsx"))
    assert pickle.loads(pickle.dumps(run)) == run  # noqa: S301
    assert "halfway" in str(run.outcome.faults[0])


def test_the_log_holds_a_line_of_json_per_workbook(published: Path, tmp_path: Path) -> None:
    broken, log = tmp_path / "broken.xlsx", tmp_path / "log.jsonl"
    broken.write_bytes(b"PK broken")
    jobs = [Job(published, tmp_path / "uit.xlsx"), Job(broken, tmp_path / "nooit.xlsx")]
    log.write_text("{}\n", encoding="utf-8")
    runs = logged((Regeneration(NOW).run(job) for job in jobs), log, "nl")
    first = next(runs)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 2, (
        "a line is there as soon as a workbook is done"
    )
    rest: list[Run] = list(runs)
    _, done, failed = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert (done["file"], done["target"]) == (str(published), str(tmp_path / "uit.xlsx"))
    assert (done["status"], done["counts"]["mismatch"], done["faults"]) == ("mismatch", 3, [])
    assert done["sha256"] == {"read": first.read, "written": first.written}
    assert (failed["status"], failed["target"], failed["counts"]) == ("unreadable", None, None)
    assert failed["faults"] == [
        {"code": fault.code, "text": fault.render("nl")} for fault in rest[0].outcome.faults
    ]


def test_a_log_that_cannot_be_written_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="het logboek kan niet worden geschreven"):
        next(logged(iter(()), tmp_path, "nl"))


def slowly(items: list[int]) -> Iterator[int]:
    for item in items:
        sleep(_MORE_THAN_A_REFRESH)
        yield item


def test_the_progress_bar_shows_count_and_rate_on_a_terminal_only() -> None:
    items = [1, 2, 3]
    assert shown(items, 3, "nl") is items
    stream = StringIO()
    assert list(drawn(slowly(items), 3, "nl", Console(file=stream, force_terminal=True, width=100))) == items
    assert "3/3" in stream.getvalue()
    assert "per seconde" in stream.getvalue()
    assert re.search(r"0:00:0\d", stream.getvalue()), "the time left"
