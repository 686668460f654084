"""Checking workbooks nobody declared anything of: `python -m tests.benchmarks.any_workbook [FOLDER]`.

Goes through every file below the folder (by default shared/data/workbooks) and prints what became of them,
the slowest, the memory, how the SUM formulas with an intact stored value were judged, and how many labelled
totals were found or told. Then it checks all of them again in one process and in two. Last, it makes
workbooks of ten thousand, a hundred thousand and a million figures, and checks each beside calamine reading
its values: the check by itself, and the command from the start of Python to its end.
"""

import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hoka_excel.batch.checking import CheckRequest
from hoka_excel.core.check_kinds import Kind
from hoka_excel.core.errors import HokaError
from hoka_excel.core.exact import exact_decimal
from hoka_excel.core.findings import Reconciliation
from hoka_excel.core.verdicts import Verdict
from hoka_excel.sources import examine
from hoka_excel.tables.audit.named_cells import parsed_formula
from hoka_excel.tables.grid import Grid, Spot, cell_name
from hoka_excel.tables.references import spots
from hoka_excel.workbook.any_file import read_grids
from hoka_excel.workbook.kinds import TABLES
from tests.growth import Growth, Point
from tests.workbook.large_workbooks import SHAPES, make

DATA = Path(__file__).parents[3] / "shared/data/workbooks"
_ROOM = Decimal("1e-9")
_SLOWEST = 5
_CELLS = (10_000, 100_000, 1_000_000)
_SPENT = """
import os, sys, time
def spent():
    return sum(os.times()[:4])
{before}
cpu, clock = spent(), time.perf_counter()
{work}
cpu, clock = spent() - cpu, time.perf_counter() - clock
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(cpu, clock, peak / 1024)
"""
_CALAMINE_LOADED = "from python_calamine import CalamineWorkbook"
_CALAMINE_READS = (
    "book = CalamineWorkbook.from_path(sys.argv[1])\n"
    "rows = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]"
)
_CALAMINE = _SPENT.format(before=_CALAMINE_LOADED, work=_CALAMINE_READS)
_OURS = _SPENT.format(
    before="from hoka_excel import reconcile\nreconcile([[1, 2], [3, 4]])\nreconcile(sys.argv[2])",
    work="found = reconcile(sys.argv[1])",
)
"""What is loaded late is loaded before the clock starts."""
_COMMANDS = (
    "import sys\nfrom hoka_excel.cli import main\nmain(['check', sys.argv[1]])",
    f"import sys\n{_CALAMINE_LOADED}\n{_CALAMINE_READS}",
)
"""The command, and the least program that reads the same values."""


class Spent(NamedTuple):
    """What one file took."""

    seconds: float
    name: str


@dataclass
class Tally:
    """What became of many files."""

    statuses: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    spent: list[Spent] = field(default_factory=list)
    intact: int = 0
    contradicted: list[str] = field(default_factory=list)
    totals: int = 0
    remarks: int = 0


def intact_sums(grids: Sequence[Grid]) -> Iterator[tuple[str, str]]:
    """List the cells whose formula is one SUM and whose stored value is what that SUM gives."""
    book = {grid.name.casefold(): grid for grid in grids}
    for grid in grids:
        for spot in grid.formulas:
            parsed, stored = parsed_formula(grid, spot, book), _number(grid, spot)
            is_sum = parsed.functions == {"SUM"} and parsed.adds and not (parsed.books or parsed.names)
            if not is_sum or stored is None:
                continue
            given = Decimal(0)
            for reference in parsed.references:
                other = grid if reference.sheet is None else book.get(reference.sheet.casefold())
                if other is not None:
                    size = (len(other.cells), max(map(len, other.cells), default=0))
                    given += sum(filter(None, (_number(other, one) for one in spots(reference.area, *size))))
            if abs(stored - given) <= _ROOM * max(abs(stored), Decimal(1)):
                yield grid.name, cell_name(*spot)


def _number(grid: Grid, spot: Spot) -> Decimal | None:
    content = grid.value(*spot)
    if isinstance(content, bool) or not isinstance(content, int | float | Decimal):
        return None
    return exact_decimal(content)


