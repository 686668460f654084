"""What the command line prints of a batch."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Message
from hoka_excel.core.verdicts import Verdict
from hoka_excel.report.findings_text import print_batch, print_outcome
from hoka_excel.report.outcomes import Outcome
from tests.core.made_findings import Made

TIES = Outcome(Path("a.xlsx"), Reconciliation(()), written=Path("uit/a.xlsx"))
UNREADABLE = Outcome(Path("b.xlsx"), None, (Message("package.encrypted", {"file": "b.xlsx"}),))


def printed(*outcomes: Outcome) -> list[str]:
    page = StringIO()
    print_batch(Console(file=page, width=80), outcomes, "nl")
    return [line.rstrip() for line in page.getvalue().splitlines()]


@pytest.mark.parametrize(("all_checks", "told"), [(False, [1]), (True, [1, 2, 0])])
def test_of_one_file_only_findings_that_are_told_are_made(all_checks: bool, told: list[int]) -> None:
    made, page = Made([Verdict.EXACT, Verdict.MISMATCH, Verdict.ROUNDING]), StringIO()
    outcome = Outcome(Path("a.xlsx"), Reconciliation(made.sequence))
    print_outcome(Console(file=page, width=80, soft_wrap=True), outcome, "nl", all_checks=all_checks)
    verdict, *lines = page.getvalue().splitlines()
    assert verdict == "a.xlsx: sluit niet aan (1 × sluit aan, 1 × afrondingsverschil, 1 × verschil)"
    assert [line.split()[0] for line in lines] == [str(made.whole[index].place) for index in told]
    assert sorted(made.asked) == sorted(told)


@pytest.mark.parametrize("count", [0, 1, 1_000, 2_001])
def test_every_check_has_a_line_however_many_there_are(count: int) -> None:
    made, page = Made([Verdict.EXACT] * count), StringIO()
    outcome = Outcome(Path("a.xlsx"), Reconciliation(made.sequence))
    print_outcome(Console(file=page, width=80, soft_wrap=True), outcome, "nl", all_checks=True)
    _, *lines = page.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == [str(finding.place) for finding in made.whole]


def test_of_several_workbooks_it_is_counted_how_many_came_to_what() -> None:
    assert printed(TIES, UNREADABLE, TIES) == [
        "a.xlsx: sluit aan → uit/a.xlsx",
        "b.xlsx: niet te lezen",
        "a.xlsx: sluit aan → uit/a.xlsx",
        "Uitkomst       Werkboeken",
        "sluit aan               2",
        "niet te lezen           1",
    ]


def test_of_one_workbook_there_is_nothing_to_count() -> None:
    assert printed(TIES) == ["a.xlsx: sluit aan → uit/a.xlsx"]
