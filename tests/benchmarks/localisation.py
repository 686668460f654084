"""How long it takes to locate the wrong cells in generated tables, proven, beside the package `banff`.

Run by hand: `python -m tests.benchmarks.localisation [SEEDS]`. Each size and seed runs in a process of its
own, so that its memory counts alone; the growth is that of the middle seed. The error localisation of
`banff`, where it is installed, gives one answer without a proof; it is not asked for more once it took too
long.
"""

import resource
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from statistics import median
from typing import NamedTuple

from hoka_excel.core.localisation import locate
from hoka_excel.core.relations import keys_of
from tests.core.generated_tables import SIZES, Network, generate
from tests.growth import Growth, Point

SEEDS = 10
MEGABYTE = 1024
HIGHEST = 10**9
PATIENCE_SECONDS = 60
"""How long a measurement may take."""
PEER = "banff"
TIME = Growth("locate the wrong cells, proven", "cells", "CPU s", PEER)


class Measured(NamedTuple):
    """What one measurement told.

    Attributes:
        seconds: of CPU, or those after which it was given up.
        told: a line about it.
        is_done: whether it came to an end in time.
    """

    seconds: float
    told: str
    is_done: bool = True


def main(seeds: int) -> None:
    """Measure and print."""
    print("seed  cells  CPU s  peak MB  LPs  wrong  spoilt  repairs  proven  complete  banff CPU s")
    patient = find_spec(PEER) is not None
    for cells in SIZES:
        mine, theirs = [], []
        for seed in range(seeds):
            mine.append(apart("ours", cells, seed))
            if patient:
                theirs.append(apart(PEER, cells, seed))
                patient = theirs[-1].is_done
            print(f"{seed:4}  {mine[-1].told}  {theirs[-1].told if seed < len(theirs) else '-'}", flush=True)
        middle = median(one.seconds for one in mine)
        beside = (median(one.seconds for one in theirs), not patient) if theirs else (None, False)
        print(TIME.row(Point(cells, middle, *beside)), flush=True)


def apart(task: str, cells: int, seed: int) -> Measured:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.localisation", task, str(cells), str(seed)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        return Measured(PATIENCE_SECONDS, f"> {PATIENCE_SECONDS}", is_done=False)
    seconds, told = done.stdout.splitlines()[-2:]
    return Measured(float(seconds), told)


def ours(cells: int, network: Network) -> Measured:
    """Measure one network: time, memory, and what was found."""
    start = time.process_time()
    found = locate(network.cells, network.relations)
    seconds = time.process_time() - start
    memory = 0.0
    if sys.platform != "win32":
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE
    return Measured(
        seconds,
        f"{cells:5}  {seconds:5.2f}  {memory:7.0f}  {found.programmes:3}  {int(found.at_least):5}"
        f"  {len(network.spoilt):6}  {len(found.repairs):7}  {found.proven!s:6}  {found.complete!s:8}",
    )


def banff(network: Network) -> Measured:
    """Time the error localisation of `banff` on the same cells."""
    peer, pandas = import_module(PEER), import_module("pandas")
    names = {key: f"c{number}" for number, key in enumerate(network.cells)}
    edits = [edit for name in names.values() for edit in (f"{name} <= {HIGHEST}", f"-{name} <= 0")]
    for relation in network.relations:
        total, *parts = (names[key] for key in keys_of(relation))
        room = (len(parts) + 1) / 2
        edits.append(f"{total} - {' - '.join(parts)} <= {room}")
        edits.append(f"-{total} + {' + '.join(parts)} <= {room}")
    figures = {names[key]: [float(cell.value)] for key, cell in network.cells.items()}
    start = time.process_time()
    peer.errorloc(
        indata=pandas.DataFrame({"id": ["a"], **figures}),
        unit_id="id",
        edits="; ".join(edits) + ";",
        time_per_obs=2 * PATIENCE_SECONDS,
        accept_negative=True,
    )
    seconds = time.process_time() - start
    return Measured(seconds, f"{seconds:.2f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case [("ours" | "banff") as task, cells, seed]:
            generated = generate(SIZES[int(cells)], int(seed))
            measured = ours(int(cells), generated) if task == "ours" else banff(generated)
            print(measured.seconds, measured.told, sep="\n")
        case asked:
            main(int(asked[0]) if asked else SEEDS)
