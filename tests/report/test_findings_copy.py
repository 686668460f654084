"""Findings go into a copy of someone's workbook, never into the workbook itself."""

from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from hoka_excel.core.errors import UsageError
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.copies import copy_beside, is_own_sheet
from hoka_excel.report.findings_copy import write_copy
from hoka_excel.sources import reconcile
from hoka_excel.workbook.any_file import read_grids


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "eigen werk.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Begroting's")
        for row, line in enumerate(
            (["", 2023, 2024], ["a", 1201, 330], ["b", 2440, 512], ["Totaal", 3641, 850])
        ):
            sheet.write_row(row, 0, line)
        sheet.write_formula("B4", "=SUM(B2:B3)", None, 3641)
    return path


def test_the_copy_holds_everything_and_a_last_sheet_with_the_findings_linked_to_their_cells(
    workbook: Path,
) -> None:
    before, found = workbook.read_bytes(), reconcile(workbook)
    target = copy_beside(workbook)
    assert target.name == "eigen werk - bevindingen.xlsx"
    assert write_copy(workbook, target, found) == "Bevindingen"
    assert workbook.read_bytes() == before
    book = load_workbook(target)
    assert book.sheetnames == ["Begroting's", "Bevindingen"]
    assert book["Begroting's"]["B4"].value == "=SUM(B2:B3)"
    together, single = ([cell.value for cell in row[:3]] for row in book["Bevindingen"].iter_rows(5, 6))
    assert together[0] == "samenhang"
    assert single[:2] == ["verschil", "telcontrole"]
    assert "'Begroting''s'!C4" in str(single[2])
    assert found.counts[Verdict.MISMATCH] == 1


def test_the_sheet_of_an_earlier_check_is_no_table_to_check(workbook: Path) -> None:
    first, second = copy_beside(workbook), workbook.with_name("nog een.xlsx")
    found = reconcile(workbook)
    write_copy(workbook, first, found)
    assert [is_own_sheet(grid) for grid in read_grids(first)] == [False, True]
    assert reconcile(first) == found
    assert write_copy(first, second, found) == "Bevindingen (2)"


def test_a_sheet_of_that_name_that_someone_made_is_kept_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("bevindingen").write("A1", "van de controller")
    target = copy_beside(path)
    assert write_copy(path, target, Reconciliation(())) == "Bevindingen (2)"
    own, ours = read_grids(target)
    assert own.value(0, 0) == "van de controller"
    assert (is_own_sheet(own), is_own_sheet(ours)) == (False, True)


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("lijst.csv", "kopie.csv", "copy.kind"),
        ("oud.xls", "kopie.xls", "copy.kind"),
        ("blad.ods", "kopie.ods", "copy.kind"),
        ("b.xlsm", "kopie.xlsx", "copy.kind"),
        ("b.xlsx", "map/../b.xlsx", "copy.own_source"),
    ],
)
def test_a_copy_that_cannot_be_made_is_one_line_and_writes_nothing(
    tmp_path: Path, source: str, target: str, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        write_copy(tmp_path / source, tmp_path / target, Reconciliation(()))
    assert caught.value.faults[0].code == code
    assert len(str(caught.value).splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
