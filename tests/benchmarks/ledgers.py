"""What posting a ledger costs: exports of up to two million rows, audit files of up to a gigabyte.

Run by hand: `python -m tests.benchmarks.ledgers`. Each ledger is posted in a process of its own; its time and
peak memory must grow with the size of the ledger, and not at all.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.ledgers.made_ledgers import HEADINGS, XAF_3_2, line, plan_file, xml

ROWS = (10_000, 100_000, 1_000_000, 2_000_000)
SHEET_ROWS = (10_000, 50_000)
LINES = (10_000, 100_000, 1_000_000, 3_500_000)
"""The last makes an audit file of a gigabyte."""

LINES_A_TRANSACTION = 4
_POSTED = """
import sys
from pathlib import Path
from time import perf_counter, process_time
from hoka_excel.begroting.plan_file import read_plan
from hoka_excel.ledgers.actuals import posted
from hoka_excel.ledgers.mapping import mapping_of
plan = Path(sys.argv[1])
mapping = mapping_of(plan, read_plan(plan))
start, worked = perf_counter(), process_time()
found = posted([Path(sys.argv[2])], mapping, read_plan(plan)).posting
seconds, work = perf_counter() - start, process_time() - worked
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(found.read["EUR"].bookings, seconds, work, int(status["VmHWM"].split()[0]) / 1024)
"""


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Make bookings with some 1,500 different combinations of codes, all of them different."""
    for number in range(count):
        day = f"{number % 28 + 1:02}-{number % 12 + 1:02}-{2019 + number % 6}"
        account, amount = str(4000 + number % 250), f"{number % 90_000 - 500},{number % 100:02}"
        yield day, "71200", f"P-{number % 7}", account, amount, f"inkoop {number % 900}", f"F{number}"


def export(path: Path, count: int) -> None:
    """Write an export as text."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(";".join(HEADINGS) + "\n")
        stream.writelines(";".join(row) + "\n" for row in rows(count))


def sheet(path: Path, count: int) -> None:
    """Write an export as a workbook."""
    from xlsxwriter import Workbook

    with Workbook(path, {"constant_memory": True}) as book:
        table = book.add_worksheet()
        table.write_row(0, 0, HEADINGS)
        for number, row in enumerate(rows(count), 1):
            table.write_row(number, 0, row)


def audit_file(path: Path, count: int) -> None:
    """Write an audit file, four lines to a transaction, with tax on each line."""
    vat = "<vatID>1</vatID><vatPerc>21.00</vatPerc><vatAmnt>21.00</vatAmnt><vatAmntTp>D</vatAmntTp>"
    lines = cycle(
        xml(
            {
                "trLine": xml(
                    line(f"{number % 90_000}.{number % 100:02}", "DC"[number % 2], str(account), vat=vat)
                )
            }
        )
        for number, account in ((number, 4000 + number % 250) for number in range(5_000))
    )
    with path.open("w", encoding="utf-8") as stream:
        stream.write(f'<auditfile xmlns="{XAF_3_2}"><header><curCode>EUR</curCode></header><company>')
        stream.write("<transactions><journal><jrnID>INK</jrnID>")
        for number in range(count // LINES_A_TRANSACTION):
            head = f"<nr>{number}</nr><periodNumber>1</periodNumber><trDt>{2019 + number % 6}-01-31</trDt>"
            body = "".join(islice(lines, LINES_A_TRANSACTION))
            stream.write(f"<transaction>{head}{body}</transaction>\n")
        stream.write("</journal></transactions></company></auditfile>")


def measured(plan: Path, ledger: Path) -> tuple[int, float, float, float]:
    """Post a ledger in a process of its own: bookings, seconds, seconds of work, peak in megabytes."""
    arguments = [sys.executable, "-c", _POSTED, str(plan), str(ledger)]
    made = subprocess.run(arguments, check=True, capture_output=True, text=True)
    bookings, seconds, work, peak = made.stdout.split()
    return int(bookings), float(seconds), float(work), float(peak)


def main() -> None:
    """Print a line per ledger."""
    kinds: tuple[tuple[str, tuple[int, ...], Callable[[Path, int], None]], ...] = (
        ("export.csv", ROWS, export),
        ("export.xlsx", SHEET_ROWS, sheet),
        ("auditfile.xaf", LINES, audit_file),
    )
    print(f"{'':14}{'bookings':>10}{'MB':>8}{'s':>8}{'CPU s':>8}{'us each':>9}{'peak MB':>9}")
    with TemporaryDirectory() as name:
        plan = plan_file(Path(name))
        for ledger, counts, make in kinds:
            path = Path(name) / ledger
            for count in counts:
                make(path, count)
                bookings, seconds, work, peak = measured(plan, path)
                size, each = path.stat().st_size / 1e6, work / bookings * 1e6
                figures = f"{size:>8.0f}{seconds:>8.1f}{work:>8.1f}{each:>9.1f}{peak:>9.0f}"
                print(f"{ledger:14}{bookings:>10}{figures}", flush=True)


if __name__ == "__main__":
    main()
