"""How long an allocation takes, and what memory, beside the package `apportionment` in the same run.

Run by hand: `python -m tests.benchmarks.allocation`. The peer's time, and its memory for Webster, grow with
the square of the size, so that it is left out beyond a size that took it long.
"""

import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from time import process_time

from apportionment.methods import compute

from hoka_excel.core.allocation import Method, allocate

SIZES = (10**3, 10**4, 10**5, 10**6)
METHODS: tuple[Method, ...] = ("largest_remainder", "webster")
PATIENCE = 1.0
"""Seconds: the peer is not asked for a larger size once it took this long."""
PEER_CELLS = 10**8
"""The largest table of receivers by seats that the peer is asked to make by Webster's method."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call cost: CPU seconds, and the peak of the memory it allocated in megabytes."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Row:
    """One size and method, ours and theirs; theirs is None beyond what it can do in reasonable time."""

    method: Method
    receivers: int
    units: int
    ours: Cost
    theirs: Cost | None


def run(sizes: Sequence[int] = SIZES) -> list[Row]:
    """Measure both methods at each size, half a unit per receiver so that most units are left over."""
    rows = []
    for method in METHODS:
        patient = True
        for size in sizes:
            fits = method == "largest_remainder" or size * (size // 2) <= PEER_CELLS
            row = _measure(method, size, beside=patient and fits)
            patient = row.theirs is not None and row.theirs.seconds < PATIENCE
            rows.append(row)
    return rows


def table(rows: Sequence[Row]) -> str:
    """Write the measurements as a table; `growth` is the time relative to the size before it."""
    lines = [
        "method             receivers    units    ours s   ours MB  growth   theirs s  theirs MB  theirs/ours"
    ]
    seconds: dict[Method, float] = {}
    for row in rows:
        growth = f"{row.ours.seconds / seconds[row.method]:.1f}" if row.method in seconds else "-"
        seconds[row.method] = row.ours.seconds
        theirs = (
            f"{row.theirs.seconds:10.3f} {row.theirs.megabytes:10.1f} "
            f"{row.theirs.seconds / row.ours.seconds:12.2f}"
            if row.theirs
            else f"{'-':>10} {'-':>10} {'-':>12}"
        )
        lines.append(
            f"{row.method:18} {row.receivers:9} {row.units:8} {row.ours.seconds:9.3f} "
            f"{row.ours.megabytes:9.1f} {growth:>7} {theirs}"
        )
    return "\n".join(lines)


def _measure(method: Method, size: int, *, beside: bool) -> Row:
    random = Random(size)  # noqa: S311 - the same weights in every run, no secret
    weights = [random.randint(1, 10**6) for _ in range(size)]
    units = size // 2
    names = [str(number) for number in range(size)]
    return Row(
        method,
        size,
        units,
        _cost(lambda: allocate(units, weights, method=method)),
        _cost(lambda: compute(method, weights, units, parties=names)) if beside else None,
    )


def _cost(call: Callable[[], object]) -> Cost:
    start = process_time()
    call()
    seconds = process_time() - start
    tracemalloc.start()
    call()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Cost(seconds, peak / 1e6)


if __name__ == "__main__":
    print(table(run()))
