"""What an allocation takes, in time and memory, beside the package `apportionment` in the same run.

Run by hand: `python -m tests.benchmarks.allocation`. Half a unit goes to each receiver, so that most units
are left over to divide. The peer's time, and its memory for Webster, grow with the square of the size, so
that it is left out beyond a size that took it long.
"""

import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import process_time

from apportionment.methods import compute

from hoka_excel.core.allocation import Method, allocate
from tests.growth import Growth, Point

SIZES = (10**3, 10**4, 10**5, 10**6)
METHODS: tuple[Method, ...] = ("largest_remainder", "webster")
PATIENCE_SECONDS = 1.0
"""The peer is not asked for a larger size once it took this long."""
PEER_CELLS = 10**8
"""The largest table of receivers by seats that the peer is asked to make by Webster's method."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call cost: CPU seconds, and the peak of the memory it allocated in megabytes."""

    seconds: float
    megabytes: float


def cost(call: Callable[[], object]) -> Cost:
    """Measure a call, once for its time and once for its memory, which slows it down."""
    start = process_time()
    call()
    seconds = process_time() - start
    tracemalloc.start()
    call()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Cost(seconds, peak / 1e6)


def rows(method: Method) -> Iterator[str]:
    """Measure one method at every size."""
    time = Growth(f"allocate, {method}", "shares", "CPU s", "apportionment")
    memory = Growth(f"allocate, {method}: memory", "shares", "MB", "apportionment")
    patient = True
    for size in SIZES:
        random = Random(size)  # noqa: S311 - the same weights in every run, no secret
        weights = [random.randint(1, 10**6) for _ in range(size)]
        units, names = size // 2, [str(number) for number in range(size)]
        ours = _ours(method, units, weights)
        theirs = None
        if patient and (method == "largest_remainder" or size * units <= PEER_CELLS):
            theirs = _theirs(method, units, weights, names)
        patient = theirs is not None and theirs.seconds < PATIENCE_SECONDS
        yield time.row(Point(size, ours.seconds, theirs.seconds if theirs else None))
        yield memory.row(Point(size, ours.megabytes, theirs.megabytes if theirs else None))


def _ours(method: Method, units: int, weights: list[int]) -> Cost:
    return cost(lambda: allocate(units, weights, method=method))


def _theirs(method: Method, units: int, weights: list[int], names: list[str]) -> Cost:
    return cost(lambda: compute(method, weights, units, parties=names))


if __name__ == "__main__":
    for one in METHODS:
        for row in rows(one):
            print(row, flush=True)
