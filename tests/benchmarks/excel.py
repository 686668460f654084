"""How many round trips to Excel a macro costs, by sheet, and how long a worksheet function takes.

Run by hand: `python -m tests.benchmarks.excel`. The workbook is open on an engine that counts every property
that is read or set of a sheet, its cells and its notes. A sheet that takes more than the limit ends the run.
Beside the function stands the allocation alone, with nothing of Excel about it.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import xlwings

from hoka_excel.begroting.build import workbook_bytes
from hoka_excel.begroting.content import begroting_of
from hoka_excel.begroting.places.standard_layout import standard_layout
from hoka_excel.begroting.plan_file.reading import read_plan
from hoka_excel.core.allocation import allocate
from hoka_excel.core.cascade import recompute
from hoka_excel.core.messages import Message
from hoka_excel.core.plan import Plan
from hoka_excel.core.reconciliation import reconcile_plan
from hoka_excel.excel.functions import answer, verdeel
from hoka_excel.excel.macro_workbook import with_buttons
from hoka_excel.excel.macros import aansluiten, herberekenen, ongedaan_maken
from hoka_excel.workbook.addresses import position
from tests.excel.counted_book import Calls, counted_book
from tests.growth import Growth, Point

PLAN_FILE = Path(__file__).parents[2] / "workbooks/uu-geneeskunde/plan.toml"
MOST_READS, MOST_WRITES = 3, 4
CELLS = (10, 100, 1_000, 10_000)
MOST_CELLS = 50_000
"""How many cells are divided over for one measurement."""
AMOUNT = 1_000_000.0
FUNCTION = Growth("a worksheet function in Python (VERDEEL)", "cells", "CPU ms", "allocate alone")


def opened(plan: Plan) -> tuple[xlwings.Book, Calls]:
    """Open the workbook of a plan on the counting engine."""
    layout = standard_layout(plan)
    begroting = begroting_of(layout, reconcile_plan(plan, layout.places()))
    return counted_book(workbook_bytes(with_buttons(begroting, layout), layout))


def table(macro: Callable[[xlwings.Book], Message], book: xlwings.Book, calls: Calls) -> str:
    """Run a macro and write its round trips, sheet by sheet."""
    calls.reads.clear()
    calls.writes.clear()
    start = perf_counter()
    macro(book)
    lines = [f"{macro.__name__}: {perf_counter() - start:.2f} s of Python"]
    for sheet in book.sheets:
        reads, writes = (
            sum(times for (name, _), times in kind.items() if name == sheet.name)
            for kind in (calls.reads, calls.writes)
        )
        assert reads <= MOST_READS, (sheet.name, calls.reads)
        assert writes <= MOST_WRITES, (sheet.name, calls.writes)
        if reads or writes:
            lines.append(f"  {sheet.name:20} {reads} reads, {writes} writes")
    return "\n".join(lines)


def spoil(book: xlwings.Book) -> None:
    """Type a wrong figure over the first one of every theme."""
    for name in ("Thema 1", "Thema 2", "Thema 3"):
        book.impl.sheets(name).held[position("B5")] = ("7", 7)


def milliseconds(call: Callable[[], object], times: int) -> float:
    """Give the CPU milliseconds of one call, from many."""
    start = process_time()
    for _ in range(times):
        call()
    return (process_time() - start) / times * 1000


def main() -> None:
    """Count and print."""
    published = read_plan(PLAN_FILE)
    for plan in (published, recompute(published)):
        book, calls = opened(plan)
        print(f"\n{plan.state}")
        for macro in (aansluiten, herberekenen, ongedaan_maken):
            print(table(macro, book, calls))
        spoil(book)
        print("with a wrong figure on every sheet of a theme")
        for macro in (aansluiten, herberekenen, ongedaan_maken):
            print(table(macro, book, calls))
    print()
    for count in CELLS:
        weights = [[float(row * 10 + column + 1) for column in range(10)] for row in range(count // 10)]
        flat = [int(weight) for row in weights for weight in row]
        times = max(1, MOST_CELLS // count)
        ours = milliseconds(partial(answer, verdeel, AMOUNT, weights), times)
        alone = milliseconds(partial(allocate, int(AMOUNT), flat), times)
        print(FUNCTION.row(Point(count, ours, alone)))


if __name__ == "__main__":
    main()