def tally(files: Sequence[Path]) -> Tally:
    """Check every file and count."""
    result = Tally()
    for path in files:
        start = time.perf_counter()
        outcome = examine(path)
        result.spent.append(Spent(time.perf_counter() - start, path.name))
        result.statuses[outcome.status] += 1
        result.faults.update(fault.code for fault in outcome.faults)
        if outcome.reconciliation is not None:
            _count(result, path, outcome.reconciliation)
    return result


def _count(result: Tally, path: Path, found: Reconciliation) -> None:
    result.findings.update(
        f"{finding.kind} {finding.verdict} ({finding.message.code})"
        for finding in found.findings
        if finding.kind is Kind.FORMULA
    )
    footings = [finding for finding in found.checks if finding.kind is Kind.FOOTING]
    result.findings.update(f"{finding.kind} {finding.verdict}" for finding in footings)
    result.totals += len(footings)
    result.remarks += len(found.remarks)
    wrong = {
        (finding.place.sheet, finding.place.cell)
        for finding in footings
        if finding.verdict is Verdict.MISMATCH
    }
    try:
        sums = list(intact_sums(read_grids(path)))
    except HokaError:
        return
    result.intact += len(sums)
    result.contradicted += [f"{path.name} {sheet}!{cell}" for sheet, cell in sums if (sheet, cell) in wrong]


def lines(result: Tally) -> Iterator[str]:
    """Tell what was counted."""
    yield f"{sum(result.statuses.values())} files: {_counted(result.statuses)}"
    yield f"faults: {_counted(result.faults)}"
    yield f"{sum(one.seconds for one in result.spent):.1f} s; the slowest:"
    for one in sorted(result.spent, reverse=True)[:_SLOWEST]:
        yield f"   {one.seconds:6.2f} s  {one.name}"
    if sys.platform != "win32":
        yield f"memory at the most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB"
    yield f"SUM formulas with an intact value: {result.intact}; contradicted: {len(result.contradicted)}"
    for place in result.contradicted[:10]:
        yield f"   {place}"
    yield f"totals found: {result.totals}; lines labelled total without a sum, with why: {result.remarks}"
    for name, count in result.findings.most_common():
        yield f"   {count:6} {name}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"


def speeds(files: tuple[Path, ...]) -> Iterator[str]:
    """Compare one process with two."""
    for count in (1, 2):
        start = time.perf_counter()
        request = CheckRequest(files, processes=count)
        done = sum(1 for _ in request.outcomes(request.jobs()))
        took = time.perf_counter() - start
        yield f"{count} at a time: {took:.1f} s, {done / took:.1f} files per second"


class Run(NamedTuple):
    """What a process spent: seconds of CPU, its children's too, seconds by the clock, and MB at the peak."""

    cpu: float
    clock: float
    megabytes: float


def run(code: str, *paths: Path) -> Run:
    """Measure some work in a process of its own."""
    command = [sys.executable, "-c", code, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return Run(*map(float, done.stdout.split()))


def from_start_to_end(code: str, path: Path) -> float:
    """Measure how long a program takes by the clock, the start of Python included."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True)
    return time.perf_counter() - start


def growth() -> Iterator[str]:
    """Check made workbooks of growing size beside a mere read of their values."""
    with TemporaryDirectory() as name:
        small, book = Path(name) / "small.xlsx", Path(name) / "book.xlsx"
        make(small, next(iter(SHAPES)), 1_000)
        for shape in SHAPES:
            grows = [
                Growth(f"check, {shape}", "figures", measure, "calamine's read")
                for measure in ("s of CPU", "s by the clock", "MB")
            ]
            command = Growth(f"hoka check, {shape}", "figures", "s by the clock", "reading in Python")
            for cells in _CELLS:
                make(book, shape, cells)
                read, checked = run(_CALAMINE, book), run(_OURS, book, small)
                for growing, ours, theirs in zip(grows, checked, read, strict=True):
                    yield growing.row(Point(cells, ours, theirs))
                ours, theirs = (from_start_to_end(code, book) for code in _COMMANDS)
                yield command.row(Point(cells, ours, theirs))


def main(folder: Path) -> int:
    """Check every file of a folder."""
    if not folder.exists():
        print("shared/data/workbooks is not here")
        return 2
    files = tuple(sorted(path for path in folder.rglob("*") if path.suffix.lower() in TABLES))
    result = tally(files)
    for text in chain(lines(result), speeds(files), growth()):
        print(text, flush=True)
    return 1 if result.contradicted else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA))
