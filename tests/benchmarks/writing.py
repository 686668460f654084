"""What writing into a workbook costs and keeps: real workbooks, mutated ones, and a million cells.

Run by hand: `python -m tests.benchmarks.writing`. Times are the best of a few runs and are compared within
one run only; memory is the peak of a process that does nothing else.
"""

import os
import shutil
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple
from zipfile import ZipFile

from hoka_excel.core.errors import HokaError
from hoka_excel.workbook import deflate
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.package import Package
from hoka_excel.workbook.zip_members import LOCAL
from tests.growth import Growth, Point
from tests.workbook.real_workbooks import losses, openpyxl_reads, outcomes, real_workbooks, set_one_figure
from tests.workbook.test_new_sheets import lost_by_adding
from tests.workbook.test_package import mutated

MUTATIONS = 2_000
SEED = 20221122
ROWS, COLUMNS = 50_000, 20
SMALL, LARGE = "Klein", "Groot"
ISAL = "isal.isal_zlib"
LARGE_PART = "xl/worksheets/sheet2.xml"
_OURS = """
import sys
from hoka_excel import write_cells
write_cells(sys.argv[1], {(sys.argv[2], "F4000"): 5}, sys.argv[3])
"""
_OPENPYXL = """
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1])
book[sys.argv[2]]["F4000"] = 5
book.save(sys.argv[3])
"""
_PEAK = """
from pathlib import Path
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) / 1024)
"""


def real(folder: Path) -> list[str]:
    """Set a cell in, and add a sheet to, each real workbook."""

    def set_figure(source: Path, target: Path) -> list[str]:
        change = set_one_figure(source, target)
        opens = openpyxl_reads(target, change) or not openpyxl_reads(source, None)
        return losses(source, target, change) + ([] if opens else ["openpyxl"])

    lines = []
    tasks: tuple[tuple[str, Callable[[Path, Path], list[str]]], ...] = (
        ("one cell set", set_figure),
        ("a sheet added", lost_by_adding),
    )
    for title, write in tasks:
        found = outcomes(real_workbooks(), folder, write)
        lines.append(f"{title:<28}" + "".join(f"{kind} {len(those):>4}   " for kind, those in found.items()))
        lines += [f"    {line}" for line in (*found["lost"], *found["refused"])]
    return lines


def mutations(folder: Path, count: int = MUTATIONS) -> list[str]:
    """Write into mutated workbooks; whatever comes out must be sound."""
    random = Random(SEED)  # noqa: S311 - repeatable
    outcome, slowest = Counter[str](), 0.0
    sources = real_workbooks()
    book, target = folder / "in.xlsx", folder / "out.xlsx"
    for _ in range(count):
        source = random.choice(sources)
        book.write_bytes(mutated(source.read_bytes(), random))
        start = perf_counter()
        try:
            set_one_figure(book, target)
        except HokaError as error:
            outcome[error.faults[0].code] += 1
        else:
            with target.open("rb") as stream:
                result = Package(stream, target.name)
                result.prove(result.parts)
            outcome["written right"] += 1
        slowest = max(slowest, perf_counter() - start)
    lines = [f"{count} mutations, the slowest {slowest:.2f} s"]
    return lines + [f"    {code:<28}{number:>6}" for code, number in outcome.most_common()]


