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
from time import perf_counter
from zipfile import ZipFile

from hoka_excel.core.errors import HokaError
from hoka_excel.workbook import deflate
from hoka_excel.workbook.cells import write_cells
from hoka_excel.workbook.package import Package
from hoka_excel.workbook.zip_members import LOCAL
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


def million_cells(path: Path) -> None:
    """Make a workbook with a small sheet and one of a million cells."""
    from xlsxwriter import Workbook

    random = Random(SEED)  # noqa: S311 - repeatable
    with Workbook(path, {"constant_memory": True}) as book:
        book.add_worksheet(SMALL).write(0, 0, 1)
        sheet = book.add_worksheet(LARGE)
        for row in range(ROWS):
            for column in range(COLUMNS):
                value = f"regel {row}" if column % 5 == 0 else random.randrange(10**9) / 100
                sheet.write(row, column, value)


def costs(folder: Path) -> list[str]:
    """Compare setting a cell with copying the file, recompressing the part, and openpyxl."""
    book, target = folder / "miljoen.xlsx", folder / "out.xlsx"
    million_cells(book)
    copy = best(5, lambda: shutil.copyfile(book, target))
    synced = best(5, lambda: copied_to_disk(book, target))
    small = best(5, lambda: write_cells(book, {(SMALL, "F4000"): 5}, target))
    large = best(5, lambda: write_cells(book, {(LARGE, "F4000"): 5}, target))
    packed = best(5, lambda: repacked(book))
    with only_zlib():
        slow_large = best(3, lambda: write_cells(book, {(LARGE, "F4000"): 5}, target))
        slow_packed = best(3, lambda: repacked(book))
    their_time, their_peak = alone(_OPENPYXL, book, LARGE, target)
    _, small_peak = alone(_OURS, book, SMALL, target)
    our_time, our_peak = alone(_OURS, book, LARGE, target)
    rows: Sequence[tuple[str, float, float]] = (
        ("small sheet / plain copy", small, copy),
        ("small sheet / copy forced to disk", small, synced),
        ("large sheet / inflate + deflate", large, packed),
        ("the same with zlib alone", slow_large, slow_packed),
        ("openpyxl / large sheet", their_time, large),
        ("openpyxl / large sheet, processes", their_time, our_time),
        ("openpyxl / small sheet", their_time, small),
    )
    lines = [f"{title:<36}{one:>9.3f} s {other:>9.3f} s {one / other:>9.2f} x" for title, one, other in rows]
    peaks = (("large sheet", our_peak), ("small sheet", small_peak), ("openpyxl", their_peak))
    return lines + [f"peak {title:<31}{peak:>9.0f} MB" for title, peak in peaks]


def best(times: int, call: Callable[[], object]) -> float:
    """Time the fastest of a few calls, in seconds."""
    found = []
    for _ in range(times):
        start = perf_counter()
        call()
        found.append(perf_counter() - start)
    return min(found)


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


def alone(script: str, book: Path, sheet: str, target: Path) -> tuple[float, float]:
    """Run a script in its own process: seconds without start-up, and the peak in megabytes."""
    start, stop = "from time import perf_counter\nstart = perf_counter()", "print(perf_counter() - start)"
    timed = f"{start}\n{script}\n{stop}\n{_PEAK}"
    arguments = [sys.executable, "-c", timed, str(book), sheet, str(target)]
    made = subprocess.run(arguments, check=True, capture_output=True, text=True)
    seconds, peak = made.stdout.split()
    return float(seconds), float(peak)


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        print(f"compressor: {deflate.engine().__name__}, zlib {zlib.ZLIB_VERSION}")
        print(*costs(Path(name)), sep="\n", flush=True)
        print(*mutations(Path(name)), sep="\n", flush=True)
        print(*real(Path(name)), sep="\n", flush=True)
