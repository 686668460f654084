"""What the command line prints of a batch."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.messages import Message
from hoka_excel.report.findings_text import print_batch
from hoka_excel.report.outcomes import Outcome

TIES = Outcome(Path("a.xlsx"), Reconciliation(()), written=Path("uit/a.xlsx"))
UNREADABLE = Outcome(Path("b.xlsx"), None, (Message("package.encrypted", {"file": "b.xlsx"}),))


def printed(*outcomes: Outcome) -> list[str]:
    page = StringIO()
    print_batch(Console(file=page, width=80), outcomes, "nl")
    return [line.rstrip() for line in page.getvalue().splitlines()]


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
