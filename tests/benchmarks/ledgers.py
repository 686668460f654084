"""What posting a ledger costs: exports of up to two million rows, audit files of up to a gigabyte.

Run by hand: `python -m tests.benchmarks.ledgers [MOST]`, with MOST bookings at the most. Each ledger is
posted in a process of its own; its time and peak memory must grow with the size of the ledger, and not at
all. Beside it the least that such a file takes: an export is read whole and added up by account with pandas
(all bookings in memory, amounts as floats), or read as text by calamine; the elements of an audit file are
gone through with lxml. None of them judges a booking.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.growth import Growth, Point
from tests.ledgers.made_ledgers import HEADINGS, XAF_3_2, line, plan_file, xml

ROWS = (10_000, 100_000, 1_000_000, 2_000_000)
SHEET_ROWS = (1_000, 10_000, 50_000)
LINES = (10_000, 100_000, 1_000_000, 3_500_000)
"""The last makes an audit file of a gigabyte."""

LINES_A_TRANSACTION = 4
_POSTED = """
from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.ledgers.actuals import posted
from hoka_excel.ledgers.mapping import mapping_of
plan = Path(sys.argv[1])
mapping = mapping_of(plan, read_plan(plan))
def bookings():
    return posted([path], mapping, read_plan(plan)).posting.read["EUR"].bookings
"""
_PANDAS = """
import pandas
def bookings():
    read = pandas.read_csv(path, sep=";", decimal=",", dtype={"Grootboekrekening": str})
    return read.groupby("Grootboekrekening")["Bedrag"].agg(["sum", "count"])["count"].sum()
"""
_CALAMINE = """
from python_calamine import CalamineWorkbook
def bookings():
    return len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) - 1
"""
_LXML = """
from lxml.etree import iterparse
def bookings():
    lines = 0
    for _, element in iterparse(path):
        lines += element.tag.endswith("}trLine")
        if element.tag.endswith("}transaction"):
            parent = element.getparent()
            parent.remove(element)
    return lines
"""
_MEASURED = """
import sys
from pathlib import Path
from time import perf_counter, process_time
path = Path(sys.argv[2])
{task}
start, worked = perf_counter(), process_time()
count = bookings()
seconds, work = perf_counter() - start, process_time() - worked
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(count, seconds, work, int(status["VmHWM"].split()[0]) / 1024)
"""


class Cost(NamedTuple):
    """What going through a ledger cost: bookings, seconds, CPU seconds, and the peak in megabytes."""

    bookings: int
    seconds: float
    work: float
    megabytes: float


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


def cost(task: str, plan: Path, ledger: Path) -> Cost:
    """Go through a ledger in a process of its own."""
    script = _MEASURED.replace("{task}", task)
    arguments = [sys.executable, "-c", script, str(plan), str(ledger)]
    made = subprocess.run(arguments, check=True, capture_output=True, text=True)
    bookings, seconds, work, peak = made.stdout.split()
    return Cost(int(bookings), float(seconds), float(work), float(peak))


def main(most: int) -> None:
    """Print what each ledger of up to so many bookings took."""
    kinds: tuple[tuple[str, tuple[int, ...], Callable[[Path, int], None], str, str], ...] = (
        ("export.csv", ROWS, export, "pandas", _PANDAS),
        ("export.xlsx", SHEET_ROWS, sheet, "calamine alone", _CALAMINE),
        ("auditfile.xaf", LINES, audit_file, "lxml alone", _LXML),
    )
    with TemporaryDirectory() as name:
        plan = plan_file(Path(name))
        for ledger, counts, make, peer, task in kinds:
            path = Path(name) / ledger
            time = Growth(f"post {ledger}", "bookings", "CPU s", peer)
            memory = Growth(f"post {ledger}: memory", "bookings", "MB", peer)
            for count in (count for count in counts if count <= most):
                make(path, count)
                ours, theirs = cost(_POSTED, plan, path), cost(task, plan, path)
                assert ours.bookings == theirs.bookings == count
                size, each = path.stat().st_size / 1e6, ours.work / count * 1e6
                print(f"{size:,.0f} MB in {ours.seconds:.1f} s, {each:.1f} us of CPU each")
                print(time.row(Point(count, ours.work, theirs.work)))
                print(memory.row(Point(count, ours.megabytes, theirs.megabytes)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES[-1])
