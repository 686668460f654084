"""Frames as files."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from hoka_excel.cli import hoka
from hoka_excel.core.errors import UsageError
from hoka_excel.core.frames import findings_frame, plan_frame
from hoka_excel.core.plan import Plan
from hoka_excel.report.frame_file import write_frame
from hoka_excel.sources import reconcile


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_plan_is_read_back_as_it_was_written(published_plan: Plan, tmp_path: Path, suffix: str) -> None:
    frame, out = plan_frame(published_plan), tmp_path / f"plan{suffix}"
    if suffix == ".parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs the extra 'frames'")
    write_frame(frame, out)
    if suffix == ".csv":
        again = pd.read_csv(
            out, converters={"value": lambda text: Decimal(text) if text else None}, keep_default_na=False
        )
    else:
        again = pd.read_parquet(out)
    assert list(again.columns) == list(frame.columns)
    assert [tuple(row) for row in again.itertuples(index=False)] == [
        tuple(row) for row in frame.itertuples(index=False)
    ]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_findings_are_written_too(published_plan: Plan, tmp_path: Path, suffix: str) -> None:
    if suffix == ".parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs the extra 'frames'")
    frame, out = findings_frame(reconcile(published_plan)), tmp_path / f"bevindingen{suffix}"
    write_frame(frame, out)
    again = pd.read_csv(out, dtype=str) if suffix == ".csv" else pd.read_parquet(out)
    assert list(again["cell"]) == list(frame["cell"])
    assert [Decimal(value) for value in again["difference"]] == list(frame["difference"])


def test_another_kind_of_file_is_refused(published_plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.csv, \.parquet"):
        write_frame(plan_frame(published_plan), tmp_path / "plan.xml")
    assert list(tmp_path.iterdir()) == []


def test_parquet_without_its_package_is_told(
    published_plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hoka_excel.report.frame_file.find_spec", lambda _name: None)
    with pytest.raises(UsageError, match=r"hoka-excel\[frames\]"):
        write_frame(plan_frame(published_plan), tmp_path / "plan.parquet")


def test_export_writes_the_figures_or_the_findings(published: Path, tmp_path: Path) -> None:
    figures, findings = tmp_path / "plan.csv", tmp_path / "bevindingen.csv"
    for out, extra in ((figures, []), (findings, ["--findings"])):
        arguments = ["export", str(published), "-o", str(out), *extra]
        assert CliRunner().invoke(hoka, arguments, standalone_mode=False).return_value == 0
    assert len(pd.read_csv(figures)) == 138
    assert len(pd.read_csv(findings)) == 114
