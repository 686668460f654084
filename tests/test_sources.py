"""Whatever holds figures is read once."""

from contextlib import nullcontext
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from hoka_excel.batch.checking import Checking
from hoka_excel.batch.jobs import Job
from hoka_excel.core.errors import HokaError
from hoka_excel.sources import examine, examined, planned_in
from hoka_excel.tables.grid import Grid
from hoka_excel.workbook import admission
from tests.conftest import PLAN_FILE


def test_the_sheets_of_a_begroting_are_inflated_for_their_limits_once(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []
    look = admission._check_extent

    def counted(archive: ZipFile, member: ZipInfo, file: str) -> None:
        looked_at.append(member.filename)
        look(archive, member, file)

    monkeypatch.setattr(admission, "_check_extent", counted)
    assert examine(published).reconciliation is not None
    assert looked_at
    assert len(looked_at) == len(set(looked_at))


def test_an_examination_keeps_the_plan_that_it_read(published: Path, tmp_path: Path) -> None:
    for path in (PLAN_FILE, published):
        planned = examined(path).planned
        assert planned is not None
        assert planned == planned_in(path)
    table = tmp_path / "lijst.csv"
    table.write_text("a;1\n", encoding="utf-8")
    assert examined(table).planned is None
    with pytest.raises(HokaError):
        planned_in(table)


@pytest.mark.parametrize(
    ("suffix", "told"), [(".xls", True), (".xlsb", True), (".ods", False), (".xltx", False)]
)
def test_of_a_binary_workbook_it_is_said_that_its_formulas_are_not_read_and_how_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, told: bool
) -> None:
    monkeypatch.setattr("hoka_excel.workbook.any_file.grids_in", lambda _: nullcontext([Grid("Blad", [[1]])]))
    monkeypatch.setattr("hoka_excel.sources.holds_agenda", lambda _: False)
    monkeypatch.setattr("hoka_excel.sources._holds_plan", lambda _: False)
    outcome = examine(tmp_path / f"b{suffix}")
    assert outcome.reconciliation is not None
    notes = outcome.reconciliation.notes
    assert [note.code for note in notes] == ["read.no_formulas"] * told
    assert all("Geef --recalculate" in str(note) for note in notes)


def test_an_unforeseen_fault_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> None:
        raise ZeroDivisionError("onvoorzien")

    monkeypatch.setattr("hoka_excel.batch.checking.examine", broken)
    outcome = Checking().run(Job(tmp_path / "b.csv", None))
    assert [fault.code for fault in outcome.faults] == ["batch.failed"]
    assert "ZeroDivisionError: onvoorzien" in str(outcome.faults[0])