def growth(folder: Path) -> Iterator[str]:
    """Set a cell in workbooks of different sizes, beside openpyxl and, in a small sheet, a plain copy."""
    large = Growth("set one cell in a large sheet", "cells", "CPU s", "openpyxl")
    memory = Growth("set one cell in a large sheet: memory", "cells", "MB", "openpyxl")
    small = Growth("set one cell in a small sheet beside it", "cells", "CPU s", "plain copy")
    book, target = folder / "growing.xlsx", folder / "out.xlsx"
    for rows in (ROWS // 100, ROWS // 10, ROWS):
        made_cells(book, rows)
        ours, theirs = (alone(script, book, LARGE, target) for script in (_OURS, _OPENPYXL))
        beside = best(5, lambda: write_cells(book, {(SMALL, "F4000"): 5}, target), process_time)
        copy = best(5, lambda: shutil.copyfile(book, target), process_time)
        yield large.row(Point(rows * COLUMNS, ours.cpu, theirs.cpu))
        yield memory.row(Point(rows * COLUMNS, ours.peak, theirs.peak))
        yield small.row(Point(rows * COLUMNS, beside, copy))


def made_cells(path: Path, rows: int = ROWS) -> None:
    """Make a workbook with a small sheet and a large one, of a million cells unless asked otherwise."""
    from xlsxwriter import Workbook

    random = Random(SEED)  # noqa: S311 - repeatable
    with Workbook(path, {"constant_memory": True}) as book:
        book.add_worksheet(SMALL).write(0, 0, 1)
        sheet = book.add_worksheet(LARGE)
        for row in range(rows):
            for column in range(COLUMNS):
                value = f"regel {row}" if column % 5 == 0 else random.randrange(10**9) / 100
                sheet.write(row, column, value)


def costs(folder: Path) -> list[str]:
    """Compare setting a cell with copying the file, recompressing the part, and openpyxl."""
    book, target = folder / "miljoen.xlsx", folder / "out.xlsx"
    made_cells(book)
    in_large = (
        lambda: write_cells(book, {(LARGE, "F4000"): 5}, target),
        lambda: write_cells(book, {(LARGE, "Z4000"): 5}, target),
        lambda: repacked(book),
    )
    large, new, packed = in_turns(7, *in_large)
    cpu_large, cpu_new, cpu_packed = in_turns(7, *in_large, clock=process_time)
    with only_zlib():
        slow_large, _, slow_packed = in_turns(3, *in_large)
    small, copy, synced = in_turns(
        15,
        lambda: write_cells(book, {(SMALL, "F4000"): 5}, target),
        lambda: shutil.copyfile(book, target),
        lambda: copied_to_disk(book, target),
    )
    theirs = alone(_OPENPYXL, book, LARGE, target)
    ours_small, ours = (alone(_OURS, book, sheet, target) for sheet in (SMALL, LARGE))
    rows: Sequence[tuple[str, float, float]] = (
        ("small sheet / plain copy", small, copy),
        ("small sheet / copy forced to disk", small, synced),
        ("large sheet / inflate + deflate", large, packed),
        ("the same by CPU time", cpu_large, cpu_packed),
        ("the same with zlib alone", slow_large, slow_packed),
        ("new cell / inflate + deflate", new, packed),
        ("the same by CPU time", cpu_new, cpu_packed),
        ("openpyxl / large sheet", theirs.seconds, large),
        ("openpyxl / large sheet, processes", theirs.seconds, ours.seconds),
        ("openpyxl / small sheet", theirs.seconds, small),
    )
    lines = [f"{title:<36}{one:>9.3f} s {other:>9.3f} s {one / other:>9.2f} x" for title, one, other in rows]
    peaks = (("large sheet", ours.peak), ("small sheet", ours_small.peak), ("openpyxl", theirs.peak))
    return lines + [f"peak {title:<31}{peak:>9.0f} MB" for title, peak in peaks]


def best(times: int, call: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Time the fastest of a few calls, in seconds."""
    return in_turns(times, call, clock=clock)[0]


def in_turns(
    times: int, *calls: Callable[[], object], clock: Callable[[], float] = perf_counter
) -> list[float]:
    """Time the fastest of a few rounds of each call, in seconds; what else runs then bears on all alike."""
    found: list[list[float]] = [[] for _ in calls]
    for _ in range(times):
        for call, taken in zip(calls, found, strict=True):
            start = clock()
            call()
            taken.append(clock() - start)
    return [min(taken) for taken in found]


def copied_to_disk(source: Path, target: Path) -> None:
    """Copy a file and force it to the disk, as a safe replacement must."""
    shutil.copyfile(source, target)
    with target.open("rb") as stream:
        os.fsync(stream.fileno())


def repacked(book: Path) -> int:
    """Inflate and deflate the large part with the library that we write with, and nothing else."""
    with ZipFile(book) as archive, book.open("rb") as stream:
        info = archive.getinfo(LARGE_PART)
        stream.seek(info.header_offset + LOCAL.size + len(LARGE_PART))
        raw = stream.read(info.compress_size)
    text = deflate.engine().decompress(raw, wbits=-zlib.MAX_WBITS)
    packer = deflate.compressor()
    return len(packer.compress(text)) + len(packer.flush())


@contextmanager
def only_zlib() -> Iterator[None]:
    """Do as if isal were not installed."""
    kept = sys.modules.pop(ISAL, None)
    sys.modules[ISAL] = None  # type: ignore[assignment]  # which makes an import fail
    deflate.engine.cache_clear()
    try:
        yield
    finally:
        del sys.modules[ISAL]
        if kept is not None:
            sys.modules[ISAL] = kept
        deflate.engine.cache_clear()


class Cost(NamedTuple):
    """What a process took: seconds, CPU seconds, and its peak in megabytes."""

    seconds: float
    cpu: float
    peak: float


def alone(script: str, book: Path, sheet: str, target: Path) -> Cost:
    """Run a script in its own process, and measure it without the start-up."""
    start = "from time import perf_counter, process_time\nstart = perf_counter(), process_time()"
    stop = "print(perf_counter() - start[0], process_time() - start[1])"
    timed = f"{start}\n{script}\n{stop}\n{_PEAK}"
    arguments = [sys.executable, "-c", timed, str(book), sheet, str(target)]
    made = subprocess.run(arguments, check=True, capture_output=True, text=True)
    return Cost(*map(float, made.stdout.split()))


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        print(f"compressor: {deflate.engine().__name__}, zlib {zlib.ZLIB_VERSION}")
        print(*costs(Path(name)), sep="\n", flush=True)
        print(*growth(Path(name)), sep="\n", flush=True)
        print(*mutations(Path(name)), sep="\n", flush=True)
        print(*real(Path(name)), sep="\n", flush=True)
